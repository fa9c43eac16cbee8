"""Working time: a sorted table of intervals with prefix sums, asked by bisection.

Moments are milliseconds since 1970 UTC. `worked(t)` is the working time before t; the deadline of x is the smallest t
with worked(t) >= x. Both cost O(log n).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class BeyondTheTable(ValueError):
    """The deadline lies beyond the working time the calendar knows."""


@dataclass(frozen=True)
class Hours:
    """One stretch of work on a weekday (0 is Monday), in minutes after midnight, from one day until another."""

    weekday: int
    begins: int
    ends: int
    first: date
    until: date | None = None


def to_ms(moment: datetime) -> int:
    """Exact milliseconds of an aware moment."""
    return round(moment.timestamp() * 1000)


class AllTime:
    """Calendar time: every millisecond counts."""

    def worked(self, at: int) -> int:
        return at

    def deadline(self, worked: int) -> int:
        return worked


class WorkTable:
    """Working intervals of one calendar, in order and without overlaps."""

    def __init__(self, intervals: Iterable[tuple[int, int]]) -> None:
        found = sorted(intervals)
        self._starts = [start for start, _end in found]
        self._ends = [end for _start, end in found]
        self._before = [0]
        for start, end in found:
            self._before.append(self._before[-1] + end - start)

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def total(self) -> int:
        """All working time of the table, ms."""
        return self._before[-1]

    def worked(self, at: int) -> int:
        """Working time before `at`, ms; 0 before the first interval."""
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0
        return self._before[place] + min(at, self._ends[place]) - self._starts[place]

    def deadline(self, worked: int) -> int:
        """The first moment by which that much has been worked. Raises BeyondTheTable."""
        if worked > self.total or not self._starts:
            raise BeyondTheTable
        place = max(bisect_left(self._before, worked) - 1, 0)
        return self._starts[place] + worked - self._before[place]

    def after(self, start: int, length: int) -> int:
        """The deadline of `length` ms of work that begins at `start`."""
        return self.deadline(self.worked(start) + length)


def work_table(
    hours: Iterable[Hours], special: Mapping[date, int | None], zone: ZoneInfo, first: date, until: date
) -> WorkTable:
    """The table of the days [first, until). `special`: day -> the weekday whose hours it has, or None for a day off."""
    by_weekday: dict[int, list[Hours]] = {}
    for one in hours:
        by_weekday.setdefault(one.weekday, []).append(one)
    found: list[tuple[int, int]] = []
    day = first
    while day < until:
        weekday = special[day] if day in special else day.weekday()
        if weekday is not None:
            for one in by_weekday.get(weekday, ()):
                if one.first <= day and (one.until is None or day < one.until):
                    found.append((_local(day, one.begins, zone), _local(day, one.ends, zone)))
        day += timedelta(days=1)
    return WorkTable(found)


def _local(day: date, minutes: int, zone: ZoneInfo) -> int:
    extra, left = divmod(minutes, 1440)
    day += timedelta(days=extra)
    return to_ms(datetime(day.year, day.month, day.day, left // 60, left % 60, tzinfo=zone))
