"""What the page of a case shows, in a number of queries that does not grow with its messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from nastavnik.crisis.enums import CaseStage, ClockState, EventKind, Measure, RefusalState
from nastavnik.crisis.logic.log import RANK
from nastavnik.crisis.logic.texts import hides_direction, visible
from nastavnik.crisis.models import CaseClock, CaseEvent, CaseState, CrisisCase, Message
from nastavnik.crisis.models.cases import CrisisCaseQuerySet
from nastavnik.crisis.models.compliance import FindingCode
from nastavnik.crisis.queries.logs import policy_of
from nastavnik.people.models import Person, TeamMembership
from nastavnik.people.reach import today
from nastavnik.procedures.models import GuideVersion
from nastavnik.procedures.queries import guides_for

PAGE = 60
RISK = timedelta(minutes=30)
QUEUE_LENGTH = 12


@dataclass(frozen=True)
class Refusal:
    """The line of the panel: what the policy says now."""

    state: str
    title: str
    text: str
    tone: str
    may_start: bool
    attempts: int
    left: int
    due_at: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """A clock as the page shows it."""

    title: str
    tone: str
    words: str
    explained: str
    due_at: datetime | None
    legal: bool
    basis: str
    presses: bool  # it runs, stands, or was missed: what one looks for first


@dataclass(frozen=True)
class Line:
    """A message with what is said of it."""

    message: Message
    text: str
    is_hostile: bool
    marks: list[str] = field(default_factory=list)
    kinds: frozenset[str] = frozenset()
    files: Sequence[Any] = ()
    menu: str = ""  # what a click may say of it, as the page has it rendered


def cases_of(person: Person) -> CrisisCaseQuerySet:
    """Cases the person sees, with what lists and pages need."""
    return CrisisCase.objects.visible_to(person).select_related("customer", "contract", "assignee", "team", "skill")


def taken_by_another(person: Person, public_id: str) -> CrisisCase | None:
    """A case of the person's own queue that a colleague took meanwhile: it is out of sight, and they may know why."""
    own_teams = TeamMembership.objects.filter(person=person).on(today()).values("team_id")
    rows = CrisisCase.objects.open().filter(Q(team__isnull=True) | Q(team_id__in=own_teams), public_id=public_id)
    rows = rows.filter(assignee__isnull=False).exclude(assignee=person).exclude(pk__in=cases_of(person).values("pk"))
    return rows.select_related("assignee").first()


def refusal(case: CrisisCase, state: CaseState) -> Refusal:
    """«Categorical refusal: 2/1/0 soft attempts left -> start the refund». Two queries."""
    policy = policy_of(case)
    left = max(0, policy.max_soft - state.attempts)
    known = RefusalState(case.refusal_state)
    may_start = known not in (RefusalState.REFUND_STARTED, RefusalState.REFUNDED, RefusalState.RETAINED)
    title, text, tone = _refusal_words(known, state, left)
    return Refusal(known.value, title, text, tone, may_start, state.attempts, left, state.due_at)


def _refusal_words(known: RefusalState, state: CaseState, left: int) -> tuple[str, str, str]:
    if known == RefusalState.TRIGGERED:
        title = ngettext(
            "Categorical refusal: {n} soft attempt left", "Categorical refusal: {n} soft attempts left", left
        ).format(n=left)
        if not left:
            return title, gettext("Start the refund: any persuasion now is a violation."), "bad"
        return title, gettext("If the customer insists, start the refund at once."), "warn"
    if known == RefusalState.REFUND_DUE:
        return (
            gettext("The refund is due: start it now"),
            gettext("No more offers. The clock of the start runs."),
            "bad",
        )
    words = {
        RefusalState.ASKED: (gettext("The customer wishes a refund"), gettext("No refusal yet."), "accent"),
        RefusalState.REFUND_STARTED: (gettext("The refund is started"), gettext("No persuasion any more."), "good"),
        RefusalState.REFUNDED: (gettext("The money is returned"), "", "good"),
        RefusalState.RETAINED: (gettext("The customer agreed to stay"), gettext("The consent is recorded."), "good"),
        RefusalState.CLOSED_UNRESOLVED: (
            gettext("Closed without refund or consent"), gettext("Reopen the case and start the refund."), "bad",
        ),
    }  # fmt: skip
    return words.get(known, (gettext("No refusal"), gettext("The customer has not asked for a refund."), "neutral"))


def clocks(case: CrisisCase, now: datetime) -> list[Clock]:
    """The clocks of a case, running ones first by their deadline. One query."""
    rows = CaseClock.objects.filter(case=case).select_related("template")
    order = {ClockState.RUNNING: 0, ClockState.PAUSED: 1, ClockState.DONE: 2, ClockState.WAITING: 3}
    far = now + timedelta(days=36500)
    found = sorted(rows, key=lambda one: (order[ClockState(one.state)], one.due_at or far))
    return [_clock(one, now) for one in found]


def _clock(row: CaseClock, now: datetime) -> Clock:
    template, state = row.template, ClockState(row.state)
    late = row.breached or (state == ClockState.RUNNING and row.due_at is not None and row.due_at < now)
    soon = state == ClockState.RUNNING and row.due_at is not None and now <= row.due_at < now + RISK
    tone = "bad" if late else "warn" if soon else "good" if state == ClockState.DONE else "neutral"
    return Clock(
        title=str(template), tone=tone, words=_state_words(row, state, late=late, now=now),
        explained=explain(template), due_at=row.due_at if state != ClockState.DONE else None,
        legal=template.is_statutory, basis=template.legal_basis,
        presses=late or (state in (ClockState.RUNNING, ClockState.PAUSED) and row.due_at is not None),
    )  # fmt: skip


def _state_words(row: CaseClock, state: ClockState, *, late: bool, now: datetime) -> str:
    if state == ClockState.DONE:
        return gettext("stopped late") if late else gettext("kept")
    if state == ClockState.PAUSED:
        return gettext("stands: we wait for the customer")
    if state == ClockState.WAITING or row.due_at is None:
        return gettext("has not begun")
    gap = span_words(abs(row.due_at - now))
    return gettext("missed by {time}").format(time=gap) if row.due_at < now else gettext("{time} left").format(time=gap)


def span_words(gap: timedelta) -> str:
    """«2 d 3 h», «1 h 05 min», «4 min»."""
    minutes = int(gap.total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return gettext("{d} d {h} h").format(d=days, h=hours)
    return gettext("{h} h {m} min").format(h=hours, m=minutes % 60) if hours else gettext("{m} min").format(m=minutes)


def explain(template: Any) -> str:
    """What the clock counts, in words."""
    counted = {
        Measure.FIRST_START: gettext("From the opening until a person acts; automatic answers do not count."),
        Measure.FIRST_RESPONSE: gettext("From the opening until the first answer; frozen after it."),
        Measure.NEXT_RESPONSE: gettext("From the customer's message until any answer; a «thank you» starts nothing."),
        Measure.PICKUP: gettext("From a handover until somebody takes the case."),
        Measure.REFUND_START: gettext("From the moment the refund is due by the policy until its start."),
        Measure.REFUND_PAID: gettext(
            "From the demand, at the latest from the refund's start, until the money is back or the customer stays."
        ),
        Measure.RESOLUTION: gettext("From the opening until the case is closed; goes on when it is reopened."),
    }[Measure(template.measure)]
    unit = gettext("Working time of the desk.") if template.unit == "working" else gettext("Every hour counts.")
    pause = (
        gettext("Stands while we wait for the customer, at most 72 hours.")
        if template.can_pause
        else gettext("Never stands.")
    )
    return f"{counted} {unit} {pause}"


# Conversation ---------------------------------------------------------------------------------------------------------


def lines(case: CrisisCase, before: Message | None = None) -> tuple[list[Line], Message | None]:
    """The latest messages of the case (or those before one), oldest first, and the message older ones end before.

    Three queries.
    """
    rows = Message.objects.filter(conversation__case=case).select_related("agent", "conversation")
    if before is not None:
        rows = rows.filter(at__lte=before.at).exclude(pk__gte=before.pk, at=before.at).exclude(pk=before.pk)
    found = list(rows.prefetch_related("attachments").order_by("-at", "-pk")[: PAGE + 1])
    older = found[PAGE - 1] if len(found) > PAGE else None
    found = found[:PAGE][::-1]
    marks = _marks(found)
    return [_line(message, marks.get(message.pk, [])) for message in found], older


def _marks(found: Sequence[Message]) -> dict[int, list[CaseEvent]]:
    rows = CaseEvent.objects.filter(message_id__in=[one.pk for one in found]).order_by("seq")
    by_message: dict[int, list[CaseEvent]] = {}
    for event in rows:
        if event.message_id is not None:
            by_message.setdefault(event.message_id, []).append(event)
    return {pk: _highest(events) for pk, events in by_message.items()}


def _highest(events: list[CaseEvent]) -> list[CaseEvent]:
    """What counts of what was said of a message: quality over agent over rule; of marks the latest."""
    best = max(RANK.get(one.source, 0) for one in events)
    top = [one for one in events if RANK.get(one.source, 0) == best]
    return top if best == 0 else top[-1:]


_SILENT = {EventKind.MESSAGE, EventKind.NEUTRAL, EventKind.QUESTION}


def _line(message: Message, events: list[CaseEvent]) -> Line:
    told = [str(EventKind(one.kind).label) for one in events if one.kind not in _SILENT]
    return Line(
        message, visible(message.text), hides_direction(message.text), told,
        frozenset(one.kind for one in events), list(message.attachments.all()),
    )  # fmt: skip


# Beside it ------------------------------------------------------------------------------------------------------------

_GUIDE_STAGES = {
    RefusalState.TRIGGERED: "refusal",
    RefusalState.REFUND_DUE: "refusal",
    RefusalState.REFUND_STARTED: "refund",
    RefusalState.REFUNDED: "closing",
    RefusalState.RETAINED: "closing",
}


def guides(case: CrisisCase, now: datetime) -> list[GuideVersion]:
    """Advice for where the case stands. Two queries."""
    stage = _GUIDE_STAGES.get(RefusalState(case.refusal_state), "intake" if case.stage == CaseStage.NEW else "work")
    return guides_for(case.kind, stage, now)


def history(case: CrisisCase) -> list[dict[str, Any]]:
    """What was done, latest first; messages stand in the conversation. One query."""
    rows = CaseEvent.objects.filter(case=case).select_related("actor").order_by("-at", "-seq")
    rows = rows.exclude(kind__in=[EventKind.MESSAGE, EventKind.NEUTRAL, EventKind.QUESTION])[:40]
    return [
        {
            "at": one.at,
            "title": str(EventKind(one.kind).label),
            "by": str(one.actor or ""),
            "text": str(one.payload.get("reason") or one.payload.get("text") or _violation(one)),
        }
        for one in rows
    ]


def _violation(event: CaseEvent) -> str:
    code = event.payload.get("violation")
    return str(FindingCode(code).label) if code in FindingCode.values else ""


def queue(person: Person, now: datetime, most: int = QUEUE_LENGTH) -> list[dict[str, Any]]:
    """The person's own open cases and the free ones, nearest deadline first. One query."""
    own = CrisisCase.objects.open().filter(assignee=person).select_related("customer")
    rows = list(own.order_by("next_due_at", "pk")[:most])
    if len(rows) < most:
        free = cases_of(person).open().filter(assignee__isnull=True).order_by("next_due_at", "pk")
        rows += list(free[: most - len(rows)])
    return [{"case": one, "due": due_words(one, now)} for one in rows]


def due_words(case: CrisisCase, now: datetime) -> dict[str, str]:
    """The nearest deadline as words with a tone."""
    return term_words(case.next_due_at, now, RISK)


def term_words(due_at: datetime | None, now: datetime, risk: timedelta) -> dict[str, str]:
    """A deadline as words with a tone: missed, within `risk`, or later."""
    if due_at is None:
        return {"tone": "neutral", "words": gettext("no deadline")}
    gap = span_words(abs(due_at - now))
    if due_at < now:
        return {"tone": "bad", "words": gettext("missed by {time}").format(time=gap)}
    return {"tone": "warn" if due_at < now + risk else "neutral", "words": gettext("{time} left").format(time=gap)}
