"""Any sequence of changes as of any days agrees with a calendar in which each day is written down."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.people.logic.spans import Span, changed, next_change, overwritten, rewrite, value_on

DAY0 = date(2026, 1, 1)
HORIZON = 40


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


@dataclass
class Calendar:
    """The simple model: a value for every day of a month and a half, the last one lasting for ever."""

    days: list[str | None] = field(default_factory=lambda: [None] * HORIZON)

    def change(self, value: str | None, since: int, until: int | None) -> None:
        before = self.days[since]
        if before == value:
            return
        end = since
        while end < HORIZON and self.days[end] == before and (until is None or end < until):
            self.days[end] = value
            end += 1


changes = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", None]), st.integers(0, HORIZON - 1), st.none() | st.integers(1, HORIZON - 1)
    ),
    max_size=12,
)


def applied(steps: list[tuple[str | None, int, int | None]]) -> tuple[list[Span[str]], Calendar]:
    spans, calendar = list[Span[str]](), Calendar()
    for value, since, span_of_days in steps:
        until = min(since + span_of_days, HORIZON) if span_of_days else None
        spans = changed(spans, value, day(since), day(until) if until is not None else None)
        calendar.change(value, since, until)
    return spans, calendar


@given(changes)
def test_every_day_has_the_value_the_calendar_has(steps: list[tuple[str | None, int, int | None]]) -> None:
    spans, calendar = applied(steps)
    assert [value_on(spans, day(number)) for number in range(HORIZON)] == calendar.days


@given(changes)
def test_spans_stay_sorted_apart_and_merged(steps: list[tuple[str | None, int, int | None]]) -> None:
    spans, _calendar = applied(steps)
    for one, other in pairwise(spans):
        assert one.end is not None
        assert one.end < other.start or (one.end == other.start and one.value != other.value)
    assert all(span.end is None or span.start < span.end for span in spans)


@given(changes, st.sampled_from(["A", "B", None]), st.integers(0, HORIZON - 1))
def test_the_steps_of_a_rewrite_never_overlap_on_the_way(
    steps: list[tuple[str | None, int, int | None]], value: str | None, since: int
) -> None:
    spans, _calendar = applied(steps)
    stored = [Span(span.start, span.end, span.value, number) for number, span in enumerate(spans, start=1)]
    new = changed(stored, value, day(since))
    plan = rewrite(stored, new)
    rows = {span.row: span for span in stored if span.row not in plan.delete}
    for number, span in enumerate([*plan.update, *plan.insert]):
        rows[span.row or -1 - number] = span
        assert not overlapping(list(rows.values()))
    assert sorted((s.start, s.value) for s in rows.values()) == sorted((s.start, s.value) for s in new)


def overlapping(spans: list[Span[str]]) -> bool:
    ordered = sorted(spans, key=lambda span: span.start)
    return any(one.end is None or one.end > other.start for one, other in pairwise(ordered))


def test_a_change_in_the_past_leaves_what_came_after_it() -> None:
    spans = [Span(day(0), day(10), "A", 1), Span(day(10), None, "B", 2)]
    assert changed(spans, "C", day(5)) == [
        Span(day(0), day(5), "A", 1),
        Span(day(5), day(10), "C"),
        Span(day(10), None, "B", 2),
    ]


def test_the_same_value_changes_nothing() -> None:
    spans = [Span(day(0), None, "A", 1)]
    assert changed(spans, "A", day(5)) == spans


def test_a_change_on_the_first_day_of_a_row_takes_the_row_over() -> None:
    assert changed([Span(day(0), None, "A", 1)], "B", day(0)) == [Span(day(0), None, "B", 1)]


def test_a_change_before_the_first_row_lasts_until_it() -> None:
    spans = [Span(day(10), None, "A", 1)]
    assert changed(spans, "B", day(3)) == [Span(day(3), day(10), "B"), Span(day(10), None, "A", 1)]
    assert next_change(spans, day(3)) == day(10)


def test_overwriting_a_middle_splits_the_row() -> None:
    assert overwritten([Span(day(0), None, "A", 1)], None, day(3), day(5)) == [
        Span(day(0), day(3), "A", 1),
        Span(day(5), None, "A"),
    ]
