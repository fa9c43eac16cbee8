"""Periods of readings, their names, and the cell rows a span is summed from. Days only; every end is exclusive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from nastavnik.kernel.logic.days import add_months
from nastavnik.metrics.enums import Grain, Period

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """One period of a reading: [first, end). `whole` is False where the time asked for cuts the period short."""

    name: str
    first: date
    end: date
    whole: bool = True


@dataclass(frozen=True)
class CellSpan:
    """Cell rows to add: those of `grain` whose first day lies in [first, end)."""

    grain: Grain
    first: date
    end: date


def start_of(per: Period, day: date) -> date:
    """First day of the period `day` lies in. A week starts on Monday (ISO 8601)."""
    match per:
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.QUARTER:
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case Period.YEAR:
            return date(day.year, 1, 1)
        case _:
            return day


def end_of(per: Period, day: date) -> date:
    """First day after the period `day` lies in."""
    first = start_of(per, day)
    match per:
        case Period.WEEK:
            return first + timedelta(days=7)
        case Period.MONTH:
            return add_months(first, 1)
        case Period.QUARTER:
            return add_months(first, 3)
        case Period.YEAR:
            return date(first.year + 1, 1, 1)
        case _:
            return first + ONE_DAY


def name_of(per: Period, first: date) -> str:
    """How the period that starts on `first` is called: 2023, 2023-Q3, 2023-10, 2023-W07, 2023-10-05."""
    match per:
        case Period.WEEK:
            year, week, _weekday = first.isocalendar()
            return f"{year}-W{week:02d}"
        case Period.MONTH:
            return f"{first:%Y-%m}"
        case Period.QUARTER:
            return f"{first.year}-Q{(first.month - 1) // 3 + 1}"
        case Period.YEAR:
            return f"{first.year}"
        case _:
            return first.isoformat()


def split(first: date, end: date, per: Period) -> list[Span]:
    """The periods of [first, end), in order; the outer ones are cut to it and then not `whole`."""
    if end <= first:
        return []
    if per == Period.WHOLE:
        return [Span(_name_of_range(first, end), first, end)]
    spans, day = list[Span](), first
    while day < end:
        start, stop = start_of(per, day), end_of(per, day)
        inside_first, inside_end = max(start, first), min(stop, end)
        whole = (inside_first, inside_end) == (start, stop)
        spans.append(Span(name_of(per, start), inside_first, inside_end, whole))
        day = stop
    return spans


def _name_of_range(first: date, end: date) -> str:
    """The usual name where the range is a whole day, month, quarter or year, else `a..b` with b the last day."""
    for per in (Period.DAY, Period.MONTH, Period.QUARTER, Period.YEAR):
        if start_of(per, first) == first and end_of(per, first) == end:
            return name_of(per, first)
    return f"{first.isoformat()}..{(end - ONE_DAY).isoformat()}"


_PATTERNS = (
    (Period.QUARTER, re.compile(r"(\d{4})-Q([1-4])")),
    (Period.WEEK, re.compile(r"(\d{4})-W(\d{2})")),
    (Period.MONTH, re.compile(r"(\d{4})-(\d{2})")),
    (Period.DAY, re.compile(r"(\d{4})-(\d{2})-(\d{2})")),
    (Period.YEAR, re.compile(r"(\d{4})")),
)


def parse(name: str) -> Span:
    """The span a period's name stands for; raises ValueError for anything else."""
    if ".." in name:
        start, _dots, last = name.partition("..")
        first, end = date.fromisoformat(start), date.fromisoformat(last) + ONE_DAY
        if end <= first:
            raise ValueError(f"{name!r} ends before it starts")
        return Span(_name_of_range(first, end), first, end)
    for per, pattern in _PATTERNS:
        if found := pattern.fullmatch(name):
            first = _first_day(per, [int(part) for part in found.groups()])
            return Span(name_of(per, first), first, end_of(per, first))
    raise ValueError(f"{name!r} is not a period")


def _first_day(per: Period, numbers: list[int]) -> date:
    match per:
        case Period.QUARTER:
            return date(numbers[0], numbers[1] * 3 - 2, 1)
        case Period.WEEK:
            return date.fromisocalendar(numbers[0], numbers[1], 1)
        case Period.MONTH:
            return date(numbers[0], numbers[1], 1)
        case Period.YEAR:
            return date(numbers[0], 1, 1)
        case _:
            return date(*numbers)


def cut(first: date, end: date, boundaries: Iterable[date]) -> list[tuple[date, date]]:
    """[first, end) cut at each boundary inside it; nothing when it is empty."""
    marks = [first, *sorted({day for day in boundaries if first < day < end}), end]
    return [(a, b) for a, b in pairwise(marks) if a < b]


def cell_spans(first: date, end: date) -> list[CellSpan]:
    """The fewest cell rows that add up to [first, end): month rows for whole months, day rows for what is left."""
    month = first if first.day == 1 else end_of(Period.MONTH, first)
    last = end.replace(day=1)
    if month >= last:
        return [CellSpan(Grain.DAY, first, end)] if first < end else []
    spans = [
        CellSpan(Grain.DAY, first, month),
        CellSpan(Grain.MONTH, month, last),
        CellSpan(Grain.DAY, last, end),
    ]
    return [span for span in spans if span.first < span.end]


def joined(spans: Iterable[CellSpan]) -> list[CellSpan]:
    """The same cell rows in fewer spans: neighbours of one grain become one. Spans do not overlap."""
    found: list[CellSpan] = []
    for span in sorted(spans, key=lambda one: (one.grain, one.first)):
        if found and found[-1].grain == span.grain and found[-1].end == span.first:
            found[-1] = CellSpan(span.grain, found[-1].first, span.end)
        else:
            found.append(span)
    return found
