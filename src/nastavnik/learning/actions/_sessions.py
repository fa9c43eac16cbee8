"""What the actions on sessions and registrations share: the lock, the clashes, the telling."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from nastavnik.learning.actions.notices import notify
from nastavnik.learning.enums import BookingState, NoticeKind, SessionState
from nastavnik.learning.errors import BusyThen, RoomTaken, TeachesThen, TrainerBusy
from nastavnik.learning.models import Booking, LiveSession
from nastavnik.people.models import Person
from nastavnik.people.reach import organisations_zone

# Whoever gets a seat in a session that begins so soon is told at once, not with the next digest.
URGENT_HOURS = 48


def locked(session: LiveSession) -> LiveSession:
    """The session, locked until the transaction ends: seats are counted under this lock."""
    return (
        LiveSession.objects.select_for_update(of=("self",)).select_related("kind", "room", "trainer").get(pk=session.pk)
    )


def hours(row: LiveSession | Booking) -> dict[str, str]:
    """From when to when, in the organisation's clock, for a sentence."""
    zone = organisations_zone()
    begin, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    return {"begin": f"{begin:%d.%m.%Y %H:%M}", "end": f"{end:%H:%M}"}


def _overlapping(rows: QuerySet[Any], begin: datetime, end: datetime) -> QuerySet[Any]:
    return rows.filter(starts_at__lt=end, ends_at__gt=begin)


def clash_of(person_id: int, session: LiveSession) -> Booking | None:
    """Another seat of the person at that time."""
    rows = Booking.objects.filter(person_id=person_id, state=BookingState.BOOKED).exclude(session_id=session.pk)
    found: Booking | None = (
        _overlapping(rows, session.starts_at, session.ends_at).select_related("session__kind").first()
    )
    return found


def refuse_clash(person: Person, session: LiveSession) -> None:
    """Raises BusyThen, TeachesThen."""
    clash = clash_of(person.pk, session)
    if clash is not None:
        raise BusyThen(person=str(person), session=str(clash.session), **hours(clash))
    held = LiveSession.objects.filter(trainer=person).exclude(state=SessionState.CANCELLED)
    teaching = _overlapping(held, session.starts_at, session.ends_at).select_related("kind").first()
    if teaching is not None:
        raise TeachesThen(person=str(person), session=str(teaching), **hours(teaching))


def refuse_taken(session: LiveSession) -> None:
    """Raises RoomTaken, TrainerBusy: who or what stands in the way, and when."""
    others = LiveSession.objects.exclude(pk=session.pk).exclude(state=SessionState.CANCELLED).select_related("kind")
    at_once = _overlapping(others, session.starts_at, session.ends_at)
    if session.room_id and (taken := at_once.filter(room_id=session.room_id).first()):
        raise RoomTaken(room=str(session.room), session=str(taken), **hours(taken))
    if busy := at_once.filter(trainer_id=session.trainer_id).first():
        raise TrainerBusy(trainer=str(session.trainer), session=str(busy), **hours(busy))


def told(session: LiveSession, **more: Any) -> dict[str, Any]:
    """What the journal keeps of a session."""
    kind = session.kind
    return {
        "session": {"name": kind.name, "name_en": kind.name_en}, "starts_at": session.starts_at.isoformat(), **more
    }  # fmt: skip


def tell(
    person: Person, session: LiveSession, *, title: str, at: datetime, kind: NoticeKind, key: str = "",
    needs_action: bool = False, **params: Any,
) -> None:  # fmt: skip
    """A notice about the session; urgent when it begins soon."""
    name = {"name": session.kind.name, "name_en": session.kind.name_en}
    begin = min(session.starts_at, params.pop("before", session.starts_at))
    notify(
        person=person, kind=kind, title=title, at=at, object_key=f"session:{session.pk}:{key}",
        url=reverse("learning:session-detail", args=[session.public_id]),
        needs_action=needs_action, urgent=(begin - at).total_seconds() < URGENT_HOURS * 3600,
        params={"session": name, "when": {"moment": session.starts_at.isoformat()}, **params},
    )  # fmt: skip
