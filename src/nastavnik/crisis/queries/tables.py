"""Calendars as tables of working time, kept in the process until somebody changes the calendar."""

from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from nastavnik.crisis.enums import ClockUnit
from nastavnik.crisis.logic.calendars import AllTime, Hours, WorkTable, work_table
from nastavnik.crisis.logic.clocks import Counter, Measure, Term
from nastavnik.crisis.models import ClockTemplate, DeskCalendar, DeskDay, WorkInterval

REACH_DAYS = 800  # how far a table reaches on both sides of its middle: past every deadline of a case
_ALL_TIME = AllTime()


def table_of(calendar: DeskCalendar, around: date) -> WorkTable:
    """The calendar's working time around a day. Read once a process for each revision and half-year."""
    middle = date(around.year, 1 if around.month < 7 else 7, 1)
    return _table(calendar.pk, calendar.revision, calendar.time_zone, middle)


@lru_cache(maxsize=64)
def _table(calendar_id: int, revision: int, time_zone: str, middle: date) -> WorkTable:
    hours = [
        Hours(one.weekday, one.begins, one.ends, one.active_from, one.active_to)
        for one in WorkInterval.objects.filter(calendar_id=calendar_id)
    ]
    special = {
        one.date: one.like_weekday if one.is_working else None
        for one in DeskDay.objects.filter(calendar_id=calendar_id)
    }
    first, until = middle - timedelta(days=REACH_DAYS), middle + timedelta(days=REACH_DAYS)
    return work_table(hours, special, ZoneInfo(time_zone), first, until)


def default_calendar() -> DeskCalendar | None:
    """The calendar clocks use unless they name another."""
    return DeskCalendar.objects.filter(is_default=True).first()


def counter_of(unit: str, calendar: DeskCalendar | None, around: date) -> Counter:
    """What counts time for a term: working time of the calendar, or every millisecond where there is none."""
    if unit == ClockUnit.CALENDAR or calendar is None:
        return _ALL_TIME
    return table_of(calendar, around)


def term_of(template: ClockTemplate) -> Term:
    """A template as its fold takes it."""
    return Term(Measure(template.measure), template.target_ms, template.can_pause, template.note_counts)


def templates_for(kind: str, severity: int, day: date) -> list[ClockTemplate]:
    """Clocks of a kind of case on a day: of one measure the one for this severity before the one for any. One query."""
    rows = ClockTemplate.objects.on(day).filter(is_on=True).select_related("calendar")
    fit = [row for row in rows if (not row.kinds or kind in row.kinds) and row.severity in (None, severity)]
    chosen: dict[tuple[object, ...], ClockTemplate] = {}
    for row in fit:
        # Terms set by law stand beside one another: several laws may hold at once.
        key = (row.measure, row.code) if row.is_statutory else (row.measure,)
        if key not in chosen or chosen[key].severity is None:
            chosen[key] = row
    return list(chosen.values())
