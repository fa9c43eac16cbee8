"""Live sessions for tests, by the product's own actions."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from nastavnik.learning.actions import bookings, sessions
from nastavnik.learning.models import Booking, LiveSession, Room, SessionKind
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.people import AT, a_person

_numbers = count(1)
# A Thursday, three days after AT.
BEGINS = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def a_room(code: str = "", **fields: Any) -> Room:
    number = next(_numbers)
    made = {"code": code or f"room-{number}", "name": f"Аудитория {number}", "seats": 20}
    return sessions.save_room(room=None, by=None, at=AT, **{**made, **fields})


def a_session_kind(code: str = "", **fields: Any) -> SessionKind:
    number = next(_numbers)
    made = {"code": code or f"calm-{number}", "name": "Спокойный разговор", "name_en": "A calm talk", "minutes": 90}
    return sessions.save_kind(kind=None, by=None, at=AT, **{**made, **fields})


def a_session(trainer: Person | None = None, **fields: Any) -> LiveSession:
    """Ninety minutes with two seats, behind a link; registration closes an hour before."""
    starts = fields.get("starts_at", BEGINS)
    made: dict[str, Any] = {
        "kind": fields.pop("kind", None) or a_session_kind(),
        "trainer": trainer or a_person(role=Role.TRAINER, family_name="Тренерова"),
        "link": "https://meet.example/calm",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=90),
        "closes_at": starts - timedelta(hours=1),
        "capacity": 2,
    }
    return sessions.plan(by=None, at=AT, **{**made, **fields})


def a_booking(session: LiveSession, person: Person | None = None, **fields: Any) -> Booking:
    someone = person or a_person()
    return bookings.register(**{"session": session, "person": someone, "by": someone, "at": AT, **fields})
