"""Conversations become rows of contacts: what was solved at once, and who came back within the declared window."""

from datetime import timedelta
from typing import Any

import pytest

from nastavnik.crisis.actions import cases, contact_facts, messages, refunds
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.models import Conversation, CrisisCase, RatingRequest
from nastavnik.kernel import clock
from nastavnik.metrics import store
from nastavnik.metrics.catalogue.tallies import REPEAT_WITHIN_DAYS
from nastavnik.metrics.enums import Period
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries.scopes import ORGANISATION
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_contract, a_crisis_manager, a_customer, a_message
from tests.factories.crisis import a_case as a_refund_case
from tests.factories.people import an_organisation
from tests.support.jobs import run_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    an_organisation()
    return a_crisis_manager()


def stored(columns: str) -> list[tuple[Any, ...]]:
    with store.connect() as duck:
        return duck.execute(f"SELECT {columns} FROM {store.relation_sql('contacts')} ORDER BY started_at").fetchall()


def react(days: float) -> None:
    """What the worker does that many days after AT."""
    with clock.frozen(AT + timedelta(days=days)):
        run_waiting()


def a_complaint(customer: Any = None) -> CrisisCase:
    return a_refund_case(customer=customer or a_customer(), contract=None, kind="complaint")


def spoken(case: CrisisCase, by: Person, days: float, *, close: bool = True) -> None:
    """The customer comes in a conversation of its own that many days after AT, is answered, and the case is closed."""
    at = AT + timedelta(days=days)
    talk = messages.converse(customer=case.customer, case=case, channel="chat", at=at)
    messages.receive(conversation=talk, said=[Said(text="Урок сорван", at=at)], at=at)
    messages.reply(case=case, text="Перенесли", by=by, at=at + timedelta(minutes=5), conversation=talk)
    if close:
        cases.close(case=case, by=by, at=at + timedelta(minutes=10))
    react(days + 0.5)


def fcr(anna: Person) -> tuple[float | None, int]:
    """The figure and of how many contacts; a later contact, not solved yet, tells that the earlier ones are mature."""
    last = a_complaint()
    spoken(last, anna, 40, close=False)
    messages.end(conversation=last.conversations.get(), at=AT + timedelta(days=40))
    react(41)
    first, end = AT.date(), (AT + timedelta(days=42)).date()
    with clock.frozen(AT + timedelta(days=42)):
        [found] = readings.read(["fcr"], scope=ORGANISATION, first=first, end=end, per=Period.WHOLE)["fcr"]
    return found.value, found.n


def test_closing_a_case_ends_its_conversations_with_their_last_word_and_asks_for_a_rating_once(anna: Person) -> None:
    case = a_complaint()
    spoken(case, anna, 0, close=False)
    cases.close(case=case, by=anna, at=AT + timedelta(days=3))
    react(3)
    talk = Conversation.objects.get()
    assert talk.ended_at == AT + timedelta(minutes=5)
    assert [(one.conversation_id, one.expires_at) for one in RatingRequest.objects.all()] == [
        (talk.pk, AT + timedelta(days=10))
    ]
    assert stored("answered, handled_ms, resolved") == [(True, 0, True)]


@pytest.mark.parametrize(
    ("days", "share", "n"), [(REPEAT_WITHIN_DAYS - 1, 50.0, 2), (REPEAT_WITHIN_DAYS + 1, 100.0, 2)]
)
def test_a_customer_who_comes_back_about_the_same_within_the_window_was_not_solved_at_once(
    anna: Person, days: int, share: float, n: int
) -> None:
    customer = a_customer()
    spoken(a_complaint(customer), anna, 0)
    spoken(a_complaint(customer), anna, days)
    assert fcr(anna) == (share, n)


def test_another_matter_or_another_customer_is_no_repeat(anna: Person) -> None:
    customer = a_customer()
    spoken(a_complaint(customer), anna, 0)
    spoken(a_complaint(), anna, 1)
    claim = a_refund_case(a_contract(customer), kind="claim")
    spoken(claim, anna, 2)
    assert fcr(anna) == (100.0, 3)


@pytest.mark.parametrize(("days", "share"), [(REPEAT_WITHIN_DAYS - 1, 50.0), (REPEAT_WITHIN_DAYS + 1, 100.0)])
def test_a_return_in_the_same_conversation_is_a_contact_of_its_own(anna: Person, days: int, share: float) -> None:
    case = a_complaint()
    spoken(case, anna, 0)
    talk, at = Conversation.objects.get(), AT + timedelta(days=days)
    messages.receive(conversation=talk, said=[Said(text="Снова сорвали", at=at)], at=at)
    react(days)
    assert stored("resolved, answered") == [(True, True), (None, False)]
    messages.reply(case=case, text="Разобрались", by=anna, at=at + timedelta(hours=1))
    cases.close(case=case, by=anna, at=at + timedelta(hours=2))
    react(days + 1)
    assert stored("resolved, start_delay_ms, handled_ms") == [(True, 300_000, 0), (True, 3_600_000, 0)]
    assert fcr(anna) == (share, 2)


def test_what_is_open_or_closed_unsolved_is_no_success(anna: Person) -> None:
    refused = a_refund_case()
    a_message(refused, "Решение принято, обсуждать нечего", minutes=1)
    messages.reply(case=refused, text="Жаль", by=anna, at=AT + timedelta(minutes=2))
    cases.close(case=refused, by=anna, at=AT + timedelta(minutes=3))
    waiting = a_complaint()
    spoken(waiting, anna, 1, close=False)
    messages.end(conversation=waiting.conversations.get(), at=AT + timedelta(days=2))
    react(2)
    assert (stored("resolved"), fcr(anna)) == ([(False,), (None,)], (None, 0))


def test_a_refund_started_is_a_matter_solved(anna: Person) -> None:
    case = a_refund_case()
    spoken(case, anna, 0, close=False)
    refunds.start(case=case, by=anna, at=AT + timedelta(minutes=20))
    cases.close(case=case, by=anna, at=AT + timedelta(minutes=30))
    react(1)
    assert fcr(anna) == (100.0, 1)


def test_an_answer_after_more_than_a_month_is_still_a_fact(anna: Person) -> None:
    case = a_complaint()
    at = AT + timedelta(days=40)
    a_message(case, "Ау")
    messages.reply(case=case, text="Простите, что так долго", by=anna, at=at)
    messages.end(conversation=case.conversations.get(), at=at)
    contact_facts.push_contacts_of(case_id=case.pk, at=at)
    assert stored("start_delay_ms") == [(31 * 24 * 3_600_000,)]
