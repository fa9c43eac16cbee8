from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import refunds
from nastavnik.crisis.enums import EventKind
from nastavnik.crisis.logic.refunds import DUE, PAID, USED, AboveWhatWasPaid, NothingAsked
from nastavnik.crisis.models import CaseEvent, Contract, LedgerEntry, Payout, Refund
from nastavnik.crisis.money_enums import RefundReason, RefundStatus
from nastavnik.crisis.money_errors import (
    ExplainTheSum,
    NoEvidence,
    NotYoursToApprove,
    RefundNeedsApproval,
    RefundNotCounted,
    RefundOver,
)
from nastavnik.people.models import Person
from tests.factories.crisis import a_bare_case, a_contract, a_crisis_manager
from tests.factories.people import AT, an_organisation
from tests.support.threads import in_threads

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def manager() -> Person:
    an_organisation()
    return a_crisis_manager()


def settle(refund: Refund, amount: int, by: Person, why: str = "", **fields: object) -> Refund:
    given: dict[str, object] = {"reason": RefundReason.QUALITY, "at": LATER, "why": why, **fields}
    return refunds.settle_amount(refund=refund, amount=amount, by=by, **given)  # type: ignore[arg-type]  # mixed values


def test_the_start_is_recorded_at_once_with_what_is_due(manager: Person) -> None:
    case = a_bare_case()
    refund = refunds.start(case=case, by=manager, at=AT)
    event = CaseEvent.objects.get(case=case)
    assert (event.kind, event.at, event.actor) == (EventKind.REFUND_START, AT, manager)
    assert (refund.status, refund.due, refund.amount) == (RefundStatus.STARTED, 2_000_000, 2_000_000)
    assert [line["label"] for line in refund.calculation["lines"]] == [PAID, USED, DUE]  # type: ignore[index]  # stored


def test_pressed_twice_it_is_one_refund(manager: Person) -> None:
    case = a_bare_case()
    first = refunds.start(case=case, by=manager, at=AT)
    assert refunds.start(case=case, by=manager, at=LATER) == first
    assert CaseEvent.objects.filter(kind=EventKind.REFUND_START).count() == 1


def test_a_case_without_contract_is_started_all_the_same(manager: Person) -> None:
    case = a_bare_case(contract=a_contract())
    case.contract = None
    case.save()
    refund = refunds.start(case=case, by=manager, at=AT)
    assert (refund.status, refund.amount, refund.calculation) == (RefundStatus.STARTED, None, None)
    with pytest.raises(RefundNotCounted):
        refunds.finish(refund=refund, by=manager, at=LATER)


def test_what_is_due_is_paid_without_a_second_person(manager: Person) -> None:
    case = a_bare_case()
    refund = refunds.finish(refund=refunds.start(case=case, by=manager, at=AT), by=manager, at=LATER)
    assert (refund.status, refund.paid_at) == (RefundStatus.DONE, LATER)
    assert Payout.objects.get().amount == 2_000_000
    assert sorted(LedgerEntry.objects.get().postings.values_list("account__kind", "amount")) == [
        ("bank", 2_000_000), ("sales", -2_000_000),
    ]  # fmt: skip
    assert list(case.events.values_list("kind", flat=True)) == [EventKind.REFUND_START, EventKind.REFUND_DONE]
    with pytest.raises(RefundOver):
        refunds.finish(refund=refund, by=manager, at=LATER)


def test_nothing_due_is_finished_without_moving_money(manager: Person) -> None:
    case = a_bare_case(contract=a_contract(used=2_400_000))
    refund = refunds.finish(refund=refunds.start(case=case, by=manager, at=AT), by=manager, at=LATER)
    assert (refund.amount, refund.payout, LedgerEntry.objects.count()) == (0, None, 0)


def test_another_sum_waits_for_a_second_person_while_the_refund_runs(manager: Person) -> None:
    refund = refunds.start(case=a_bare_case(), by=manager, at=AT)
    with pytest.raises(ExplainTheSum):
        settle(refund, 2_100_000, manager)
    refund = settle(refund, 2_100_000, manager, why="Сорванный урок")
    assert refund.status == RefundStatus.STARTED
    with pytest.raises(RefundNeedsApproval):
        refunds.finish(refund=refund, by=manager, at=LATER)
    with pytest.raises(NotYoursToApprove):
        refunds.approve(refund=refund, by=manager, at=LATER)
    refund = refunds.approve(refund=refund, by=a_crisis_manager(), at=LATER)
    assert refunds.finish(refund=refund, by=manager, at=LATER).amount == 2_100_000


def test_a_new_sum_takes_the_approval_away(manager: Person) -> None:
    refund = settle(refunds.start(case=a_bare_case(), by=manager, at=AT), 2_100_000, manager, why="a")
    refund = refunds.approve(refund=refund, by=a_crisis_manager(), at=LATER)
    refund = settle(refund, 2_200_000, manager, why="b")
    assert (refund.approved_by, refund.needs_approval) == (None, True)


@pytest.mark.parametrize(("amount", "refusal"), [(2_400_001, AboveWhatWasPaid), (-5, NothingAsked), (0, NothingAsked)])
def test_sums_that_cannot_be_given_back_are_refused(amount: int, refusal: type[Exception], manager: Person) -> None:
    refund = refunds.start(case=a_bare_case(), by=manager, at=AT)
    with pytest.raises(refusal):
        settle(refund, amount, manager, why="x")


def test_less_than_due_without_the_calculation_is_recorded_as_a_violation(manager: Person) -> None:
    case = a_bare_case()
    refund = refunds.start(case=case, by=manager, at=AT)
    settle(refund, 1_900_000, manager, why="Клиент согласен")
    notes = case.events.filter(kind=EventKind.NOTE)
    assert notes.count() == 0
    refund = settle(refund, 1_800_000, manager, why="Клиент согласен", attach=False)
    assert refund.calculation is None
    assert [one.payload["violation"] for one in notes] == ["V9"]


def test_refunds_of_a_contract_never_exceed_what_was_paid(manager: Person) -> None:
    contract = a_contract()
    first = a_bare_case(contract=contract)
    refunds.finish(refund=refunds.start(case=first, by=manager, at=AT), by=manager, at=LATER)
    second = a_bare_case(contract=contract, kind="complaint")
    refund = refunds.start(case=second, by=manager, at=LATER)
    assert refund.due == 0
    with pytest.raises(AboveWhatWasPaid):
        settle(refund, 400_001, manager, why="x")
    assert settle(refund, 400_000, manager, why="Жест доброй воли").amount == 400_000


def test_the_database_refuses_more_than_was_paid(manager: Person) -> None:
    refund = refunds.start(case=a_bare_case(), by=manager, at=AT)
    rows = Refund.objects.filter(pk=refund.pk)
    for change in ({"amount": 2_400_001}, {"currency": "USD"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=refund.contract_id).update(paid=1_999_999)


@pytest.mark.django_db(transaction=True)
def test_refunds_of_one_contract_at_once_share_what_was_paid() -> None:
    an_organisation()
    manager, contract = a_crisis_manager(), a_contract()
    cases = [a_bare_case(contract=contract, kind="complaint") for _ in range(4)]
    raised = in_threads(lambda n: refunds.start(case=cases[n], by=manager, at=AT), threads=4)
    assert raised == []
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [0, 0, 0, 2_000_000]


@pytest.mark.django_db(transaction=True)
def test_two_people_starting_the_same_refund_start_one() -> None:
    an_organisation()
    case, people = a_bare_case(), [a_crisis_manager() for _ in range(4)]
    raised = in_threads(lambda n: refunds.start(case=case, by=people[n], at=AT), threads=4)
    assert (raised, Refund.objects.count(), CaseEvent.objects.count()) == ([], 1, 1)


def test_a_refund_taken_back_needs_the_customers_words(manager: Person) -> None:
    case = a_bare_case()
    refund = refunds.start(case=case, by=manager, at=AT)
    with pytest.raises(NoEvidence):
        refunds.cancel(refund=refund, evidence=" ", by=manager, at=LATER)
    refund = refunds.cancel(refund=refund, evidence="Да, остаюсь", by=manager, at=LATER)
    assert refund.status == RefundStatus.CANCELLED
    again = refunds.start(case=case, by=manager, at=LATER)
    assert (again.pk == refund.pk, again.due) == (False, 2_000_000)
