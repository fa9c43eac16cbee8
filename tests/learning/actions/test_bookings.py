"""Seats, the wait-list, and what the database refuses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from nastavnik.learning.actions import bookings, sessions
from nastavnik.learning.enums import BookingState, SessionState
from nastavnik.learning.errors import (
    AlreadyRegistered,
    BusyThen,
    NotAtWork,
    NotRegistered,
    NowhereToMeet,
    ReasonNeeded,
    RegistrationClosed,
    RoomTaken,
    RoomTooSmall,
    SessionNotPlanned,
    TeachesThen,
    TooFewSeats,
    TrainerBusy,
    WrongHours,
)
from nastavnik.learning.models import Booking, LiveSession, Notice
from nastavnik.learning.reactions import free_the_seats_of_a_leaver
from nastavnik.people.actions.employments import leave
from nastavnik.people.events import EmploymentChanged
from nastavnik.people.models import Person
from tests.factories.people import AT, a_person, a_team, an_organisation
from tests.factories.sessions import BEGINS, a_booking, a_room, a_session

pytestmark = pytest.mark.django_db
BOOKED, WAITING, CANCELLED = BookingState.BOOKED, BookingState.WAITING, BookingState.CANCELLED


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def states(session: LiveSession) -> dict[str, str]:
    return {row.person.code: row.state for row in session.bookings.select_related("person").order_by("pk")}


def notices(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_seats_go_first_come_first_served_and_the_rest_wait() -> None:
    session = a_session()
    for code in ("a", "b", "c"):
        a_booking(session, a_person(code))
    assert states(session) == {"a": BOOKED, "b": BOOKED, "c": WAITING}
    session.refresh_from_db()
    assert (session.booked, session.seats_left) == (2, 0)
    assert list(LiveSession.objects.with_waiting().values_list("waiting", flat=True)) == [1]


def test_a_freed_seat_goes_to_whoever_waited_longest_and_they_are_told() -> None:
    session = a_session()
    rows = [a_booking(session, a_person(code)) for code in ("a", "b", "c", "d")]
    assert bookings.cancel(booking=rows[0], by=rows[0].person, at=AT) == [rows[2]]
    assert states(session) == {"a": CANCELLED, "b": BOOKED, "c": BOOKED, "d": WAITING}
    assert notices(rows[2].person) == ["You have a seat in the session «{session}», {when}"]
    assert notices(rows[0].person) == []
    with pytest.raises(NotRegistered):
        bookings.cancel(booking=rows[0], by=None, at=AT)
    entry = JournalEntry.objects.get(kind="learning.seat_freed_for")
    assert sentence(entry).startswith("Место из листа ожидания: Спокойный разговор")


def test_more_seats_are_for_those_who_wait() -> None:
    session = a_session()
    for code in ("a", "b", "c", "d"):
        a_booking(session, a_person(code))
    sessions.change(session=session, capacity=3, by=None, at=AT)
    assert states(session) == {"a": BOOKED, "b": BOOKED, "c": BOOKED, "d": WAITING}
    with pytest.raises(TooFewSeats):
        sessions.change(session=session, capacity=2, by=None, at=AT)


def test_after_registration_has_closed_only_the_trainer_gives_seats() -> None:
    session, late = a_session(), BEGINS - timedelta(minutes=30)
    rows = [a_booking(session, a_person(code)) for code in ("a", "b", "c")]
    assert bookings.cancel(booking=rows[0], by=None, at=late) == []
    with pytest.raises(RegistrationClosed):
        a_booking(session, at=late)
    assert a_booking(session, a_person("d"), at=late, after_closing=True).state == BOOKED
    with pytest.raises(RegistrationClosed):
        a_booking(session, at=session.ends_at, after_closing=True)


def test_a_team_takes_no_more_seats_than_its_quota_and_is_passed_by() -> None:
    session = a_session(capacity=3, team_quota=1)
    ours, theirs = a_team(), a_team()
    first = a_booking(session, a_person("a", team=ours))
    a_booking(session, a_person("b", team=ours))
    a_booking(session, a_person("c", team=theirs))
    a_booking(session, a_person("d"))
    assert states(session) == {"a": BOOKED, "b": WAITING, "c": BOOKED, "d": BOOKED}
    bookings.cancel(booking=first, by=None, at=AT)
    assert states(session)["b"] == BOOKED


def test_somebody_registered_by_others_is_told_by_whom() -> None:
    lead, person = a_person("lead", family_name="Рыбакова"), a_person()
    a_booking(a_session(), person, by=lead)
    notice = Notice.objects.get(person=person)
    assert notice.title == "{by} registered you for the session «{session}», {when}"
    assert notice.params["by"] == "Рыбакова Анна"


def test_the_same_person_twice_and_somebody_who_will_have_left_are_refused() -> None:
    session, person = a_session(), a_person()
    a_booking(session, person)
    with pytest.raises(AlreadyRegistered):
        a_booking(session, person)
    leaver = a_person()
    leave(person=leaver, left=BEGINS.date(), by=None, at=AT)
    with pytest.raises(NotAtWork):
        a_booking(session, leaver)


def test_a_conflict_says_what_stands_in_the_way_and_when() -> None:
    person, session = a_person(family_name="Орлова"), a_session()
    a_booking(session, person)
    later = a_session(starts_at=BEGINS + timedelta(minutes=60))
    with pytest.raises(BusyThen) as refusal:
        a_booking(later, person)
    assert str(refusal.value) == (
        "Орлова Анна has a seat in another session from 26.11.2026 13:00 to 14:30: Спокойный разговор. "
        "Cancel that registration first."
    )
    with pytest.raises(TeachesThen):
        a_booking(later, session.trainer)
    a_booking(a_session(starts_at=BEGINS + timedelta(minutes=90)), person)  # one after the other is no conflict


def test_rooms_and_trainers_are_in_one_place_at_a_time() -> None:
    room, session = a_room(), a_session()
    a_session(room=room, starts_at=BEGINS + timedelta(days=1))
    with pytest.raises(TrainerBusy):
        a_session(session.trainer, starts_at=BEGINS + timedelta(minutes=30))
    with pytest.raises(RoomTaken):
        a_session(room=room, starts_at=BEGINS + timedelta(days=1, minutes=30))
    sessions.cancel(session=session, reason="Болезнь", by=None, at=AT)
    a_session(session.trainer)  # a cancelled one stands in nobody's way


def test_unfit_sessions_are_refused() -> None:
    with pytest.raises(WrongHours):
        a_session(ends_at=BEGINS)
    with pytest.raises(WrongHours):
        a_session(closes_at=BEGINS + timedelta(minutes=1))
    with pytest.raises(NowhereToMeet):
        a_session(link="")
    with pytest.raises(RoomTooSmall):
        a_session(room=a_room(seats=1))


def test_the_database_itself_refuses_overlaps_and_overbooking() -> None:
    room, person = a_room(), a_person()
    session = a_session(room=room)
    other = a_session(starts_at=BEGINS + timedelta(days=1))
    a_booking(session, person)
    same = {"starts_at": session.starts_at, "ends_at": session.ends_at, "closes_at": session.closes_at}
    third = a_person()
    refused: list[tuple[str, Callable[[], Any]]] = [
        ("learning_room_once", lambda: LiveSession.objects.filter(pk=other.pk).update(room=room, **same)),
        ("learning_trainer_once", lambda: LiveSession.objects.filter(pk=other.pk).update(
            trainer=session.trainer, **same)),
        ("learning_person_once", lambda: Booking.objects.create(
            session=other, person=person, state=BOOKED, made_at=AT, settled_at=AT,
            starts_at=session.starts_at, ends_at=session.ends_at)),
        ("learning_booked_once", lambda: Booking.objects.create(
            session=session, person=person, state=WAITING, made_at=AT, settled_at=AT,
            starts_at=session.starts_at, ends_at=session.ends_at)),
        ("learning_session_seats", lambda: LiveSession.objects.filter(pk=session.pk).update(capacity=0)),
        ("learning_session_seats", lambda: Booking.objects.bulk_create(
            Booking(session=session, person=one, state=BOOKED, made_at=AT, settled_at=AT,
                    starts_at=session.starts_at, ends_at=session.ends_at) for one in (third, a_person()))),
        ("learning_session_hours", lambda: LiveSession.objects.filter(pk=session.pk).update(ends_at=BEGINS)),
        ("learning_session_closes", lambda: LiveSession.objects.filter(pk=session.pk).update(
            closes_at=session.ends_at)),
        ("learning_session_somewhere", lambda: LiveSession.objects.filter(pk=other.pk).update(link="")),
    ]  # fmt: skip
    for name, change in refused:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            change()
    assert LiveSession.objects.get(pk=session.pk).booked == 1


def test_a_moved_session_takes_its_people_along_and_tells_them() -> None:
    session, other = a_session(), a_session(starts_at=BEGINS + timedelta(days=1))
    stays, clashes, waits = a_person("stays"), a_person("clashes"), a_person("waits")
    for person in (stays, clashes, waits):
        a_booking(session, person)
    a_booking(other, clashes)
    moved = {name: getattr(other, name) for name in ("starts_at", "ends_at", "closes_at")}
    sessions.change(session=session, by=None, at=AT, **moved)
    assert states(session) == {"stays": BOOKED, "clashes": CANCELLED, "waits": BOOKED}
    assert set(session.bookings.active().values_list("starts_at", flat=True)) == {other.starts_at}
    assert notices(stays) == ["The session «{session}» has moved: it now begins {when}"]
    assert notices(clashes) == ["Your registration for the session «{session}», {when}, was cancelled"]
    assert notices(waits) == [
        "The session «{session}» has moved: it now begins {when}",
        "You have a seat in the session «{session}», {when}",
    ]


def test_a_change_that_concerns_nobody_tells_nobody() -> None:
    session, person = a_session(), a_person()
    a_booking(session, person)
    sessions.change(session=session, note="Возьмите наушники", by=None, at=AT)
    assert notices(person) == []


def test_a_cancelled_session_tells_everybody_and_changes_no_more() -> None:
    session = a_session(capacity=1)
    people = [a_person(), a_person()]
    for person in people:
        a_booking(session, person)
    with pytest.raises(ReasonNeeded):
        sessions.cancel(session=session, reason=" ", by=None, at=AT)
    sessions.cancel(session=session, reason="Тренер болен", by=None, at=AT)
    assert session.state == SessionState.CANCELLED
    assert [notices(person) for person in people] == [["The session «{session}», {when}, is cancelled"]] * 2
    assert set(states(session).values()) == {CANCELLED}
    for act in (sessions.change, lambda **of: sessions.cancel(reason="Ещё раз", **of)):
        with pytest.raises(SessionNotPlanned):
            act(session=session, by=None, at=AT)
    with pytest.raises(SessionNotPlanned):
        a_booking(session)


def test_the_seats_of_a_leaver_go_to_the_wait_list() -> None:
    session = a_session(capacity=1)
    leaver, heir = a_person("leaver"), a_person("heir")
    a_booking(session, leaver)
    a_booking(session, heir)
    before = a_session(starts_at=AT + timedelta(hours=3))
    a_booking(before, leaver)
    leave(person=leaver, left=(BEGINS - timedelta(days=1)).date(), by=None, at=AT)
    free_the_seats_of_a_leaver(EmploymentChanged(leaver.pk, BEGINS.date()), AT)
    assert states(session) == {"leaver": CANCELLED, "heir": BOOKED}
    assert states(before) == {"leaver": BOOKED}  # still at work that day


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_for_ten_seats_are_ten_seats_and_forty_waiting() -> None:
    session = a_session(capacity=10)
    people = [a_person() for _number in range(50)]

    def book(person: Person) -> None:
        try:
            bookings.register(session=session, person=person, by=person, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=16) as pool:
        list(pool.map(book, people))
    session.refresh_from_db()
    found = list(session.bookings.values_list("state", flat=True))
    assert (found.count(BOOKED), found.count(WAITING), session.booked) == (10, 40, 10)


@pytest.mark.django_db(transaction=True)
def test_one_person_books_two_sessions_of_one_hour_at_one_moment_and_gets_one() -> None:
    pair, person = [a_session(), a_session()], a_person()

    def book(session: LiveSession) -> str:
        try:
            bookings.register(session=session, person=person, by=person, at=AT)
        except BusyThen:
            return "busy"
        finally:
            connections.close_all()
        return "booked"

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(book, pair)) == ["booked", "busy"]
    assert connection.is_usable()
