"""Classical figures: definitions, gates, and what must not matter."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import bands, classical
from nastavnik.assessment.logic.psychometrics.bands import Consistency, Discrimination, Ease
from nastavnik.assessment.logic.psychometrics.classical import Depth, Flag, ItemFigures
from tests.assessment.logic.psychometrics.published import LSAT6, spelt_out

ROWS = spelt_out(LSAT6)


def test_figures_of_lsat6_are_those_in_print() -> None:
    # Rizopoulos (2006), JSS 17(5): proportions, point-biserials with the total, alpha .2950.
    found = classical.analyse(ROWS, [1] * 5)
    assert [item.facility for item in found.items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    totals = [item.item_total for item in found.items]
    assert totals == pytest.approx([0.3620, 0.5668, 0.6184, 0.5344, 0.4354], abs=5e-5)
    assert found.test.alpha == pytest.approx(0.2950, abs=5e-5)
    assert classical.score_counts(ROWS) == [3, 20, 85, 237, 357, 298]


def test_error_of_measurement_is_the_part_of_the_deviation_that_is_not_reliability() -> None:
    test = classical.analyse(ROWS, [1] * 5).test
    assert test.alpha is not None
    assert test.variance is not None
    assert test.error_ratio == pytest.approx(math.sqrt(1 - test.alpha))
    assert test.standard_error == pytest.approx(math.sqrt(test.variance * (1 - test.alpha)))


def test_weights_of_items_share_out_the_points_and_the_variance() -> None:
    scores = [[row[0] * 2.0, *map(float, row[1:])] for row in ROWS]
    found = classical.analyse(scores, [2, 1, 1, 1, 1])
    assert [item.intended_weight for item in found.items] == pytest.approx([1 / 3, 1 / 6, 1 / 6, 1 / 6, 1 / 6])
    assert sum(item.effective_weight or 0 for item in found.items) == pytest.approx(1)


def test_a_group_of_27_percent_above_less_one_below() -> None:
    # 100 takers in rest order, the item right for the upper half: all of the top 27, none of the bottom 27.
    scores = [[int(number >= 50), number] for number in range(100)]
    assert classical.analyse(scores, [1, 99]).items[0].group_discrimination == pytest.approx(1)


def test_takers_of_different_forms_are_compared_by_shares_of_points() -> None:
    rows: list[list[float | None]] = [[1, 1, 1, None], [0, 0, None, 0], [1, 1, None, 1], [0, 1, 0, None]]
    found = classical.analyse(rows, [1, 1, 1, 1])
    assert [item.answers for item in found.items] == [4, 4, 2, 2]
    assert (found.test.alpha, found.test.variance, found.test.mean) == (None, None, None)
    assert found.test.mean_share == pytest.approx((1 + 0 + 1 + 1 / 3) / 4)
    assert classical.rest_shares(rows, [1, 1, 1, 1], 2) == [1, None, None, 0.5]


def test_what_is_not_defined_is_not_zero() -> None:
    same = classical.analyse([[1, 0], [1, 1], [1, 0]], [1, 1])
    figures = same.items[1]
    assert (figures.item_rest, figures.efficiency, figures.group_discrimination) == (None, None, None)
    alone = classical.analyse([[1], [0]], [1])
    assert (alone.test.alpha, alone.items[0].item_rest, alone.items[0].alpha_without) == (None, None, None)
    one = classical.analyse([[1, 0]], [1, 1])
    assert (one.test.variance, one.test.share_deviation, one.test.skewness) == (None, None, None)
    unseen = classical.analyse([[None, 1], [None, 0]], [1, 1]).items[0]
    assert (unseen.answers, unseen.facility, unseen.spread) == (0, None, None)
    nobody = classical.analyse([[None], [None]], [1])
    assert (nobody.test.mean_share, nobody.test.skewness) == (None, None)
    assert classical.score_counts([]) == []


@pytest.mark.parametrize(("scores", "maxima"), [([], [1]), ([[1, 2]], [1]), ([[1], [1, 0]], [1]), ([[1]], [0])])
def test_scores_that_make_no_table_are_refused(scores: list[list[float]], maxima: list[float]) -> None:
    with pytest.raises(ValueError):
        classical.analyse(scores, maxima)


def test_few_answers_say_nothing_more_say_difficulty_a_hundred_say_all() -> None:
    levels = [classical.depth(answers) for answers in (9, 10, 99, 100)]
    assert levels == [Depth.NOTHING, Depth.DIFFICULTY, Depth.DIFFICULTY, Depth.FULL]


def _figures(answers: int, facility: float, item_rest: float | None, efficiency: float | None = 0.9) -> ItemFigures:
    return ItemFigures(answers, facility, 0.4, 0.3, item_rest, efficiency, 0.3, 0.1, 0.1, 0.8)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (_figures(9, 0.99, -0.5), set()),
        (_figures(10, 0.951, -0.5), {Flag.TOO_EASY}),
        (_figures(99, 0.29, -0.5), {Flag.TOO_HARD}),
        (_figures(100, 0.95, 0.149), {Flag.WEAK}),
        (_figures(100, 0.30, 0.15), set()),
        (_figures(100, 0.5, -0.01), {Flag.SUSPECT_KEY}),
        (_figures(100, 0.5, 0.3, 0.49), {Flag.LOW_EFFICIENCY}),
        (_figures(100, 0.5, None), set()),
        (_figures(100, 0.5, 0.3, None), set()),
    ],
)
def test_items_are_flagged_as_far_as_their_answers_tell(figures: ItemFigures, expected: set[Flag]) -> None:
    assert classical.flags(figures) == expected


def test_an_item_that_guessing_answers_is_flagged_before_anyone_takes_it() -> None:
    unseen = _figures(0, 0.0, None)
    assert classical.flags(unseen, guess=bands.guess_share(2)) == {Flag.GUESSABLE}
    assert classical.flags(unseen, guess=bands.guess_share(5, 2)) == set()


def test_bands_of_ease() -> None:
    edges = [0.05, 0.10, 0.20, 0.34, 0.65, 0.80, 0.89, 0.94, 0.95]
    assert [bands.ease(facility) for facility in edges] == list(Ease)


def test_bands_of_discrimination_and_consistency() -> None:
    assert [bands.discrimination(value) for value in (-0.01, 0, 0.19, 0.20, 0.29, 0.30, 0.49, 0.50)] == [
        Discrimination.INVALID_KEY, Discrimination.VERY_WEAK, Discrimination.VERY_WEAK, Discrimination.WEAK,
        Discrimination.WEAK, Discrimination.ADEQUATE, Discrimination.ADEQUATE, Discrimination.VERY_GOOD,
    ]  # fmt: skip
    assert [bands.consistency(value) for value in (0.63, 0.64, 0.75)] == list(Consistency)


table = st.integers(2, 5).flatmap(
    lambda items: st.lists(st.lists(st.integers(0, 1), min_size=items, max_size=items), min_size=2, max_size=40)
)


@given(table)
def test_the_order_of_takers_does_not_matter(rows: list[list[int]]) -> None:
    mixed = sorted(rows, key=lambda row: (row[::-1], row))
    found, other = (classical.analyse(some, [1] * len(rows[0])) for some in (rows, mixed))
    for item, same in zip(found.items, other.items, strict=True):
        assert vars(same) == pytest.approx(vars(item))


@given(table)
def test_correlations_stay_within_their_range_and_one_more_right_makes_an_item_no_harder(rows: list[list[int]]) -> None:
    found = classical.analyse(rows, [1] * len(rows[0]))
    for item in found.items:
        assert -1 <= (item.item_rest or 0) <= 1
        assert (item.efficiency or 0) <= 1 + 1e-9
        assert -1 - 1e-9 <= (item.group_discrimination or 0) <= 1 + 1e-9
    assume(any(row[0] == 0 for row in rows))
    turned = [list(row) for row in rows]
    next(row for row in turned if row[0] == 0)[0] = 1
    assert (classical.analyse(turned, [1] * len(rows[0])).items[0].facility or 0) > (found.items[0].facility or 0)


@given(table)
def test_an_items_correlation_with_the_rest_turns_with_its_key(rows: list[list[int]]) -> None:
    turned = [[1 - row[0], *row[1:]] for row in rows]
    before = classical.analyse(rows, [1] * len(rows[0])).items[0].item_rest
    after = classical.analyse(turned, [1] * len(rows[0])).items[0].item_rest
    assert after == (None if before is None else pytest.approx(-before, abs=1e-9))
