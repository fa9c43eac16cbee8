"""What a file of people would change, without changing anything: rows and the present state in, a plan out.

An empty cell and a column that is not mapped say nothing and change nothing. A row is found again by its code, so
the same file a second time gives an empty plan.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nastavnik.kernel.errors import DomainError, InvalidInput
from nastavnik.people.logic import spans
from nastavnik.people.logic.names import search_form
from nastavnik.people.logic.spans import Span

FIELDS = (
    "code", "name", "family_name", "given_name", "patronymic", "latin_name", "email", "login", "alias", "kind",
    "partner", "team", "post", "grade", "since", "joined", "left", "reason",
)  # fmt: skip
CARD_FIELDS = ("family_name", "given_name", "patronymic", "latin_name", "email", "login")
_RUSSIAN_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})([T ][\d:.]+)?$")


class NoCode(InvalidInput):
    """The row has no code: nobody can be found or created by it."""


class CodeTwice(InvalidInput):
    """The code “{code}” stands in line {line} too, for the same day. Leave one of them."""


class NoFamilyName(InvalidInput):
    """“{code}” is new here and the row has no family name."""


class UnknownName(InvalidInput):
    """“{value}” is not known as {what}. Correct it, add it in the settings, or map it to a known one."""


class NotADay(InvalidInput):
    """“{value}” is not a day. Write 2026-11-01 or 01.11.2026."""


class NotEmployedThen(InvalidInput):
    """{name} is not employed on {day}. Give a first day of work, or another day of the change."""


class LeftBeforeJoined(InvalidInput):
    """The last day of work {left} is earlier than the first, {joined}."""


@dataclass(frozen=True)
class Known:
    """A record a cell may name: by its code or by any of its names."""

    id: int
    label: str
    group: int = 0
    owner: int | None = None


@dataclass(frozen=True)
class Catalogue:
    """What cells may name, each under every spelling, in search form (lower case, ё as е)."""

    teams: Mapping[str, Known]
    posts: Mapping[str, Known]
    grades: Mapping[str, Known]
    partners: Mapping[str, Known]
    kinds: Mapping[str, str]


@dataclass(frozen=True)
class KnownPerson:
    """A person as the database has them: card, and values over time."""

    id: int
    code: str
    name: str
    card: Mapping[str, str]
    aliases: frozenset[str] = frozenset()
    employments: tuple[Span[tuple[str, int | None]], ...] = ()
    teams: tuple[Span[int], ...] = ()
    posts: tuple[Span[int], ...] = ()
    grades: Mapping[int, tuple[Span[int], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One change of one person: `what` is a field of FIELDS; `old` and `new` are labels or card values.

    `id` is the record the new value names, `since` the first day (for `left`: the last day of work).
    """

    what: str
    old: str
    new: str
    since: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class Hiring:
    """What a newcomer begins with."""

    joined: date
    kind: str
    card: Mapping[str, str]
    partner: int | None = None
    team: int | None = None
    post: int | None = None
    grade: int | None = None
    alias: str = ""


@dataclass(frozen=True)
class Change:
    """Everything one line of the file does to one person; `hiring` for a person who is new."""

    line: int
    code: str
    name: str
    hiring: Hiring | None = None
    steps: tuple[Step, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Rejected:
    """A line that cannot be used, and why."""

    line: int
    code: str
    problem: DomainError


@dataclass
class Plan:
    """What would happen; the lines that say what is already so are only counted."""

    read: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


Cells = Mapping[str, str | None]


def plan(
    rows: Iterable[tuple[int, Cells]], people: Mapping[str, KnownPerson], catalogue: Catalogue, as_of: date
) -> Plan:
    """The plan of a file whose rows are numbered as a spreadsheet shows them; `as_of` dates rows without a day."""
    made = Plan()
    planner = _Planner(dict(people), catalogue, as_of)
    for line, cells in rows:
        made.read += 1
        code = (cells.get("code") or "").strip()
        try:
            change = planner.change(line, code, cells)
        except DomainError as problem:
            made.rejected.append(Rejected(line, code, problem))
            continue
        if change is None:
            made.unchanged += 1
        else:
            made.changes.append(change)
    return made


@dataclass
class _Planner:
    """The state as the lines read so far would leave it."""

    state: dict[str, KnownPerson]
    catalogue: Catalogue
    as_of: date
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def change(self, line: int, code: str, cells: Cells) -> Change | None:
        """What one line changes; None if it is so already. Raises what is wrong with the line."""
        if not code:
            raise NoCode
        since = to_day(cells.get("since")) or self.as_of
        earlier = self.seen.setdefault((code, since), line)
        if earlier != line:
            raise CodeTwice(code=code, line=earlier)
        person = self.state.get(code)
        if person is None:
            hiring = _hire(line, code, cells, self.catalogue, since)
            self.state[code] = _newcomer(hiring)
            return hiring
        steps = [*_card_steps(person, cells), *_work_steps(person, cells, self.catalogue, since)]
        self.state[code] = _after(person, steps)
        reason = cells.get("reason") or ""
        return Change(line, code, person.name, steps=tuple(steps), reason=reason) if steps else None


def to_day(text: str | None) -> date | None:
    """A day as people and spreadsheets write it; None for an empty cell. Raises NotADay."""
    if not text:
        return None
    try:
        if found := _ISO_DAY.match(text.strip()):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _RUSSIAN_DAY.match(text.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise NotADay(value=text)


def card_of(cells: Cells) -> dict[str, str]:
    """The card's fields a row speaks of; a full name is split into family name, given name and patronymic."""
    card = {name: str(cells[name]).strip() for name in CARD_FIELDS if cells.get(name)}
    if full := cells.get("name"):
        parts = [*full.split(maxsplit=2), "", ""]
        for name, part in zip(("family_name", "given_name", "patronymic"), parts, strict=False):
            if part:
                card.setdefault(name, part)
    for name in ("email", "login"):
        if name in card:
            card[name] = card[name].lower()
    return card


def _known(cells: Cells, what: str, known: Mapping[str, Known]) -> Known | None:
    value = cells.get(what)
    if not value:
        return None
    found = known.get(search_form(value))
    if found is None:
        raise UnknownName(value=value, what=what)
    return found


def _kind(cells: Cells, catalogue: Catalogue) -> str | None:
    value = cells.get("kind")
    if not value:
        return "partner" if cells.get("partner") else None
    found = catalogue.kinds.get(search_form(value))
    if found is None:
        raise UnknownName(value=value, what="kind")
    return found


def _hire(line: int, code: str, cells: Cells, catalogue: Catalogue, since: date) -> Change:
    card = card_of(cells)
    if not card.get("family_name"):
        raise NoFamilyName(code=code)
    joined, left = to_day(cells.get("joined")) or since, to_day(cells.get("left"))
    if left and left < joined:
        raise LeftBeforeJoined(left=left.isoformat(), joined=joined.isoformat())
    named = {what: _known(cells, what, known) for what, known in _tables(catalogue).items()}
    ids = {what: one.id if one else None for what, one in named.items()}
    name = f"{card['family_name']} {card.get('given_name', '')}".strip()
    kind = _kind(cells, catalogue) or "staff"
    hiring = Hiring(joined, kind, card, **ids, alias=cells.get("alias") or "")
    steps = (Step("left", "", left.isoformat(), left),) if left else ()
    return Change(line, code, name, hiring, steps, cells.get("reason") or "")


def _newcomer(change: Change) -> KnownPerson:
    """A newcomer as a later line of the same file finds them."""
    begin = change.hiring
    assert begin is not None  # only hirings come here
    left = next((step.since for step in change.steps if step.what == "left"), None)
    end = left + timedelta(days=1) if left else None
    return KnownPerson(
        id=0,
        code=change.code,
        name=change.name,
        card=begin.card,
        aliases=frozenset({begin.alias} - {""}),
        employments=(Span(begin.joined, end, (begin.kind, begin.partner)),),
        teams=(Span(begin.joined, end, begin.team),) if begin.team else (),
        posts=(Span(begin.joined, end, begin.post),) if begin.post else (),
    )


def _tables(catalogue: Catalogue) -> dict[str, Mapping[str, Known]]:
    return {
        "partner": catalogue.partners,
        "team": catalogue.teams,
        "post": catalogue.posts,
        "grade": catalogue.grades,
    }


def _card_steps(person: KnownPerson, cells: Cells) -> list[Step]:
    steps = [
        Step(name, person.card.get(name, ""), value)
        for name, value in card_of(cells).items()
        if person.card.get(name, "") != value
    ]
    alias = cells.get("alias")
    if alias and alias not in person.aliases:
        steps.append(Step("alias", "", alias))
    return steps


def _work_steps(person: KnownPerson, cells: Cells, catalogue: Catalogue, since: date) -> list[Step]:
    """Employment first: what hangs on it can change only while it lasts."""
    left, joined = to_day(cells.get("left")), to_day(cells.get("joined"))
    steps = _coming_back(person, cells, catalogue, joined)
    employments = (*person.employments, *(Span(step.since, None, _pair(step)) for step in steps if step.since))
    if left:
        return [*steps, *_leaving(person, employments, left)]
    wanted = {what: _known(cells, what, known) for what, known in _tables(catalogue).items() if what != "partner"}
    first = max(since, steps[0].since) if steps and steps[0].since else since
    current = spans.value_on(employments, first)
    if current is None:
        if any(wanted.values()) or cells.get("kind"):
            raise NotEmployedThen(name=person.name, day=first.isoformat())
        return steps
    if not steps:
        steps += _transfer(cells, catalogue, current, first)
    return steps + _placing(person, wanted, catalogue, first)


def _pair(step: Step) -> tuple[str, int | None]:
    return (step.new, step.id)


def _coming_back(person: KnownPerson, cells: Cells, catalogue: Catalogue, joined: date | None) -> list[Step]:
    """A first day after the last employment's end is a new employment; any other first day is known already."""
    if joined is None or any(span.end is None or span.end > joined for span in person.employments):
        return []
    partner = _known(cells, "partner", catalogue.partners)
    kind = _kind(cells, catalogue) or (person.employments[-1].value[0] if person.employments else "staff")
    return [Step("joined", "", kind, joined, partner.id if partner else None)]


def _leaving(person: KnownPerson, employments: tuple[Span[tuple[str, int | None]], ...], left: date) -> list[Step]:
    ending = [span for span in employments if span.start <= left]
    if not ending:
        first = min((span.start for span in employments), default=left)
        raise LeftBeforeJoined(left=left.isoformat(), joined=first.isoformat())
    last = max(ending, key=lambda span: span.start)
    end = left + timedelta(days=1)
    if last.end == end:
        return []
    old = (last.end - timedelta(days=1)).isoformat() if last.end else ""
    return [Step("left", old, left.isoformat(), left)]


def _transfer(cells: Cells, catalogue: Catalogue, current: tuple[str, int | None], since: date) -> list[Step]:
    kind = _kind(cells, catalogue)
    partner = _known(cells, "partner", catalogue.partners)
    if kind is None or (kind, partner.id if partner else None) == current:
        return []
    if kind == "partner" and partner is None and current[0] == "partner":
        return []
    return [Step("kind", current[0], kind, since, partner.id if partner else None)]


def _placing(person: KnownPerson, wanted: Mapping[str, Known | None], catalogue: Catalogue, since: date) -> list[Step]:
    """Team, post and grade as of the day."""
    steps = []
    for what, known in wanted.items():
        if known is None:
            continue
        before = spans.value_on(_spans_of(person, what, known), since)
        if before != known.id:
            labels = {one.id: one.label for one in _tables(catalogue)[what].values()}
            steps.append(Step(what, labels.get(before or 0, ""), known.label, since, known.id))
    return steps


def _spans_of(person: KnownPerson, what: str, known: Known) -> tuple[Span[int], ...]:
    return {"team": person.teams, "post": person.posts}.get(what, person.grades.get(known.group, ()))


def _after(person: KnownPerson, steps: list[Step]) -> KnownPerson:
    """The person as a later line of the same file finds them (card and teams; the rest is checked when loading)."""
    card = dict(person.card)
    teams = person.teams
    for step in steps:
        if step.what in CARD_FIELDS:
            card[step.what] = step.new
        elif step.what == "team" and step.since and step.id:
            teams = tuple(spans.changed(teams, step.id, step.since))
    return replace(person, card=card, teams=teams)
