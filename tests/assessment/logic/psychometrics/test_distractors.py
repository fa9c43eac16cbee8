"""Options of an item, and the key that is not the right one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import distractors
from nastavnik.assessment.logic.psychometrics.distractors import Option, OptionFlag


def _takers(count: int, *, seed: int = 1) -> tuple[list[frozenset[str]], list[float]]:
    """The stronger choose «b», the weaker anything but «d», which nobody chooses."""
    dice = random.Random(seed)
    rest = [dice.random() for _taker in range(count)]
    return [frozenset("b" if dice.random() < level else dice.choice("abc")) for level in rest], rest


def _option(code: str, *, is_key: bool, item_rest: float | None) -> Option:
    return Option(code, is_key, 100, 0.3, 0.5, item_rest, frozenset())


def test_each_option_is_counted_with_the_level_of_those_who_chose_it() -> None:
    choices = [frozenset("a"), frozenset("a"), frozenset("b"), frozenset(), None]
    a, b, c = distractors.options(choices, [0.2, 0.4, 0.9, 0.5, 1.0], keys="b", codes="abc")
    assert (a.chosen, a.share, a.is_key) == (2, 0.5, False)
    assert a.mean_rest == pytest.approx(0.3)
    assert (b.chosen, b.share, b.mean_rest, b.is_key) == (1, 0.25, 0.9, True)
    assert (c.chosen, c.share, c.mean_rest, c.item_rest) == (0, 0.0, None, None)


def test_an_item_nobody_saw_has_no_shares() -> None:
    (a,) = distractors.options([None], [0.5], keys="a", codes="a")
    assert (a.chosen, a.share, a.mean_rest) == (0, None, None)


def test_a_distractor_nobody_takes_is_flagged_and_a_good_one_is_not() -> None:
    choices, rest = _takers(400)
    flags = {o.code: o.flags for o in distractors.options(choices, rest, keys="b", codes="abcd")}
    assert flags == {"a": set(), "b": set(), "c": set(), "d": {OptionFlag.RARE}}


def test_a_wrong_key_is_doubted_and_the_right_one_named() -> None:
    choices, rest = _takers(400)
    found = distractors.options(choices, rest, keys="a", codes="abcd")
    assert OptionFlag.ATTRACTS_STRONG in next(option.flags for option in found if option.code == "b")
    doubt = distractors.key_doubt(found, 400)
    assert doubt is not None
    assert doubt.instead == "b"
    assert doubt.key_rest < 0 < (doubt.instead_rest or 0)


def test_a_right_key_is_not_doubted() -> None:
    choices, rest = _takers(400)
    assert distractors.key_doubt(distractors.options(choices, rest, keys="b", codes="abcd"), 400) is None


def test_too_few_answers_give_no_doubt() -> None:
    choices, rest = _takers(99)
    found = distractors.options(choices, rest, keys="a", codes="abcd")
    assert distractors.key_doubt(found, 99) is None
    assert {flag for option in found for flag in option.flags} == set()


def test_a_key_of_the_weak_is_doubted_even_where_nothing_better_is_offered() -> None:
    found = [_option("a", is_key=True, item_rest=-0.1), _option("b", is_key=False, item_rest=0.05)]
    doubt = distractors.key_doubt(found, 400)
    assert doubt == distractors.KeyDoubt(-0.1, None, None)


def test_an_item_with_several_right_options_or_no_spread_is_not_judged_by_this_rule() -> None:
    two = [_option("a", is_key=True, item_rest=-0.1), _option("b", is_key=True, item_rest=0.4)]
    flat = [_option("a", is_key=True, item_rest=None), _option("b", is_key=False, item_rest=None)]
    assert (distractors.key_doubt(two, 400), distractors.key_doubt(flat, 400)) == (None, None)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 1)), min_size=1, max_size=50), st.randoms())
def test_the_order_of_takers_does_not_matter(answers: list[tuple[str, float]], dice: random.Random) -> None:
    mixed = dice.sample(answers, len(answers))
    found, other = (
        distractors.options([frozenset(code) for code, _r in some], [r for _c, r in some], keys="a", codes="abcd")
        for some in (answers, mixed)
    )
    assert [option.chosen for option in found] == [option.chosen for option in other]
    assert [o.mean_rest for o in found] == [o.mean_rest and pytest.approx(o.mean_rest) for o in other]
    assert sum(option.chosen for option in found) == len(answers)
