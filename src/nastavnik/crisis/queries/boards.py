"""Boards of the desk: what is going on now, who has how much, what the last days came to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from nastavnik.crisis.enums import CaseKind, CaseOutcome, CaseStage, RefusalState
from nastavnik.crisis.models import Budget, ComplianceFinding, CrisisCase, DeskShift, Refund
from nastavnik.crisis.models.compliance import NO_VIOLATION
from nastavnik.crisis.models.compliance import Verdict as Finding
from nastavnik.crisis.queries.logs import zone
from nastavnik.crisis.queries.screen import RISK, cases_of, due_words
from nastavnik.kernel import clock
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of, today
from nastavnik.people.roles import Right

OPEN = ~Q(stage=CaseStage.CLOSED)
LIST_LENGTH, FINDINGS_LENGTH = 15, 8


@dataclass(frozen=True)
class Now:
    """Counts of this moment and of today."""

    open: int
    free: int
    missed: int
    at_risk: int
    refund_due: int
    paused: int
    closed_today: int
    here: int


def now_at_desk(person: Person, now: datetime, since: datetime) -> Now:
    """Counts over the cases the person sees; `since` is the beginning of the day. Three queries."""
    rows = CrisisCase.objects.visible_to(person)
    counts = rows.open().aggregate(
        open=Count("pk"),
        free=Count("pk", filter=Q(assignee__isnull=True)),
        missed=Count("pk", filter=Q(next_due_at__lt=now)),
        at_risk=Count("pk", filter=Q(next_due_at__gte=now, next_due_at__lt=now + RISK)),
        refund_due=Count("pk", filter=Q(refusal_state=RefusalState.REFUND_DUE)),
        paused=Count("pk", filter=Q(stage=CaseStage.PAUSED)),
    )
    closed = rows.filter(closed_at__gte=since).count()
    return Now(**counts, closed_today=closed, here=DeskShift.objects.filter(ended_at=None).count())


def loads(person: Person, now: datetime, since: datetime) -> list[dict[str, Any]]:
    """Who of those in reach has how much, most missed deadlines first. Two queries."""
    rows = CrisisCase.objects.visible_to(person).filter(assignee__isnull=False).filter(OPEN | Q(closed_at__gte=since))
    counted: Any = rows.values("assignee_id", "assignee__family_name", "assignee__given_name").annotate(
        open=Count("pk", filter=OPEN),
        missed=Count("pk", filter=OPEN & Q(next_due_at__lt=now)),
        at_risk=Count("pk", filter=OPEN & Q(next_due_at__gte=now, next_due_at__lt=now + RISK)),
        refund_due=Count("pk", filter=OPEN & Q(refusal_state=RefusalState.REFUND_DUE)),
        paused=Count("pk", filter=Q(stage=CaseStage.PAUSED)),
        closed=Count("pk", filter=Q(closed_at__gte=since)),
    )
    here = set(DeskShift.objects.filter(ended_at=None).values_list("person_id", flat=True))
    found = [
        {
            **one, "name": f"{one['assignee__family_name']} {one['assignee__given_name']}".strip(),
            "here": one["assignee_id"] in here,
        }
        for one in counted
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one["missed"], -one["at_risk"], -one["open"], one["name"]))


def pressing(person: Person, now: datetime) -> list[dict[str, Any]]:
    """Open cases whose deadline is missed or near, the worst first. One query."""
    rows = cases_of(person).open().filter(next_due_at__lt=now + RISK).order_by("next_due_at", "pk")[:LIST_LENGTH]
    return [{"case": one, "due": due_words(one, now)} for one in rows]


@dataclass(frozen=True)
class Violations:
    """Findings of the audit within the person's reach: those that wait for a verdict, and what this week brought."""

    open: int
    contested: int
    week: int
    latest: list[ComplianceFinding]


def violations(person: Person, since: datetime) -> Violations:
    """`since` is the beginning of the week; what was rejected or withdrawn counts no more. Two queries."""
    rows = ComplianceFinding.objects.visible_to(person).exclude(code__in=NO_VIOLATION)
    waits = Q(verdict=Finding.PENDING)
    counts = rows.aggregate(
        open=Count("pk", filter=waits),
        contested=Count("pk", filter=waits & Q(contested_at__isnull=False)),
        week=Count("pk", filter=Q(at__gte=since, verdict__in=[Finding.PENDING, Finding.UPHELD])),
    )
    latest = rows.filter(waits).select_related("case", "agent").order_by("-at", "-pk")[:FINDINGS_LENGTH]
    return Violations(**counts, latest=list(latest))


def budgets(person: Person) -> list[Budget]:
    """Budgets in force today of the teams in reach, and the desk's own for whoever leads a team of it. One query."""
    sees, rows = reach_of(person, Right.SEE_CASES), Budget.objects.on(today()).select_related("team", "kind")
    if not sees.everyone:
        own = Q(team_id__in=sees.team_ids) | Q(team__partner_id__in=sees.partner_ids)
        rows = rows.filter(own | Q(team__isnull=True) if sees.team_ids else own)
    return list(rows.order_by("team__name", "kind__name", "pk"))


def start_of_week() -> datetime:
    """The first moment of this week's Monday, in the organisation's zone."""
    day = today()
    return clock.start_of(day - timedelta(days=day.weekday()), zone())


def overdue_refunds(person: Person, now: datetime) -> int:
    """Refunds whose money is not back though the law's term is over. One query."""
    return Refund.objects.visible_to(person).overdue(now).count()


def outcomes(person: Person, days: int = 30) -> list[dict[str, Any]]:
    """What refund cases closed in the last days came to: counts and shares. One query."""
    since = clock.now() - timedelta(days=days)
    rows = CrisisCase.objects.visible_to(person).filter(kind=CaseKind.REFUND, closed_at__gte=since)
    counted = dict(rows.values_list("outcome").annotate(n=Count("pk")))
    total = sum(counted.values())
    return [
        {
            "label": one.label,
            "n": counted.get(one.value, 0),
            "share": counted.get(one.value, 0) / total if total else None,
        }
        for one in CaseOutcome
        if one not in (CaseOutcome.OPEN, CaseOutcome.RESOLVED)
    ]


def start_of_today() -> datetime:
    """The first moment of the organisation's day."""
    return clock.start_of(today(), zone())
