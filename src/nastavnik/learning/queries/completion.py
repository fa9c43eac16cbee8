"""Plan completion of a month by team: due, done on time, against the target of 95%; what waits for decisions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from nastavnik.learning import speech
from nastavnik.learning.days import local_days
from nastavnik.learning.enums import BookingState, EnrolmentState, LearningKind, ProofState, SessionState
from nastavnik.learning.models import Booking, Enrolment, FrozenItem, PlanItem, PlanVersion, Proof
from nastavnik.learning.queries.plans import lacks_of
from nastavnik.people.enums import Role
from nastavnik.people.models import Person, Team
from nastavnik.people.reach import reach_of, roles_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

TARGET_PERCENT = 95


@dataclass(frozen=True)
class TeamLine:
    """One team of the month; `due` counts items whose day has come or that are done."""

    team: Team | None
    planned: int
    due: int
    on_time: int
    late: int

    @property
    def share(self) -> float | None:
        """Done on time / due; None while nothing was due."""
        return self.on_time / self.due if self.due else None

    @property
    def state(self) -> str:
        if self.share is None:
            return "no_data"
        return "met" if self.share * 100 >= TARGET_PERCENT else "missed"


def months() -> list[PlanVersion]:
    """Frozen months, the newest first."""
    return list(PlanVersion.objects.order_by("-month_date")[:24])


def by_team(version: PlanVersion, viewer: Person, today: date) -> list[TeamLine]:
    """Every team of the people the viewer may see, the worst first; two queries."""
    rows = FrozenItem.objects.filter(within(reach_of(viewer, Right.SEE_LEARNING)), version=version)
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    day_of = local_days()
    for team, due, done, dropped in rows.values_list("team_id", "due_date", "item__done_at", "item__dropped_at"):
        if dropped is not None:
            continue
        line = counts[team]
        line[0] += 1
        on_time = done is not None and day_of(done) <= due
        if due < today or done is not None:
            line[1] += 1
            line[2] += on_time
            line[3] += not on_time
    teams = Team.objects.in_bulk([pk for pk in counts if pk])
    lines = [TeamLine(teams.get(team or 0), *line) for team, line in counts.items()]
    return sorted(lines, key=lambda one: (one.share if one.share is not None else 2, str(one.team or "")))


def total(lines: list[TeamLine]) -> TeamLine:
    """All teams together: the ratio of sums."""
    return TeamLine(None, *(sum(getattr(one, name) for one in lines) for name in ("planned", "due", "on_time", "late")))


@dataclass(frozen=True)
class SignOffWaiting:
    """An enrolment that waits for a role the viewer holds."""

    enrolment: Enrolment
    role: Role
    lacks: list[str]

    @property
    def title(self) -> Any:
        return self.role.label


@dataclass(frozen=True)
class Queue:
    """What waits for the viewer's decision."""

    sign_offs: list[SignOffWaiting]
    proofs: list[Proof]
    tasks: list[tuple[PlanItem, str]]
    requests: list[Booking]

    @property
    def is_empty(self) -> bool:
        return not (self.sign_offs or self.proofs or self.tasks or self.requests)


def queue_of(viewer: Person, today: date) -> Queue:
    """Sign-offs of the viewer's roles, requests for seats, proofs, tasks due by today.

    All of people within reach; never one's own.
    """
    mine = roles_of(viewer)
    rows = Enrolment.objects.visible_to(viewer).filter(state=EnrolmentState.ACTIVE).exclude(person=viewer)
    asked = Q(pk__in=[])
    for role in mine:
        asked |= Q(stage__gate__icontains=f'"role": "{role.value}"')
    waiting = []
    for row in rows.filter(asked).select_related("person", "programme", "stage").order_by("due_date")[:200]:
        for role in sorted(mine):
            if any(f'"role": "{role.value}"' in one.get("need", "") for lack in row.lacks for one in lack):
                waiting.append(SignOffWaiting(row, role, lacks_of(row)))
    reach = within(reach_of(viewer, Right.ENROL), "item__person")
    proofs = Proof.objects.filter(reach, state=ProofState.WAITING).exclude(item__person=viewer).defer("content")
    tasks = (
        PlanItem.objects.to_do()
        .filter(within(reach_of(viewer, Right.ENROL)), kind=LearningKind.TASK, due_date__lte=today)
        .filter(Q(enrolment=None) | Q(enrolment__state=EnrolmentState.ACTIVE))
        .exclude(person=viewer)
        .select_related("person", "enrolment__programme")
        .order_by("due_date")[:100]
    )
    seats = Booking.objects.filter(within(reach_of(viewer, Right.ENROL)), state=BookingState.ASKED)
    seats = seats.filter(session__state=SessionState.PLANNED).exclude(person=viewer).order_by("starts_at", "pk")
    return Queue(
        waiting, list(proofs.select_related("item__person")), [(one, speech.say_stored(one.why)) for one in tasks],
        list(seats.select_related("person", "session__kind")[:200]),
    )  # fmt: skip
