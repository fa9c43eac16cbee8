"""Anderson's acceleration of a fixed-point iteration that climbs a function (here EM and its log-likelihood).

EM alone needs hundreds of rounds where little is known of ability (a short test). Mixing the last few rounds so that
their residual is least (Walker and Ni 2011) needs tens; where the mixture would lose likelihood the plain EM step is
taken instead, so nothing is ever worse than EM.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import add, sub

from nastavnik.assessment.logic.psychometrics.linear import Vector, cholesky, dot, solve

Step = Callable[[Vector], tuple[Vector, float]]
"""Where the plain iteration goes from a point, and the height at that point."""

_MEMORY = 6
_SLACK = 1e-9


@dataclass(frozen=True)
class Climb:
    """Where the iteration ended."""

    point: Vector
    height: float
    rounds: int
    converged: bool
    """Whether the last plain step moved every parameter by less than the tolerance."""


def climb(step: Step, start: Sequence[float], *, tolerance: float, limit: int) -> Climb:
    """Iterate from `start` until a plain step moves nothing by `tolerance`, at most `limit` evaluations."""
    point = list(start)
    image, height = step(point)
    rounds = 1
    images: list[Vector] = []
    residuals: list[Vector] = []
    residual = list(map(sub, image, point))
    while _largest(residual) >= tolerance:
        if rounds >= limit:
            return Climb(point, height, rounds, False)
        trial = _mixed(image, residual, images, residuals)
        trial_image, trial_height = step(trial)
        rounds += 1
        if not trial_height >= height - _SLACK * abs(height):  # lost height, or nan: back to the plain step
            images.clear()
            residuals.clear()
            trial = image
            trial_image, trial_height = step(trial)
            rounds += 1
        trial_residual = list(map(sub, trial_image, trial))
        images.append(list(map(sub, trial_image, image)))
        residuals.append(list(map(sub, trial_residual, residual)))
        del images[:-_MEMORY], residuals[:-_MEMORY]
        point, image, height, residual = trial, trial_image, trial_height, trial_residual
    return Climb(point, height, rounds, True)


def _mixed(image: Vector, residual: Vector, images: list[Vector], residuals: list[Vector]) -> Vector:
    """The image less the combination of past changes that best explains the residual (least squares, tiny ridge)."""
    if not residuals:
        return image
    gram = [[dot(left, right) for right in residuals] for left in residuals]
    for i in range(len(gram)):
        gram[i][i] *= 1 + 1e-10
    lower = cholesky(gram)
    if lower is None:
        images.clear()
        residuals.clear()
        return image
    mixed = list(image)
    for factor, change in zip(solve(lower, [dot(past, residual) for past in residuals]), images, strict=True):
        mixed = list(map(add, mixed, [-factor * value for value in change]))
    return mixed


def _largest(values: Vector) -> float:
    return max(map(abs, values))
