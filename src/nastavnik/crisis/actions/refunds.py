"""Refunds: started at once by anybody on the case, counted line by line, paid when the sum is settled.

Nothing stands between the customer and the start: no approval, no certificate, no budget. The sum that is due is known
at the start; another sum needs a reason and a second person, while the refund already runs.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import events, ledger
from nastavnik.crisis.enums import EventKind
from nastavnik.crisis.events import RefundFinished
from nastavnik.crisis.logic import refunds as rules
from nastavnik.crisis.logic.refunds import Calculation
from nastavnik.crisis.models import Contract, CrisisCase, LedgerEntry, Payment, Payout, Refund
from nastavnik.crisis.money_enums import AccountKind, EntryKind, RefundReason, RefundStatus
from nastavnik.crisis.money_errors import (
    ExplainTheSum,
    NoEvidence,
    NotYoursToApprove,
    RefundNeedsApproval,
    RefundNotCounted,
    RefundOver,
)
from nastavnik.crisis.queries import refunds as known
from nastavnik.kernel import journal
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person
from nastavnik.procedures.refusals import Violation

STARTED, COUNTED, APPROVED = "crisis.refund_started", "crisis.refund_counted", "crisis.refund_approved"
DONE, CANCELLED = "crisis.refund_done", "crisis.refund_cancelled"
NO_PROVIDER = "bank"


def start(*, case: CrisisCase, by: Person | None, at: datetime, reason: RefundReason = RefundReason.OTHER) -> Refund:
    """Start the refund now. Pressed twice, it is the same refund. What is due is counted where the contract is known.

    Never waits for an approval and never fails for want of a sum: that is settled while the refund runs.
    """
    with transaction.atomic():
        events.lock(case)
        running = Refund.objects.filter(case=case, status=RefundStatus.STARTED).first()
        if running is not None:
            return running
        found = _counted(case.contract)
        number = Refund.objects.filter(case=case).count() + 1
        refund = Refund.objects.create(
            case=case, contract=case.contract, reason=reason, started_by=by, started_at=at,
            currency=found.currency if found else known.currency_of(case), due=found.due if found else None,
            amount=found.due if found else None, calculation=found.as_json() if found else None,
        )  # fmt: skip
        events.record(
            case=case, kind=EventKind.REFUND_START, payload={"refund": refund.public_id, "reason": reason}, actor=by,
            at=at, idem=f"refund:{case.public_id}:{number}",
        )  # fmt: skip
        refund.refresh_from_db(fields=["due_at"])  # the fold of the log has counted it
        journal.write(STARTED, by=by, at=at, subject=case, data=_told(refund))
    return refund


def _counted(contract: Contract | None) -> Calculation | None:
    """What is due under the contract; None where there is none, or its figures are at odds."""
    if contract is None:
        return None
    Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)  # refunds of one contract come one by one
    try:
        return known.calculation(contract)
    except DomainError:
        return None


def settle_amount(
    *,
    refund: Refund,
    amount: int,
    why: str,
    reason: RefundReason,
    by: Person,
    at: datetime,
    attach: bool = True,
) -> Refund:
    """Say how much goes back and why it goes back. Another sum than what is due needs a reason.

    Without the calculation attached, a sum below what is due is a violation (V9) and is recorded as one. Raises
    RefundOver, AboveWhatWasPaid, NothingAsked, ExplainTheSum.
    """
    with transaction.atomic():
        refund = _running(refund)
        found = _counted_without(refund)
        if found is not None:
            if amount or found.due:
                rules.check_amount(amount, found)
            if amount != found.due and not why.strip():
                raise ExplainTheSum
        refund.due = found.due if found else refund.due
        refund.calculation = found.as_json() if found and attach else None
        refund.amount, refund.why_other, refund.reason = amount, why.strip()[:300], reason
        refund.counted_by, refund.approved_by, refund.approved_at = by, None, None
        _save(refund)
        if rules.is_below_entitlement(amount, due=refund.due or 0, has_calculation=refund.calculation is not None):
            _note_v9(refund, by=by, at=at)
        journal.write(COUNTED, by=by, at=at, subject=refund.case, reason=why, data=_told(refund))
    return refund


def _counted_without(refund: Refund) -> Calculation | None:
    if refund.contract is None:
        return None
    Contract.objects.select_for_update(no_key=True).get(pk=refund.contract.pk)
    return known.calculation(refund.contract, without=refund)


def _note_v9(refund: Refund, *, by: Person, at: datetime) -> None:
    told = {"refund": refund.public_id, "due": refund.due, "amount": refund.amount, "currency": refund.currency}
    events.note_violation(
        case=refund.case, code=Violation.BELOW_DUE, told=told, about=f"{refund.public_id}:{refund.amount}", by=by, at=at
    )


def approve(*, refund: Refund, by: Person, at: datetime) -> Refund:
    """Another person agrees to a sum that differs from what is due. Raises NotYoursToApprove, RefundOver."""
    with transaction.atomic():
        refund = _running(refund)
        if refund.amount is None:
            raise RefundNotCounted
        if refund.counted_by_id == by.pk:
            raise NotYoursToApprove
        refund.approved_by, refund.approved_at = by, at
        refund.save(update_fields=["approved_by", "approved_at"])
        journal.write(APPROVED, by=by, at=at, subject=refund.case, data=_told(refund))
    return refund


def finish(*, refund: Refund, by: Person | None, at: datetime) -> Refund:
    """The money goes out: posted, asked of the payment system, and told to the case.

    Raises RefundOver, RefundNotCounted, RefundNeedsApproval.
    """
    with transaction.atomic():
        refund = _running(refund)
        if refund.amount is None:
            raise RefundNotCounted
        if refund.needs_approval:
            raise RefundNeedsApproval
        if refund.amount:
            refund.payout = _pay(refund, by=by, at=at)
        refund.status, refund.paid_at = RefundStatus.DONE, at
        refund.save(update_fields=["status", "paid_at", "payout"])
        events.record(
            case=refund.case, kind=EventKind.REFUND_DONE, payload=_told(refund) | {"refund": refund.public_id},
            actor=by, at=at, idem=f"refunded:{refund.public_id}",
        )  # fmt: skip
        publish(RefundFinished(refund.pk, refund.case_id, at), at=at)
        journal.write(DONE, by=by, at=at, subject=refund.case, data=_told(refund))
    return refund


def _pay(refund: Refund, *, by: Person | None, at: datetime) -> Payout:
    paid = Payment.objects.filter(contract=refund.contract).order_by("-paid_at").first() if refund.contract else None
    entry: LedgerEntry = ledger.move(
        idem=f"refund:{refund.public_id}", kind=EntryKind.REFUND, case=refund.case, by=by, at=at,
        source=ledger.account(AccountKind.SALES, refund.currency),
        target=ledger.account(AccountKind.BANK, refund.currency), amount=refund.amount or 0,
        memo=str(refund.contract or ""), approved_by=refund.approved_by if refund.approved_by != by else None,
    ).entry  # fmt: skip
    return Payout.objects.create(
        provider=paid.provider if paid else NO_PROVIDER, card=paid.card if paid else "", customer=refund.case.customer,
        case=refund.case, amount=refund.amount or 0, currency=refund.currency, entry=entry, requested_at=at,
        requested_by=by,
    )  # fmt: skip


def cancel(*, refund: Refund, evidence: str, by: Person, at: datetime) -> Refund:
    """The customer took the refusal back, in recorded words: the refund stops. Raises NoEvidence, RefundOver."""
    if not evidence.strip():
        raise NoEvidence
    with transaction.atomic():
        refund = _running(refund)
        refund.status, refund.why_other = RefundStatus.CANCELLED, evidence.strip()[:300]
        refund.save(update_fields=["status", "why_other"])
        events.record(
            case=refund.case, kind=EventKind.ACCEPT, payload={"evidence": f"refund:{refund.public_id}"}, actor=by,
            at=at, idem=f"kept:{refund.public_id}",
        )  # fmt: skip
        journal.write(CANCELLED, by=by, at=at, subject=refund.case, reason=evidence, data=_told(refund))
    return refund


def _running(refund: Refund) -> Refund:
    """The refund, locked after its case, as everything that writes to a case does. Raises RefundOver."""
    events.lock(refund.case)
    rows = Refund.objects.select_for_update(of=("self",)).select_related("case__customer", "contract", "approved_by")
    locked = rows.get(pk=refund.pk)
    if locked.status != RefundStatus.STARTED:
        raise RefundOver
    return locked


def _save(refund: Refund) -> None:
    try:
        with transaction.atomic():
            refund.save()
    except IntegrityError as error:
        if "crisis_refunds_within_paid" in str(error) or "exceed what was paid" in str(error):
            most = known.calculation(refund.contract, without=refund).most if refund.contract else 0
            raise rules.AboveWhatWasPaid(most=most, asked=refund.amount) from error
        raise


def _told(refund: Refund) -> dict[str, object]:
    return {
        "amount": refund.amount, "due": refund.due, "currency": refund.currency, "reason": refund.reason,
    }  # fmt: skip
