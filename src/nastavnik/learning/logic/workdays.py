"""The working calendar and the hours in which people may be told something. Days and hours are local."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Monday to Friday, unless the organisation's calendar says otherwise.
_WEEKEND = (5, 6)


def is_working(day: date, exceptions: Mapping[date, bool]) -> bool:
    """Whether people work on the day; `exceptions` says so for days that differ from the week's rule."""
    return exceptions.get(day, day.weekday() not in _WEEKEND)


def working_days_after(first: date, last: date, exceptions: Mapping[date, bool]) -> int:
    """Working days in (first, last]: how many have passed since the day `first`."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(1 for day in days if is_working(day, exceptions))


def is_quiet(clock: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether the local time lies in the quiet hours [quiet_from, quiet_to), which may run over midnight."""
    if quiet_from == quiet_to:
        return False
    if quiet_from < quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def may_disturb(at: datetime, zone: ZoneInfo, quiet: tuple[time, time], exceptions: Mapping[date, bool]) -> bool:
    """Whether a person in `zone` may be told something now: on a working day, outside the quiet hours."""
    local = at.astimezone(zone)
    return is_working(local.date(), exceptions) and not is_quiet(local.time(), *quiet)
