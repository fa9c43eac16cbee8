"""Local time to UTC and back as SQL, from Python's own zone data: the same answer everywhere, and quick over millions.

An hour that comes twice in autumn means its first coming; an hour that is skipped in spring is read with the offset
before it (both as Python's `fold=0`).
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FIRST_YEAR = 1999


@lru_cache(maxsize=16)
def transitions(zone: str, last_year: int) -> tuple[tuple[datetime, int, int], ...]:
    """Changes of the zone's offset from 1999 through `last_year`: UTC moment (naive), seconds before and after."""
    info = ZoneInfo(zone)
    found = []
    low, end = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while low < end:
        high = low + timedelta(days=7)
        before, after = _offset(low, info), _offset(high, info)
        if before != after:
            found.append((_moment_of_change(low, high, info).replace(tzinfo=None), before, after))
        low = high
    return tuple(found)


def offset_at_start(zone: str) -> int:
    """The zone's offset in seconds before the first of `transitions`."""
    return _offset(datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC), ZoneInfo(zone))


def to_utc_sql(local: str, zone: str, last_year: int) -> str:
    """SQL that turns a naive local timestamp expression into UTC."""
    thresholds = [
        (moment + timedelta(seconds=max(before, after)), after)
        for moment, before, after in transitions(zone, last_year)
    ]
    return f"({local} - {_offset_sql(local, thresholds, offset_at_start(zone))})"


def to_local_sql(moment: str, zone: str, last_year: int) -> str:
    """SQL that turns a UTC timestamp expression into the zone's local time."""
    thresholds = [(at, after) for at, _before, after in transitions(zone, last_year)]
    return f"({moment} + {_offset_sql(moment, thresholds, offset_at_start(zone))})"


def _offset_sql(value: str, thresholds: list[tuple[datetime, int]], first: int) -> str:
    if not thresholds:
        return f"to_seconds({first})"
    branches = " ".join(
        f"WHEN {value} >= TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}' THEN to_seconds({after})"
        for moment, after in reversed(thresholds)
    )
    return f"(CASE {branches} ELSE to_seconds({first}) END)"


def _offset(moment: datetime, info: ZoneInfo) -> int:
    found = moment.astimezone(info).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


def _moment_of_change(low: datetime, high: datetime, info: ZoneInfo) -> datetime:
    before = _offset(low, info)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(middle, info) == before else (low, middle)
    return high.replace(microsecond=0)
