"""Kept calibrations as the value types of the logic."""

from typing import Any

from nastavnik.assessment.logic.psychometrics.calibration import Calibration, Item
from nastavnik.assessment.logic.psychometrics.information import Method
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from nastavnik.assessment.models import CalibrationRun


def restored(run: CalibrationRun) -> Calibration:
    """The calibration as it was when it was made."""
    return Calibration(
        model=Model(run.model),
        items=tuple(_item(one) for one in run.items),
        takers=float(run.takers),
        log_likelihood=run.log_likelihood,
        reliability=run.reliability,
        rounds=0,
        converged=run.converged,
        method=Method.OBSERVED if run.covariance else Method.NONE,
        difficulty_covariance=run.covariance,
    )


def _item(kept: dict[str, Any]) -> Item | None:
    if kept.get("slope") is None:
        return None
    return Item(kept["slope"], kept["intercept"], kept["slope_error"], kept["difficulty_error"], bool(kept["at_limit"]))
