"""Shares of points by topic: each person one observation, an interval, weakness beyond chance."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.assessment.logic.topics import NOTHING, Share, Sums, is_weak, share, student

PEOPLE = st.lists(st.tuples(st.integers(0, 10), st.integers(10, 12)), min_size=10, max_size=40)


def sums(people: list[tuple[int, int]]) -> Sums:
    found = NOTHING
    for x, y in people:
        found += Sums(1, x, y, x * x, x * y, y * y)
    return found


def test_a_share_is_a_ratio_of_sums_and_few_people_are_not_told() -> None:
    assert share(sums([(5, 10)] * 9)) == Share(9, None, None, None)
    assert share(sums([(5, 10)] * 10)) == Share(10, 0.5, 0.5, 0.5)
    assert share(sums([(0, 10)] * 5 + [(20, 20)] * 5)).value == pytest.approx(20 * 5 / 150)


def test_the_interval_is_that_of_a_mean_where_everybody_had_the_same_points() -> None:
    points = [3, 5, 6, 7, 8, 4, 9, 5, 6, 7]
    mean = sum(points) / 10
    deviation = math.sqrt(sum((one - mean) ** 2 for one in points) / 9)
    half = 2.262 * deviation / math.sqrt(10) / 10  # the tables' t with 9 degrees of freedom
    found = share(sums([(one, 10) for one in points]))
    assert found.low is not None
    assert found.low == pytest.approx(mean / 10 - half, abs=2e-4)
    assert found.high == pytest.approx(mean / 10 + half, abs=2e-4)


@pytest.mark.parametrize(("freedom", "tables"), [(4, 2.776), (9, 2.262), (29, 2.045), (100, 1.984)])
def test_students_t_is_that_of_the_tables(freedom: int, tables: float) -> None:
    assert student(freedom) == pytest.approx(tables, rel=0.005)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PEOPLE)
def test_the_value_lies_in_its_interval_within_nought_and_one(people: list[tuple[int, int]]) -> None:
    found = share(sums(people))
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_weak_is_what_lies_under_the_mark_with_its_whole_interval() -> None:
    assert is_weak(Share(20, 0.6, 0.5, 0.7), 0.85)
    assert not is_weak(Share(20, 0.8, 0.7, 0.9), 0.85)
    assert not is_weak(Share(5, None, None, None), 0.85)
