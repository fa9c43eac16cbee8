"""Who was there: marked by the trainer, or by oneself with the code on the screen; then the session is finished."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish_all
from nastavnik.learning.actions import bookings
from nastavnik.learning.actions._sessions import locked, told
from nastavnik.learning.enums import AttendanceMark, BookingState, SessionState
from nastavnik.learning.errors import NoSeatLeft, NotRegistered, SessionNotBegun, SessionNotPlanned, WrongCode
from nastavnik.learning.events import SessionAttended
from nastavnik.learning.logic import codes
from nastavnik.learning.models import Attendance, Booking, LiveSession
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person, TeamMembership

MARKED, FINISHED = "learning.attendance_marked", "learning.session_finished"
OPENS_BEFORE = timedelta(minutes=15)
LATE_AFTER = timedelta(minutes=10)
FINISHED_BY_ITSELF_AFTER = timedelta(hours=12)


def secret_of(session: LiveSession) -> bytes:
    """What the codes of a session are made from; it never leaves the server."""
    return f"{settings.SECRET_KEY}:attendance:{session.public_id}".encode()


def mark(
    *,
    session: LiveSession,
    person: Person,
    as_: AttendanceMark,
    by: Person | None,
    at: datetime,
    by_code: bool = False,
) -> Attendance:
    """Note whether the person was there; a later mark corrects an earlier one, also after the session was finished.

    Raises SessionNotPlanned (cancelled), SessionNotBegun, NotRegistered.
    """
    with transaction.atomic():
        session = locked(session)
        if session.state == SessionState.CANCELLED:
            raise SessionNotPlanned
        if at < session.starts_at - OPENS_BEFORE:
            raise SessionNotBegun
        if not session.bookings.filter(person=person, state=BookingState.BOOKED).exists():
            raise NotRegistered(person=str(person))
        row = Attendance.objects.filter(session=session, person=person).first() or Attendance(
            session=session, person=person
        )
        if row.pk is None or row.mark != as_:
            before = row.mark
            row.mark, row.by_code, row.marked_at, row.marked_by = as_, by_code, at, by
            row.save()
            data = told(session, mark=str(as_), before=before)
            journal.write(MARKED, by=by, at=at, subject=row, person_id=person.pk, data=data)
        if session.state == SessionState.HELD:
            _tell_attended(session, at)
    return row


def check_in(*, session: LiveSession, person: Person, typed: str, at: datetime) -> Attendance:
    """Mark oneself by the code on the screen: present, or late from ten minutes after the start.

    A mark the trainer made stays. Raises WrongCode, and as `mark` does.
    """
    if not codes.fits(secret_of(session), typed, at) or at >= session.ends_at:
        raise WrongCode
    found = Attendance.objects.filter(session=session, person=person).first()
    if found is not None:
        return found
    as_ = AttendanceMark.LATE if at > session.starts_at + LATE_AFTER else AttendanceMark.PRESENT
    return mark(session=session, person=person, as_=as_, by=person, at=at, by_code=True)


def finish(*, session: LiveSession, by: Person | None, at: datetime) -> int:
    """Finish a session: whoever had a seat and no mark did not come. Attendance becomes evidence with it.

    Returns how many attended; a second time changes nothing. Raises SessionNotPlanned (cancelled), SessionNotBegun.
    """
    with transaction.atomic():
        session = locked(session)
        if session.state == SessionState.CANCELLED:
            raise SessionNotPlanned
        if at < session.starts_at:
            raise SessionNotBegun
        if session.state == SessionState.PLANNED:
            marked = Attendance.objects.filter(session=session).values("person_id")
            missing = Booking.objects.filter(session=session, state=BookingState.BOOKED).exclude(person_id__in=marked)
            Attendance.objects.bulk_create(
                Attendance(session=session, person_id=person_id, mark=AttendanceMark.ABSENT, marked_at=at, marked_by=by)
                for person_id in missing.values_list("person_id", flat=True)
            )
            bookings.end_requests(session, at=at)
            LiveSession.objects.filter(pk=session.pk).update(state=SessionState.HELD)
            attended = _tell_attended(session, at)
            journal.write(FINISHED, by=by, at=at, subject=session, data=told(session, attended=attended))
        return Attendance.objects.filter(session=session, mark__in=ATTENDED).count()


def bring_in(
    *, session: LiveSession, marks: Mapping[Person, AttendanceMark], by: Person | None, at: datetime
) -> list[Booking]:
    """Write down a session that was held elsewhere: who had a seat and was there or not, in a few statements for all.

    `at` is after its end. Raises SessionNotPlanned, SessionNotBegun, NoSeatLeft.
    """
    with transaction.atomic():
        session = locked(session)
        if session.state != SessionState.PLANNED:
            raise SessionNotPlanned
        if at < session.ends_at:
            raise SessionNotBegun
        if len(marks) > session.seats_left:
            raise NoSeatLeft
        teams = dict(
            TeamMembership.objects.on(local_day(session.starts_at))
            .filter(person__in=marks)
            .values_list("person_id", "team_id")
        )
        rows = Booking.objects.bulk_create(
            Booking(
                session=session, person=person, team_id=teams.get(person.pk), starts_at=session.starts_at,
                ends_at=session.ends_at, state=BookingState.BOOKED, made_at=session.closes_at, made_by=by,
                settled_at=session.closes_at,
            )
            for person in marks
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(session=session, person=person, mark=mark, marked_at=at, marked_by=by)
            for person, mark in marks.items()
        )
        finish(session=session, by=by, at=at)
    return rows


ATTENDED = [mark.value for mark in AttendanceMark if mark.attended]


def _tell_attended(session: LiveSession, at: datetime) -> int:
    """Publish what became evidence and was not yet told; returns how many."""
    rows = list(Attendance.objects.filter(session=session, mark__in=ATTENDED, told_at=None))
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    publish_all([SessionAttended(session.pk, row.person_id, session.kind.code, session.ends_at) for row in rows], at=at)
    return len(rows)


def finish_forgotten(*, at: datetime) -> int:
    """Finish sessions that ended half a day ago and that nobody finished; returns how many."""
    rows = LiveSession.objects.filter(state=SessionState.PLANNED, ends_at__lt=at - FINISHED_BY_ITSELF_AFTER)
    for session in rows:
        finish(session=session, by=None, at=at)
    return len(rows)
