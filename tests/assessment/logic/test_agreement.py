"""Agreement of markers: published answers, what is undefined, what never changes the figure."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.agreement import Fleiss, Level, Trust, Weights, cohen, fleiss, krippendorff, trust
from tests.assessment.logic.psychometrics.published import SHARED, known_answer

EXAMPLES = SHARED / "agreement_examples.json"
of_the_shared_data = pytest.mark.skipif(not EXAMPLES.exists(), reason="needs the shared data")


def example(name: str) -> Any:
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))[name]


def answer(name: str, figure: str) -> Any:
    known = known_answer(name)
    return pytest.approx(known["expected"][figure], abs=known["tolerance"])


@of_the_shared_data
def test_cohens_kappa_meets_the_published_answers() -> None:
    assert cohen(example("cohen_2x2_a")["table"]) == answer("cohen_a", "kappa")
    assert cohen(example("cohen_2x2_b")["table"]) == answer("cohen_b", "kappa")
    table = example("cohen_3x3")["table"]
    found = {weights.value: cohen(table, weights) for weights in Weights}
    assert found == {name: answer("cohen_3x3", name) for name in ("plain", "linear", "quadratic")}


@of_the_shared_data
@pytest.mark.parametrize("name", ["fleiss_1971", "fleiss_10x14"])
def test_fleiss_kappa_meets_the_published_answers(name: str) -> None:
    found = fleiss(example(name)["counts"])
    assert found == Fleiss(answer(name, "kappa"), answer(name, "P_bar"), answer(name, "P_e"))


@of_the_shared_data
@pytest.mark.parametrize("name", ["krippendorff_4x12", "krippendorff_3x15"])
@pytest.mark.parametrize("level", list(Level))
def test_krippendorffs_alpha_meets_the_published_answers(name: str, level: Level) -> None:
    units = list(zip(*example(name)["ratings"], strict=True))
    assert krippendorff(units, level) == answer(name, level.value)


def test_the_textbook_kappa_is_known_without_the_shared_data() -> None:
    assert cohen([[20, 5], [10, 15]]) == pytest.approx(0.4, abs=1e-12)


def test_what_does_not_vary_is_undefined_and_not_perfect() -> None:
    assert cohen([[7, 0], [0, 0]]) is None
    assert cohen([]) is None
    assert fleiss([[3, 0], [3, 0]]) == Fleiss(None, 1.0, 1.0)
    assert krippendorff([[4, 4], [4, 4]]) is None
    assert krippendorff([[1, None], [None, 2]]) is None


def test_tables_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        cohen([[1, 2]])
    with pytest.raises(ValueError, match="same number"):
        fleiss([[2, 0], [3, 0]])
    with pytest.raises(ValueError, match="same number"):
        fleiss([[1, 0]])


RATINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=20)


@given(RATINGS, st.integers(1, 5), st.integers(-3, 3))
def test_alpha_depends_neither_on_who_marked_first_nor_on_the_scales_unit(
    units: list[tuple[int, int]], factor: int, shift: int
) -> None:
    plain = krippendorff(units)
    turned = krippendorff([(second * factor + shift, first * factor + shift) for first, second in units])
    assert turned == (None if plain is None else pytest.approx(plain, abs=1e-9))


@given(RATINGS)
def test_full_agreement_is_one_and_nothing_is_above_it(units: list[tuple[int, int]]) -> None:
    same = krippendorff([(first, first) for first, _second in units])
    assert same in (None, pytest.approx(1.0))
    found = krippendorff(units)
    assert found is None or found <= 1 + 1e-9


def test_words_follow_the_thresholds() -> None:
    assert [trust(alpha) for alpha in (None, -0.2, 0.66, 0.67, 0.79, 0.80, Fraction(1))] == [
        Trust.UNKNOWN, Trust.REWRITE, Trust.REWRITE, Trust.TENTATIVE, Trust.TENTATIVE, Trust.RELY, Trust.RELY,
    ]  # fmt: skip
