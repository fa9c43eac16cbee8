"""Usual stretches of days: ends are exclusive, today is inside."""

from datetime import date, timedelta

import pytest

from nastavnik.metrics.enums import Period
from nastavnik.metrics.logic.presets import back, presets, rolling

DAY = date(2026, 11, 23)


def test_thirty_days_hold_today_and_are_thirty() -> None:
    first, end = rolling(DAY)
    assert (first, end, end - first) == (date(2026, 10, 25), date(2026, 11, 24), timedelta(days=30))


def test_presets_by_name() -> None:
    assert {name: (first.isoformat(), end.isoformat()) for name, (first, end) in presets(DAY).items()} == {
        "30d": ("2026-10-25", "2026-11-24"),
        "90d": ("2026-08-26", "2026-11-24"),
        "month": ("2026-11-01", "2026-11-24"),
        "last-month": ("2026-10-01", "2026-11-01"),
        "quarter": ("2026-10-01", "2026-11-24"),
        "last-quarter": ("2026-07-01", "2026-10-01"),
        "12m": ("2025-12-01", "2026-11-24"),
    }


@pytest.mark.parametrize(
    ("per", "periods", "first"),
    [
        (Period.WEEK, 0, date(2026, 11, 23)), (Period.WEEK, 11, date(2026, 9, 7)), (Period.MONTH, 6, date(2026, 5, 1)),
        (Period.MONTH, 11, date(2025, 12, 1)), (Period.QUARTER, 6, date(2025, 4, 1)),
        (Period.YEAR, 2, date(2024, 1, 1)),
    ],
)  # fmt: skip
def test_so_many_periods_back(per: Period, periods: int, first: date) -> None:
    assert back(per, DAY, periods) == first
