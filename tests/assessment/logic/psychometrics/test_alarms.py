"""Items that moved or are answered in haste: what raises an alarm, and what does not."""

import random

import pytest

from nastavnik.assessment.logic.psychometrics.alarms import Alarm, Haste, Tally, haste, moved, suspicion
from nastavnik.assessment.logic.psychometrics.drift import Movement

BEFORE = {name: Tally(300, share) for name, share in (("a", 0.6), ("b", 0.7), ("c", 0.5), ("d", 0.8), ("e", 0.65))}


def after(shift: float, **planted: float) -> dict[str, Tally]:
    return {name: Tally(300, planted.get(name, tally.share + shift)) for name, tally in BEFORE.items()}


def test_an_item_that_alone_became_easy_has_leaked() -> None:
    found = {one.code: one for one in moved(BEFORE, after(0.0, c=0.92))}
    assert {code for code, one in found.items() if one.has_drifted} == {"c"}
    assert found["c"].logits == pytest.approx(-2.42, abs=0.05)
    assert suspicion(found["c"], None) is Alarm.LEAKED
    assert suspicion(found["a"], None) is None


def test_an_item_that_alone_became_hard_has_drifted() -> None:
    found = {one.code: one for one in moved(BEFORE, after(0.0, d=0.45))}
    assert suspicion(found["d"], None) is Alarm.DRIFTED


def test_better_takers_are_no_leak() -> None:
    assert [one.code for one in moved(BEFORE, after(0.08)) if one.has_drifted] == []


def test_little_evidence_raises_nothing() -> None:
    few = {name: Tally(20, 0.95) for name in BEFORE}
    assert moved(BEFORE, few) == []
    assert moved({"a": BEFORE["a"]}, {"a": Tally(300, 0.99)}) == []
    assert haste([1] * 29, [True] * 29) is None


def test_all_right_or_all_wrong_has_a_place_too() -> None:
    found = {one.code: one.has_drifted for one in moved(BEFORE, after(0.0, c=1.0))}
    assert found["c"] is True


def test_right_answers_given_in_no_time_are_remarkable_and_wrong_ones_are_not() -> None:
    usual, quick = [20_000] * 70, [3_000] * 30
    assert haste(usual + quick, [True] * 100) == Haste(0.3, 1.0)
    assert suspicion(None, haste(usual + quick, [True] * 100)) is Alarm.LEAKED
    guessed = haste(usual + quick, [True] * 70 + [False] * 20 + [True] * 10)
    assert guessed == Haste(0.3, pytest.approx(1 / 3))
    assert suspicion(None, guessed) is None
    assert haste([*usual, *[None] * 30], [True] * 100) == Haste(0.0, 0.0)


def test_the_usual_time_of_earlier_months_is_the_measure_where_it_is_known() -> None:
    assert haste([3_000] * 100, [True] * 100) == Haste(0.0, 0.0)
    assert haste([3_000] * 100, [True] * 100, usual_ms=20_000) == Haste(1.0, 1.0)


def test_chance_alone_rarely_raises_an_alarm() -> None:
    draw = random.Random(5)
    shares = [0.4 + 0.05 * number for number in range(10)]
    alarms = 0
    for _month in range(40):
        sides = [
            {
                str(number): Tally(200, sum(draw.random() < share for _ in range(200)) / 200)
                for number, share in enumerate(shares)
            }
            for _side in range(2)
        ]
        alarms += sum(one.has_drifted for one in moved(*sides))
    assert alarms <= 0.02 * 40 * len(shares)


def test_no_movement_is_no_suspicion() -> None:
    assert suspicion(Movement("a", -0.1, None, has_drifted=False), Haste(0.1, 1.0)) is None
