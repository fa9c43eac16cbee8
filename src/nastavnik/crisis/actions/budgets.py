"""Budgets: set, reserved on a promise, spent on a grant, released otherwise. The row is the lock."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from nastavnik.crisis.models import Budget, OfferKind
from nastavnik.crisis.money_errors import BudgetExhausted, BudgetTooSmall
from nastavnik.kernel import journal
from nastavnik.people.models import Person, Team

SET, CHANGED = "crisis.budget_set", "crisis.budget_changed"


def create(
    *,
    team: Team | None,
    kind: OfferKind | None,
    amount: int,
    currency: str,
    active_from: date,
    active_to: date,
    by: Person | None,
    at: datetime,
) -> Budget:
    """A budget for a period; an overlap with another of the same team and kind is refused by the database."""
    with transaction.atomic():
        made = Budget.objects.create(
            team=team, kind=kind, amount=amount, currency=currency, active_from=active_from, active_to=active_to,
            made_by=by,
        )  # fmt: skip
        journal.write(SET, by=by, at=at, subject=made, data=_told(made))
    return made


def change(*, budget: Budget, amount: int, reason: str, by: Person | None, at: datetime) -> None:
    """Another sum for the same period. Raises BudgetTooSmall below what is reserved and spent."""
    with transaction.atomic():
        locked = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
        if amount < locked.reserved + locked.spent:
            raise BudgetTooSmall
        before, locked.amount = locked.amount, amount
        locked.save(update_fields=["amount"])
        journal.write(CHANGED, by=by, at=at, subject=locked, reason=reason, data=_told(locked) | {"before": before})


def reserve(*, budget: Budget, amount: int) -> None:
    """Promise a part of the budget, inside the caller's transaction. Raises BudgetExhausted.

    The condition and the change are one statement: whoever comes second sees what the first left.
    """
    left = F("amount") - F("reserved") - F("spent")
    fits = Budget.objects.annotate(rest=left).filter(pk=budget.pk, rest__gte=amount)
    if not fits.update(reserved=F("reserved") + amount):
        raise BudgetExhausted(left=Budget.objects.get(pk=budget.pk).left)


def release(*, budget: Budget, amount: int) -> None:
    """Give a promise back."""
    Budget.objects.filter(pk=budget.pk).update(reserved=F("reserved") - amount)


def consume(*, budget: Budget, amount: int) -> None:
    """Turn a promise into spending."""
    Budget.objects.filter(pk=budget.pk).update(reserved=F("reserved") - amount, spent=F("spent") + amount)


def _told(budget: Budget) -> dict[str, object]:
    return {
        "team": str(budget.team or ""), "kind": str(budget.kind or ""), "amount": budget.amount,
        "currency": budget.currency,
    }  # fmt: skip
