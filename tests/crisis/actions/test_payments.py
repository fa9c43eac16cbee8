from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import duplicates, ledger_reconciliation, payments, payments_exchange
from nastavnik.crisis.logic.duplicates import Paid, pairs
from nastavnik.crisis.models import (
    DuplicateCandidate,
    LedgerAccount,
    LedgerEntry,
    Payment,
    PaymentChoice,
    Payout,
    ToolRule,
)
from nastavnik.crisis.money_enums import MoneyChoice, PayoutState, Tool, Verdict
from nastavnik.crisis.money_errors import (
    CardNotOffered,
    CertificateNeeded,
    JudgedAlready,
    NoEvidence,
    NotEnough,
    NothingToClear,
    NotThisCustomer,
    PaymentChanged,
    SayWhy,
)
from nastavnik.crisis.payments_port import FilePort
from nastavnik.crisis.queries import ledger as shown
from nastavnik.people.models import Person
from tests.factories.crisis import a_bare_case, a_contract, a_crisis_manager, a_customer
from tests.factories.crisis_money import SINCE, a_payment, a_wallet
from tests.factories.learning_awards import a_certificate, a_certificate_kind
from tests.factories.people import AT, an_organisation

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def manager() -> Person:
    an_organisation()
    return a_crisis_manager()


def balances() -> dict[str, int]:
    """Sums of the legs by kind of account."""
    found: dict[str, int] = {}
    for entry in LedgerEntry.objects.all():
        for kind, amount in entry.postings.values_list("account__kind", "amount"):
            found[kind] = found.get(kind, 0) + amount
    return found


def a_double(**fields: object) -> DuplicateCandidate:
    """A contract paid twice within an hour."""
    contract = a_contract()
    for n in range(2):
        at = AT + timedelta(minutes=10 * n)
        a_payment(f"D-{n}", at=at, contract=contract.ext_id, invoice="S-1", **fields)  # type: ignore[arg-type]  # mixed
    assert duplicates.find(at=LATER) == 1
    return DuplicateCandidate.objects.get()


def test_a_replayed_payment_is_one_payment() -> None:
    a_payment("same")
    a_payment("same")
    assert (Payment.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    with pytest.raises(PaymentChanged):
        a_payment("same", amount=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            provider="bank", ref="same", payer="1", amount=1, currency="RUB", paid_at=AT, received_at=AT
        )


def test_a_payment_of_a_contract_is_sales_and_one_without_waits() -> None:
    a_payment(contract=a_contract().ext_id)
    a_payment(amount=5_000)
    assert balances() == {"bank": -204_000, "sales": 199_000, "suspense": 5_000}


def test_the_finder_in_sql_agrees_with_the_rule() -> None:
    for n, (hours, invoice, instalment) in enumerate(
        [(0, "A", False), (1, "A", False), (2, "B", False), (3, "", False), (80, "", False), (81, "", True)]
    ):
        a_payment(f"R-{n}", at=AT + timedelta(hours=hours), invoice=invoice, is_instalment=instalment)
    known = [
        Paid(
            one.pk, one.provider, one.ref, one.payer, one.amount, one.currency, one.paid_at, one.invoice,
            one.is_instalment,
        )
        for one in Payment.objects.all()
    ]  # fmt: skip
    duplicates.find(at=AT + timedelta(days=5))
    found = set(DuplicateCandidate.objects.values_list("first_id", "second_id"))
    assert found == {(a.id, b.id) for a, b in pairs(known)}
    assert (len(found), duplicates.find(at=AT + timedelta(days=5))) == (2, 0)


def test_a_confirmed_double_payment_is_set_aside_and_goes_where_the_customer_says(manager: Person) -> None:
    pair = a_double()
    duplicates.judge(candidate=pair, is_double=True, reason="", by=manager, at=LATER)
    assert balances() == {"bank": -398_000, "sales": 199_000, "suspense": 199_000}
    case = a_bare_case(contract=pair.second.contract, kind="payment")
    payments.settle(
        payment=pair.second, case=case, choice=MoneyChoice.WALLET, evidence="Оставьте на счёте",
        card_was_offered=True, by=manager, at=LATER,
    )  # fmt: skip
    assert balances() == {"bank": -398_000, "sales": 199_000, "suspense": 0, "wallet": 199_000}
    assert LedgerAccount.objects.get(kind="wallet").balance == 199_000
    assert list(case.events.values_list("kind", flat=True)) == ["money"]
    with pytest.raises(NothingToClear):
        payments.settle(
            payment=pair.second, case=case, choice=MoneyChoice.CARD, evidence="x", card_was_offered=True, by=manager,
            at=LATER,
        )  # fmt: skip


def test_back_to_the_card_asks_for_a_payout(manager: Person) -> None:
    customer = a_customer()
    payment = a_payment(customer=customer.ext_id, card="fp-1")
    case = a_bare_case(contract=a_contract(customer))
    payments.settle(
        payment=payment, case=case, choice=MoneyChoice.CARD, evidence="На карту", card_was_offered=True, by=manager,
        at=LATER,
    )  # fmt: skip
    payout = Payout.objects.get()
    assert (payout.amount, payout.card, payout.state) == (199_000, "fp-1", PayoutState.REQUESTED)
    assert balances() == {"bank": 0, "suspense": 0}


def test_the_card_is_always_offered_and_the_words_are_kept(manager: Person) -> None:
    payment, case = a_payment(), a_bare_case()
    said = {"payment": payment, "case": case, "choice": MoneyChoice.WALLET, "by": manager, "at": LATER}
    with pytest.raises(CardNotOffered):
        payments.settle(evidence="Да", card_was_offered=False, **said)  # type: ignore[arg-type]  # a dict of mixed values
    with pytest.raises(NoEvidence):
        payments.settle(evidence=" ", card_was_offered=True, **said)  # type: ignore[arg-type]  # a dict of mixed values
    made = payments.settle(evidence="Да", card_was_offered=True, **said)  # type: ignore[arg-type]  # a dict of mixed values
    for change in ({"card_was_offered": False}, {"evidence": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentChoice.objects.filter(pk=made.pk).update(**change)


def test_money_of_one_customer_does_not_go_to_another(manager: Person) -> None:
    payment = a_payment(customer=a_customer().ext_id)
    with pytest.raises(NotThisCustomer):
        payments.settle(
            payment=payment, case=a_bare_case(), choice=MoneyChoice.WALLET, evidence="Да", card_was_offered=True,
            by=manager, at=LATER,
        )  # fmt: skip


def test_judging_needs_the_certificate_and_happens_once(manager: Person) -> None:
    ToolRule.objects.create(tool=Tool.DUPLICATES, certificate_code="money", active_from=SINCE)
    pair = a_double()
    with pytest.raises(CertificateNeeded):
        duplicates.judge(candidate=pair, is_double=True, reason="", by=manager, at=LATER)
    a_certificate(manager, a_certificate_kind("money"))
    with pytest.raises(SayWhy):
        duplicates.judge(candidate=pair, is_double=False, reason="", by=manager, at=LATER)
    duplicates.judge(candidate=pair, is_double=False, reason="Второй ребёнок", by=manager, at=LATER)
    with pytest.raises(JudgedAlready):
        duplicates.judge(candidate=pair, is_double=True, reason="", by=manager, at=LATER)
    pair.refresh_from_db()
    assert (pair.verdict, pair.judged_by) == (Verdict.REJECTED, manager)


def test_an_account_is_paid_out_once_and_undone_when_it_fails(manager: Person) -> None:
    wallet = a_wallet(holds=500)
    said = {"account": wallet, "provider": "bank", "card": "fp", "case": None, "by": manager, "at": LATER}
    first = payments.pay_out(amount=300, idem="click-1", **said)  # type: ignore[arg-type]  # a dict of mixed values
    assert payments.pay_out(amount=300, idem="click-1", **said) == first  # type: ignore[arg-type]  # a dict of mixed values
    with pytest.raises(NotEnough):
        payments.pay_out(amount=201, idem="click-2", **said)  # type: ignore[arg-type]  # a dict of mixed values
    for _ in range(2):
        payments.note_result(payout=first, went_out=False, at=LATER)
    wallet.refresh_from_db()
    first.refresh_from_db()
    assert (wallet.balance, first.state) == (500, PayoutState.FAILED)
    assert shown.balance_faults() == []


# The port ---------------------------------------------------------------------------------------------------------

HEAD = "ref,paid_at,payer,amount,currency,invoice,instalment,card,customer,contract\n"


def a_port(folder: Path, **files: str) -> FilePort:
    for name, text in files.items():
        path = folder / "bank" / name.replace("__", "/")
        path = path.with_suffix(".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return FilePort("bank", folder)


def test_files_are_taken_in_once_and_put_away(tmp_path: Path) -> None:
    line = "R-1,2026-11-23T12:00:00+03:00,79,1990.00,RUB,,,,,\n"
    port = a_port(tmp_path, in__one=HEAD + line, in__two=HEAD + line + "R-2,2026-11-23T12:00:00+03:00,79,5,RUB,,,,,\n")
    assert [payments_exchange.exchange(port=port, at=AT) for _ in range(2)] == [2, 0]
    assert sorted(path.name for path in (tmp_path / "bank/in/done").iterdir()) == ["one.csv", "two.csv"]
    assert sorted(Payment.objects.values_list("ref", "amount")) == [("R-1", 199_000), ("R-2", 500)]


def test_a_bad_file_stays_and_the_others_go_on(tmp_path: Path) -> None:
    good = HEAD + "R-1,2026-11-23T12:00:00+03:00,79,5,RUB,,,,,\n"
    port = a_port(tmp_path, in__bad=HEAD + "R-9,вчера,79,5,RUB,,,,,\n", in__good=good)
    assert payments_exchange.exchange(port=port, at=AT) == 1
    assert port.batches() == ["bad.csv"]


def test_payouts_are_asked_for_once_and_their_results_are_read(tmp_path: Path, manager: Person) -> None:
    wallet, port = a_wallet(holds=500), FilePort("bank", tmp_path)
    payout = payments.pay_out(
        account=wallet, amount=500, provider="bank", card="fp", case=None, by=manager, at=AT, idem="x"
    )
    assert [payments_exchange.send(port=port, at=AT) for _ in range(2)] == [1, 0]
    [asked] = (tmp_path / "bank/out").glob("*.csv")
    assert asked.read_text().splitlines()[1] == f"{payout.public_id},{payout.customer.ext_id},fp,5.00,RUB"
    a_port(tmp_path, results__r1=f"payout,state\n{payout.public_id},done\n")
    assert [payments_exchange.read_results(port=port, at=AT) for _ in range(2)] == [1, 0]
    payout.refresh_from_db()
    assert payout.state == PayoutState.DONE


def test_the_ledger_is_laid_beside_the_systems_own_list(tmp_path: Path) -> None:
    an_organisation()
    a_payment("R-1")
    a_payment("R-2", amount=700)
    port = a_port(tmp_path, **{"days__2026-11-23": "ref,amount,currency\nR-1,1990.00,RUB\nR-3,-3.00,RUB\n"})
    found = ledger_reconciliation.reconcile(port=port, day=AT.date(), at=LATER)
    assert found is not None
    assert (found.matched, found.differences) == (1, 2)
    assert [(one["ref"], one["kind"], one["theirs"], one["ours"]) for one in found.result["findings"]] == [
        ("R-2", "only_ours", None, 700), ("R-3", "only_theirs", -300, None),
    ]  # fmt: skip
    assert ledger_reconciliation.reconcile(port=port, day=SINCE, at=LATER) is None
