"""Due days: working days from the start of a stage, later stages after earlier ones, shifted by pauses. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
Calendar = Mapping[date, bool]  # days that differ from the week's rule: False is a holiday, True a working weekend


def is_working(day: date, calendar: Calendar) -> bool:
    """Monday to Friday, unless the organisation's calendar says otherwise."""
    return calendar.get(day, day.weekday() < 5)


def next_working(day: date, calendar: Calendar) -> date:
    """The day itself, or the first working day after it (within a year; else the day itself)."""
    for shift in range(366):
        if is_working(day + timedelta(days=shift), calendar):
            return day + timedelta(days=shift)
    return day


def after(start: date, working_days: int, calendar: Calendar) -> date:
    """The `working_days`-th working day, where the first one on or after `start` is number 1."""
    day = next_working(start, calendar)
    for _number in range(working_days - 1):
        day = next_working(day + ONE_DAY, calendar)
    return day


def path(start: date, lengths: Sequence[int], calendar: Calendar, by: date | None = None) -> tuple[date, ...]:
    """The due day of each stage, one after another. `by`: a last day that nothing may pass (a launch)."""
    days, begin = [], start
    for length in lengths:
        day = after(begin, length, calendar)
        days.append(day if by is None else min(day, by))
        begin = day + ONE_DAY
    return tuple(days)


def shifted(day: date, paused_days: int, calendar: Calendar) -> date:
    """A due day after a pause of so many days; it falls on a working day."""
    return next_working(day + timedelta(days=paused_days), calendar)


def paused_days(first: date, end: date, since: date) -> int:
    """Days of a pause [first, end) that count for a plan begun on `since`."""
    return max(0, (end - max(first, since)).days)
