"""Every figure of tests and items in ../shared/data/known_answers_effects.json, at its own tolerance."""

from typing import Any

import pytest

from nastavnik.assessment.logic.psychometrics import classical, cuts, equating
from nastavnik.assessment.logic.psychometrics.calibration import Calibration, calibrate
from nastavnik.assessment.logic.psychometrics.expectation import standard_normal
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from tests.assessment.logic.psychometrics.published import (
    LSAT6,
    SHARED,
    known_answer,
    shared_lsat6,
    spelt_out,
)

pytestmark = pytest.mark.skipif(
    not (SHARED / "known_answers_effects.json").exists(),
    reason="the known answers live in ../shared, which is not here",
)


def _near(known: dict[str, Any], value: Any) -> Any:
    return pytest.approx(value, abs=known["tolerance"])


def test_the_copy_of_lsat6_kept_here_is_the_shared_one() -> None:
    assert sorted(spelt_out(shared_lsat6())) == sorted(spelt_out(LSAT6))


def test_classical_figures_of_lsat6() -> None:
    known = known_answer("lsat6_ctt")
    expected = known["expected"]
    rows = spelt_out(shared_lsat6())
    found = classical.analyse(rows, [1] * 5)
    assert found.test.takers == expected["n"]
    assert [item.facility for item in found.items] == _near(known, expected["p"])
    assert found.test.mean == _near(known, expected["mean"])
    assert found.test.variance == _near(known, expected["variance"])
    assert found.test.alpha == _near(known, expected["alpha"])
    assert [item.alpha_without for item in found.items] == _near(known, expected["alpha_if_deleted"])
    assert [item.item_total for item in found.items] == _near(known, expected["item_total"])
    assert [item.item_rest for item in found.items] == _near(known, expected["item_rest"])
    assert classical.score_counts(rows) == expected["score_counts"]


def _calibrated(model: Model, *, production: bool) -> Calibration:
    rows, counts = shared_lsat6()
    quadrature = standard_normal() if production else standard_normal(61, 6.0)
    return calibrate(rows, model, weights=counts, quadrature=quadrature)


@pytest.mark.parametrize("production", [False, True], ids=["61 nodes", "41 nodes"])
def test_rasch_of_lsat6(production: bool) -> None:
    known = known_answer("lsat6_rasch")
    expected = known["expected"]
    found = _calibrated(Model.RASCH, production=production)
    assert [item.slope for item in found.known()] == _near(known, [expected["a"]] * 5)
    assert [item.slope**2 for item in found.known()] == _near(known, [expected["variance"]] * 5)
    assert [item.intercept for item in found.known()] == _near(known, expected["d"])
    assert [item.difficulty for item in found.known()] == _near(known, expected["b"])
    assert found.log_likelihood == _near(known, expected["loglik"])


@pytest.mark.parametrize("production", [False, True], ids=["61 nodes", "41 nodes"])
def test_2pl_of_lsat6(production: bool) -> None:
    known = known_answer("lsat6_2pl")
    expected = known["expected"]
    found = _calibrated(Model.TWO_PL, production=production)
    assert [item.slope for item in found.known()] == _near(known, expected["a"])
    assert [item.intercept for item in found.known()] == _near(known, expected["d"])
    assert [item.difficulty for item in found.known()] == _near(known, expected["b"])
    assert found.log_likelihood == pytest.approx(expected["loglik"], abs=known["params"]["loglik_tolerance"])


def test_equating_of_constructed_forms() -> None:
    known = known_answer("equating_constructed")
    x, y, expected = known["params"]["fx"], known["params"]["fy"], known["expected"]
    assert equating.mean_shift(x, y) == _near(known, expected["mean_shift"])
    assert equating.linear(x, y) == _near(known, (expected["slope"], expected["intercept"]))
    assert equating.equipercentile(x, y) == _near(known, expected["equipercentile"])


def test_pass_chances_of_26_of_30() -> None:
    known = known_answer("passmark_26_of_30")
    expected = known["expected"]
    mark = cuts.unequated(30)
    passing = {share: cuts.pass_chance(float(share), 30, mark.raw) for share in expected["pass"]}
    grey = {share: cuts.band_chance(float(share), 30, *mark.band) for share in expected["inside_24_27"]}
    assert passing == _near(known, expected["pass"])
    assert grey == _near(known, expected["inside_24_27"])
    assert round(mark.error / 30 * 100, 2) == expected["sem_pp_at_0.85"]
