"""Seats the lead agrees to: asking, answering, and what becomes of requests nobody answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from nastavnik.kernel import clock
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from nastavnik.learning.actions import attendance, bookings, sessions
from nastavnik.learning.enums import BookingState
from nastavnik.learning.errors import NotAsked, NotYourself, ReasonNeeded, RegistrationClosed
from nastavnik.learning.models import Booking, LiveSession, Notice
from nastavnik.people.models import Person, Team
from tests.factories.people import AT, a_lead, a_person, a_team, an_organisation
from tests.factories.sessions import a_booking, a_session, a_session_kind

pytestmark = pytest.mark.django_db
ASKED, BOOKED, WAITING, CANCELLED = (
    BookingState.ASKED, BookingState.BOOKED, BookingState.WAITING, BookingState.CANCELLED,
)  # fmt: skip


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


@pytest.fixture
def team() -> Team:
    return a_team()


@pytest.fixture
def lead(team: Team) -> Person:
    return a_lead(team)


def a_session_on_approval(**fields: Any) -> LiveSession:
    return a_session(kind=a_session_kind(name_en="Manager school", needs_approval=True), **fields)


def asks(session: LiveSession, team: Team) -> Booking:
    return a_booking(session, a_person(team=team))


def told(person: Person) -> list[tuple[str, bool]]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return [(row.title, row.needs_action and row.settled_at is None) for row in rows]


def test_who_registers_oneself_asks_the_lead_and_takes_no_seat(team: Team, lead: Person) -> None:
    session = a_session_on_approval()
    made = asks(session, team)
    session.refresh_from_db()
    assert (made.state, session.booked) == (ASKED, 0)
    assert told(lead) == [(bookings.ASKS, True)]
    with override("en"):
        said = sentence(JournalEntry.objects.get(kind="learning.seat_booked"))
    assert said.startswith("Asked the lead for a seat: Manager school")


def test_whoever_registers_others_has_decided_already(team: Team, lead: Person) -> None:
    session = a_session_on_approval()
    assert a_booking(session, a_person(team=team), by=lead).state == BOOKED


def test_an_agreement_gives_a_seat_and_without_one_the_wait_list(team: Team, lead: Person) -> None:
    session = a_session_on_approval(capacity=1)
    first, second = asks(session, team), asks(session, team)
    for one in (first, second):
        bookings.decide(booking=one, approved=True, by=lead, at=AT)
    states = list(session.bookings.order_by("pk").values_list("state", flat=True))
    assert states == [BOOKED, WAITING]
    assert told(first.person) == [(bookings.SEAT_FOR_YOU, False)]
    assert told(second.person) == [(bookings.AGREED_WAITING, False)]
    assert told(lead) == [(bookings.ASKS, False), (bookings.ASKS, False)]
    with pytest.raises(NotAsked):
        bookings.decide(booking=first, approved=True, by=lead, at=AT)


def test_one_more_seat_goes_to_the_wait_list_and_not_to_those_who_still_ask(team: Team, lead: Person) -> None:
    session = a_session_on_approval(capacity=1)
    asking, first, second = (asks(session, team) for _one in range(3))
    for one in (first, second):
        bookings.decide(booking=one, approved=True, by=lead, at=AT)
    sessions.change(session=session, by=None, at=AT, capacity=2)
    states = dict(session.bookings.values_list("pk", "state"))
    assert states == {asking.pk: ASKED, first.pk: BOOKED, second.pk: BOOKED}


def test_a_refusal_needs_a_reason_and_nobody_answers_themselves(team: Team, lead: Person) -> None:
    session = a_session_on_approval()
    made = asks(session, team)
    with pytest.raises(ReasonNeeded):
        bookings.decide(booking=made, approved=False, by=lead, at=AT)
    with pytest.raises(NotYourself):
        bookings.decide(booking=made, approved=True, by=made.person, at=AT)
    bookings.decide(booking=made, approved=False, by=lead, at=AT, reason="Смена на линии")
    made.refresh_from_db()
    assert (made.state, made.reason) == (CANCELLED, "Смена на линии")
    assert told(made.person) == [(bookings.REFUSED, False)]
    assert a_booking(session, made.person).state == ASKED  # one may ask again


def test_requests_nobody_answered_end_with_the_session(team: Team, lead: Person) -> None:
    session = a_session_on_approval()
    made = asks(session, team)
    with pytest.raises(RegistrationClosed):
        bookings.decide(booking=made, approved=True, by=lead, at=session.ends_at)
    attendance.finish(session=session, by=None, at=session.ends_at)
    made.refresh_from_db()
    assert (made.state, made.reason) == (CANCELLED, "Nobody answered before the session.")
    assert told(lead) == [(bookings.ASKS, False)]


def entered(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def test_the_lead_answers_among_the_decisions_and_a_stranger_cannot(team: Team, lead: Person) -> None:
    session = a_session_on_approval()
    made = asks(session, team)
    stranger = a_lead(a_team())
    answer = reverse("learning:booking-answer", args=[session.public_id, made.public_id])
    with clock.frozen(AT + timedelta(minutes=1)):
        assert entered(stranger).post(answer, {"do": "approve"}).status_code == 404
        mine = entered(made.person)
        assert "Your lead is asked for your seat." in mine.get(session.get_absolute_url()).content.decode()
        assert mine.post(answer, {"do": "approve"}).status_code == 404
        client = entered(lead)
        assert answer in client.get(reverse("learning:decision-queue")).content.decode()
        assert answer in client.get(session.get_absolute_url()).content.decode()
        client.post(answer, {"do": "refuse", "back": "queue"})
        made.refresh_from_db()
        assert made.state == ASKED  # no reason was given
        answered = client.post(answer, {"do": "approve", "back": "queue"})
        assert answered["Location"] == reverse("learning:decision-queue")
        assert answer not in client.get(reverse("learning:decision-queue")).content.decode()
    made.refresh_from_db()
    assert made.state == BOOKED
