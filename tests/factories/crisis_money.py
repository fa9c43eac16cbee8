"""Accounts, toolkit and payments for tests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from nastavnik.crisis.actions import budgets, ledger, offers, payments
from nastavnik.crisis.logic.ledger import Leg
from nastavnik.crisis.logic.payments_port import Incoming
from nastavnik.crisis.models import (
    AuthorityLimit,
    Budget,
    CrisisCase,
    Customer,
    LedgerAccount,
    MatrixRow,
    Offer,
    OfferKind,
    Payment,
)
from nastavnik.crisis.money_enums import AccountKind, Category, EntryKind, Fault, Issue
from nastavnik.people.enums import Role
from nastavnik.people.models import Grade, GradeHolding, Person
from tests.factories.crisis import a_bare_case, a_crisis_manager, a_customer
from tests.factories.people import AT, a_ladder, a_person, an_organisation

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


def an_offer_kind(code: str = "credit", **fields: Any) -> OfferKind:
    made = {"name": "Зачисление на счёт", "to_account": True, "category": Category.CUSTOM}
    return OfferKind.objects.create(code=code, **{**made, **fields})


def a_matrix_row(kind: OfferKind, **fields: Any) -> MatrixRow:
    """100 to 2,000 roubles in any case."""
    return MatrixRow.objects.create(kind=kind, **{"least": 10_000, "most": 200_000, "active_from": SINCE, **fields})


def a_limit(kind: OfferKind, grade: Grade, **fields: Any) -> AuthorityLimit:
    """Up to 1,500 roubles, a second person from 1,000."""
    made = {"most": 150_000, "second_from": 100_000, "active_from": SINCE}
    return AuthorityLimit.objects.create(kind=kind, grade=grade, **{**made, **fields})


def a_budget(amount: int = 1_000_000, **fields: Any) -> Budget:
    """10,000 roubles for the whole desk in November."""
    made: dict[str, Any] = {
        "team": None, "kind": None, "currency": "RUB", "active_from": SINCE, "active_to": UNTIL, "by": None, "at": AT,
    }  # fmt: skip
    return budgets.create(amount=amount, **{**made, **fields})


@dataclass
class Toolkit:
    """A case, its manager with a grade, a checker, and every row an offer needs."""

    case: CrisisCase
    manager: Person
    checker: Person
    kind: OfferKind
    row: MatrixRow
    limit: AuthorityLimit
    budget: Budget


def a_toolkit(**limit: Any) -> Toolkit:
    an_organisation()
    manager = a_crisis_manager(family_name="Смирнова")
    ladder = a_ladder("crisis", "Кризисный стол")
    grade = ladder.grades.get(code="m")
    GradeHolding.objects.create(person=manager, ladder=ladder, grade=grade, active_from=SINCE)
    kind = an_offer_kind()
    case = a_bare_case(assignee=manager)
    return Toolkit(
        case, manager, a_person(role=Role.CENTRE_HEAD, family_name="Волков"), kind, a_matrix_row(kind),
        a_limit(kind, grade, **limit), a_budget(),
    )  # fmt: skip


def an_offer(kit: Toolkit, amount: int = 50_000, **fields: Any) -> Offer:
    made: dict[str, Any] = {
        "case": kit.case, "kind": kit.kind, "issue": Issue.LESSON, "fault": Fault.OURS, "by": kit.manager, "at": AT,
    }  # fmt: skip
    return offers.propose(amount=amount, **{**made, **fields})
