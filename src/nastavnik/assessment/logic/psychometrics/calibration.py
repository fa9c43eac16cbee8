"""Rasch and 2PL calibration of a test by marginal maximum likelihood (Bock and Aitkin 1981).

logit P(right) = slope * theta + intercept, theta ~ N(0, 1) over the takers of this calibration; difficulty
b = -intercept / slope, in the takers' standard deviations. Rasch is the same with one slope for all items (the ability
variance of a Rasch scale is slope squared). Two calibrations stand on two scales until `linking` joins them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik.assessment.logic.psychometrics.acceleration import climb
from nastavnik.assessment.logic.psychometrics.expectation import (
    Quadrature,
    expect,
    posterior,
    softplus_table,
    standard_normal,
)
from nastavnik.assessment.logic.psychometrics.information import Method, covariance
from nastavnik.assessment.logic.psychometrics.linear import Matrix, Vector
from nastavnik.assessment.logic.psychometrics.maximisation import (
    INTERCEPT_LIMIT,
    SLOPE_LIMIT,
    Model,
    expand,
    logistic,
    maximise,
    start,
)
from nastavnik.assessment.logic.psychometrics.patterns import Answer, Patterns, collapse

MODEL_FROM = 100
"""Takers below which no model is fitted: difficulty only."""
TWO_PL_FROM = 500
TOLERANCE = 1e-5
ROUNDS = 500


@dataclass(frozen=True)
class Item:
    """An item's place on the scale of ability. Errors are standard errors; None where they cannot be told."""

    slope: float
    intercept: float
    slope_error: float | None = None
    difficulty_error: float | None = None
    at_limit: bool = False
    """The likelihood would carry this item on without end; the numbers only say «very steep» or «very easy»."""

    @property
    def difficulty(self) -> float:
        """The ability at which half are right; infinite for an item that does not depend on ability."""
        return -self.intercept / self.slope if self.slope else math.inf

    def chance(self, ability: float) -> float:
        """P(right)."""
        return logistic(self.slope * ability + self.intercept)


@dataclass(frozen=True)
class Calibration:
    """A calibrated test, item by item in the order of the answers' columns."""

    model: Model
    items: tuple[Item | None, ...]
    """None: everyone (or no one) was right, or no one saw it: such an item has no place on the scale."""
    takers: float
    log_likelihood: float
    reliability: float
    """Marginal: the share of ability's variance that the test tells (variance of the posterior means)."""
    rounds: int
    converged: bool
    method: Method
    difficulty_covariance: Matrix
    """Of all items' difficulties, by column; rows of items without a place are zero. Empty where it cannot be told."""

    def known(self) -> tuple[Item, ...]:
        """The items that have a place on the scale."""
        return tuple(item for item in self.items if item is not None)


def model_for(takers: int) -> Model | None:
    """The model so many takers can bear; None: difficulty only."""
    if takers < MODEL_FROM:
        return None
    return Model.RASCH if takers < TWO_PL_FROM else Model.TWO_PL


def calibrate(
    rows: Iterable[Sequence[Answer]],
    model: Model,
    *,
    weights: Iterable[float] | None = None,
    quadrature: Quadrature | None = None,
    tolerance: float = TOLERANCE,
) -> Calibration:
    """Fit the model to answers (takers x items; 1 right, 0 wrong, None not shown), each row standing for `weights`.

    ValueError: malformed answers, or no item that some had right and some wrong.
    """
    return calibrate_patterns(collapse(rows, weights), model, quadrature=quadrature, tolerance=tolerance)


def calibrate_patterns(
    patterns: Patterns, model: Model, *, quadrature: Quadrature | None = None, tolerance: float = TOLERANCE
) -> Calibration:
    """`calibrate` for answers already counted."""
    quadrature = quadrature or standard_normal()
    rights, shown = patterns.rights, patterns.shown
    kept = [item for item in range(patterns.items) if 0 < rights[item] < shown[item]]
    if not kept:
        raise ValueError("no item that some answered right and some wrong: nothing to calibrate")
    used = patterns if len(kept) == patterns.items else patterns.only(kept)
    shares = [rights[item] / shown[item] for item in kept]

    def step(vector: Vector) -> tuple[Vector, float]:
        slopes, intercepts = expand(model, vector)
        expectation = expect(used, slopes, intercepts, quadrature)
        return maximise(model, vector, expectation, quadrature.nodes), expectation.log_likelihood

    end = climb(step, start(model, shares), tolerance=tolerance, limit=ROUNDS)
    method, matrix = covariance(model, end.point, used, quadrature)
    slopes, intercepts = expand(model, end.point)
    difficulties = _difficulty_covariance(slopes, intercepts, matrix)
    found: list[Item | None] = [None] * patterns.items
    for position, item in enumerate(kept):
        found[item] = _item(slopes[position], intercepts[position], position, matrix, difficulties)
    return Calibration(
        model=model,
        items=tuple(found),
        takers=used.takers,
        log_likelihood=end.height,
        reliability=_reliability(used, slopes, intercepts, quadrature),
        rounds=end.rounds,
        converged=end.converged,
        method=method,
        difficulty_covariance=_spread_out(difficulties, kept, patterns.items),
    )


def _item(slope: float, intercept: float, position: int, matrix: Matrix, difficulties: Matrix) -> Item:
    at_limit = abs(slope) >= SLOPE_LIMIT or abs(intercept) >= INTERCEPT_LIMIT
    if not matrix:
        return Item(slope, intercept, at_limit=at_limit)
    error = math.sqrt(difficulties[position][position]) if slope else None
    return Item(slope, intercept, math.sqrt(matrix[position][position]), error, at_limit)


def _spread_out(matrix: Matrix, kept: list[int], items: int) -> Matrix:
    """The matrix of the kept items with rows of zeros for the others."""
    if not matrix:
        return []
    result = [[0.0] * items for _row in range(items)]
    for row, item in zip(matrix, kept, strict=True):
        for value, other in zip(row, kept, strict=True):
            result[item][other] = value
    return result


def _difficulty_covariance(slopes: Vector, intercepts: Vector, matrix: Matrix) -> Matrix:
    """By the delta method: d(-d/a) = (d / a^2) da - (1 / a) dd."""
    if not matrix:
        return []
    size = len(slopes)
    by_slope = [d / a**2 if a else 0.0 for a, d in zip(slopes, intercepts, strict=True)]
    by_intercept = [-1 / a if a else 0.0 for a in slopes]
    return [
        [
            by_slope[i] * (by_slope[j] * matrix[i][j] + by_intercept[j] * matrix[i][size + j])
            + by_intercept[i] * (by_slope[j] * matrix[size + i][j] + by_intercept[j] * matrix[size + i][size + j])
            for j in range(size)
        ]
        for i in range(size)
    ]


def _reliability(patterns: Patterns, slopes: Vector, intercepts: Vector, quadrature: Quadrature) -> float:
    table = softplus_table(slopes, intercepts, quadrature.nodes)
    squares = total = 0.0
    for block in patterns.blocks:
        found = posterior(block, slopes, intercepts, table, quadrature)
        squares += sum(weight * mean * mean for weight, mean in zip(block.weights, found.means, strict=True))
        total += sum(block.weights)
    return squares / total
