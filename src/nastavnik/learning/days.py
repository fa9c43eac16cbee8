"""The organisation's days: its zone and its working calendar, each read once for a whole batch."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nastavnik.kernel import clock
from nastavnik.people.models import CalendarDay
from nastavnik.people.reach import organisations_zone


def zone() -> ZoneInfo:
    """The organisation's time zone."""
    return organisations_zone()


def local_days() -> Callable[[datetime], date]:
    """A function that turns moments to local days, with the zone read once."""
    where = zone()
    return lambda moment: clock.local_date(moment, where)


def calendar() -> dict[date, bool]:
    """Days that differ from Monday to Friday."""
    return dict(CalendarDay.objects.values_list("date", "is_working"))
