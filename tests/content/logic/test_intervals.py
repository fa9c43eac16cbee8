"""Watched seconds: a union of intervals, never longer than time allows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.content.logic import intervals
from nastavnik.content.logic.intervals import FASTEST, GAP_S, SLACK_S, furthest, length, merged, take

QUARTERS = st.integers(0, 400).map(lambda number: number / 4)
SPANS = st.lists(st.tuples(QUARTERS, QUARTERS), max_size=12)


def seconds(spans: list[tuple[float, float]]) -> set[float]:
    """The quarters of a second that are covered: the slow and plain way."""
    return {place / 4 for begin, end in spans for place in range(round(begin * 4), round(end * 4))}


@given(SPANS)
def test_merging_covers_the_same_seconds_without_overlap(spans: list[tuple[float, float]]) -> None:
    found = merged(spans)
    assert seconds(found) == seconds(spans)
    assert all(one[1] < two[0] for one, two in pairwise(found))
    assert length(spans) == len(seconds(spans)) / 4
    assert merged(found) == found


@given(SPANS, SPANS, QUARTERS)
def test_a_report_never_takes_away_nor_adds_more_than_can_have_passed(
    known: list[tuple[float, float]], reported: list[tuple[float, float]], elapsed: float
) -> None:
    before = merged(intervals.clipped(known, 100))
    taken = take(known, reported, duration=100, elapsed=elapsed, no_skip=False)
    after = list(taken.watched)
    assert seconds(before) <= seconds(after)
    bridged = GAP_S * (len(before) + len(reported))
    assert length(after) <= length(before) + elapsed * FASTEST + SLACK_S + bridged + 1e-9
    assert length(after) <= 100


@given(SPANS, st.lists(SPANS, max_size=5))
def test_nobody_gets_ahead_when_skipping_is_off(
    first: list[tuple[float, float]], reports: list[list[tuple[float, float]]]
) -> None:
    watched: list[tuple[float, float]] = []
    for report in [first, *reports]:
        watched = list(take(watched, report, duration=100, elapsed=1000, no_skip=True).watched)
        assert len(watched) <= 1
        assert furthest(watched) - GAP_S <= length(watched) <= furthest(watched)


def test_a_skip_is_left_out_and_said() -> None:
    taken = take([(0, 10)], [(50, 60), (10, 12)], duration=100, elapsed=60, no_skip=True)
    assert (taken.watched, taken.is_cut) == (((0, 12),), True)
    assert take([(0, 10)], [(10.5, 12)], duration=100, elapsed=60, no_skip=True).watched == ((0, 12),)


def test_an_hour_is_not_watched_in_a_minute() -> None:
    taken = take([], [(0, 3600)], duration=3600, elapsed=60, no_skip=False)
    assert (taken.watched, taken.is_cut) == (((0, 60 * FASTEST + SLACK_S),), True)


def test_the_beginning_counts_from_zero_only() -> None:
    assert furthest([(5, 10)]) == 0
    assert furthest([(0.5, 10), (10.5, 20), (30, 40)]) == 20
