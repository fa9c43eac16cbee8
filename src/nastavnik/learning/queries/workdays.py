"""The organisation's calendar as the pure rules want it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nastavnik.people.models import CalendarDay, Person


def exceptions(first: date, last: date) -> dict[date, bool]:
    """Days of [first, last] that differ from the week's rule."""
    rows = CalendarDay.objects.filter(date__gte=first, date__lte=last)
    return dict(rows.values_list("date", "is_working"))


def around(at: datetime) -> dict[date, bool]:
    """The same for three months back and a month ahead of the moment."""
    day = at.date()
    return exceptions(day - timedelta(days=92), day + timedelta(days=31))


def zone_of(person: Person, organisations: ZoneInfo) -> ZoneInfo:
    """The zone the person lives in."""
    return ZoneInfo(person.time_zone) if person.time_zone else organisations
