"""Signals for a person to look at."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import signals
from nastavnik.assessment.logic.psychometrics.calibration import Item
from nastavnik.assessment.logic.psychometrics.signals import Taker

ITEMS = [Item(1.0, 2.0 - number / 5) for number in range(20)]  # from easy to hard


def test_answers_faster_than_reading_are_counted() -> None:
    assert signals.rapid_share([900, 1000, 15_000], [10_000, 10_000, 20_000]) == pytest.approx(1 / 3)
    assert signals.rapid_share([], []) is None


def test_the_hard_right_and_the_easy_wrong_do_not_fit() -> None:
    usual = [(item, int(number < 12)) for number, item in enumerate(ITEMS)]
    strange = [(item, int(number >= 8)) for number, item in enumerate(ITEMS)]
    at = signals.ability(usual)[0]
    assert (signals.person_fit(usual, at) or 0) > 0
    assert (signals.person_fit(strange, signals.ability(strange)[0]) or 0) < signals.MISFIT_Z


def test_fit_is_standard_over_takers_who_answer_by_the_model() -> None:
    dice, found = random.Random(1), []
    for _taker in range(1500):
        theta = dice.gauss(0, 1)
        found.append(signals.person_fit([(i, int(dice.random() < i.chance(theta))) for i in ITEMS], theta) or 0)
    mean = sum(found) / len(found)
    assert mean == pytest.approx(0, abs=0.08)
    assert sum((z - mean) ** 2 for z in found) / len(found) == pytest.approx(1, abs=0.12)


def test_answers_never_in_doubt_have_no_fit() -> None:
    assert signals.person_fit([], 0.0) is None


def test_without_answers_ability_is_what_is_known_of_everyone() -> None:
    assert signals.ability([]) == pytest.approx((0, 1), abs=1e-4)


@given(st.lists(st.integers(0, 1), min_size=20, max_size=20), st.integers(0, 19))
def test_one_more_right_is_more_ability(answers: list[int], changed: int) -> None:
    lower = [(item, 0 if n == changed else right) for n, (item, right) in enumerate(zip(ITEMS, answers, strict=True))]
    upper = [(item, 1 if n == changed else right) for n, (item, right) in enumerate(zip(ITEMS, answers, strict=True))]
    assert signals.ability(lower)[0] < signals.ability(upper)[0]
    assert signals.ability(lower)[1] < 1


def _class(copied: int) -> tuple[list[Taker], dict[str, Item], dict[str, dict[str, float]]]:
    """Sixty takers of thirty items with three even distractors; the last has `copied` wrong answers of the first."""
    dice = random.Random(4)
    items = {str(number): Item(1.0, 1.0 - number / 15) for number in range(30)}
    takers = []
    for number in range(60):
        wrong = {code: dice.choice("bcd") for code, item in items.items() if dice.random() > item.chance(0.0)}
        takers.append(Taker(f"taker {number}", 0.0, wrong, frozenset(items)))
    first = dict(list(takers[0].wrong.items())[:copied])
    others = {code: option for code, option in takers[-1].wrong.items() if code not in first}
    takers[-1] = Taker("copier", 0.0, {**others, **first}, frozenset(items))
    return takers, items, {code: dict.fromkeys("bcd", 1 / 3) for code in items}


def test_a_pair_with_the_same_wrong_answers_is_shown() -> None:
    (found,) = signals.same_wrong(*_class(14))
    assert (found.first, found.second) == ("taker 0", "copier")
    assert found.same == 11  # all the first was wrong on
    assert found.expected < 4
    assert found.p < 0.05


def test_two_takers_alone_are_a_pair_too() -> None:
    takers, items, shares = _class(14)
    (found,) = signals.same_wrong([takers[0], takers[-1]], items, shares)
    assert (found.first, found.second) == ("taker 0", "copier")
    assert found.p < 1e-4


def test_chance_alone_shows_nobody() -> None:
    assert signals.same_wrong(*_class(0)) == []


def test_the_chance_of_many_in_common_is_counted_exactly() -> None:
    # Binomial(4, 1/2): P(>= 3) = 5/16.
    assert signals._at_least(3, [0.5] * 4) == pytest.approx(5 / 16)
    assert signals._at_least(2, [0.5]) == 0
