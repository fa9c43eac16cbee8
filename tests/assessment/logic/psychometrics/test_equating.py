"""Equating of raw scores."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import equating

X, Y = [5, 10, 20, 30, 25, 10], [10, 20, 30, 20, 15, 5]


def test_constructed_forms_are_equated_by_hand() -> None:
    # Means 2.9 and 2.25; Y's ranks .05 .2 .45 .7 .875 .975, X's .025 .1 .25 .5 .775 .95, each score spread over +-.5.
    assert equating.mean_shift(X, Y) == pytest.approx(-0.65)
    assert equating.linear(X, Y) == pytest.approx((1.0284417, -0.7324809))
    assert equating.equipercentile(X, Y) == pytest.approx([-0.25, 0.5, 1.25, 13 / 6, 3.375, 4.5])


def test_a_score_that_falls_into_a_gap_lands_in_its_middle() -> None:
    assert equating.equipercentile([1, 1], [1, 0, 0, 1]) == pytest.approx([0, 3])
    assert equating.equipercentile([1, 2, 1], [2, 0, 0, 2]) == pytest.approx([-0.25, 1.5, 3.25])


@pytest.mark.parametrize("equate", [equating.mean_shift, equating.linear, equating.equipercentile])
def test_a_form_without_takers_is_refused(equate: object) -> None:
    assert callable(equate)
    with pytest.raises(ValueError):
        equate([0, 0], [1, 1])
    with pytest.raises(ValueError):
        equate([1, 1], [0, 0])


def test_scores_that_do_not_vary_are_not_stretched() -> None:
    with pytest.raises(ValueError):
        equating.linear([0, 5], [1, 1])


counts = st.lists(st.integers(0, 50), min_size=2, max_size=12).filter(any)


@given(counts)
def test_a_form_equated_to_itself_stays_where_it_is(form: list[int]) -> None:
    assert equating.mean_shift(form, form) == pytest.approx(0)
    taken = [score for score, count in enumerate(form) if count]
    equated = equating.equipercentile(form, form)
    assert [equated[score] for score in taken] == pytest.approx(taken)


@given(counts, counts)
def test_a_higher_score_never_becomes_a_lower_one(x: list[int], y: list[int]) -> None:
    equated = equating.equipercentile(x, y)
    assert all(low <= high + 1e-9 for low, high in pairwise(equated))
    assert -0.5 - 1e-9 <= equated[0] <= equated[-1] <= len(y) - 0.5 + 1e-9
