"""Seats: registering, asking the lead, waiting, moving up, giving back. All of it under the session's lock."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from nastavnik.kernel import clock, journal
from nastavnik.learning.actions._sessions import clash_of, hours, locked, refuse_clash, tell, told
from nastavnik.learning.actions.notices import leads_of, settle
from nastavnik.learning.enums import BookingState, NoticeKind, SessionState
from nastavnik.learning.errors import (
    AlreadyRegistered,
    BehindAGate,
    BusyThen,
    NoSeatLeft,
    NotAsked,
    NotAtWork,
    NotRegistered,
    NotYourself,
    ReasonNeeded,
    RegistrationClosed,
    SessionNotPlanned,
)
from nastavnik.learning.models import Booking, LiveSession
from nastavnik.learning.queries import gates
from nastavnik.people.models import Person
from nastavnik.people.reach import organisations_zone

REGISTERED, MOVED_UP, GAVE_BACK = "learning.seat_booked", "learning.seat_freed_for", "learning.booking_cancelled"
DECIDED = "learning.booking_decided"
SEAT_FOR_YOU = gettext_noop("You have a seat in the session «{session}», {when}")
REGISTERED_BY = gettext_noop("{by} registered you for the session «{session}», {when}")
WAITING_BY = gettext_noop("{by} put you on the wait-list of the session «{session}», {when}")
ASKS = gettext_noop("{who} asks you for a seat in the session «{session}», {when}")
AGREED_WAITING = gettext_noop("{by} agreed: you are on the wait-list of the session «{session}», {when}")
REFUSED = gettext_noop("{by} refused the session «{session}», {when}: {reason}")
NOBODY_ANSWERED = gettext_noop("Nobody answered before the session.")
TAKEN_OFF = gettext_noop("Your registration for the session «{session}», {when}, was cancelled")


def register(
    *, session: LiveSession, person: Person, by: Person | None, at: datetime, after_closing: bool = False
) -> Booking:
    """Give the person a seat, or a place on the wait-list when there is none or the team has used its quota.

    Where the kind of session asks for it, who registers oneself takes no seat before the lead has agreed (`decide`).
    `after_closing` is for those who hold the session: they may register until it ends. Whoever has not passed the gate
    before it is let in by a waiver only. Raises SessionNotPlanned, RegistrationClosed, AlreadyRegistered, NotAtWork,
    BehindAGate, BusyThen, TeachesThen.
    """
    with transaction.atomic():
        session = locked(session)
        _refuse_late(session, at, after_closing)
        if session.bookings.active().filter(person=person).exists():
            raise AlreadyRegistered(person=str(person))
        day = clock.local_date(session.starts_at, organisations_zone())
        if not person.employments.on(day).exists():
            raise NotAtWork(person=str(person))
        _refuse_before_the_gate(person, session)
        refuse_clash(person, session)
        membership = person.memberships.on(day).first()
        team_id = membership.team_id if membership else None
        alone = by is not None and by.pk == person.pk
        state = BookingState.ASKED if alone and session.kind.needs_approval else _free_place(session, team_id)
        booking = Booking(
            session=session, person=person, team_id=team_id, starts_at=session.starts_at, ends_at=session.ends_at,
            state=state, made_at=at, made_by=by, settled_at=at,
        )  # fmt: skip
        _save(booking)
        _note(REGISTERED, booking, by=by, at=at)
        if state == BookingState.ASKED:
            _ask(booking, session, at=at)
        elif by is not None and not alone:
            text = REGISTERED_BY if state == BookingState.BOOKED else WAITING_BY
            tell(person, session, title=text, at=at, kind=NoticeKind.SEAT, key="by", by=str(by))
    return booking


def _free_place(session: LiveSession, team_id: int | None) -> BookingState:
    """A seat where there is one for the team, else the wait-list."""
    has_seat = session.seats_left > 0 and _within_quota(session, team_id)
    return BookingState.BOOKED if has_seat else BookingState.WAITING


def _ask(booking: Booking, session: LiveSession, *, at: datetime) -> None:
    """Tell everybody who leads the person's team; it climbs until somebody answers."""
    for lead in leads_of(booking.person, at):
        tell(
            lead, session, title=ASKS, at=at, kind=NoticeKind.DECISION, key=f"ask{booking.pk}", needs_action=True,
            who=str(booking.person),
        )  # fmt: skip


def decide(*, booking: Booking, approved: bool, by: Person, at: datetime, reason: str = "") -> Booking:
    """Answer somebody who asks for a seat: a seat, or the wait-list when none is free; or no, with the reason.

    Raises NotYourself, ReasonNeeded, NotAsked, SessionNotPlanned, RegistrationClosed, BusyThen, TeachesThen.
    """
    if by.pk == booking.person_id:
        raise NotYourself
    if not approved and not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        session = locked(booking.session)
        current = session.bookings.select_related("person").get(pk=booking.pk)
        if current.state != BookingState.ASKED:
            raise NotAsked(person=str(current.person))
        settle(object_key=f"session:{session.pk}:ask{current.pk}", at=at)
        if approved:
            _refuse_late(session, at, after_closing=True)
            refuse_clash(current.person, session)
            _agree(current, session, by=by, at=at)
        else:
            current.state, current.settled_at, current.reason = BookingState.CANCELLED, at, reason.strip()[:300]
            current.save(update_fields=["state", "settled_at", "reason"])
            tell(
                current.person, session, title=REFUSED, at=at, kind=NoticeKind.DECISION, key="refused", by=str(by),
                reason=current.reason,
            )  # fmt: skip
        _note(DECIDED, current, by=by, at=at, reason=reason)
    return current


def _agree(booking: Booking, session: LiveSession, *, by: Person, at: datetime) -> None:
    booking.state, booking.settled_at = _free_place(session, booking.team_id), at
    _save(booking)
    if booking.state == BookingState.BOOKED:
        tell(booking.person, session, title=SEAT_FOR_YOU, at=at, kind=NoticeKind.SEAT, key="seat")
    else:
        tell(booking.person, session, title=AGREED_WAITING, at=at, kind=NoticeKind.SEAT, key="agreed", by=str(by))


def end_requests(session: LiveSession, *, at: datetime) -> None:
    """Requests nobody answered before the session was held are over, in the caller's transaction."""
    rows = Booking.objects.filter(session=session, state=BookingState.ASKED)
    for booking in rows.select_related("person"):
        settle(object_key=f"session:{session.pk}:ask{booking.pk}", at=at)
        take_off(booking, session, by=None, at=at, reason=NOBODY_ANSWERED)


def _refuse_late(session: LiveSession, at: datetime, after_closing: bool) -> None:
    if session.state != SessionState.PLANNED:
        raise SessionNotPlanned
    if at >= (session.ends_at if after_closing else session.closes_at):
        raise RegistrationClosed


def _refuse_before_the_gate(person: Person, session: LiveSession) -> None:
    """The costly part is for those who are through the part before it."""
    gate = gates.closed_gate(person, session.kind)
    if gate is not None:
        raise BehindAGate(person=str(person), stage=gate.stage, lacks="; ".join(gate.lacks))


def _within_quota(session: LiveSession, team_id: int | None) -> bool:
    """Whether the person's team may take one seat more."""
    if session.team_quota is None or team_id is None:
        return True
    taken = session.bookings.filter(state=BookingState.BOOKED, team_id=team_id).count()
    return taken < session.team_quota


def _save(booking: Booking) -> None:
    """Two registrations of one person at one moment in two sessions: the database lets one through."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if "learning_person_once" not in str(error):
            raise
        raise BusyThen(person=str(booking.person), session=str(booking.session), **hours(booking)) from error


def cancel(*, booking: Booking, by: Person | None, at: datetime, reason: str = "") -> list[Booking]:
    """Give the seat or the place back; returns who moved up. Raises NotRegistered, SessionNotPlanned."""
    with transaction.atomic():
        session = locked(booking.session)
        if session.state != SessionState.PLANNED:
            raise SessionNotPlanned
        current = session.bookings.select_related("person").get(pk=booking.pk)
        if current.state == BookingState.CANCELLED:
            raise NotRegistered(person=str(current.person))
        take_off(current, session, by=by, at=at, reason=reason)
        moved = promote(session=session, at=at)
    booking.refresh_from_db()
    return moved


def take_off(booking: Booking, session: LiveSession, *, by: Person | None, at: datetime, reason: str) -> None:
    """Cancel one registration under the session's lock, and tell its person when others did it."""
    booking.state, booking.settled_at, booking.reason = BookingState.CANCELLED, at, reason.strip()[:300]
    booking.save(update_fields=["state", "settled_at", "reason"])
    _note(GAVE_BACK, booking, by=by, at=at, reason=reason)
    if by is None or by.pk != booking.person_id:
        tell(booking.person, session, title=TAKEN_OFF, at=at, kind=NoticeKind.SESSION_MOVED, key="off")


def promote(*, session: LiveSession, at: datetime) -> list[Booking]:
    """Give free seats to those who wait, in their order, in the caller's transaction and under its lock.

    Somebody whose team has used its quota, or who has a seat elsewhere at that time, keeps the place and is passed by.
    After registration has closed nobody moves up by themselves: it might be too late to come.
    """
    session = locked(session)
    moved: list[Booking] = []
    if at >= session.closes_at or session.state != SessionState.PLANNED:
        return moved
    for booking in session.bookings.filter(state=BookingState.WAITING).select_related("person", "team"):
        if session.capacity - session.booked - len(moved) <= 0:
            break
        if _within_quota(session, booking.team_id) and clash_of(booking.person_id, session) is None:
            give_seat(booking, session, at=at)
            moved.append(booking)
    return moved


def seat(*, booking: Booking, by: Person | None, at: datetime) -> Booking:
    """Give a free seat out of turn. Raises SessionNotPlanned, NotRegistered, NoSeatLeft, BusyThen, TeachesThen."""
    with transaction.atomic():
        session = locked(booking.session)
        if session.state != SessionState.PLANNED:
            raise SessionNotPlanned
        current = session.bookings.select_related("person").get(pk=booking.pk)
        if current.state != BookingState.WAITING:
            raise NotRegistered(person=str(current.person))
        if session.seats_left <= 0:
            raise NoSeatLeft
        refuse_clash(current.person, session)
        give_seat(current, session, at=at, by=by)
    return current


def give_seat(booking: Booking, session: LiveSession, *, at: datetime, by: Person | None = None) -> None:
    """Turn a place on the wait-list into a seat, under the session's lock."""
    booking.state, booking.settled_at = BookingState.BOOKED, at
    _save(booking)
    _note(MOVED_UP, booking, by=by, at=at)
    tell(booking.person, session, title=SEAT_FOR_YOU, at=at, kind=NoticeKind.SEAT, key="seat")


def free_leavers_seats(*, person: Person, at: datetime) -> int:
    """Cancel what somebody who leaves is registered for from their first day without work; returns how many."""
    zone = organisations_zone()
    rows = Booking.objects.active().filter(person=person, ends_at__gt=at, session__state=SessionState.PLANNED)
    freed = 0
    for booking in rows.select_related("session", "person"):
        if not _works_on(person, clock.local_date(booking.starts_at, zone)):
            cancel(booking=booking, by=None, at=at, reason="The employment has ended.")
            freed += 1
    return freed


def _works_on(person: Person, day: date) -> bool:
    return person.employments.on(day).exists()


def _note(kind: str, booking: Booking, *, by: Person | None, at: datetime, reason: str = "") -> None:
    data = told(booking.session, state=booking.state)
    journal.write(kind, by=by, at=at, subject=booking, person_id=booking.person_id, reason=reason, data=data)
