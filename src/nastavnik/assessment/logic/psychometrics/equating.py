"""Equating of raw scores of two forms taken by like groups (Kolen and Brennan): mean, linear, equipercentile.

A form is given as counts of takers per raw score 0, 1, 2, ... Deviations are those of the population.
"""

import math
from collections.abc import Sequence
from itertools import accumulate


def mean_shift(counts_x: Sequence[float], counts_y: Sequence[float]) -> float:
    """What to add to a score on X to have it on Y."""
    return _moments(counts_y)[0] - _moments(counts_x)[0]


def linear(counts_x: Sequence[float], counts_y: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept: y = slope * x + intercept. ValueError: all takers of X had one score."""
    (mean_x, sd_x), (mean_y, sd_y) = _moments(counts_x), _moments(counts_y)
    if not sd_x > 0:
        raise ValueError("scores that do not vary cannot be equated linearly")
    slope = sd_y / sd_x
    return slope, mean_y - slope * mean_x


def equipercentile(counts_x: Sequence[float], counts_y: Sequence[float]) -> list[float]:
    """For each raw score on X the score on Y of the same percentile rank; each score is spread over +-.5."""
    below_x = [0.0, *accumulate(counts_x)]
    below_y = [0.0, *accumulate(counts_y)]
    if not below_x[-1] > 0 or not below_y[-1] > 0:
        raise ValueError("a form without takers cannot be equated")
    ranks = [(below_x[score] + below_x[score + 1]) / 2 / below_x[-1] for score in range(len(counts_x))]
    return [_score_at(rank, below_y) for rank in ranks]


def _score_at(rank: float, below: Sequence[float]) -> float:
    """The score with that percentile rank; in the middle of the gap where nobody scored around it."""
    target = rank * below[-1]
    slack = 1e-9 * below[-1]
    upper = next(
        score for score in range(len(below) - 1) if below[score + 1] > target + slack or score == len(below) - 2
    )
    lower = next(score for score in range(len(below) - 1) if below[score + 1] >= target - slack)
    return (_within(upper, target, below) + _within(lower, target, below)) / 2


def _within(score: int, target: float, below: Sequence[float]) -> float:
    width = below[score + 1] - below[score]
    inside = (target - below[score]) / width if width > 0 else 0.5
    return score - 0.5 + max(0.0, min(1.0, inside))


def _moments(counts: Sequence[float]) -> tuple[float, float]:
    total = sum(counts)
    if not total > 0:
        raise ValueError("a form without takers cannot be equated")
    mean = sum(score * count for score, count in enumerate(counts)) / total
    return mean, math.sqrt(sum(count * (score - mean) ** 2 for score, count in enumerate(counts)) / total)
