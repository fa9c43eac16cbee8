"""Small dense algebra and the accelerated climb."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import acceleration, linear

squares = st.integers(1, 6).flatmap(
    lambda size: st.lists(st.lists(st.floats(-3, 3), min_size=size, max_size=size), min_size=size, max_size=size)
)


@given(squares)
def test_an_inverse_undoes_its_matrix(rows: list[list[float]]) -> None:
    size = len(rows)
    matrix = [[linear.dot(left, right) + (i == j) for j, right in enumerate(rows)] for i, left in enumerate(rows)]
    inverse = linear.inverse(matrix)
    assert inverse is not None
    for i in range(size):
        product = [linear.dot(matrix[i], [inverse[k][j] for k in range(size)]) for j in range(size)]
        assert product == pytest.approx([float(i == j) for j in range(size)], abs=1e-8)
    lower = linear.cholesky(matrix)
    assert lower is not None
    assert linear.solve(lower, matrix[0]) == pytest.approx([1.0] + [0.0] * (size - 1), abs=1e-8)


@pytest.mark.parametrize("matrix", [[[0.0]], [[1.0, 2.0], [2.0, 1.0]], [[math.nan]]])
def test_what_is_not_positive_definite_has_no_inverse(matrix: list[list[float]]) -> None:
    assert linear.inverse(matrix) is None


def test_a_slow_climb_is_shortened() -> None:
    def step(point: list[float]) -> tuple[list[float], float]:
        return [0.99 * point[0], 0.9 * point[1]], -(point[0] ** 2) - point[1] ** 2

    found = acceleration.climb(step, [1.0, 1.0], tolerance=1e-9, limit=100)
    assert found.converged
    assert found.rounds < 10
    assert found.point == pytest.approx([0, 0], abs=1e-6)


def test_a_mixture_that_loses_height_is_thrown_away() -> None:
    heights: list[float] = []

    def step(point: list[float]) -> tuple[list[float], float]:
        height = -abs(point[0]) if abs(point[0]) <= 1 else math.nan
        heights.append(height)
        return [point[0] * 0.5 if len(heights) % 2 else point[0] * 0.8], height

    found = acceleration.climb(step, [1.0], tolerance=1e-6, limit=200)
    assert found.converged
    assert abs(found.point[0]) < 1e-5


def test_a_climb_that_does_not_end_says_so() -> None:
    found = acceleration.climb(lambda point: ([point[0] + 1], point[0]), [0.0], tolerance=1e-6, limit=7)
    assert (found.converged, found.rounds >= 7) == (False, True)
