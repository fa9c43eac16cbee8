"""Periods, their names, and the cell rows that add up to them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.metrics.enums import Grain, Period
from nastavnik.metrics.logic import periods
from nastavnik.metrics.logic.periods import CellSpan, Span

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


def test_a_year_from_october_has_four_quarters() -> None:
    found = periods.split(date(2022, 10, 1), date(2023, 10, 1), Period.QUARTER)
    assert [span.name for span in found] == ["2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"]
    assert all(span.whole for span in found)


def test_outer_periods_are_cut_and_say_so() -> None:
    assert periods.split(date(2023, 1, 10), date(2023, 2, 5), Period.MONTH) == [
        Span("2023-01", date(2023, 1, 10), date(2023, 2, 1), whole=False),
        Span("2023-02", date(2023, 2, 1), date(2023, 2, 5), whole=False),
    ]


@pytest.mark.parametrize(
    ("per", "first", "name"),
    [
        (Period.DAY, date(2023, 10, 5), "2023-10-05"),
        (Period.WEEK, date(2023, 2, 13), "2023-W07"),
        (Period.WEEK, date(2024, 12, 30), "2025-W01"),
        (Period.MONTH, date(2023, 10, 1), "2023-10"),
        (Period.QUARTER, date(2023, 7, 1), "2023-Q3"),
        (Period.YEAR, date(2023, 1, 1), "2023"),
    ],
)
def test_each_period_has_its_name_and_is_read_back_from_it(per: Period, first: date, name: str) -> None:
    assert periods.name_of(per, first) == name
    assert periods.parse(name) == Span(name, first, periods.end_of(per, first))


def test_a_range_is_named_by_its_first_and_last_day_unless_it_is_a_period() -> None:
    assert periods.split(date(2023, 1, 3), date(2023, 1, 20), Period.WHOLE)[0].name == "2023-01-03..2023-01-19"
    assert periods.split(date(2023, 1, 1), date(2023, 4, 1), Period.WHOLE)[0].name == "2023-Q1"
    assert periods.parse("2023-01-03..2023-01-19") == Span(
        "2023-01-03..2023-01-19", date(2023, 1, 3), date(2023, 1, 20)
    )


@pytest.mark.parametrize("text", ["", "2023-Q5", "2023-13", "yesterday", "2023-02-30", "2023-05-02..2023-05-01"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        periods.parse(text)


def test_an_empty_time_has_no_periods() -> None:
    assert periods.split(date(2023, 1, 2), date(2023, 1, 2), Period.DAY) == []


def test_month_rows_serve_whole_months_and_day_rows_the_rest() -> None:
    assert periods.cell_spans(date(2023, 1, 15), date(2023, 4, 3)) == [
        CellSpan(Grain.DAY, date(2023, 1, 15), date(2023, 2, 1)),
        CellSpan(Grain.MONTH, date(2023, 2, 1), date(2023, 4, 1)),
        CellSpan(Grain.DAY, date(2023, 4, 1), date(2023, 4, 3)),
    ]


@given(DAYS, st.integers(0, 900), st.sampled_from([p for p in Period if p != Period.WHOLE]))
def test_every_day_lies_in_exactly_one_period_and_one_cell_span(first: date, length: int, per: Period) -> None:
    end = first + timedelta(days=length)
    covered = [day for span in periods.split(first, end, per) for day in _days(span.first, span.end)]
    assert covered == _days(first, end)
    by_cells = [day for span in periods.cell_spans(first, end) for day in _days(span.first, span.end)]
    assert by_cells == _days(first, end)


@given(DAYS, st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_joined_spans_cover_the_same_rows(first: date, lengths: list[int]) -> None:
    spans, day = [], first
    for length in lengths:
        spans += periods.cell_spans(day, day + timedelta(days=length))
        day += timedelta(days=length)
    for grain in Grain:
        before = [d for span in spans if span.grain == grain for d in _days(span.first, span.end)]
        after = [d for span in periods.joined(spans) if span.grain == grain for d in _days(span.first, span.end)]
        assert sorted(before) == sorted(after)


def test_a_span_is_cut_at_boundaries_inside_it_only() -> None:
    first, end = date(2023, 1, 1), date(2023, 2, 1)
    assert periods.cut(first, end, [date(2023, 1, 10), first, end, date(2022, 1, 1)]) == [
        (first, date(2023, 1, 10)),
        (date(2023, 1, 10), end),
    ]
    assert periods.cut(end, end, []) == []


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((end - first).days)]
