"""What is due under a contract, from its figures and what was given back already."""

from django.db.models import Sum as Total

from nastavnik.crisis.logic import refunds as rules
from nastavnik.crisis.logic.refunds import Calculation, Fee, Sum
from nastavnik.crisis.models import Contract, CrisisCase, Refund
from nastavnik.crisis.money_enums import RefundStatus

DEFAULT_CURRENCY = "RUB"


def currency_of(case: CrisisCase) -> str:
    return case.contract.currency if case.contract else DEFAULT_CURRENCY


def calculation(contract: Contract, *, without: Refund | None = None) -> Calculation:
    """Line by line, of the contract as it stands; `without` leaves one refund out. Raises what `calculate` raises."""
    others = Refund.objects.filter(contract=contract).exclude(status=RefundStatus.CANCELLED)
    if without is not None:
        others = others.exclude(pk=without.pk)
    returned = others.aggregate(sum=Total("amount"))["sum"] or 0
    money = contract.currency
    fees = [Fee("", Sum(contract.costs, money), contract.costs_evidence)] if contract.costs else []
    return rules.calculate(
        paid=Sum(contract.paid, money), used=Sum(contract.used, money), fees=fees, returned=Sum(returned, money)
    )
