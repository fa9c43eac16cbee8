"""What the pages of live sessions show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from nastavnik.learning.enums import AttendanceMark, BookingState
from nastavnik.learning.models import Attendance, Booking, LiveSession
from nastavnik.people.models import Person
from nastavnik.people.reach import organisations_zone, reach_of, today
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

FOUND_AT_MOST = 25


def listed(viewer: Person) -> QuerySet[LiveSession]:
    """Sessions the viewer may see, with the length of the wait-list and the viewer's own registration (`own`)."""
    own = Booking.objects.active().filter(person=viewer)
    return (
        LiveSession.objects.visible_to(viewer)
        .with_waiting()
        .select_related("kind", "room", "trainer")
        .prefetch_related(Prefetch("bookings", own, to_attr="own"))
    )


@dataclass(frozen=True)
class Hours:
    """When a session is: by the reader's clock in the template, and by its venue's clock where they differ."""

    starts_at: datetime
    ends_at: datetime
    venue: str = ""


def hours_of(session: LiveSession, reader_zone: Any) -> Hours:
    """`venue` is «15:00–16:30, Europe/Samara» where the place's clock differs from the reader's at that moment."""
    zone = session.venue_zone(organisations_zone())
    there = session.starts_at.astimezone(zone)
    if there.utcoffset() == session.starts_at.astimezone(reader_zone).utcoffset():
        return Hours(session.starts_at, session.ends_at)
    until = session.ends_at.astimezone(zone)
    return Hours(session.starts_at, session.ends_at, f"{there:%H:%M}–{until:%H:%M}, {zone.key}")


def own_booking(session: LiveSession, person: Person) -> Booking | None:
    """The person's seat or place in the session."""
    return session.bookings.active().filter(person=person).first()


def place_in_line(booking: Booking) -> int:
    """Which place of the wait-list it is, from 1."""
    ahead = Q(made_at__lt=booking.made_at) | Q(made_at=booking.made_at, pk__lte=booking.pk)
    return Booking.objects.filter(ahead, session_id=booking.session_id, state=BookingState.WAITING).count()


def registered(session: LiveSession, viewer: Person) -> list[Booking]:
    """Who is registered, as far as the viewer may know; seats first, then the wait-list in its order."""
    rows = Booking.objects.visible_to(viewer).active().filter(session=session).select_related("person", "team")
    return sorted(rows, key=lambda row: (row.state != BookingState.BOOKED, row.made_at, row.pk))


def may_be_registered(session: LiveSession, viewer: Person, text: str) -> list[Person]:
    """People the viewer may register: those found by name, or those of the viewer's own teams without a search."""
    reach = reach_of(viewer, Right.ENROL)
    rows: Any = Person.objects.filter(within(reach, "pk")).employed_on(today())
    if text.strip():
        rows = rows.matching(text)
    elif reach.everyone:
        return []
    taken = session.bookings.active().values("person_id")
    return list(rows.exclude(pk__in=taken).exclude(pk=viewer.pk).order_by("sort_key")[:FOUND_AT_MOST])


@dataclass(frozen=True)
class Present:
    """One line of the attendance list."""

    person: Person
    team: str
    mark: AttendanceMark | None
    by_code: bool


def attendance_list(session: LiveSession) -> list[Present]:
    """Everybody with a seat and how they are marked, by name; two queries."""
    marks = {row.person_id: row for row in Attendance.objects.filter(session=session)}
    rows = session.bookings.filter(state=BookingState.BOOKED).select_related("person", "team")
    return [_present(row, marks.get(row.person_id)) for row in rows.order_by("person__sort_key")]


def _present(booking: Booking, row: Attendance | None) -> Present:
    mark = AttendanceMark(row.mark) if row else None
    return Present(booking.person, str(booking.team or ""), mark, bool(row and row.by_code))


def of_person(person: Person, since: datetime) -> QuerySet[Booking]:
    """Seats of the person in sessions that end after the moment, for a calendar; cancelled ones tell it so."""
    rows = Booking.objects.filter(person=person, ends_at__gt=since).exclude(state=BookingState.WAITING)
    return rows.select_related("session__kind", "session__room", "session__trainer").order_by("starts_at")
