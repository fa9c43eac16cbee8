"""Drift and leak alarms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics import drift
from nastavnik.assessment.logic.psychometrics.calibration import Item
from nastavnik.assessment.logic.psychometrics.drift import Anchor, Reading


def _anchors(differences: list[float], error: float | None = None) -> list[Anchor]:
    return [
        Anchor(str(number), Item(1.0, 0.0, None, error), Item(1.0, -difference, None, error))
        for number, difference in enumerate(differences)
    ]


def test_an_anchor_moved_more_than_three_tenths_against_the_rest_has_drifted() -> None:
    found = drift.movements(_anchors([0.2, 0.15, 0.25, 0.1, 0.3, -0.4]))
    assert [movement.has_drifted for movement in found] == [False] * 5 + [True]
    assert found[5].logits == pytest.approx(-0.575)
    assert found[5].became_easier


def test_a_harder_anchor_has_drifted_but_is_no_leak() -> None:
    found = drift.movements(_anchors([0.0, 0.1, -0.1, 0.05, -0.05, 0.9]))[5]
    assert (found.has_drifted, found.became_easier) == (True, False)


def test_a_small_movement_far_outside_the_others_is_drift_too() -> None:
    found = drift.movements(_anchors([0.0, 0.01, -0.01, 0.02, -0.02, 0.2]))
    assert [movement.has_drifted for movement in found] == [False] * 5 + [True]
    assert (found[5].z or 0) > 2.58


def test_what_the_errors_explain_is_not_drift() -> None:
    differences = [0.2, 0.15, 0.25, 0.1, 0.3, -0.4]
    assert [m.has_drifted for m in drift.movements(_anchors(differences, 0.15))] == [False] * 5 + [True]
    assert [m.has_drifted for m in drift.movements(_anchors(differences, 0.25))] == [False] * 6


def test_movements_without_spread_have_no_z() -> None:
    found = drift.movements(_anchors([0.1] * 6))
    assert [(movement.z, movement.has_drifted) for movement in found] == [(None, False)] * 6
    assert drift.movements([]) == []


def test_a_common_scale_is_put_on_first() -> None:
    anchors = [Anchor("a", Item(1.0, -2.0), Item(1.0, -1.0)), Anchor("b", Item(1.0, -1.0), Item(1.0, -0.5))]
    assert [movement.logits for movement in drift.movements(anchors, 2.0)] == [0, 0]


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=10), st.floats(-1, 1))
def test_a_shift_of_all_anchors_is_nobodys_drift(differences: list[float], shift: float) -> None:
    plain = drift.movements(_anchors(differences))
    moved = drift.movements(_anchors([difference + shift for difference in differences]))
    assert [m.logits for m in moved] == pytest.approx([m.logits for m in plain], abs=1e-9)


def _path(*difficulties: float, error: float | None = 0.1, seen_from: int = 1) -> list[Reading]:
    return [Reading(b, error, 500 if month >= seen_from else 0) for month, b in enumerate(difficulties)]


def test_an_item_that_only_became_easier_since_it_was_seen_is_a_leak() -> None:
    found = drift.leak(_path(0.5, 0.2, -0.3))
    assert found is not None
    assert (round(found.logits, 9), found.months) == (0.8, 2)
    assert found.z == pytest.approx(0.8 / 0.02**0.5)
    unknown = drift.leak(_path(0.5, 0.1, error=None))
    assert unknown is not None
    assert (unknown.z, unknown.months) == (None, 1)


def test_months_before_exposure_do_not_count() -> None:
    assert drift.leak(_path(0.0, 0.5, 0.0, -0.3, seen_from=2)) == drift.leak(_path(0.5, 0.0, -0.3))


@pytest.mark.parametrize(
    "readings",
    [
        [],
        _path(0.5),
        _path(0.5, -0.5, seen_from=9),  # easier, but nobody had seen it
        _path(0.5, -0.5, seen_from=0),  # no month before exposure to compare with
        _path(0.5, -0.5, -0.4),  # and back
        _path(0.5, 0.3, 0.25),  # too little
        _path(0.5, 0.1, error=0.2),  # within chance
        _path(-0.5, 0.5),  # harder
    ],
)
def test_everything_else_is_no_leak(readings: list[Reading]) -> None:
    assert drift.leak(readings) is None
