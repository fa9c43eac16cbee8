"""Sessions as iCalendar (RFC 5545): a file for one session, a feed for one person. Times are UTC: no zone is wrong."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from nastavnik.learning.enums import BookingState, SessionState
from nastavnik.learning.models import Booking, LiveSession


def _event(session: LiveSession, address: str, at: datetime, *, is_off: bool) -> "object":
    from icalendar import Event  # noqa: PLC0415 - only these two pages need it

    event = Event()
    event.add("uid", f"{session.public_id}@nastavnik")
    event.add("dtstamp", at)
    event.add("sequence", session.revision)
    event.add("summary", str(session))
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("status", "CANCELLED" if is_off or session.state == SessionState.CANCELLED else "CONFIRMED")
    place = ", ".join(part for part in (str(session.room), session.room.place) if part) if session.room else ""
    if place or session.link:
        event.add("location", place or session.link)
    trainer = gettext("Trainer: {name}").format(name=session.trainer)
    event.add("description", "\n".join(part for part in (trainer, session.note, session.link, address) if part))
    event.add("url", address)
    return event


def _calendar(events: Iterable["object"]) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 - as above

    calendar = Calendar()
    calendar.add("prodid", "-//Nastavnik//Live sessions//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("Nastavnik: sessions"))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def of_session(session: LiveSession, *, address: str, at: datetime) -> bytes:
    """One session as a file; `address` is its page."""
    return _calendar([_event(session, address, at, is_off=False)])


def of_bookings(bookings: Iterable[Booking], *, base: str, at: datetime) -> bytes:
    """A person's feed. A seat that was given back stays as cancelled, unless there is a newer one in the session."""
    newest: dict[int, Booking] = {}
    for booking in bookings:
        held = newest.get(booking.session_id)
        if held is None or held.state == BookingState.CANCELLED:
            newest[booking.session_id] = booking
    return _calendar(
        _event(row.session, base + row.session.get_absolute_url(), at, is_off=row.state == BookingState.CANCELLED)
        for row in newest.values()
    )
