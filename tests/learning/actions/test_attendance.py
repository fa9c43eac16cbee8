"""Who was there, by the trainer's list and by the code on the screen."""

from datetime import timedelta

import pytest

from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.learning.actions import attendance, sessions
from nastavnik.learning.enums import AttendanceMark, SessionState
from nastavnik.learning.errors import NotRegistered, SessionNotBegun, SessionNotPlanned, WrongCode
from nastavnik.learning.logic import codes
from nastavnik.learning.models import Attendance, LiveSession
from tests.factories.people import AT, a_person, an_organisation
from tests.factories.sessions import BEGINS, a_booking, a_session

pytestmark = pytest.mark.django_db
PRESENT, ABSENT, LATE, LEFT = (
    AttendanceMark.PRESENT,
    AttendanceMark.ABSENT,
    AttendanceMark.LATE,
    AttendanceMark.LEFT_EARLY,
)


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def marks(session: LiveSession) -> dict[str, str]:
    return {row.person.code: row.mark for row in session.attendances.select_related("person").order_by("person__code")}


def attended() -> list[int]:
    rows = OutboxEvent.objects.filter(kind="learning.SessionAttended").order_by("pk")
    return [row.payload["person_id"] for row in rows]


def test_a_finished_session_is_evidence_for_those_who_were_there() -> None:
    session = a_session(capacity=4)
    people = {code: a_person(code) for code in ("absent", "late", "left", "present")}
    for person in people.values():
        a_booking(session, person)
    for code, mark in (("present", PRESENT), ("late", LATE), ("left", LEFT)):
        attendance.mark(session=session, person=people[code], as_=mark, by=session.trainer, at=BEGINS)
    assert attended() == []
    assert attendance.finish(session=session, by=session.trainer, at=session.ends_at) == 2
    assert marks(session) == {"absent": ABSENT, "late": LATE, "left": LEFT, "present": PRESENT}
    assert sorted(attended()) == sorted([people["present"].pk, people["late"].pk])
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert attendance.finish(session=session, by=None, at=session.ends_at) == 2
    assert len(attended()) == 2


def test_a_correction_after_the_end_becomes_evidence_once() -> None:
    session, person = a_session(), a_person()
    a_booking(session, person)
    attendance.finish(session=session, by=None, at=session.ends_at)
    for mark in (PRESENT, LATE, PRESENT):
        attendance.mark(session=session, person=person, as_=mark, by=session.trainer, at=session.ends_at)
    assert attended() == [person.pk]
    entry = JournalEntry.objects.filter(kind="learning.attendance_marked").order_by("pk")[0]
    assert sentence(entry).startswith("Посещение: присутствие. Спокойный разговор")


def test_nobody_is_marked_too_early_without_a_seat_or_in_a_cancelled_session() -> None:
    session, person = a_session(), a_person()
    a_booking(session, person)
    with pytest.raises(SessionNotBegun):
        attendance.mark(session=session, person=person, as_=PRESENT, by=None, at=BEGINS - timedelta(minutes=16))
    with pytest.raises(NotRegistered):
        attendance.mark(session=session, person=a_person(), as_=PRESENT, by=None, at=BEGINS)
    with pytest.raises(SessionNotBegun):
        attendance.finish(session=session, by=None, at=AT)
    sessions.cancel(session=session, reason="Болезнь", by=None, at=AT)
    with pytest.raises(SessionNotPlanned):
        attendance.mark(session=session, person=person, as_=PRESENT, by=None, at=BEGINS)
    with pytest.raises(SessionNotPlanned):
        attendance.finish(session=session, by=None, at=BEGINS)


def test_the_code_on_the_screen_marks_present_then_late() -> None:
    session = a_session()
    on_time, late = a_person("a"), a_person("b")
    for person, after in ((on_time, 5), (late, 11)):
        a_booking(session, person)
        at = BEGINS + timedelta(minutes=after)
        code = codes.code_for(attendance.secret_of(session), codes.step_of(at))
        attendance.check_in(session=session, person=person, typed=code, at=at)
    assert marks(session) == {"a": PRESENT, "b": LATE}
    assert set(Attendance.objects.values_list("by_code", flat=True)) == {True}


def test_a_wrong_an_old_and_another_sessions_code_are_refused() -> None:
    session, other, person = a_session(), a_session(), a_person()
    a_booking(session, person)
    old = codes.code_for(attendance.secret_of(session), codes.step_of(BEGINS) - 2)
    foreign = codes.code_for(attendance.secret_of(other), codes.step_of(BEGINS))
    for typed in ("", "000000x", old, foreign):
        with pytest.raises(WrongCode):
            attendance.check_in(session=session, person=person, typed=typed, at=BEGINS)
    after = codes.code_for(attendance.secret_of(session), codes.step_of(session.ends_at))
    with pytest.raises(WrongCode):
        attendance.check_in(session=session, person=person, typed=after, at=session.ends_at)


def test_the_trainers_mark_outweighs_the_code() -> None:
    session, person = a_session(), a_person("a")
    a_booking(session, person)
    attendance.mark(session=session, person=person, as_=LEFT, by=session.trainer, at=BEGINS)
    code = codes.code_for(attendance.secret_of(session), codes.step_of(BEGINS))
    attendance.check_in(session=session, person=person, typed=code, at=BEGINS)
    assert marks(session) == {"a": LEFT}


def test_a_forgotten_session_finishes_by_itself() -> None:
    session = a_session()
    a_booking(session, a_person("a"))
    assert attendance.finish_forgotten(at=session.ends_at + timedelta(hours=11)) == 0
    assert attendance.finish_forgotten(at=session.ends_at + timedelta(hours=13)) == 1
    assert marks(session) == {"a": ABSENT}
