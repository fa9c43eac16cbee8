"""Closed cases and ended contacts become facts, once."""

from datetime import timedelta
from typing import Any

import pytest

from nastavnik.crisis import reactions
from nastavnik.crisis.actions import cases, messages, ratings, refunds
from nastavnik.crisis.events import CaseClosed, ContactEnded, ContactRated
from nastavnik.crisis.models import RatingRequest
from nastavnik.metrics import store
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_case, a_crisis_manager, a_message
from tests.factories.people import an_organisation

pytestmark = pytest.mark.django_db


def stored(stream: str, columns: str) -> list[tuple[Any, ...]]:
    with store.connect() as duck:
        return duck.execute(f"SELECT {columns} FROM {store.relation_sql(stream)} ORDER BY id").fetchall()


def later(minutes: float) -> Any:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def anna() -> Person:
    an_organisation()
    return a_crisis_manager()


def test_a_closed_refund_case_is_a_case_and_a_refund_wish_however_often_it_is_told(anna: Person) -> None:
    case = a_case()
    refunds.start(case=case, by=anna, at=later(1))
    cases.close(case=case, by=anna, at=later(2))
    for _ in range(2):
        reactions.tell_the_figures_of_the_case(CaseClosed(case_id=case.pk, at=later(2)), later(3))
    assert stored("cases", "person_id, topic, complex") == [(anna.pk, "refund", False)]
    assert stored("retention", "person_id, outcome, refund_reason") == [(anna.pk, "refunded", "other")]


def test_a_complaint_is_no_refund_wish_and_a_handed_over_case_is_complex(anna: Person) -> None:
    case = a_case(kind="complaint")
    cases.transfer(case=case, by=anna, person=anna, at=later(1), reason="смена кончилась")
    cases.close(case=case, by=anna, at=later(2))
    reactions.tell_the_figures_of_the_case(CaseClosed(case_id=case.pk, at=later(2)), later(3))
    assert stored("cases", "topic, complex") == [("complaint", True)]


def test_an_ended_contact_tells_how_long_the_customer_waited(anna: Person) -> None:
    case = a_case()
    a_message(case, "Здравствуйте", minutes=1)
    messages.reply(case=case, text="Слушаю вас", by=anna, at=later(4))
    talk = case.conversations.get()
    messages.end(conversation=talk, at=later(10))
    messages.end(conversation=talk, at=later(20))
    reactions.tell_the_figures_of_the_contact(ContactEnded(conversation_id=talk.pk, at=later(10)), later(11))
    found = stored("contacts", "person_id, answered, start_delay_ms, handled_ms, customer")
    assert found == [(anna.pk, True, 180_000, 360_000, case.customer.ext_id)]


def test_the_row_of_a_contact_says_that_a_rating_was_asked_and_later_which_it_was(anna: Person) -> None:
    case = a_case()
    a_message(case, "Здравствуйте", minutes=1)
    talk = case.conversations.get()
    messages.end(conversation=talk, at=later(10))
    ended = ContactEnded(conversation_id=talk.pk, at=later(10))
    for _ in range(2):
        reactions.tell_the_figures_of_the_contact(ended, later(11))
    assert stored("contacts", "survey_sent, rating") == [(True, None)]
    asked = RatingRequest.objects.get()
    ratings.answer(request=asked, score=4, comment="", at=later(20))
    rated = ContactRated(rating_id=asked.pk, conversation_id=talk.pk, score=4, at=later(20))
    reactions.tell_the_figures_of_the_rating(rated, later(21))
    assert stored("contacts", "survey_sent, rating") == [(True, 4)]
