"""What the ledger shows: balances, a statement with its running balance, the movements of a day."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, Sum, Window
from django.db.models.functions import Coalesce

from nastavnik.crisis.logic.ledger_reconciliation import Movement
from nastavnik.crisis.models import Customer, LedgerAccount, LedgerPosting, Payment, Payout
from nastavnik.crisis.money_enums import NEVER_BELOW_ZERO, AccountKind, PayoutState
from nastavnik.kernel import clock


def statement(account: LedgerAccount) -> QuerySet[LedgerPosting]:
    """The legs of an account, newest first, each with `running`: the balance after it."""
    running = Window(Sum("amount"), order_by=[F("entry__at").asc(), F("entry_id").asc(), F("n").asc()])
    rows = LedgerPosting.objects.filter(account=account).annotate(running=running)
    return rows.select_related("entry__case", "entry__made_by").order_by("-entry__at", "-entry_id", "-n")


def no_statement() -> QuerySet[LedgerPosting]:
    """The statement of an account that was never needed."""
    return LedgerPosting.objects.none().order_by("entry_id")


def summary(customer: Customer, *, latest: int) -> dict[str, Any]:
    """Accounts of a customer with their balances, what waits to be cleared, and the latest movements."""
    accounts = list(LedgerAccount.objects.filter(customer=customer).order_by("kind", "currency"))
    wallets = [one for one in accounts if one.kind == AccountKind.WALLET]
    rows = LedgerPosting.objects.filter(account__in=wallets).select_related("entry", "account")
    return {
        "wallets": wallets,
        "waiting": [one for one in accounts if one.kind == AccountKind.SUSPENSE and one.balance],
        "movements": list(rows.order_by("-entry__at", "-entry_id")[:latest]) if latest and wallets else [],
        "payments_waiting": list(Payment.objects.filter(customer=customer, choice=None).order_by("-paid_at")[:5]),
    }


def movements_of(provider: str, day: date, zone: ZoneInfo) -> list[Movement]:
    """What the ledger says came in and went out through a payment system on a local day."""
    begin = clock.start_of(day, zone)
    end = clock.start_of(day + timedelta(days=1), zone)
    came = _came(provider, begin, end)
    sent = Payout.objects.filter(provider=provider, requested_at__gte=begin, requested_at__lt=end)
    went = sent.exclude(state=PayoutState.FAILED).values_list("public_id", "amount", "currency")
    return [*came, *(Movement(ref, -amount, currency) for ref, amount, currency in went)]


def _came(provider: str, begin: datetime, end: datetime) -> list[Movement]:
    """By the leg at the bank, not by the payment: it is the ledger that is compared."""
    legs = LedgerPosting.objects.filter(
        entry__payment__provider=provider, account__kind=AccountKind.BANK, entry__at__gte=begin, entry__at__lt=end
    )
    rows = legs.values_list("entry__payment__ref", "amount", "account__currency")
    return [Movement(ref, -amount, currency) for ref, amount, currency in rows]


def balance_faults() -> list[LedgerAccount]:
    """Accounts whose kept balance is not the sum of their legs: there must be none."""
    counted = LedgerAccount.objects.filter(kind__in=NEVER_BELOW_ZERO).annotate(
        total=Coalesce(Sum("postings__amount"), 0)
    )
    return list(counted.exclude(balance=F("total"))[:20])
