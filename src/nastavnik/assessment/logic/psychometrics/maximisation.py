"""The M-step: slopes and intercepts that fit the expected counts, by Newton's method.

A parameter vector is flat. 2PL: all slopes, then all intercepts. Rasch: the common slope, then the intercepts (a Rasch
scale whose ability variance is slope squared).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nastavnik.assessment.logic.psychometrics.expectation import Expectation
from nastavnik.assessment.logic.psychometrics.linear import Vector

SLOPE_LIMIT = 8.0
INTERCEPT_LIMIT = 25.0
_STEPS = 2
"""Newton steps per M-step: the EM itself iterates, so a nearly solved M-step loses nothing."""
_LONGEST = 1.0
"""No parameter moves further than this in one Newton step: far from the solution the curvature misleads."""


class Model(StrEnum):
    """How an item's chance of being answered right depends on ability."""

    RASCH = "rasch"
    TWO_PL = "2pl"


@dataclass(frozen=True)
class Fit:
    """Distance of one item's expected sums from its observed ones, and the curvature there."""

    slope: float
    intercept: float
    slope_slope: float
    slope_intercept: float
    intercept_intercept: float


def logistic(logit: float) -> float:
    """1 / (1 + exp(-logit)) without overflow."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    small = math.exp(logit)
    return small / (1 + small)


def start(model: Model, shares: Sequence[float]) -> Vector:
    """Slopes of one and intercepts that give each item its share of right answers (Camilli's 1.7 for the mixture)."""
    widening = math.sqrt(1 + 1 / 1.7**2)
    intercepts = [math.log(share / (1 - share)) * widening for share in shares]
    return [1.0] * (1 if model is Model.RASCH else len(shares)) + intercepts


def expand(model: Model, vector: Sequence[float]) -> tuple[list[float], list[float]]:
    """Slope and intercept of each item."""
    if model is Model.RASCH:
        return [vector[0]] * (len(vector) - 1), list(vector[1:])
    half = len(vector) // 2
    return list(vector[:half]), list(vector[half:])


def maximise(model: Model, vector: Sequence[float], expectation: Expectation, nodes: Sequence[float]) -> Vector:
    """Improved parameters."""
    slopes, intercepts = expand(model, vector)
    if model is Model.RASCH:
        return _common_slope(slopes[0], intercepts, expectation, nodes)
    for item in range(len(slopes)):
        slopes[item], intercepts[item] = _own_slope(slopes[item], intercepts[item], item, expectation, nodes)
    return slopes + intercepts


def fit(slope: float, intercept: float, item: int, expectation: Expectation, nodes: Sequence[float]) -> Fit:
    """Gradient and negative second derivatives of the expected complete-data log-likelihood of one item."""
    d0 = d1 = i0 = i1 = i2 = 0.0
    for node, count in zip(nodes, expectation.counts[item], strict=True):
        p = logistic(slope * node + intercept)
        expected = count * p
        d0 += expected
        d1 += expected * node
        spread = expected * (1 - p)
        i0 += spread
        i1 += spread * node
        i2 += spread * node * node
    return Fit(expectation.moments[item] - d1, expectation.rights[item] - d0, i2, i1, i0)


def _own_slope(
    slope: float, intercept: float, item: int, expectation: Expectation, nodes: Sequence[float]
) -> tuple[float, float]:
    for _step in range(_STEPS):
        now = fit(slope, intercept, item, expectation, nodes)
        determinant = now.slope_slope * now.intercept_intercept - now.slope_intercept**2
        if not determinant > 0:  # every expected answer is certain already: nothing to learn from
            break
        slope += _held(
            (now.slope * now.intercept_intercept - now.intercept * now.slope_intercept) / determinant, _LONGEST
        )
        intercept += _held((now.intercept * now.slope_slope - now.slope * now.slope_intercept) / determinant, _LONGEST)
        slope, intercept = _held(slope, SLOPE_LIMIT), _held(intercept, INTERCEPT_LIMIT)
    return slope, intercept


def _common_slope(slope: float, intercepts: Vector, expectation: Expectation, nodes: Sequence[float]) -> Vector:
    """One slope, many intercepts: the curvature is an arrow, solved by eliminating the intercepts."""
    for _step in range(_STEPS):
        fits = [fit(slope, intercept, item, expectation, nodes) for item, intercept in enumerate(intercepts)]
        over = sum(f.slope - f.slope_intercept * f.intercept / f.intercept_intercept for f in fits)
        under = sum(f.slope_slope - f.slope_intercept**2 / f.intercept_intercept for f in fits)
        move = _held(over / under, _LONGEST)
        slope = _held(slope + move, SLOPE_LIMIT)
        for item, f in enumerate(fits):
            change = (f.intercept - f.slope_intercept * move) / f.intercept_intercept
            intercepts[item] = _held(intercepts[item] + _held(change, _LONGEST), INTERCEPT_LIMIT)
    return [slope, *intercepts]


def _held(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
