"""What the desk did, as facts for the figures: cases, refund wishes (contacts: see `contact_facts`). Idempotent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Min

from nastavnik.crisis.enums import CaseKind, CaseOutcome, Channel
from nastavnik.crisis.models import CrisisCase, Refund
from nastavnik.crisis.money_enums import TECHNICAL, RefundReason, RefundStatus
from nastavnik.metrics.actions import facts

CHANNELS = {Channel.CHAT: "chat", Channel.CALL: "phone", Channel.EMAIL: "email", Channel.FORM: "email"}
OUTCOMES = {
    CaseOutcome.RETAINED: "retained",
    CaseOutcome.REFUNDED: "refunded",
    CaseOutcome.REFUND_STARTED: "refunded",
    CaseOutcome.UNRESOLVED: "unresolved",
}
COMPLEX_FROM_RUNG = ("claim", "regulator", "court", "public")


def push_cases(*, case_ids: Sequence[int], at: datetime) -> None:
    """Cases as rows of `cases`; closed refund cases as rows of `retention` too."""
    for stream, rows in rows_of(case_ids).items():
        if rows:
            push(stream, rows, at)


def rows_of(case_ids: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """The rows by stream; whoever brings in thousands loads them as a file."""
    rows = CrisisCase.objects.filter(pk__in=case_ids).select_related("assignee", "team__line", "cached")
    found = list(rows.annotate(channel=Min("conversations__channel")))
    reasons = _reasons([one.pk for one in found])
    closed = [one for one in found if one.kind == CaseKind.REFUND and one.outcome in OUTCOMES]
    return {
        "cases": [_case(one) for one in found],
        "retention": [_wish(one, reasons.get(one.pk, "other")) for one in closed],
    }


def push(stream: str, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """All rows or an error: a row that the figures refuse is a fault of ours."""
    for start in range(0, len(rows), facts.PUSH_LIMIT):
        done = facts.push(stream=stream, rows=rows[start : start + facts.PUSH_LIMIT], by=None, at=at)
        if done.rejected:
            raise RuntimeError(f"{stream}: {done.rejected} rows refused: {done.samples[:3]}")


def _common(case: CrisisCase, key: str) -> dict[str, Any]:
    channel = getattr(case, "channel", None)
    line = case.team.line if case.team else None
    return {
        "id": f"{key}-{case.public_id}",
        "person": case.assignee.code if case.assignee else None,
        "line": line.code if line else None,
        "channel": CHANNELS[Channel(channel)] if channel else None,
    }


def _case(case: CrisisCase) -> dict[str, Any]:
    """A case was complex when it was handed over, or went up the ladder."""
    hard = case.cached.transferred > 0 or case.cached.rung in COMPLEX_FROM_RUNG
    return _common(case, "case") | {"opened_at": case.opened_at.isoformat(), "topic": case.kind, "complex": hard}


def _wish(case: CrisisCase, reason: str) -> dict[str, Any]:
    outcome = OUTCOMES[CaseOutcome(case.outcome)]
    closed_at = case.closed_at.isoformat() if case.closed_at else None
    why = reason if outcome == "refunded" else None
    return _common(case, "wish") | {"closed_at": closed_at, "outcome": outcome, "refund_reason": why}


def _reasons(case_ids: Sequence[int]) -> dict[int, str]:
    """The reason of the latest refund by case, in the words of the figures."""
    rows = Refund.objects.filter(case_id__in=case_ids).exclude(status=RefundStatus.CANCELLED).order_by("started_at")
    told = {one.case_id: RefundReason(one.reason) for one in rows}
    return {case_id: "technical" if reason in TECHNICAL else reason.value for case_id, reason in told.items()}
