"""Live sessions are planned, changed, moved and cancelled; everybody registered is told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from nastavnik.kernel import journal
from nastavnik.learning.actions._sessions import clash_of, locked, refuse_taken, tell, told
from nastavnik.learning.actions.bookings import promote, take_off
from nastavnik.learning.enums import BookingState, NoticeKind, SessionState
from nastavnik.learning.errors import (
    CodeTaken,
    NowhereToMeet,
    ReasonNeeded,
    RoomTooSmall,
    SessionNotPlanned,
    TooFewSeats,
    WrongHours,
)
from nastavnik.learning.models import LiveSession, Room, SessionKind
from nastavnik.people.models import Person

PLANNED, CHANGED, CANCELLED = "learning.session_planned", "learning.session_changed", "learning.session_cancelled"
KIND_SAVED, ROOM_SAVED = "learning.session_kind_saved", "learning.room_saved"
MOVED = gettext_noop("The session «{session}» has moved: it now begins {when}")
CALLED_OFF = gettext_noop("The session «{session}», {when}, is cancelled")
FIELDS = (
    "kind", "room", "link", "trainer", "starts_at", "ends_at", "closes_at", "capacity", "minimum", "team_quota",
    "is_open", "for_partners", "note",
)  # fmt: skip
_TOLD_WHEN_CHANGED = ("starts_at", "ends_at", "room_id", "link", "trainer_id")
KIND_FIELDS = (
    "code", "name", "name_en", "minutes", "capacity", "minimum", "description", "needs_approval", "is_active",
)  # fmt: skip
ROOM_FIELDS = ("code", "name", "name_en", "place", "seats", "time_zone", "is_active")


def plan(*, by: Person | None, at: datetime, **fields: Any) -> LiveSession:
    """Plan a session from `FIELDS`. Raises WrongHours, NowhereToMeet, RoomTooSmall, RoomTaken, TrainerBusy."""
    session = LiveSession(**{name: value for name, value in fields.items() if name in FIELDS})
    with transaction.atomic():
        _refuse_unfit(session)
        session.save()
        journal.write(PLANNED, by=by, at=at, subject=session, data=told(session))
    return session


def _refuse_unfit(session: LiveSession) -> None:
    if session.ends_at <= session.starts_at or session.closes_at > session.starts_at:
        raise WrongHours
    if session.room is None and not session.link:
        raise NowhereToMeet
    if session.room is not None and session.capacity > session.room.seats:
        raise RoomTooSmall(room=str(session.room), seats=session.room.seats)
    refuse_taken(session)


def change(*, session: LiveSession, by: Person | None, at: datetime, **fields: Any) -> LiveSession:
    """Change a planned session: move it, give it more seats, another room or trainer.

    When its hours, place or trainer change, everybody registered is told. Whoever has another seat at the new time
    loses this one and is told so; seats that come free go to the wait-list. Raises SessionNotPlanned, TooFewSeats and
    as `plan` does.
    """
    with transaction.atomic():
        current = locked(session)
        if current.state != SessionState.PLANNED:
            raise SessionNotPlanned
        before = {name: getattr(current, name) for name in _TOLD_WHEN_CHANGED}
        for name in FIELDS:
            if name in fields:
                setattr(current, name, fields[name])
        if current.capacity < current.booked:
            raise TooFewSeats(booked=current.booked)
        _refuse_unfit(current)
        current.revision += 1
        current.save()
        if changed := [name for name, value in before.items() if getattr(current, name) != value]:
            _carry_over(current, before["starts_at"], by=by, at=at)
        promote(session=current, at=at)
        journal.write(CHANGED, by=by, at=at, subject=current, data=told(current, changed=changed))
    session.refresh_from_db()
    return session


def _carry_over(session: LiveSession, before: datetime, *, by: Person | None, at: datetime) -> None:
    """Registrations follow the session to its new time."""
    for booking in session.bookings.active().select_related("person"):
        if booking.state == BookingState.BOOKED and clash_of(booking.person_id, session) is not None:
            take_off(booking, session, by=None, at=at, reason="The session moved to a time when another one is booked.")
            continue
        booking.starts_at, booking.ends_at = session.starts_at, session.ends_at
        booking.save(update_fields=["starts_at", "ends_at"])
        tell(
            booking.person, session, title=MOVED, at=at, kind=NoticeKind.SESSION_MOVED, key=f"moved{session.revision}",
            before=before,
        )  # fmt: skip


def cancel(*, session: LiveSession, reason: str, by: Person | None, at: datetime) -> None:
    """Call the session off and tell everybody. Registrations stay as what they were. Raises ReasonNeeded,
    SessionNotPlanned.
    """
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        current = locked(session)
        if current.state != SessionState.PLANNED:
            raise SessionNotPlanned
        for booking in current.bookings.active().select_related("person"):
            booking.state, booking.settled_at, booking.reason = BookingState.CANCELLED, at, reason.strip()[:300]
            booking.save(update_fields=["state", "settled_at", "reason"])
            tell(booking.person, current, title=CALLED_OFF, at=at, kind=NoticeKind.SESSION_MOVED, key="cancelled")
        LiveSession.objects.filter(pk=current.pk).update(
            state=SessionState.CANCELLED, cancelled_because=reason.strip()[:300], revision=current.revision + 1
        )
        journal.write(CANCELLED, by=by, at=at, subject=current, reason=reason, data=told(current))
    session.refresh_from_db()


def save_kind(*, kind: SessionKind | None, by: Person | None, at: datetime, **fields: Any) -> SessionKind:
    """Write down a kind of sessions (None: a new one). Raises CodeTaken."""
    saved = kind or SessionKind()
    is_new = _fill(saved, KIND_FIELDS, fields)
    if SessionKind.objects.filter(code=saved.code).exclude(pk=saved.pk).exists():
        raise CodeTaken(code=saved.code)
    with transaction.atomic():
        saved.save()
        journal.write(KIND_SAVED, by=by, at=at, subject=saved, data=_named(saved, is_new))
    return saved


def save_room(*, room: Room | None, by: Person | None, at: datetime, **fields: Any) -> Room:
    """Write down a room (None: a new one). Raises CodeTaken."""
    saved = room or Room()
    is_new = _fill(saved, ROOM_FIELDS, fields)
    if Room.objects.filter(code=saved.code).exclude(pk=saved.pk).exists():
        raise CodeTaken(code=saved.code)
    with transaction.atomic():
        saved.save()
        journal.write(ROOM_SAVED, by=by, at=at, subject=saved, data=_named(saved, is_new))
    return saved


def _fill(record: SessionKind | Room, names: tuple[str, ...], fields: dict[str, Any]) -> bool:
    """Set the named fields that were given; whether the record is new."""
    for name in names:
        if name in fields:
            setattr(record, name, fields[name])
    return record.pk is None


def _named(record: SessionKind | Room, is_new: bool) -> dict[str, Any]:
    return {"name": {"name": record.name, "name_en": record.name_en}, "is_new": is_new}
