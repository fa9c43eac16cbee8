from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.kernel.logic.days import add_months


def test_the_same_day_of_a_later_month_or_its_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_months_are_counted_across_years_and_backwards() -> None:
    assert add_months(date(2023, 11, 1), 3) == date(2024, 2, 1)
    assert add_months(date(2023, 2, 1), -3) == date(2022, 11, 1)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(-120, 120))
def test_it_is_always_in_the_month_so_many_away(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
