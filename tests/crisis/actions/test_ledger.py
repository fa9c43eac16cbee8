"""The ledger's rules stand in the database: they are tried from beneath the actions, too."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.crisis.actions import ledger
from nastavnik.crisis.logic.ledger import Leg, MixedCurrencies
from nastavnik.crisis.models import LedgerAccount, LedgerEntry, LedgerPosting
from nastavnik.crisis.money_enums import AccountKind, EntryKind
from nastavnik.crisis.money_errors import (
    AlreadyReversed,
    KeyTaken,
    NoReversalOfReversal,
    NotEnough,
    SecondPersonNeeded,
)
from tests.factories.crisis import a_crisis_manager, a_customer
from tests.factories.crisis_money import a_wallet, credit
from tests.factories.people import AT, an_organisation
from tests.support.threads import in_threads

pytestmark = pytest.mark.django_db


def at_commit() -> None:
    """What a commit would check, in the test's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(attempt: Callable[[], object]) -> str:
    """What the database says against it."""

    def commit() -> None:
        with transaction.atomic():
            attempt()
            at_commit()

    with pytest.raises(IntegrityError) as caught:
        commit()
    return str(caught.value).splitlines()[0]


def an_entry(idem: str = "bare", **fields: object) -> LedgerEntry:
    made: dict[str, object] = {
        "idem": idem, "kind": EntryKind.GOODWILL, "currency": "RUB", "legs": 2, "at": AT, "payload_hash": "x",
    }  # fmt: skip
    return LedgerEntry.objects.create(**{**made, **fields})


def legs_of(entry: LedgerEntry, *legs: tuple[LedgerAccount, int]) -> None:
    LedgerPosting.objects.bulk_create(
        LedgerPosting(entry=entry, n=n, account=account, amount=amount) for n, (account, amount) in enumerate(legs, 1)
    )


def house(currency: str = "RUB") -> LedgerAccount:
    return ledger.account(AccountKind.GOODWILL, currency)


def test_a_credit_moves_money_to_the_customer() -> None:
    wallet = a_wallet(holds=50_000)
    at_commit()
    assert wallet.balance == 50_000
    entry = LedgerEntry.objects.get()
    assert sorted(entry.postings.values_list("amount", flat=True)) == [-50_000, 50_000]


def test_an_entry_without_legs_is_refused_at_commit() -> None:
    assert "has 0 legs instead of 2" in refused(an_entry)


def test_an_entry_of_one_leg_is_refused() -> None:
    assert "has 1 legs instead of 2" in refused(lambda: legs_of(an_entry(), (house(), 5)))


def test_an_unbalanced_entry_is_refused_at_commit() -> None:
    wallet = a_wallet()
    assert "leaves 1" in refused(lambda: legs_of(an_entry(), (house(), -5), (wallet, 6)))


def test_two_currencies_in_one_entry_are_refused() -> None:
    wallet = a_wallet()
    assert "is in RUB" in refused(lambda: legs_of(an_entry(), (house("USD"), -5), (wallet, 5)))
    with pytest.raises(MixedCurrencies):
        ledger.post(
            idem="x", kind=EntryKind.GOODWILL, legs=[Leg(house("USD").pk, -5), Leg(wallet.pk, 5)], by=None, at=AT
        )


def test_a_leg_of_nothing_is_refused() -> None:
    assert "crisis_posting_moves" in refused(lambda: legs_of(an_entry(), (house(), 0), (a_wallet(), 0)))


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: LedgerEntry.objects.filter(pk=entry.pk).update(memo="other"),
        lambda entry: entry.postings.update(amount=1),
        lambda entry: entry.postings.all().delete(),
        lambda entry: LedgerEntry.objects.filter(pk=entry.pk)._raw_delete("default"),
    ],
)
def test_nothing_posted_is_changed_or_deleted(change: Callable[[LedgerEntry], object]) -> None:
    entry = credit(a_wallet(), 100).entry
    at_commit()
    assert "append-only" in refused(lambda: change(entry))


@pytest.mark.parametrize("table", ["crisis_ledgerposting", "crisis_ledgerentry"])
def test_the_ledger_is_not_emptied(table: str) -> None:
    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL nastavnik.may_truncate = 'off'")
            cursor.execute(f"TRUNCATE {table} CASCADE")

    assert "append-only" in refused(empty)


def test_a_balanced_pair_is_not_slipped_into_a_posted_entry() -> None:
    wallet = a_wallet()
    entry = credit(wallet, 100).entry
    at_commit()
    for first in (1, 3):
        pair = [
            LedgerPosting(entry=entry, n=first, account=house(), amount=-7),
            LedgerPosting(entry=entry, n=first + 1, account=wallet, amount=7),
        ]
        said = refused(lambda pair=pair: LedgerPosting.objects.bulk_create(pair))  # type: ignore[misc]  # mypy: lambda
        assert "there is no leg" in said or "duplicate key" in said


def test_a_wallet_never_falls_below_zero() -> None:
    wallet = a_wallet(holds=100)
    with pytest.raises(NotEnough), transaction.atomic():
        ledger.move(
            idem="too much", kind=EntryKind.WALLET_TO_CARD, source=wallet,
            target=ledger.account(AccountKind.BANK, "RUB"), amount=101, by=None, at=AT,
        )  # fmt: skip
    wallet.refresh_from_db()
    assert wallet.balance == 100


def test_a_balance_changes_by_postings_only() -> None:
    wallet = a_wallet(holds=100)
    rows = LedgerAccount.objects.filter(pk=wallet.pk)
    assert "postings only" in refused(lambda: rows.update(balance=1_000_000))
    assert "stays what it is" in refused(lambda: rows.update(currency="USD"))
    assert "begins empty" in refused(
        lambda: LedgerAccount.objects.create(kind=AccountKind.WALLET, customer=a_customer(), currency="RUB", balance=1)
    )


def test_house_accounts_stand_once() -> None:
    house()
    for kind in (AccountKind.GOODWILL, AccountKind.SUSPENSE):
        ledger.account(kind, "RUB")
        twin = lambda kind=kind: LedgerAccount.objects.create(kind=kind, currency="RUB")  # noqa: E731 - tried twice
        assert "crisis_account_once" in refused(twin)


def test_an_account_has_the_owner_its_kind_asks_for() -> None:
    for fields in ({"kind": "wallet"}, {"kind": "bank", "customer": a_customer()}):
        assert "crisis_account_owner" in refused(lambda f=fields: LedgerAccount.objects.create(currency="RUB", **f))  # type: ignore[misc]  # mypy: lambda


def test_a_replay_posts_nothing_and_another_payload_is_refused() -> None:
    wallet = a_wallet()
    first = credit(wallet, 100, idem="same")
    again = credit(wallet, 100, idem="same")
    assert (first.is_new, again.is_new, again.entry) == (True, False, first.entry)
    with pytest.raises(KeyTaken):
        credit(wallet, 101, idem="same")
    assert LedgerEntry.objects.count() == 1


def test_a_reversal_mirrors_and_happens_once() -> None:
    wallet = a_wallet(holds=100)
    entry = LedgerEntry.objects.get()
    undone = ledger.reverse(entry=entry, by=None, at=AT, memo="by mistake").entry
    at_commit()
    wallet.refresh_from_db()
    assert (wallet.balance, undone.reverses) == (0, entry)
    with pytest.raises(AlreadyReversed):
        ledger.reverse(entry=entry, by=None, at=AT, memo="again")
    with pytest.raises(NoReversalOfReversal):
        ledger.reverse(entry=undone, by=None, at=AT, memo="back")


def test_a_second_reversal_fails_on_the_key() -> None:
    entry = credit(a_wallet(), 100).entry
    ledger.reverse(entry=entry, by=None, at=AT, memo="by mistake")
    assert "duplicate key" in refused(lambda: an_entry("other", kind=EntryKind.REVERSAL, reverses=entry))


def test_a_reversal_that_does_not_mirror_is_refused_at_commit() -> None:
    wallet = a_wallet(holds=100)
    entry = LedgerEntry.objects.get()
    at_commit()
    undo = {"kind": EntryKind.REVERSAL, "reverses": entry}
    assert "does not mirror" in refused(lambda: legs_of(an_entry(**undo), (house(), 60), (wallet, -60)))
    assert "crisis_entry_reversal_names_it" in refused(lambda: an_entry(kind=EntryKind.REVERSAL))


def test_whoever_makes_an_entry_does_not_approve_it() -> None:
    an_organisation()
    maker = a_crisis_manager()
    with pytest.raises(SecondPersonNeeded):
        credit(a_wallet(), 100, by=maker, approved_by=maker)
    assert "crisis_entry_second_person" in refused(lambda: an_entry(made_by=maker, approved_by=maker))
    assert credit(a_wallet(), 100, by=maker, approved_by=a_crisis_manager()).is_new


THREADS, KEYS = 8, 200


@pytest.mark.django_db(transaction=True)
def test_eight_writers_with_the_same_two_hundred_keys_leave_two_hundred_entries() -> None:
    wallet = a_wallet()
    new: list[bool] = []
    raised = in_threads(lambda _: new.extend(credit(wallet, 10, idem=f"key-{n}").is_new for n in range(KEYS)))
    wallet.refresh_from_db()
    assert (raised, LedgerEntry.objects.count(), sum(new), wallet.balance) == ([], KEYS, KEYS, 10 * KEYS)


@pytest.mark.django_db(transaction=True)
def test_two_withdrawals_at_once_never_take_more_than_there_is() -> None:
    wallet = a_wallet(holds=500)
    bank = ledger.account(AccountKind.BANK, "RUB")

    def withdraw(number: int) -> None:
        ledger.move(
            idem=f"out-{number}", kind=EntryKind.WALLET_TO_CARD, source=wallet, target=bank, amount=100, by=None, at=AT
        )

    raised = in_threads(withdraw)
    wallet.refresh_from_db()
    assert (wallet.balance, [type(one) for one in raised]) == (0, [NotEnough] * 3)


@pytest.mark.django_db(transaction=True)
def test_an_account_first_needed_by_many_at_once_is_made_once() -> None:
    customer = a_customer()
    found: list[int] = []
    raised = in_threads(lambda _: found.append(ledger.account(AccountKind.WALLET, "RUB", customer).pk))
    assert (raised, len(found), len(set(found))) == ([], THREADS, 1)


@pytest.mark.django_db(transaction=True)
def test_legs_of_a_committed_entry_stay_as_they_are_with_savepoints_too() -> None:
    """The entry is posted inside nested transactions, as a view would."""
    wallet = a_wallet()
    with transaction.atomic(), transaction.atomic():
        entry = credit(wallet, 100).entry
    with pytest.raises(IntegrityError):
        LedgerPosting.objects.create(entry=entry, n=3, account=wallet, amount=1)
    wallet.refresh_from_db()
    assert wallet.balance == 100
