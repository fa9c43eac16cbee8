"""The one place that asks what time it is.

Actions and logic take `at=` from their caller; only edges (views, jobs, commands) call `now()`.
Tests and the demo story set the time with `frozen(...)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _frozen.get() or datetime.now(UTC)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of `moment` in `zone`; a night's contact belongs to the date of the contact."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Within the block `now()` answers `at` (aware)."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield at
    finally:
        _frozen.reset(token)


@contextmanager
def shifted(by: timedelta) -> Iterator[datetime]:
    """Within the block the clock stands `by` away from the present."""
    with frozen(now() + by) as at:
        yield at
