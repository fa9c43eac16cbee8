"""The pass mark of a month, the grey band and the short retest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import cuts
from nastavnik.assessment.logic.psychometrics.calibration import Item
from nastavnik.assessment.logic.psychometrics.cuts import Outcome, PassMark

BASE = [Item(1.0, -number / 10) for number in range(-25, 5)]
EASIER = [Item(item.slope, item.intercept + 0.4) for item in BASE]


def test_85_percent_of_thirty_is_26_with_a_grey_band_from_24_to_27() -> None:
    mark = cuts.unequated(30)
    assert (mark.exact, mark.raw, mark.band) == (25.5, 26, (24, 27))
    assert round(mark.error / 30 * 100, 2) == 6.52
    outcomes = [mark.outcome(raw) for raw in (23, 24, 25, 26, 27, 28)]
    assert outcomes == [Outcome.FAILED, *[Outcome.SHORT_RETEST] * 4, Outcome.PASSED]


def test_chances_of_passing_are_binomial() -> None:
    # reference/effects.md, section 8: true 75, 80, 85, 90, 95%.
    shares = (0.75, 0.80, 0.85, 0.90, 0.95)
    assert [round(cuts.pass_chance(share, 30, 26), 4) for share in shares] == [0.0979, 0.2552, 0.5245, 0.8245, 0.9844]
    assert [round(cuts.band_chance(share, 30, 24, 27), 2) for share in (0.8, 0.85, 0.9)] == [0.56, 0.70, 0.56]


def test_an_easier_form_has_a_higher_raw_cut_and_the_ability_it_asks_for_is_the_same() -> None:
    cut = cuts.ability_at(BASE, 25.5)
    march, april = cuts.at_ability(BASE, cut), cuts.at_ability(EASIER, cut)
    assert (march.raw, april.raw) == (26, 27)
    assert march.exact == pytest.approx(25.5)
    assert cuts.ability_at(EASIER, april.exact) == pytest.approx(cut)


def test_a_score_on_an_easier_form_is_worth_less_on_the_base_form() -> None:
    assert cuts.on_base_form(27, EASIER, BASE) < 26
    assert [cuts.on_base_form(raw, EASIER, BASE) for raw in (0, 30)] == [0, 30]


def test_both_sittings_together_decide() -> None:
    mark, short = cuts.unequated(30), cuts.unequated(10)
    assert mark.after_retest(25, short, 9) is Outcome.PASSED  # 34 of 40
    assert mark.after_retest(24, short, 9) is Outcome.FAILED
    assert mark.after_retest(27, short, 7) is Outcome.PASSED


def test_a_form_without_doubt_has_no_band() -> None:
    mark = PassMark(10, 8.5, 0.1)
    assert mark.band == (9, 8)
    assert [mark.outcome(raw) for raw in (8, 9)] == [Outcome.FAILED, Outcome.PASSED]


def test_the_band_stays_on_the_scale() -> None:
    assert PassMark(3, 2.55, 2.9).band == (0, 3)


def test_a_short_retest_keeps_the_shares_of_topics() -> None:
    assert cuts.retest_topics({"refunds": 15, "delivery": 9, "account": 6}) == {
        "refunds": 5,
        "delivery": 3,
        "account": 2,
    }
    assert cuts.retest_topics({"b": 10, "a": 10, "c": 10}) == {"a": 4, "b": 3, "c": 3}
    assert cuts.retest_topics({"a": 1, "b": 2}, 2) == {"a": 1, "b": 1}
    with pytest.raises(ValueError):
        cuts.retest_topics({})


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1).filter(lambda form: any(form.values()))
)
def test_a_short_retest_has_its_length_and_only_topics_of_the_form(form: dict[str, int]) -> None:
    found = cuts.retest_topics(form)
    assert sum(found.values()) == cuts.RETEST_ITEMS
    assert all(count == 0 or form[topic] > 0 for topic, count in found.items())


def test_a_like_form_agrees_on_pass_and_fail_for_four_in_five() -> None:
    # reference/effects.md, section 8: "same-form retest agrees on pass/fail for 80% (KR-20 .82)".
    assert cuts.decision_consistency(23.7, 0.82, 30, 26) == pytest.approx(0.80, abs=0.02)
    for mean, reliability in ((0, 0.8), (30, 0.8), (20, 0), (20, 1)):
        with pytest.raises(ValueError):
            cuts.decision_consistency(mean, reliability, 30, 26)


def test_a_more_reliable_test_decides_more_alike_and_a_certain_decision_is_always_alike() -> None:
    agreed = [cuts.decision_consistency(24, reliability, 30, 26) for reliability in (0.2, 0.5, 0.8, 0.95)]
    assert agreed == sorted(agreed)
    assert cuts.decision_consistency(24, 0.8, 30, 0) == pytest.approx(1)


def test_judges_set_a_cut_and_its_error() -> None:
    found = cuts.angoff([[0.8, 0.9, 1.0], [0.6, 0.7, 0.8], [0.7, 0.8, 0.9]])
    assert found.cut == pytest.approx(2.4)
    assert found.error == pytest.approx(0.3 / math.sqrt(3))
    assert cuts.angoff([[0.5, 0.5]]).error is None
    for bad in ([], [[0.5], [0.5, 0.5]], [[1.1]]):
        with pytest.raises(ValueError):
            cuts.angoff(bad)


@given(st.floats(-3, 3), st.floats(0, 1))
def test_the_more_able_expect_more_and_the_mark_rises_with_them(ability: float, more: float) -> None:
    assert cuts.true_score(BASE, ability) <= cuts.true_score(BASE, ability + more)
    assert cuts.at_ability(BASE, ability).raw <= cuts.at_ability(BASE, ability + more).raw


@given(st.floats(1, 29))
def test_the_ability_of_a_score_expects_that_score(score: float) -> None:
    assert cuts.true_score(BASE, cuts.ability_at(BASE, score)) == pytest.approx(score)


@given(st.integers(5, 60))
def test_a_higher_score_never_has_a_worse_outcome(items: int) -> None:
    order = [Outcome.FAILED, Outcome.SHORT_RETEST, Outcome.PASSED]
    ranks = [order.index(cuts.unequated(items).outcome(raw)) for raw in range(items + 1)]
    assert ranks == sorted(ranks)
