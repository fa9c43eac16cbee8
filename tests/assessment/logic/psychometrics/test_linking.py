"""One month's scale joined to another's: 85% means the same in March and April."""

import pytest

from nastavnik.assessment.logic.psychometrics import cuts, linking
from nastavnik.assessment.logic.psychometrics.calibration import Calibration, Item, calibrate
from nastavnik.assessment.logic.psychometrics.drift import Anchor
from nastavnik.assessment.logic.psychometrics.information import Method as ErrorMethod
from nastavnik.assessment.logic.psychometrics.linking import Method, Scale
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from tests.assessment.logic.psychometrics.simulated import Test, drawn

ANCHORS = [(f"anchor {column}", column, column) for column in range(8)]
SLOPES = (0.7, 1.0, 1.3, 0.9, 1.1, 1.4)
TRUE = [Item(slope, slope * place) for slope, place in zip(SLOPES, (2.0, 1.2, 0.6, 0.1, -0.4, -1.1), strict=True)]


def _calibration(items: list[Item | None], model: Model = Model.TWO_PL) -> Calibration:
    return Calibration(model, tuple(items), 2000, -1.0, 0.8, 10, True, ErrorMethod.NONE, [])


def _seen_by(others: Scale, item: Item) -> Item:
    """The item on the scale of takers whose ability is turned into the base's by `others`."""
    return Item(item.slope * others.scale, item.intercept + item.slope * others.shift)


@pytest.mark.parametrize("method", [Method.MEAN_SIGMA, Method.STOCKING_LORD])
def test_a_known_scale_and_shift_are_found_again(method: Method) -> None:
    truth = Scale(1.25, 0.4)
    now = [_seen_by(truth, item) for item in TRUE]
    pairs = [Anchor(str(number), base, other) for number, (base, other) in enumerate(zip(TRUE, now, strict=True))]
    find = linking.mean_sigma if method is Method.MEAN_SIGMA else linking.stocking_lord
    found = find(pairs)
    assert (found.scale, found.shift) == pytest.approx((1.25, 0.4), abs=1e-6)
    assert found.ability(1.0) == pytest.approx(1.65, abs=1e-6)
    back = [found.item(item) for item in now]
    assert [item.difficulty for item in back] == pytest.approx([item.difficulty for item in TRUE], abs=1e-6)
    assert [item.slope for item in back] == pytest.approx(SLOPES, abs=1e-6)


def test_the_house_method_is_the_mean_shift_of_difficulties() -> None:
    now = [_seen_by(Scale(1.0, 0.3), item) for item in TRUE]
    found = linking.link(_calibration([*TRUE]), _calibration([*now]), [(str(n), n, n) for n in range(6)])
    assert found.scale is not None
    assert (found.scale.scale, found.scale.shift) == pytest.approx((1.0, 0.3))
    assert (found.is_comparable, found.error, len(found.kept)) == (True, None, 6)


def test_check_methods_are_offered_beside_it() -> None:
    now = [_seen_by(Scale(1.1, 0.3), item) for item in TRUE]
    columns = [(str(n), n, n) for n in range(6)]
    for method in (Method.MEAN_SIGMA, Method.STOCKING_LORD):
        found = linking.link(_calibration([*TRUE]), _calibration([*now]), columns, method=method)
        assert found.scale is not None
        assert (found.scale.scale, found.scale.shift) == pytest.approx((1.1, 0.3), abs=1e-6)


def test_errors_of_an_item_go_over_to_the_base_scale() -> None:
    moved = Scale(2.0, 1.0).item(Item(1.0, 0.5, 0.1, 0.2, True))
    assert moved == Item(0.5, 0.0, 0.05, 0.4, True)


def test_fewer_than_four_good_anchors_make_no_link() -> None:
    base, now = _calibration([*TRUE]), _calibration([*TRUE])
    found = linking.link(base, now, [(str(n), n, n) for n in range(3)])
    assert (found.is_comparable, found.scale, found.error, found.kept) == (False, None, None, ("0", "1", "2"))
    assert linking.link(base, now, []).movements == ()


def test_anchors_without_a_sound_place_are_passed_over() -> None:
    now: list[Item | None] = [*TRUE]
    now[0], now[1] = None, Item(-0.5, 1.0)
    found = linking.link(_calibration([*TRUE]), _calibration(now), [(str(n), n, n) for n in range(6)])
    assert found.kept == ("2", "3", "4", "5")


def test_scales_of_different_models_are_not_joined() -> None:
    with pytest.raises(ValueError):
        linking.link(_calibration([*TRUE]), _calibration([*TRUE], Model.RASCH), ANCHORS[:6])


def test_difficulties_all_alike_give_no_scale() -> None:
    with pytest.raises(ValueError):
        linking.mean_sigma([Anchor("a", TRUE[0], TRUE[0])] * 2)


def test_anchors_without_any_information_leave_the_scale_as_it_is() -> None:
    certain = Item(1.0, 500.0)  # right at every ability there is
    assert linking.stocking_lord([Anchor("a", certain, certain)]) == Scale(1.0, 0.0)
    with pytest.raises(ValueError):
        linking.mean_sigma([Anchor("a", certain, certain)])


@pytest.mark.parametrize(("anchors", "error"), [(6, 0.044), (10, 0.039)])
def test_the_error_of_a_link_is_that_of_the_reference(anchors: int, error: float) -> None:
    # reference/effects.md, section 8: different takers, 2,000 each: .044 logit (6 anchors), .039 (10).
    test = Test((1.0,) * 30, tuple(-1.45 + number / 10 for number in range(30)))
    spread = range(0, 30, 30 // anchors)
    others = [column for column in range(30) if column not in spread]
    base = calibrate(test.answers(2000, seed=11), Model.RASCH)
    now = calibrate(test.easier(0.4, others).answers(2000, seed=12, mean=0.2), Model.RASCH)
    found = linking.link(base, now, [(str(column), column, column) for column in spread])
    assert found.error == pytest.approx(error, abs=0.004)
    assert found.scale is not None
    assert found.scale.shift == pytest.approx(0.2, abs=3 * error)


@pytest.mark.parametrize("model", list(Model))
def test_an_easier_form_is_corrected_and_the_same_people_pass(model: Model) -> None:
    test = drawn(30, slope_spread=0 if model is Model.RASCH else 0.2)
    april = test.easier(0.4, range(8, 30))
    march_rows, april_rows = test.answers(2000, seed=21), april.answers(2000, seed=22)
    base, now = calibrate(march_rows, model), calibrate(april_rows, model)
    link = linking.link(base, now, ANCHORS)
    assert link.scale is not None
    cut = cuts.ability_at(base.known(), 25.5)
    mark = cuts.at_ability([link.scale.item(item) for item in now.known()], cut)
    passed = [
        sum(sum(row) >= raw for row in rows) / 2000
        for rows, raw in ((march_rows, 26), (april_rows, 26), (april_rows, mark.raw))
    ]
    assert mark.raw == 27
    assert passed[1] - passed[0] > 0.08  # the easier form alone would have looked like progress
    assert passed[2] == pytest.approx(passed[0], abs=0.05)


def test_a_leaked_anchor_is_dropped_and_does_not_shift_the_link() -> None:
    test = drawn(30, slope_spread=0)
    leaked = test.easier(1.2, [3])
    base = calibrate(test.answers(2000, seed=31), Model.RASCH)
    now = calibrate(leaked.answers(2000, seed=32), Model.RASCH)
    link = linking.link(base, now, ANCHORS)
    assert [movement.code for movement in link.movements if movement.became_easier] == ["anchor 3"]
    assert link.kept == tuple(code for code, _old, _new in ANCHORS if code != "anchor 3")
    assert link.scale is not None
    assert link.scale.shift == pytest.approx(0, abs=0.13)
