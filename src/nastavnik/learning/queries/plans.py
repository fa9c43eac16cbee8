"""A person's plan: what, why, by when, how long, in which order; and how far the programmes have come."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from nastavnik.assessment.models import Attempt
from nastavnik.content.models import Course
from nastavnik.learning import speech
from nastavnik.learning.enums import OPEN_STATES, LearningKind, ProofState, Source
from nastavnik.learning.models import Enrolment, PlanItem, Proof
from nastavnik.people.models import Person

DONE_DAYS = 14
OVER_AT_MOST = 10


@dataclass(frozen=True)
class Line:
    """One item as its page shows it."""

    item: PlanItem
    why: str
    url: str
    is_overdue: bool
    waits_for: str = ""
    proof: Proof | None = None

    @property
    def takes_proof(self) -> bool:
        """Whether the person may bring a file now."""
        return self.item.kind == LearningKind.EXTERNAL and not self.waits_for and self.proof is None


@dataclass(frozen=True)
class Progress:
    """One programme of the person: how much is done, what the gate lacks."""

    enrolment: Enrolment
    done: int
    total: int
    lacks: list[str]


@dataclass
class Plan:
    """The plan by nearness."""

    today: list[Line] = field(default_factory=list)
    week: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    done: list[PlanItem] = field(default_factory=list)
    programmes: list[Progress] = field(default_factory=list)
    over: list[Enrolment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.today or self.week or self.later)

    @property
    def minutes_today(self) -> int:
        """Minutes of what is due now and not waiting for a gate."""
        return sum(line.item.minutes for line in self.today if not line.waits_for)


def plan_of(person: Person, today: date) -> Plan:
    """The plan as of today, in a fixed number of queries. The week ends on Sunday. Links are for the person."""
    rows = list(
        PlanItem.objects.to_do()
        .filter(person=person)
        .filter(Q(enrolment=None) | Q(enrolment__state="active"))
        .select_related("enrolment__programme", "stage", "enrolment__stage")
    )
    urls = urls_of(person, rows)
    proofs = {
        one.item_id: one
        for one in Proof.objects.filter(item__in=rows, state=ProofState.WAITING).defer("content")
    }  # fmt: skip
    plan = Plan()
    sunday = today + timedelta(days=6 - today.weekday())
    for item in rows:
        waits = gate_before(item)
        line = Line(
            item, why_of(item), "" if waits else urls.get(item.pk, ""), item.due_date < today, waits,
            proofs.get(item.pk),
        )  # fmt: skip
        near = plan.today if item.due_date <= today else plan.week if item.due_date <= sunday else plan.later
        near.append(line)
    since = today - timedelta(days=DONE_DAYS)
    plan.done = list(PlanItem.objects.filter(person=person, done_at__date__gte=since).order_by("-done_at")[:20])
    plan.programmes = progress_of(Enrolment.objects.open().filter(person=person))
    over = Enrolment.objects.filter(person=person).exclude(state__in=OPEN_STATES).select_related("programme")
    plan.over = list(over.order_by("-ended_at", "-pk")[:OVER_AT_MOST])
    return plan


def progress_of(rows: QuerySet[Enrolment]) -> list[Progress]:
    """How far enrolments have come, by obligatory items."""
    counted = rows.select_related("programme", "stage", "person", "version").annotate(
        items=Count("plan_items", filter=Q(plan_items__dropped_at=None, plan_items__is_required=True)),
        items_done=Count("plan_items", filter=Q(plan_items__done_at__isnull=False, plan_items__is_required=True)),
    )
    return [
        Progress(one, one.items_done, one.items, lacks_of(one)) for one in counted.order_by("due_date", "pk")
    ]  # fmt: skip


def lacks_of(enrolment: Enrolment) -> list[str]:
    """What keeps the gate shut, a line each; alternatives joined by «or»."""
    return [_(" or ").join(speech.say_stored(one) for one in lack if one.get("say")) for lack in enrolment.lacks]


def gate_before(item: PlanItem) -> str:
    """The stage whose gate stands before the item; empty when it may be begun."""
    now = item.enrolment.stage if item.enrolment else None
    if now is None or item.stage is None or item.stage.position <= now.position:
        return ""
    return now.title


def why_of(item: PlanItem) -> str:
    """«Newcomers: joined on 2 November…»: why it stands in the plan."""
    said = speech.say_stored(item.why)
    if item.enrolment:
        title = item.enrolment.programme.title
        return f"{title}: {said}" if said else title
    return said or str(Source(item.source).label)


def urls_of(person: Person, items: list[PlanItem]) -> dict[int, str]:
    """Where the person does each item; items without a page of their own, or not open yet, are left out."""
    asked: dict[str, set[str]] = {}
    for item in items:
        asked.setdefault(item.kind, set()).add(item.reference)
    courses = Course.objects.visible_to(person).filter(code__in=asked.get(LearningKind.COURSE, ()))
    exams = Attempt.objects.of(person).filter(exam__code__in=asked.get(LearningKind.EXAM, ()), closed_at=None)
    sessions = _optional("learning:session-list")
    places: dict[str, dict[str, str]] = {
        LearningKind.COURSE: {
            code: _optional("content:course-play", public_id)
            for code, public_id in courses.values_list("code", "public_id")
        },
        LearningKind.EXAM: {
            code: _optional("assessment:exam-take", code) for code in exams.values_list("exam__code", flat=True)
        },
        LearningKind.SESSION: {code: f"{sessions}?kind={code}" for code in asked.get(LearningKind.SESSION, ())},
    }
    found = {item.pk: places.get(item.kind, {}).get(item.reference, "") for item in items}
    return {pk: url for pk, url in found.items() if url}


def _optional(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
