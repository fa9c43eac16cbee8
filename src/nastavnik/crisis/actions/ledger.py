"""The only writer of the ledger: idempotent entries and their reversals.

Nothing here writes a journal line: an entry is a record of who, when and why by itself, and cannot be changed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from nastavnik.crisis.logic import ledger as rules
from nastavnik.crisis.logic.ledger import Leg
from nastavnik.crisis.models import CrisisCase, Customer, LedgerAccount, LedgerEntry, LedgerPosting
from nastavnik.crisis.money_enums import AccountKind, EntryKind
from nastavnik.crisis.money_errors import AlreadyReversed, KeyTaken, NoReversalOfReversal, NotEnough, SecondPersonNeeded
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person

BELOW_ZERO = "crisis_account_never_below_zero"
_INSERT = """
INSERT INTO crisis_ledgerentry
    (public_id, idem, kind, currency, legs, reverses_id, case_id, made_by_id, approved_by_id, at, memo, payload_hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (idem) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class Posted:
    """The entry of a key; `is_new` tells a first posting from a replay."""

    entry: LedgerEntry
    is_new: bool


def account(kind: AccountKind, currency: str, customer: Customer | None = None) -> LedgerAccount:
    """The one account of its kind, owner and currency; made when first needed, also by two at once."""
    named = {"kind": kind, "currency": currency, "customer": customer}
    found = LedgerAccount.objects.filter(kind=kind, currency=currency, customer=customer).first()
    if found is None:
        LedgerAccount.objects.bulk_create([LedgerAccount(**named)], ignore_conflicts=True)
        found = LedgerAccount.objects.get(kind=kind, currency=currency, customer=customer)
    return found


def post(
    *,
    idem: str,
    kind: EntryKind,
    legs: Sequence[Leg],
    by: Person | None,
    at: datetime,
    case: CrisisCase | None = None,
    memo: str = "",
    approved_by: Person | None = None,
    reverses: LedgerEntry | None = None,
) -> Posted:
    """Post an entry once per key. Raises what `logic.ledger.check` raises, KeyTaken, NotEnough, SecondPersonNeeded."""
    accounts = LedgerAccount.objects.filter(pk__in={leg.account_id for leg in legs})
    currency = rules.check(legs, dict(accounts.values_list("pk", "currency")))
    if by is not None and approved_by == by:
        raise SecondPersonNeeded
    case_id, reverses_id = case.pk if case else None, reverses.pk if reverses else None
    digest = rules.payload_hash(kind=kind, legs=legs, case_id=case_id, reverses_id=reverses_id)
    values: list[Any] = [
        new_public_id(), idem, kind, currency, len(legs), reverses_id, case_id, by.pk if by else None,
        approved_by.pk if approved_by else None, at, memo[:300], digest,
    ]  # fmt: skip
    with _enough(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, values)
            row = cursor.fetchone()
        if row is None:
            return Posted(_same(idem, digest), is_new=False)
        # One order of accounts for everybody, so that two entries never wait for each other's rows.
        ordered = sorted(legs, key=lambda leg: (leg.account_id, leg.amount))
        LedgerPosting.objects.bulk_create(
            LedgerPosting(entry_id=row[0], n=n, account_id=leg.account_id, amount=leg.amount)
            for n, leg in enumerate(ordered, start=1)
        )
    return Posted(LedgerEntry.objects.get(pk=row[0]), is_new=True)


def move(
    *,
    idem: str,
    kind: EntryKind,
    source: LedgerAccount,
    target: LedgerAccount,
    amount: int,
    by: Person | None,
    at: datetime,
    case: CrisisCase | None = None,
    memo: str = "",
    approved_by: Person | None = None,
) -> Posted:
    """Move `amount` (minor units, positive) from one account to another."""
    legs = [Leg(source.pk, -amount), Leg(target.pk, amount)]
    return post(idem=idem, kind=kind, legs=legs, by=by, at=at, case=case, memo=memo, approved_by=approved_by)


def reverse(*, entry: LedgerEntry, by: Person | None, at: datetime, memo: str) -> Posted:
    """Undo an entry by its mirror, once. A correction is this and a new entry.

    Raises AlreadyReversed, NoReversalOfReversal, NotEnough.
    """
    if entry.reverses_id is not None:
        raise NoReversalOfReversal
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed
    legs = [Leg(one.account_id, one.amount) for one in entry.postings.all()]
    try:
        return post(
            idem=f"reversal:{entry.public_id}", kind=EntryKind.REVERSAL, legs=rules.mirrored(legs), by=by, at=at,
            case=entry.case, memo=memo, reverses=entry,
        )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyReversed from error


def _same(idem: str, digest: str) -> LedgerEntry:
    found = LedgerEntry.objects.get(idem=idem)
    if found.payload_hash != digest:
        raise KeyTaken
    return found


@contextmanager
def _enough() -> Iterator[None]:
    """A wallet that would fall below zero is refused by the database; people are told in words."""
    try:
        yield
    except IntegrityError as error:
        if BELOW_ZERO in str(error):
            raise NotEnough from error
        raise
