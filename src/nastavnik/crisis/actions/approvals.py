"""A second person's word. Within its time; after it the question goes one level higher by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from nastavnik.crisis.actions import budgets
from nastavnik.crisis.models import Approval, Offer
from nastavnik.crisis.money_enums import Decision
from nastavnik.crisis.money_errors import AmountAboveAsked, NotYoursToApprove, OfferIsOver, SayWhy
from nastavnik.kernel import journal
from nastavnik.people.models import Person

DECIDED, ESCALATED = "crisis.approval_decided", "crisis.approval_escalated"
TIME_LIMIT = timedelta(minutes=30)
HIGHEST_LEVEL = 2


def ask(*, offer: Offer, at: datetime, level: int = 1) -> Approval:
    """Ask for a second person's word on an offer."""
    limit = min(at + TIME_LIMIT, offer.expires_at)
    return Approval.objects.create(offer=offer, maker=offer.made_by, level=level, asked_at=at, expires_at=limit)


def decide(
    *, approval: Approval, decision: Decision, amount: int | None, clause: str, by: Person, at: datetime
) -> Approval:
    """Approve, approve in part, or deny; a denial and a part name the rule they rest on.

    Raises NotYoursToApprove (also for the maker's own), OfferIsOver, AmountAboveAsked, SayWhy.
    """
    with transaction.atomic():
        locked = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("budget", "kind", "case").get(
            pk=locked.offer_id
        )  # fmt: skip
        if by.pk == locked.maker_id or not Approval.objects.for_checker(by).filter(pk=locked.pk).exists():
            raise NotYoursToApprove
        if locked.decided_at is not None:
            raise OfferIsOver
        if decision != Decision.APPROVED and not clause.strip():
            raise SayWhy
        if decision == Decision.PARTIAL and not 0 < (amount or 0) < offer.amount:
            raise AmountAboveAsked
        _apply(offer, decision, amount, at=at)
        locked.checker, locked.decided_at, locked.decision = by, at, decision
        locked.amount, locked.clause = (offer.amount if decision != Decision.DENIED else None), clause.strip()[:300]
        locked.save()
        data = {"kind": str(offer.kind), "amount": offer.amount, "currency": offer.currency, "decision": decision}
        journal.write(DECIDED, by=by, at=at, subject=offer.case, reason=clause, data=data)
    return locked


def _apply(offer: Offer, decision: Decision, amount: int | None, *, at: datetime) -> None:
    if decision == Decision.DENIED:
        offer.refused_at = at
        if offer.budget is not None:
            budgets.release(budget=offer.budget, amount=offer.amount)
    else:
        offer.approved_at = at
        if decision == Decision.PARTIAL and amount is not None:
            if offer.budget is not None:
                budgets.release(budget=offer.budget, amount=offer.amount - amount)
            offer.amount = amount
    offer.save(update_fields=["refused_at", "approved_at", "amount"])


def escalate_overdue(*, at: datetime) -> int:
    """Questions nobody answered in time go one level higher; returns how many. The highest level just waits longer."""
    raised = 0
    overdue = Approval.objects.open().filter(expires_at__lte=at, level__lt=HIGHEST_LEVEL)
    for pk in list(overdue.values_list("pk", flat=True)):
        with transaction.atomic():
            one = (
                Approval.objects.select_for_update(of=("self",)).select_related("offer__case", "offer__kind").get(pk=pk)
            )
            if one.decided_at is not None or one.offer.expires_at <= at:
                continue
            one.decision, one.decided_at = Decision.ESCALATED, at
            one.save(update_fields=["decision", "decided_at"])
            ask(offer=one.offer, at=at, level=one.level + 1)
            data = {"kind": str(one.offer.kind), "amount": one.offer.amount, "currency": one.offer.currency}
            journal.write(ESCALATED, by=None, at=at, subject=one.offer.case, data=data)
            raised += 1
    return raised


def close_open(*, offer: Offer, at: datetime) -> None:
    """The offer is over: nothing is asked any more."""
    Approval.objects.open().filter(offer=offer).update(decision=Decision.ESCALATED, decided_at=at)
