"""Addresses of live sessions, certificates, permits and notices in the walk."""

from datetime import timedelta
from typing import Any

from nastavnik.learning.actions import bookings, feeds, sessions
from nastavnik.people.actions import persons
from nastavnik.people.enums import EmploymentKind, Role
from tests.metrics.world import NOW, START

_OPEN: dict[str, Any] = {"public_id": "no-such-record"}
_CLOSED: dict[str, Any] = {"public_id": "no-such-record"}
_BOOKINGS: list[dict[str, Any]] = [{"public_id": "x", "booking_id": "x"}, {"public_id": "x", "booking_id": "x"}]
_KIND: dict[str, Any] = {"public_id": "no-such-record"}
_FEED: dict[str, Any] = {"token": "no-such-token"}

_OF_SESSIONS = (
    "session-detail", "session-edit", "session-cancel", "session-calendar", "booking-create", "booking-create-other",
    "attendance", "attendance-mark", "session-finish", "projector", "projector-code", "check-in",
)  # fmt: skip
SAMPLES: dict[str, list[dict[str, Any]]] = {f"learning:{name}": [_OPEN, _CLOSED] for name in _OF_SESSIONS} | {
    "learning:booking-cancel": _BOOKINGS,
    "learning:booking-seat": _BOOKINGS,
    "learning:room-edit": [{"code": "walk-room"}],
    "learning:session-kind-edit": [_KIND],
    "learning:calendar-feed": [{"token": "no-such-token"}, _FEED],
}
PUBLIC: dict[str, str] = {"learning:calendar-feed": "a calendar programme, by a secret address"}


def plant(centre: Any) -> None:
    """An open and a closed session with people of several teams, held by a trainer whose name everybody may read."""
    trainer = persons.hire(
        code="T-1", family_name="Тренерова", given_name="Яна", kind=EmploymentKind.STAFF, joined=START, by=None,
        at=NOW, roles=[Role.TRAINER],
    )  # fmt: skip
    centre.named.add(trainer.pk)
    room = sessions.save_room(room=None, code="walk-room", name="Большая", seats=10, by=None, at=NOW)
    kind = sessions.save_kind(kind=None, code="walk-kind", name="Спокойный разговор", by=None, at=NOW)
    _KIND["public_id"] = kind.public_id
    for place, (arguments, is_open) in enumerate(((_OPEN, True), (_CLOSED, False))):
        begin = NOW + timedelta(days=2 + place)
        session = sessions.plan(
            kind=kind, room=room, trainer=trainer, starts_at=begin, ends_at=begin + timedelta(hours=1),
            closes_at=begin, capacity=2, is_open=is_open, by=trainer, at=NOW,
        )  # fmt: skip
        arguments["public_id"] = session.public_id
        rows = [
            bookings.register(session=session, person=person, by=trainer, at=NOW)
            for person in (centre.agent, centre.stranger, centre.partners_person)
        ]
        _BOOKINGS[place].update(public_id=session.public_id, booking_id=rows[place].public_id)
    _FEED["token"] = feeds.open_feed(person=centre.stranger, by=centre.stranger, at=NOW)
