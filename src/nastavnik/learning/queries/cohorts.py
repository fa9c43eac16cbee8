"""Who stands at which gate of a programme, and why: the board of cards, the table of everybody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nastavnik.learning.enums import EnrolmentState, Path
from nastavnik.learning.models import Enrolment, PlanItem, Programme, ProgrammeVersion, Stage
from nastavnik.learning.queries.plans import lacks_of
from nastavnik.people.models import Person, TeamMembership

CARDS = 40
FINISHED = "finished"


@dataclass(frozen=True)
class Card:
    """A person at a gate."""

    enrolment: Enrolment
    team: str
    lacks: list[str]
    is_late: bool
    is_stopped: bool


@dataclass
class Column:
    """A stage and who is on it; `more` cards are not shown."""

    key: str
    title: str
    gate: str = ""
    count: int = 0
    late: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    """The stages of a programme in order, then those who are through."""

    columns: list[Column]

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns)


def cohort(programme: Programme, viewer: Person, filters: dict[str, Any]) -> QuerySet[Enrolment]:
    """Enrolments of the programme the viewer may see, narrowed: intake, team, text, path, only those late."""
    rows: Any = Enrolment.objects.visible_to(viewer).filter(programme=programme).exclude(state=EnrolmentState.CLOSED)
    rows = rows.filter(path=filters.get("path") or Path.ORIGINAL)
    if intake := filters.get("intake"):
        rows = rows.filter(intake__public_id=intake)
    if team := filters.get("team"):
        members = TeamMembership.objects.on(filters["today"]).filter(team__code=team)
        rows = rows.filter(person__in=members.values("person_id"))
    if text := filters.get("q"):
        rows = rows.filter(person__in=Person.objects.matching(text))
    if filters.get("show") == "late":
        rows = rows.filter(_is_late(filters["today"]))
    return rows  # type: ignore[no-any-return]  # the queryset is built at run time


def _is_late(today: date) -> Q:
    late = PlanItem.objects.to_do().filter(due_date__lt=today, is_required=True, enrolment__isnull=False)
    return Q(state=EnrolmentState.ACTIVE, pk__in=late.values("enrolment_id"))


def columns_of(programme: Programme, path: str) -> list[Stage]:
    """Stages of the newest published version, then those of older ones somebody still stands on."""
    versions = ProgrammeVersion.objects.filter(programme=programme, published_at__isnull=False).order_by("-number")
    stages = Stage.objects.filter(version__in=versions, path=path).order_by("-version__number", "position")
    found: dict[str, Stage] = {}
    for stage in stages:
        found.setdefault(stage.key, stage)
    return list(found.values())


def board(programme: Programme, viewer: Person, filters: dict[str, Any], titles: Any) -> Board:
    """Columns with counts and the first cards of each, the latest due first. A fixed number of queries."""
    today = filters["today"]
    rows = list(
        cohort(programme, viewer, filters)
        .select_related("person", "stage", "programme")
        .order_by("due_date", "person__sort_key")
        .distinct()
    )
    late = set(
        PlanItem.objects.to_do()
        .filter(enrolment__in=[row.pk for row in rows], due_date__lt=today, is_required=True)
        .values_list("enrolment_id", flat=True)
    )
    teams = teams_of([row.person_id for row in rows], today)
    stages = columns_of(programme, filters.get("path") or Path.ORIGINAL)
    by_key: dict[str, list[Enrolment]] = defaultdict(list)
    for row in rows:
        by_key[row.stage.key if row.stage else FINISHED].append(row)
    said = titles([stage.tree for stage in stages])
    shown = [stage for stage in stages if _shown(stage, stages, by_key)]
    columns = [Column(stage.key, stage.title, said.gate(stage.tree)) for stage in shown]
    columns.append(Column(FINISHED, ""))
    for column in columns:
        here = by_key.get(column.key, [])
        column.count = len(here)
        column.late = sum(1 for row in here if row.pk in late)
        column.cards = [
            Card(row, teams.get(row.person_id, ""), lacks_of(row), row.pk in late, _is_stopped(row))
            for row in here[:CARDS]
        ]
    return Board(columns)


def _shown(stage: Stage, stages: Sequence[Stage], by_key: dict[str, list[Enrolment]]) -> bool:
    """Stages of older versions stand only where somebody is on them."""
    return stage.version_id == stages[0].version_id or bool(by_key.get(stage.key))


def _is_stopped(row: Enrolment) -> bool:
    """Something speaks against going on (a failed test), not only that it is early."""
    return any(
        one.get("verdict") == "not_met" and "percent" in one.get("with", {}) for lack in row.lacks for one in lack
    )


def teams_of(people: Sequence[int], today: date) -> dict[int, str]:
    """The team of each person on the day."""
    rows = TeamMembership.objects.on(today).filter(person__in=people).select_related("team")
    return {row.person_id: str(row.team) for row in rows}


# The table of everybody -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One person of the table: a mark for each column."""

    public_id: str
    name: str
    team: str
    due: date
    marks: list[str]


@dataclass(frozen=True)
class Table:
    """Everybody by activities; marks: `done`, `late`, `open`, `ahead` (behind a gate), `waived`."""

    heads: list[tuple[str, str]]
    rows: list[Row]


def table(programme: Programme, viewer: Person, filters: dict[str, Any], columns: int = 12) -> Table:
    """The whole cohort in four queries, whatever its size."""
    today, path = filters["today"], filters.get("path") or Path.ORIGINAL
    heads = [
        (activity.key, activity.title)
        for stage in Stage.objects.filter(pk__in=[one.pk for one in columns_of(programme, path)])
        .order_by("position")
        .prefetch_related("activities")
        for activity in stage.activities.all()
    ][:columns]
    rows = list(
        cohort(programme, viewer, filters)
        .order_by("person__sort_key", "pk")
        .distinct()
        .values_list(
            "pk", "public_id", "person_id", "person__family_name", "person__given_name", "due_date", "stage__position"
        )
    )
    places = {key: place for place, (key, _title) in enumerate(heads)}
    marks: dict[int, list[str]] = {row[0]: ["none"] * len(heads) for row in rows}
    positions = {row[0]: row[6] for row in rows}
    here = cohort(programme, viewer, filters).values("pk")
    items = PlanItem.objects.filter(enrolment__in=here, activity_key__in=places)
    for enrolment, key, done, dropped, due, position in items.values_list(
        "enrolment_id", "activity_key", "done_at", "dropped_at", "due_date", "stage__position"
    ):
        if enrolment is not None and enrolment in marks:
            stands = positions[enrolment]
            is_ahead = stands is not None and position is not None and position > stands
            marks[enrolment][places[key]] = _mark(done, dropped, is_ahead=is_ahead, is_late=due < today)
    teams = teams_of([row[2] for row in rows], today)
    return Table(
        heads,
        [
            Row(row[1], f"{row[3]} {row[4]}".strip(), teams.get(row[2], ""), row[5], marks[row[0]])
            for row in rows
        ],
    )  # fmt: skip


def _mark(done: Any, dropped: Any, *, is_ahead: bool, is_late: bool) -> str:
    if done:
        return "done"
    if dropped:
        return "waived"
    if is_ahead:
        return "ahead"
    return "late" if is_late else "open"
