"""Accounts, toolkit and payments for tests."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from nastavnik.crisis.actions import ledger, payments
from nastavnik.crisis.logic.ledger import Leg
from nastavnik.crisis.logic.payments_port import Incoming
from nastavnik.crisis.models import Customer, LedgerAccount, Payment
from nastavnik.crisis.money_enums import AccountKind, EntryKind
from tests.factories.crisis import a_customer
from tests.factories.people import AT

_numbers = count(1)
SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


def a_wallet(customer: Customer | None = None, *, holds: int = 0, currency: str = "RUB") -> LedgerAccount:
    """A customer's account with money on it."""
    wallet = ledger.account(AccountKind.WALLET, currency, customer or a_customer())
    if holds:
        credit(wallet, holds)
        wallet.refresh_from_db()
    return wallet


def credit(wallet: LedgerAccount, amount: int, *, idem: str = "", **fields: Any) -> ledger.Posted:
    """Move goodwill to an account."""
    goodwill = ledger.account(AccountKind.GOODWILL, wallet.currency)
    legs = [Leg(goodwill.pk, -amount), Leg(wallet.pk, amount)]
    made: dict[str, Any] = {
        "idem": idem or f"credit-{next(_numbers)}", "kind": EntryKind.GOODWILL, "legs": legs, "by": None, "at": AT,
    }  # fmt: skip
    return ledger.post(**{**made, **fields})


def a_payment(ref: str = "", *, provider: str = "bank", at: datetime = AT, **fields: Any) -> Payment:
    """1,990 roubles of payer 79; without a contract it waits to be cleared."""
    made: dict[str, Any] = {
        "ref": ref or f"R-{next(_numbers)}", "paid_at": at, "payer": "79", "amount": 199_000, "currency": "RUB",
    }  # fmt: skip
    row = Incoming(**{**made, **fields})
    payments.take_in(provider=provider, rows=[row], by=None, at=at + timedelta(minutes=1))
    return Payment.objects.get(provider=provider, ref=row.ref)
