"""Exact sums, and the intervals made of them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.metrics.logic import intervals
from nastavnik.metrics.logic.intervals import Kind
from nastavnik.metrics.logic.sums import Sums, of_mean, of_ratio

VALUES = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30)


def mean_of(values: list[int]) -> Sums:
    return of_mean(len(values), sum(values), sum(value * value for value in values))


def ratio_of(pairs: list[tuple[int, int]]) -> Sums:
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    both = sum((x + y) ** 2 for x, y in pairs)
    return of_ratio(len(pairs), (sum(xs), sum(x * x for x in xs)), (sum(ys), sum(y * y for y in ys)), both)


def test_the_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    together = of_mean(10, 9, 9) + of_mean(100, 60, 60)
    assert together.ratio == Fraction(69, 110)
    assert round(float(together.ratio) * 100, 1) == 62.7


@given(VALUES, VALUES, VALUES)
def test_merging_is_associative_and_commutative(a: list[int], b: list[int], c: list[int]) -> None:
    assert (mean_of(a) + mean_of(b)) + mean_of(c) == mean_of(c) + (mean_of(b) + mean_of(a)) == mean_of(a + b + c)


def test_nothing_has_no_ratio() -> None:
    assert (Sums().ratio, Sums().residuals) == (None, (0, 1))


@pytest.mark.parametrize(("x", "n", "low", "high"), [(9, 10, 0.5958, 0.9821), (60, 100, 0.5020, 0.6906)])
def test_wilson_equals_the_known_answers(x: int, n: int, low: float, high: float) -> None:
    found = intervals.of(Kind.WILSON, of_mean(n, x, x))
    assert found is not None
    assert [round(bound, 4) for bound in found] == [low, high]


def test_wilson_of_nothing_is_none_and_stays_inside_0_and_1() -> None:
    assert intervals.of(Kind.WILSON, Sums()) is None
    assert intervals.wilson(10, 10) == pytest.approx((0.7224672, 1.0), abs=1e-6)
    assert intervals.wilson(0, 10) == pytest.approx((0.0, 0.2775328), abs=1e-6)


@pytest.mark.parametrize(("n", "half"), [(8, 6.7), (30, 3.0)])
def test_a_mean_of_reviews_with_sd_8_has_the_known_noise(n: int, half: float) -> None:
    # n values around 90 with sample variance 64 exactly: half of them d above, half d below.
    variance_sum = 64 * (n - 1)
    sums = Sums(n, 90 * n, n, 8100 * n + variance_sum, n, 90 * n)
    found = intervals.of(Kind.MEAN_T, sums)
    assert found is not None
    assert round(found[1] - 90, 1) == half


def test_one_record_has_no_interval() -> None:
    assert intervals.of(Kind.MEAN_T, of_mean(1, 5, 25)) is None
    assert intervals.of(Kind.NONE, of_mean(9, 5, 5)) is None


def test_a_ratio_over_equal_denominators_has_the_interval_of_a_mean() -> None:
    earned = [88, 92, 95, 71, 100, 93]
    as_ratio = intervals.of(Kind.RATIO_LINEARISED, ratio_of([(x, 100) for x in earned]))
    as_mean = intervals.of(Kind.MEAN_T, mean_of(earned))
    assert as_ratio is not None
    assert as_mean is not None
    assert [bound * 100 for bound in as_ratio] == pytest.approx(list(as_mean))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=2, max_size=20))
def test_residuals_from_sums_equal_those_from_the_records(pairs: list[tuple[int, int]]) -> None:
    sums = ratio_of(pairs)
    assert sums.ratio is not None
    over, under = sums.residuals
    assert Fraction(over, under) == sum((x - sums.ratio * y) ** 2 for x, y in pairs)


def test_a_variance_of_long_durations_is_exact() -> None:
    day = 86_400_000
    values = [day - 1, day, day + 1] * 1000
    over, under = mean_of(values).residuals
    assert Fraction(over, under) == 2000
