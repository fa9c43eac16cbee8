"""From two months' answers to this month's raw cut."""

import pytest

from nastavnik.assessment.logic.psychometrics import classical, cuts
from nastavnik.assessment.logic.psychometrics.calibration import Item, calibrate
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from nastavnik.assessment.logic.psychometrics.month import Form, base_cut, this_month
from tests.assessment.logic.psychometrics.simulated import Row, Test, drawn

TEST = drawn(30, slope_spread=0)
ANCHORS = [(f"anchor {column}", column, column) for column in range(8)]


def _form(rows: list[Row]) -> Form:
    facilities = [item.facility or 0.0 for item in classical.analyse(rows, [1] * len(rows[0])).items]
    return Form(calibrate(rows, Model.RASCH), facilities)


def _items(test: Test) -> list[Item]:
    return [Item(slope, -slope * b) for slope, b in zip(test.slopes, test.difficulties, strict=True)]


MARCH = _form(TEST.answers(1000, seed=41))


def test_an_easier_month_has_a_higher_cut() -> None:
    easier = TEST.easier(0.6, range(8, 30))
    month = this_month(MARCH, _form(easier.answers(1000, seed=42)), ANCHORS)
    truth = cuts.at_ability(_items(easier), cuts.ability_at(_items(TEST), 25.5))
    assert (month.is_equated, month.mark.raw, truth.raw) == (True, 27, 27)
    assert month.mark.exact == pytest.approx(truth.exact, abs=0.3)
    assert month.cut == base_cut(MARCH)


def test_the_base_month_itself_asks_for_85_percent() -> None:
    month = this_month(MARCH, MARCH, ANCHORS)
    assert month.mark.exact == pytest.approx(25.5)
    assert month.mark.band == (24, 27)


def test_months_without_enough_anchors_keep_the_plain_share_and_say_so() -> None:
    month = this_month(MARCH, MARCH, ANCHORS[:3])
    assert (month.is_equated, month.mark) == (False, cuts.unequated(30))


def test_items_everyone_has_right_count_with_their_points() -> None:
    rows = [[*row, 1, 1] for row in TEST.answers(1000, seed=41)]
    month = this_month(MARCH, _form(rows), ANCHORS)
    assert month.mark.items == 32
    assert month.mark.exact == pytest.approx(27.5)
