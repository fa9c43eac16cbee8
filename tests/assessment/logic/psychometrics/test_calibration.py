"""Calibration: published answers, known truth, and what must not matter."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import information
from nastavnik.assessment.logic.psychometrics.calibration import (
    Calibration,
    Item,
    calibrate,
    model_for,
)
from nastavnik.assessment.logic.psychometrics.expectation import (
    Expectation,
    Quadrature,
    expect,
    softplus,
    standard_normal,
)
from nastavnik.assessment.logic.psychometrics.information import Method
from nastavnik.assessment.logic.psychometrics.maximisation import Model, expand, logistic, maximise
from nastavnik.assessment.logic.psychometrics.patterns import Answer, Patterns, collapse
from tests.assessment.logic.psychometrics.published import ABORTION, LSAT6, LSAT7, Table, spelt_out
from tests.assessment.logic.psychometrics.simulated import drawn


def _of(table: Table, model: Model) -> Calibration:
    return calibrate(table[0], model, weights=table[1], quadrature=standard_normal(61, 6.0), tolerance=1e-7)


def _errors(found: Calibration) -> tuple[list[float | None], list[float | None]]:
    return [item.slope_error for item in found.known()], [item.difficulty_error for item in found.known()]


def test_rasch_of_lsat6_agrees_with_ltm_to_its_last_digit() -> None:
    found = _of(LSAT6, Model.RASCH)
    slopes, difficulties = _errors(found)
    assert [round(item.difficulty, 4) for item in found.known()] == [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802]
    assert difficulties == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=1e-4)
    assert found.known()[0].slope == pytest.approx(0.7551, abs=1e-4)
    assert slopes == pytest.approx([0.0694] * 5, abs=1e-4)
    assert found.log_likelihood == pytest.approx(-2466.938, abs=1e-3)


def test_2pl_of_lsat6_agrees_with_ltm_as_closely_as_its_flat_likelihood_allows() -> None:
    found = _of(LSAT6, Model.TWO_PL)
    slopes, difficulties = _errors(found)
    assert [item.difficulty for item in found.known()] == pytest.approx(
        [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=3e-3
    )
    assert [item.slope for item in found.known()] == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=1e-3)
    assert difficulties == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], abs=2e-3)
    assert slopes == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=1e-3)
    assert found.method is Method.OBSERVED


def test_2pl_of_lsat7_agrees_with_mirt() -> None:
    found = _of(LSAT7, Model.TWO_PL)
    assert [item.slope for item in found.known()] == pytest.approx([0.988, 1.081, 1.706, 0.765, 0.736], abs=1.5e-3)
    assert [item.intercept for item in found.known()] == pytest.approx([1.856, 0.808, 1.804, 0.486, 1.855], abs=1.5e-3)
    assert found.log_likelihood == pytest.approx(-2658.805, abs=1e-3)


def _gauss_hermite(count: int) -> Quadrature:
    """Nodes and weights for N(0, 1), by Newton's method from between the extremes (what ltm integrates with)."""
    nodes: list[float] = []
    weights: list[float] = []
    scale = math.sqrt(math.factorial(count))
    grid = [-7 + 14 * step / 20000 for step in range(20001)]
    values = [_hermite(count, x) / scale for x in grid]
    for low, left, right in zip(grid, values, values[1:], strict=False):
        if left * right <= 0 < abs(left):
            x = low
            for _step in range(20):
                x -= _hermite(count, x) / (count * _hermite(count - 1, x))
            nodes.append(x)
            weights.append(math.factorial(count) / (count * _hermite(count - 1, x)) ** 2)
    return Quadrature(tuple(nodes), tuple(map(math.log, weights)))


def _hermite(order: int, x: float) -> float:
    before, now = 1.0, x
    for n in range(1, order):
        before, now = now, x * now - n * before
    return now


def test_steep_items_of_the_abortion_survey_agree_with_ltm() -> None:
    # Over the 21 nodes ltm has; for slopes of five they are coarse, and finer nodes give other figures.
    found = calibrate(ABORTION[0], Model.TWO_PL, weights=ABORTION[1], quadrature=_gauss_hermite(21), tolerance=1e-7)
    slopes, difficulties = _errors(found)
    assert found.log_likelihood == pytest.approx(-706.3369, abs=1e-3)
    assert [item.difficulty for item in found.known()] == pytest.approx([0.1697, -0.2362, -0.3428, -0.3165], abs=1e-3)
    assert [item.slope for item in found.known()] == pytest.approx([4.4532, 4.3226, 5.6639, 3.6254], abs=0.01)
    assert difficulties == pytest.approx([0.0659, 0.0618, 0.0671, 0.0654], abs=2e-3)
    assert slopes == pytest.approx([1.0245, 0.6824, 0.9957, 0.5570], abs=0.03)


@pytest.mark.parametrize("model", list(Model))
def test_the_truth_lies_within_the_errors_about_as_often_as_they_say(model: Model) -> None:
    test = drawn(30, slope_spread=0 if model is Model.RASCH else 0.25)
    found = calibrate(test.answers(2000, seed=2), model)
    scores = [
        (item.difficulty - truth) / (item.difficulty_error or math.nan)
        for item, truth in zip(found.known(), test.difficulties, strict=True)
    ]
    assert 0.4 < sum(z * z for z in scores) / len(scores) < 2
    slopes = [
        (item.slope - truth) / (item.slope_error or math.nan)
        for item, truth in zip(found.known(), test.slopes, strict=True)
    ]
    assert 0.0 <= sum(z * z for z in slopes) / len(slopes) < 3


def test_items_seen_by_a_part_of_the_takers_are_placed_too() -> None:
    test, dice = drawn(24), random.Random(3)
    rows: list[list[Answer]] = []
    for row in test.answers(900, seed=4):
        shown = set(dice.sample(range(24), 12))
        rows.append([answer if item in shown else None for item, answer in enumerate(row)])
    found = calibrate(rows, Model.TWO_PL)
    scores = [
        (item.difficulty - truth) / (item.difficulty_error or math.nan)
        for item, truth in zip(found.known(), test.difficulties, strict=True)
    ]
    assert found.method is Method.CROSS_PRODUCT
    assert 0.4 < sum(z * z for z in scores) / len(scores) < 2


def test_two_forms_with_common_items_stand_on_one_scale() -> None:
    test = drawn(12, slope_spread=0)
    rows: list[list[Answer]] = []
    for number, row in enumerate(test.answers(3000, seed=6)):
        hidden = range(8, 12) if number % 2 else range(4)
        rows.append([None if item in hidden else answer for item, answer in enumerate(row)])
    found = calibrate(rows, Model.RASCH)
    assert found.method is Method.OBSERVED
    assert [item.difficulty for item in found.known()] == pytest.approx(test.difficulties, abs=0.3)


def test_answers_of_so_few_that_the_errors_cannot_be_told_have_none() -> None:
    test, dice = drawn(10), random.Random(3)
    rows: list[list[Answer]] = []
    for row in test.answers(60, seed=4):
        shown = set(dice.sample(range(10), 5))
        rows.append([answer if item in shown else None for item, answer in enumerate(row)])
    found = calibrate(rows, Model.TWO_PL)
    assert (found.method, found.difficulty_covariance) == (Method.NONE, [])
    assert {item.difficulty_error for item in found.known()} == {None}


def test_items_everyone_or_no_one_has_right_have_no_place_and_do_not_disturb_the_others() -> None:
    rows = spelt_out(LSAT6)
    widened: list[list[Answer]] = [[1, *row, 0, None] for row in rows]
    found, plain = calibrate(widened, Model.RASCH), calibrate(rows, Model.RASCH)
    assert found.items == (None, *plain.items, None, None)
    assert [row[1:6] for row in found.difficulty_covariance[1:6]] == plain.difficulty_covariance
    assert found.difficulty_covariance[0] == [0.0] * 8


def test_a_wrong_key_shows_as_a_negative_slope() -> None:
    rows = drawn(20).answers(1000, seed=7)
    turned = [[1 - row[0], *row[1:]] for row in rows]
    slopes = [item.slope for item in calibrate(turned, Model.TWO_PL).known()]
    assert [number for number, slope in enumerate(slopes) if slope < 0] == [0]


def test_an_item_steeper_than_can_be_told_is_marked() -> None:
    rows = [[int(score > cut) for cut in range(6)] for score in range(7) for _taker in range(20)]  # a perfect Guttman
    found = calibrate(rows, Model.TWO_PL)
    assert all(item.at_limit for item in found.known()[2:4])


@pytest.mark.parametrize(
    ("rows", "weights"),
    [([], None), ([[1, 0], [1]], None), ([[2, 0]], None), ([[1, 0]], [0]), ([[1, 1], [1, 1]], None), ([[None]], None)],
)
def test_answers_that_cannot_be_calibrated_are_refused(rows: list[list[Answer]], weights: list[float] | None) -> None:
    with pytest.raises(ValueError):
        calibrate(rows, Model.RASCH, weights=weights)


def test_more_takers_bear_a_richer_model() -> None:
    assert [model_for(n) for n in (99, 100, 499, 500)] == [None, Model.RASCH, Model.RASCH, Model.TWO_PL]


def test_an_item_without_slope_is_nowhere() -> None:
    assert Item(0.0, 1.0).difficulty == math.inf


@given(st.permutations(range(30)), st.permutations(range(5)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_takers_and_items_does_not_matter(takers: list[int], items: list[int]) -> None:
    rows, counts = LSAT7[0][:30], LSAT7[1][:30]
    plain = calibrate(rows, Model.TWO_PL, weights=counts)
    mixed = calibrate(
        [[rows[taker][item] for item in items] for taker in takers],
        Model.TWO_PL,
        weights=[counts[taker] for taker in takers],
    )
    expected = [plain.known()[item] for item in items]
    assert [item.slope for item in mixed.known()] == pytest.approx([item.slope for item in expected], abs=1e-3)
    assert [item.intercept for item in mixed.known()] == pytest.approx([item.intercept for item in expected], abs=1e-3)
    assert mixed.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-4)


def test_counted_rows_say_the_same_as_rows_spelt_out() -> None:
    assert calibrate(spelt_out(LSAT6), Model.TWO_PL) == calibrate(LSAT6[0], Model.TWO_PL, weights=LSAT6[1])


def _log_likelihood(patterns: Patterns, vector: list[float]) -> float:
    return expect(patterns, *expand(Model.TWO_PL, vector), standard_normal()).log_likelihood


@pytest.mark.parametrize("forms", [1, 2])
def test_the_observed_information_is_the_curvature_of_the_likelihood(forms: int) -> None:
    rows: list[list[Answer]] = [list(row) for row in drawn(5).answers(300, seed=8)]
    if forms == 2:
        rows = [[None, *row[1:]] if number % 2 else [*row[:4], None] for number, row in enumerate(rows)]
    patterns = collapse(rows)
    vector = [1.1, 0.7, 0.9, 1.4, 1.0, 2.0, 1.0, 0.3, 1.4, 0.1]
    exact = information._observed(patterns, vector[:5], vector[5:], standard_normal())
    h = 1e-3

    def at(i: int, j: int, signs: tuple[int, int]) -> float:
        moved = list(vector)
        moved[i] += signs[0] * h
        moved[j] += signs[1] * h
        return _log_likelihood(patterns, moved)

    for i in range(10):
        numeric = [
            -(at(i, j, (1, 1)) - at(i, j, (1, -1)) - at(i, j, (-1, 1)) + at(i, j, (-1, -1))) / (4 * h * h)
            for j in range(10)
        ]
        assert exact[i] == pytest.approx(numeric, abs=1e-3)


def test_an_item_of_which_nothing_can_be_learnt_stays_where_it_is() -> None:
    # Everyone at one ability: a slope cannot be told from an intercept.
    expectation = Expectation(([0.0, 100.0, 0.0],), [30.0], [0.0], -1.0)
    assert maximise(Model.TWO_PL, [1.2, 0.3], expectation, (-1.0, 0.0, 1.0)) == [1.2, 0.3]


@given(st.floats(-800, 800))
def test_the_logistic_and_its_integral_neither_overflow_nor_leave_their_range(logit: float) -> None:
    assert 0 <= logistic(logit) <= 1
    assert softplus(logit) >= max(0.0, logit)
    assert logistic(logit) + logistic(-logit) == pytest.approx(1)
