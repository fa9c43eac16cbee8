"""Payments come in, are set aside, and go where the customer chooses: to the account with us or back to the card.

In the ledger everything that came in stands below zero at the bank. A payment under a contract is sales; one that
names none waits to be cleared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nastavnik.crisis.actions import events, ledger
from nastavnik.crisis.enums import EventKind
from nastavnik.crisis.logic.payments_port import Incoming
from nastavnik.crisis.models import (
    Contract,
    CrisisCase,
    Customer,
    LedgerAccount,
    LedgerEntry,
    Payment,
    PaymentChoice,
    Payout,
)
from nastavnik.crisis.money_enums import AccountKind, EntryKind, MoneyChoice, PayoutState, Tool
from nastavnik.crisis.money_errors import (
    CardNotOffered,
    NoEvidence,
    NotEnough,
    NothingToClear,
    NotThisCustomer,
    PaymentChanged,
)
from nastavnik.kernel import journal
from nastavnik.people.models import Person

MOVED, PAID_OUT, SET_ASIDE = "crisis.payment_moved", "crisis.account_paid_out", "crisis.payment_set_aside"
PAYOUT_RETURNED = "crisis.payout_returned"


@dataclass(frozen=True)
class Intake:
    """What came of a batch: payments that are new, and those known already."""

    new: int
    known: int


def take_in(*, provider: str, rows: Sequence[Incoming], by: Person | None, at: datetime) -> Intake:
    """Store a batch, once per (provider, ref), and post it. A replay changes nothing. Raises PaymentChanged."""
    refs = [row.ref for row in rows]
    customers = {
        one.ext_id: one for one in Customer.objects.filter(ext_id__in={r.customer for r in rows if r.customer})
    }
    contracts = {
        one.ext_id: one
        for one in Contract.objects.filter(ext_id__in={r.contract for r in rows if r.contract}).select_related(
            "customer"
        )
    }
    with transaction.atomic():
        known = {one.ref: one for one in Payment.objects.filter(provider=provider, ref__in=refs)}
        new = 0
        for row in rows:
            there = known.get(row.ref)
            if there is not None:
                if (there.amount, there.currency) != (row.amount, row.currency):
                    raise PaymentChanged(ref=row.ref, provider=provider)
                continue
            contract = contracts.get(row.contract)
            customer = customers.get(row.customer) or (contract.customer if contract else None)
            known[row.ref] = _store(provider, row, customer, contract, by=by, at=at)
            new += 1
    return Intake(new, len(rows) - new)


def _store(
    provider: str,
    row: Incoming,
    customer: Customer | None,
    contract: Contract | None,
    *,
    by: Person | None,
    at: datetime,
) -> Payment:
    bank = ledger.account(AccountKind.BANK, row.currency)
    target = (
        ledger.account(AccountKind.SALES, row.currency)
        if contract
        else ledger.account(AccountKind.SUSPENSE, row.currency, customer)
    )
    posted = ledger.move(
        idem=events.key("payment", provider, row.ref), kind=EntryKind.RECEIVED, source=bank, target=target,
        amount=row.amount, by=by, at=row.paid_at, memo=f"{provider} {row.ref}",
    )  # fmt: skip
    return Payment.objects.create(
        provider=provider, ref=row.ref, payer=row.payer, customer=customer, contract=contract, amount=row.amount,
        currency=row.currency, invoice=row.invoice, is_instalment=row.is_instalment, card=row.card,
        paid_at=row.paid_at, received_at=at, entry=posted.entry,
    )  # fmt: skip


def waiting_account(payment: Payment) -> LedgerAccount | None:
    """The account on which the payment waits to be cleared; None when nothing of it waits."""
    if PaymentChoice.objects.filter(payment=payment).exists():
        return None
    idem = events.key("aside", payment.provider, payment.ref)
    aside = LedgerEntry.objects.filter(idem=idem).first() or payment.entry
    legs = aside.postings.select_related("account") if aside else []
    return next((leg.account for leg in legs if leg.account.kind == AccountKind.SUSPENSE and leg.amount > 0), None)


def set_aside(*, payment: Payment, by: Person | None, at: datetime) -> None:
    """Take a payment out of the sales to be cleared: it was made by mistake or twice. Repeating it changes nothing."""
    if payment.contract_id is None or waiting_account(payment) is not None:
        return
    with transaction.atomic():
        sales = ledger.account(AccountKind.SALES, payment.currency)
        suspense = ledger.account(AccountKind.SUSPENSE, payment.currency, payment.customer)
        ledger.move(
            idem=events.key("aside", payment.provider, payment.ref), kind=EntryKind.SET_ASIDE, source=sales,
            target=suspense, amount=payment.amount, by=by, at=at, memo=f"{payment.provider} {payment.ref}",
        )  # fmt: skip
        journal.write(SET_ASIDE, by=by, at=at, subject=payment, data=_told(payment))


def settle(
    *,
    payment: Payment,
    case: CrisisCase,
    choice: MoneyChoice,
    evidence: str,
    card_was_offered: bool,
    by: Person,
    at: datetime,
) -> PaymentChoice:
    """Do with a mistaken or double payment what the customer chose, with the customer's words kept.

    Raises NoEvidence, CardNotOffered, NotThisCustomer, NothingToClear, CertificateNeeded.
    """
    from nastavnik.crisis.actions import authority  # noqa: PLC0415 - it records events as this module does

    authority.require_tool(tool=Tool.TRANSFERS, person=by, case=case, at=at)
    if not evidence.strip():
        raise NoEvidence
    if not card_was_offered:
        raise CardNotOffered
    if payment.customer_id not in (None, case.customer_id):
        raise NotThisCustomer
    with transaction.atomic():
        payment = Payment.objects.select_for_update(of=("self",)).select_related("entry", "customer").get(pk=payment.pk)
        waiting = waiting_account(payment)
        if waiting is None:
            raise NothingToClear
        posted = _move_chosen(payment, waiting, case, choice, by=by, at=at)
        made = PaymentChoice.objects.create(
            payment=payment, case=case, choice=choice, card_was_offered=True, evidence=evidence.strip(),
            entry=posted.entry, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        data = _told(payment) | {"choice": choice}
        events.record(
            case=case, kind=EventKind.MONEY, payload=data, actor=by, at=at, idem=f"choice:{payment.public_id}"
        )  # fmt: skip
        journal.write(MOVED, by=by, at=at, subject=case, data=data)
    return made


def _move_chosen(
    payment: Payment, waiting: LedgerAccount, case: CrisisCase, choice: MoneyChoice, *, by: Person, at: datetime
) -> ledger.Posted:
    to_wallet = choice == MoneyChoice.WALLET
    target = (
        ledger.account(AccountKind.WALLET, payment.currency, case.customer)
        if to_wallet
        else ledger.account(AccountKind.BANK, payment.currency)
    )
    posted = ledger.move(
        idem=events.key("choice", payment.provider, payment.ref), source=waiting, target=target,
        kind=EntryKind.TO_WALLET if to_wallet else EntryKind.TO_CARD, amount=payment.amount, by=by, at=at, case=case,
        memo=f"{payment.provider} {payment.ref}",
    )  # fmt: skip
    if not to_wallet:
        _ask(posted, payment.provider, case.customer, payment.card, payment.amount, case=case, by=by, at=at)
    return posted


def pay_out(*, account: LedgerAccount, amount: int, provider: str, card: str, case: CrisisCase | None,
            by: Person, at: datetime, idem: str) -> Payout:  # fmt: skip
    """Pay money of a customer's account out to the card. The same `idem` again gives the same payout.

    Raises NotEnough.
    """
    if account.kind != AccountKind.WALLET or account.customer is None or amount <= 0:
        raise NotEnough
    with transaction.atomic():
        bank = ledger.account(AccountKind.BANK, account.currency)
        posted = ledger.move(
            idem=idem, kind=EntryKind.WALLET_TO_CARD, source=account, target=bank, amount=amount, by=by, at=at,
            case=case,
        )  # fmt: skip
        if not posted.is_new:
            return Payout.objects.get(entry=posted.entry)
        payout = _ask(posted, provider, account.customer, card, amount, case=case, by=by, at=at)
        data = {"amount": amount, "currency": account.currency}
        journal.write(PAID_OUT, by=by, at=at, subject=account.customer, data=data)
    return payout


def _ask(
    posted: ledger.Posted, provider: str, customer: Customer, card: str, amount: int, *, case: CrisisCase | None,
    by: Person | None, at: datetime,
) -> Payout:  # fmt: skip
    return Payout.objects.create(
        provider=provider, customer=customer, case=case, amount=amount, currency=posted.entry.currency, card=card,
        entry=posted.entry, requested_at=at, requested_by=by,
    )  # fmt: skip


def note_result(*, payout: Payout, went_out: bool, at: datetime) -> None:
    """What the payment system says of a payout. One that failed is undone in the ledger. Later words change nothing."""
    with transaction.atomic():
        payout = Payout.objects.select_for_update().get(pk=payout.pk)
        if payout.state != PayoutState.REQUESTED:
            return
        payout.state = PayoutState.DONE if went_out else PayoutState.FAILED
        payout.answered_at = at
        payout.save(update_fields=["state", "answered_at"])
        if not went_out:
            ledger.reverse(entry=payout.entry, by=None, at=at, memo="payout failed")
            data = {"amount": payout.amount, "currency": payout.currency}
            journal.write(PAYOUT_RETURNED, by=None, at=at, subject=payout.customer, data=data)


def _told(payment: Payment) -> dict[str, object]:
    return {
        "provider": payment.provider, "ref": payment.ref, "amount": payment.amount, "currency": payment.currency,
    }  # fmt: skip
