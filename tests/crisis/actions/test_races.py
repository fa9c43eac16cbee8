"""Several hands at one case at once: nothing is lost, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from nastavnik.crisis.actions import cases, events
from nastavnik.crisis.errors import OpenRefundCase, TakenMeanwhile
from nastavnik.crisis.models import CaseEvent, CaseState, CrisisCase
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_case, a_contract, a_crisis_manager
from tests.factories.people import an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_writers_number_their_events_without_a_gap() -> None:
    an_organisation()
    case = a_case(kind="complaint")

    def write(hand: int) -> None:
        try:
            for n in range(5):
                events.record(case=case, kind="note", actor=None, at=AT + timedelta(seconds=n), idem=f"{hand}:{n}")
                events.record(case=case, kind="CLOCK", actor=None, at=AT, idem="the same for all")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert list(CaseEvent.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 43))
    assert CaseState.objects.get().last_seq == 42


def test_one_of_many_takes_the_case() -> None:
    an_organisation()
    case, people = a_case(), [a_crisis_manager() for _ in range(6)]

    def take(person: Person) -> bool:
        try:
            cases.take(case=CrisisCase.objects.get(), by=person, at=AT)
        except TakenMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(take, people)) == [False] * 5 + [True]
    assert CaseEvent.objects.filter(case=case, kind="taken").count() == 1


def test_one_of_many_opens_the_refund_case_of_a_contract() -> None:
    an_organisation()
    contract = a_contract()

    def open_one(_hand: int) -> bool:
        try:
            a_case(contract)
        except OpenRefundCase:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(open_one, range(5))) == [False] * 4 + [True]
