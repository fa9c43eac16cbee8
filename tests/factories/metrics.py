"""Facts, targets and a small centre for tests of metrics. Nothing is drawn by lot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from nastavnik.metrics import store
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.logic.targets import key_of
from nastavnik.metrics.models import FactDay, Target
from nastavnik.metrics.queries.scopes import ORGANISATION, Scope
from nastavnik.people.models import (
    Employment,
    Grade,
    GradeHolding,
    Ladder,
    Line,
    Organisation,
    Partner,
    Person,
    Team,
    TeamMembership,
)

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EARLY = date(2020, 1, 1)


def organisation() -> Organisation:
    return Organisation.objects.get_or_create(defaults={"name": "Голос", "time_zone": "Europe/Moscow"})[0]


def person(
    code: str,
    *,
    team: Team | None = None,
    grade: Grade | None = None,
    partner: Partner | None = None,
    since: date = EARLY,
    family_name: str = "",
) -> Person:
    """Somebody employed since long ago, in a team, with a grade."""
    one: Person = Person.objects.create(
        code=code, login=code.lower(), family_name=family_name or code, given_name="Яна"
    )
    kind = "partner" if partner else "staff"
    Employment.objects.create(person=one, kind=kind, partner=partner, active_from=since)
    if team:
        TeamMembership.objects.create(person=one, team=team, active_from=since)
    if grade:
        GradeHolding.objects.create(person=one, ladder=grade.ladder, grade=grade, active_from=since)
    return one


@dataclass
class Centre:
    """Two lines, two teams of our own and one of a partner centre, a ladder of two grades, six people."""

    lines: dict[str, Line] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    grades: dict[str, Grade] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    partner: Partner | None = None


def centre() -> Centre:
    """A-1 and A-2 in `red` (voice), B-1 and B-2 in `blue` (chat), C-1 and C-2 in the partner's `north` (chat)."""
    organisation()
    made = Centre(partner=Partner.objects.create(code="partner", name="Север"))
    for code in ("voice", "chat"):
        made.lines[code] = Line.objects.create(code=code, name=code)
    for code, line, partner in (("red", "voice", None), ("blue", "chat", None), ("north", "chat", made.partner)):
        made.teams[code] = Team.objects.create(code=code, name=code, line=made.lines[line], partner=partner)
    ladder = Ladder.objects.create(code="agent", name="Агенты")
    for rank, code in enumerate(("junior", "senior"), start=1):
        made.grades[code] = Grade.objects.create(ladder=ladder, code=code, name=code, rank=rank)
    for code, team in (("A", "red"), ("B", "blue"), ("C", "north")):
        for number, grade in ((1, "junior"), (2, "senior")):
            made.people[f"{code}-{number}"] = person(
                f"{code}-{number}",
                team=made.teams[team],
                grade=made.grades[grade],
                partner=made.partner if team == "north" else None,
            )
    return made


def contact(who: Person | None, day: date, **values: Any) -> dict[str, Any]:
    """A contact that was answered; give it a rating, waits and whatever else the test is about."""
    return {"person_id": who.pk if who else None, "day": day, "answered": True} | values


def review(who: Person, day: date, earned: int, possible: int = 100, **values: Any) -> dict[str, Any]:
    return {
        "person_id": who.pk, "day": day, "earned": earned, "possible": possible, "sampling": "random",
    } | values  # fmt: skip


def refund_wish(who: Person, day: date, outcome: str, reason: str | None = None, **values: Any) -> dict[str, Any]:
    return {"person_id": who.pk, "day": day, "outcome": outcome, "refund_reason": reason} | values


def write(stream: str, rows: Sequence[dict[str, Any]]) -> list[date]:
    """Make these rows the stream's facts of their days, instead of what was there; answers the days."""
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows):
        moment = {STREAMS[stream].moment: datetime.combine(row["day"], time(9, number % 60, number // 60 % 60))}
        by_day[row["day"]].append({"id": f"{row['day']}-{number}"} | moment | row)
    schema = store.schema(STREAMS[stream])
    everything = [row for found in by_day.values() for row in found]
    with store.connect() as db:
        columns = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in schema.items())
        given = [[row.get(name) for row in everything] for name in schema]
        db.execute(f"CREATE TABLE given AS SELECT {columns}", given)
        for day, found in by_day.items():
            select = f"SELECT * FROM given WHERE day = DATE '{day.isoformat()}'"
            _current_file(stream, day, store.write_day(db, stream, day, 1, select, sync=False), len(found))
    return sorted(by_day)


def _current_file(stream: str, day: date, name: str, rows: int) -> None:
    FactDay.objects.update_or_create(
        stream=stream, day=day, defaults={"file_name": name, "rows": rows, "written_at": AT}
    )


def tally(stream: str, rows: Sequence[dict[str, Any]]) -> tallies.TallyResult:
    """Write the rows as facts and tally their days."""
    return tallies.retally(stream=stream, days=write(stream, rows), at=AT)


def target(
    metric: str,
    amount: int,
    first: date,
    end: date | None = None,
    *,
    scope: Scope = ORGANISATION,
    **values: Any,
) -> Target:
    """A target straight into the table; `amount` in the metric's unit times 10,000."""
    column = {} if scope.kind == ScopeKind.ORGANISATION else {f"{scope.kind.value}_id": scope.id}
    return Target.objects.create(
        metric=metric, metric_key=key_of(metric), direction=METRICS[metric].direction, scope_kind=scope.kind,
        target=amount, active_from=first, active_to=end, **column, **values,
    )  # fmt: skip
