"""The known answers of the Russian working calendar, and the table against a plain count of minutes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.crisis.logic import russian_days
from nastavnik.crisis.logic.calendars import HOUR, BeyondTheTable, Hours, WorkTable, to_ms, work_table

MOSCOW = ZoneInfo("Europe/Moscow")
LONG_AGO = date(2000, 1, 1)


def hours(first: date = LONG_AGO) -> list[Hours]:
    return [Hours(day, begin * 60, end * 60, first) for day in range(5) for begin, end in ((9, 13), (14, 18))]


def russian(first: int = 2024, until: int = 2028) -> WorkTable:
    special = {
        day: 4 if works else None for year in range(first, until) for day, works, _ in russian_days.special_days(year)
    }
    return work_table(hours(), special, MOSCOW, date(first, 1, 1), date(until, 1, 1))


TABLE = russian()


def at(text: str) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=MOSCOW))


def test_the_may_holidays_take_26_working_hours() -> None:
    assert TABLE.worked(at("2025-05-12 10:00")) - TABLE.worked(at("2025-04-30 17:00")) == 26 * HOUR


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2025-04-30 17:00", 1, "2025-04-30 18:00"),
        ("2025-04-30 17:00", 2, "2025-05-05 10:00"),
        ("2025-04-30 17:00", 8, "2025-05-05 17:00"),
        ("2025-04-30 17:00", 16, "2025-05-06 17:00"),
        ("2025-10-31 12:30", 8, "2025-11-01 12:30"),
        ("2025-12-30 16:00", 8, "2026-01-12 16:00"),
        ("2025-06-14 12:00", 1, "2025-06-16 10:00"),
    ],
)
def test_deadlines_are_those_of_the_reference(start: str, length: int, due: str) -> None:
    assert TABLE.after(at(start), length * HOUR) == at(due)


@pytest.mark.parametrize(("year", "days"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)])
def test_a_year_has_its_working_days(year: int, days: int) -> None:
    table = russian(year, year + 1)
    assert (len(table), table.total) == (2 * days, 8 * days * HOUR)


def test_transfers_are_known_on_both_sides() -> None:
    def worked(day: str) -> int:
        return TABLE.worked(at(f"{day} 23:00")) - TABLE.worked(at(f"{day} 00:00"))

    off = ["2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-12-31"]
    off += ["2026-01-09", "2026-03-09", "2026-05-11", "2026-12-31"]
    assert [worked(day) for day in off] == [0] * len(off)
    assert [worked(day) for day in ("2024-04-27", "2024-12-28", "2025-11-01", "2027-02-20")] == [8 * HOUR] * 4


def test_before_the_table_nothing_is_worked_and_beyond_it_there_is_no_deadline() -> None:
    assert TABLE.worked(at("2020-01-01 12:00")) == 0
    assert TABLE.deadline(0) == at("2024-01-09 09:00")
    assert TABLE.deadline(TABLE.total) == at("2027-12-30 18:00")
    with pytest.raises(BeyondTheTable):
        TABLE.deadline(TABLE.total + 1)
    with pytest.raises(BeyondTheTable):
        WorkTable([]).deadline(0)


def test_a_change_of_hours_moves_no_time_before_its_day() -> None:
    change = date(2025, 6, 2)
    new = [Hours(day, 600, 1200, change) for day in range(5)]
    old = [Hours(one.weekday, one.begins, one.ends, one.first, change) for one in hours()]
    table = work_table([*old, *new], {}, MOSCOW, date(2025, 5, 1), date(2025, 7, 1))
    plain = work_table(hours(), {}, MOSCOW, date(2025, 5, 1), date(2025, 7, 1))
    assert table.after(at("2025-05-29 12:00"), 4 * HOUR) == plain.after(at("2025-05-29 12:00"), 4 * HOUR)
    assert table.after(at("2025-05-30 17:00"), 2 * HOUR) == at("2025-06-02 11:00")


def test_summer_time_loses_and_wins_an_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = [Hours(6, 0, 240, LONG_AGO)]
    table = work_table(night, {}, berlin, date(2026, 3, 29), date(2026, 3, 30))
    assert table.total == 3 * HOUR
    assert work_table(night, {}, berlin, date(2026, 10, 25), date(2026, 10, 26)).total == 5 * HOUR


MINUTES = [
    minute
    for minute in range(21 * 1440)
    if (minute // 1440) % 7 < 5 and (540 <= minute % 1440 < 780 or 840 <= minute % 1440 < 1080)
]
BASE = datetime(2024, 6, 17, tzinfo=MOSCOW)  # a Monday of weeks without holidays
COUNTED = set(MINUTES)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 14 * 1440), st.integers(1, 2000))
def test_the_table_agrees_with_a_plain_count_of_minutes(start: int, length: int) -> None:
    begin = to_ms(BASE + timedelta(minutes=start))
    done = [minute for minute in MINUTES if minute >= start][:length]
    if len(done) == length:
        assert TABLE.after(begin, length * 60_000) == to_ms(BASE + timedelta(minutes=done[-1] + 1))
    end = to_ms(BASE + timedelta(minutes=start + length))
    assert TABLE.worked(end) - TABLE.worked(begin) == 60_000 * len(COUNTED & set(range(start, start + length)))
