"""Classical item analysis: how hard each item is, whether it tells strong from weak, how far the total can be trusted.

Scores are points per taker and item (None: not shown to that taker); every item has a maximum. Use each person's first
attempt. The rest of an item is the share of points on the other items the taker saw, so takers of different forms can
be analysed together; on one form it is the rest score up to scale, and correlations are the same.

Definitions: `reference/academy.md`, section 5 (those of Moodle's quiz statistics); variances divide by n - 1. A figure
that is not defined (no spread, one item only) is None, never 0.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import mul

from nastavnik.assessment.logic.psychometrics.linear import Vector, dot

Score = float | None

SHOWN_FROM = 10
"""Answers to an item below which nothing is said of it."""
FULL_FROM = 100
"""Answers below which only difficulty is said."""
GROUP = 0.27
"""Share of takers in the upper and in the lower group (Kelley 1939)."""


class Flag(StrEnum):
    """What an author should look at."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    WEAK = "weak"
    SUSPECT_KEY = "suspect_key"
    LOW_EFFICIENCY = "low_efficiency"
    GUESSABLE = "guessable"


class Depth(StrEnum):
    """How much so many answers can tell."""

    NOTHING = "nothing"
    DIFFICULTY = "difficulty"
    FULL = "full"


@dataclass(frozen=True)
class ItemFigures:
    """One item. Shares and correlations are fractions, not per cent."""

    answers: int
    facility: float | None
    """Mean score by maximum: for 0/1 items the share who were right (p)."""
    spread: float | None
    """Standard deviation by maximum."""
    item_total: float | None
    item_rest: float | None
    """Corrected point-biserial: correlation with the rest of the test."""
    efficiency: float | None
    """Covariance with the rest by the largest these scores could have."""
    group_discrimination: float | None
    """Facility in the upper 27% by rest of the test, less that in the lower 27%."""
    intended_weight: float
    effective_weight: float | None
    """The item's share in the variance of totals."""
    alpha_without: float | None


@dataclass(frozen=True)
class TestFigures:
    """The test as a whole. In points, where everyone had the same items; None otherwise."""

    __test__ = False  # not a test class, whatever its name suggests to pytest

    takers: int
    mean_share: float | None
    share_deviation: float | None
    skewness: float | None
    excess_kurtosis: float | None
    mean: float | None
    variance: float | None
    alpha: float | None
    """Cronbach's; KR-20 when items are 0/1."""
    error_ratio: float | None
    """Share of the totals' deviation that is error: sqrt(1 - alpha)."""
    standard_error: float | None
    """Of measurement, in points."""


@dataclass(frozen=True)
class Analysis:
    """A test analysed."""

    test: TestFigures
    items: tuple[ItemFigures, ...]


def depth(answers: int) -> Depth:
    """What may be shown for so many answers."""
    if answers < SHOWN_FROM:
        return Depth.NOTHING
    return Depth.DIFFICULTY if answers < FULL_FROM else Depth.FULL


def analyse(scores: Sequence[Sequence[Score]], maxima: Sequence[float]) -> Analysis:
    """All figures, however few the takers: what may be shown is `depth`'s to say.

    ValueError: no taker, rows of unequal length, a maximum that is not positive.
    """
    if not scores or {len(row) for row in scores} != {len(maxima)}:
        raise ValueError("every taker has one score (or None) per item, and there is at least one taker")
    if not all(maximum > 0 for maximum in maxima):
        raise ValueError("the maximum of an item is a positive number of points")
    form = _Form(scores, maxima)
    return Analysis(_test(form), tuple(_item(form, item) for item in range(len(maxima))))


def rest_shares(scores: Sequence[Sequence[Score]], maxima: Sequence[float], item: int) -> list[float | None]:
    """Per taker: the share of points on the other items; None where the item, or all the others, were not shown."""
    points, possible = _totals(list(zip(*scores, strict=True)), maxima)
    result: list[float | None] = []
    for row, total, most in zip(scores, points, possible, strict=True):
        own, others = row[item], most - maxima[item]
        result.append(None if own is None or not others > 0 else (total - own) / others)
    return result


def flags(figures: ItemFigures, *, guess: float | None = None) -> frozenset[Flag]:
    """What is wrong with an item, as far as its number of answers can tell. `guess`: expected share by guessing."""
    found = set()
    if guess is not None and guess > 0.4:
        found.add(Flag.GUESSABLE)
    level = depth(figures.answers)
    if level is not Depth.NOTHING and figures.facility is not None:
        if figures.facility > 0.95:
            found.add(Flag.TOO_EASY)
        if figures.facility < 0.30:
            found.add(Flag.TOO_HARD)
    if level is Depth.FULL and figures.item_rest is not None:
        if figures.item_rest < 0:
            found.add(Flag.SUSPECT_KEY)
        elif figures.item_rest < 0.15:
            found.add(Flag.WEAK)
        if figures.efficiency is not None and figures.efficiency < 0.5:
            found.add(Flag.LOW_EFFICIENCY)
    return frozenset(found)


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's; None where either does not vary."""
    covariance = _covariance(left, right)
    scale = _variance(left), _variance(right)
    if covariance is None or scale[0] is None or scale[1] is None or not scale[0] * scale[1] > 0:
        return None
    return max(-1.0, min(1.0, covariance / math.sqrt(scale[0] * scale[1])))


def _totals(columns: Sequence[Sequence[Score]], maxima: Sequence[float]) -> tuple[Vector, Vector]:
    """Points got and points possible, per taker."""
    points = [sum(score for score in row if score is not None) for row in zip(*columns, strict=True)]
    if all(None not in column for column in columns):
        return points, [sum(maxima)] * len(points)
    return points, [
        sum(maximum for score, maximum in zip(row, maxima, strict=True) if score is not None)
        for row in zip(*columns, strict=True)
    ]


def _seen(column: Sequence[Score]) -> Vector:
    return [score for score in column if score is not None]


class _Form:
    """Scores by item, and the sums that all the figures share."""

    def __init__(self, scores: Sequence[Sequence[Score]], maxima: Sequence[float]) -> None:
        self.columns = list(zip(*scores, strict=True))
        self.maxima = maxima
        self.points, self.possible = _totals(self.columns, maxima)
        self.complete = all(None not in column for column in self.columns)
        self.variance = _variance(self.points) if self.complete else None
        self.variances = [_variance(_seen(column)) for column in self.columns]


def _item(form: _Form, item: int) -> ItemFigures:
    maximum, spread = form.maxima[item], form.variances[item]
    takers = zip(form.columns[item], form.points, form.possible, strict=True)
    seen = [(score, total, most) for score, total, most in takers if score is not None]
    own = [score for score, _total, _most in seen]
    rated = [(s, (t - s) / (most - maximum)) for s, t, most in seen if most - maximum > 0]
    x, rest = [score for score, _rest in rated], [share for _score, share in rated]
    with_total = _covariance(own, [total for _s, total, _m in seen]) if form.variance else None
    without = None
    if form.variance is not None and spread is not None and with_total is not None:
        without = form.variance - 2 * with_total + spread
    return ItemFigures(
        answers=len(own),
        facility=sum(own) / len(own) / maximum if own else None,
        spread=math.sqrt(spread) / maximum if spread is not None else None,
        item_total=correlation(own, [total / most for _score, total, most in seen]),
        item_rest=correlation(x, rest),
        efficiency=_efficiency(x, rest),
        group_discrimination=_group_difference(x, rest, maximum),
        intended_weight=maximum / sum(form.maxima),
        effective_weight=with_total / form.variance if with_total is not None and form.variance else None,
        alpha_without=_alpha([*form.variances[:item], *form.variances[item + 1 :]], without),
    )


def _test(form: _Form) -> TestFigures:
    points, variance, complete = form.points, form.variance, form.complete
    alpha = _alpha(form.variances, variance)
    shares = [total / most for total, most in zip(points, form.possible, strict=True) if most > 0]
    spread = _variance(shares)
    ratio = math.sqrt(max(0.0, 1 - alpha)) if alpha is not None else None
    return TestFigures(
        takers=len(points),
        mean_share=math.fsum(shares) / len(shares) if shares else None,
        share_deviation=math.sqrt(spread) if spread is not None else None,
        skewness=_moment(shares, 3),
        excess_kurtosis=None if (fourth := _moment(shares, 4)) is None else fourth - 3,
        mean=sum(points) / len(points) if complete else None,
        variance=variance,
        alpha=alpha,
        error_ratio=ratio,
        standard_error=ratio * math.sqrt(variance) if ratio is not None and variance is not None else None,
    )


def score_counts(scores: Sequence[Sequence[int]]) -> list[int]:
    """How many takers of one 0/1 form reached each total from 0 to the number of items."""
    counts = Counter(sum(row) for row in scores)
    return [counts[total] for total in range(len(scores[0]) + 1)] if scores else []


def _alpha(variances: Sequence[float | None], total: float | None) -> float | None:
    known = [variance for variance in variances if variance is not None]
    if len(variances) < 2 or len(known) < len(variances) or total is None or not total > 1e-12:
        return None
    return len(variances) / (len(variances) - 1) * (1 - sum(known) / total)


def _variance(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    middle = sum(values) / len(values)
    shifted = [value - middle for value in values]
    return dot(shifted, shifted) / (len(values) - 1)


def _covariance(left: Sequence[float], right: Sequence[float]) -> float | None:
    if len(left) < 2:
        return None
    middle, other = sum(left) / len(left), sum(right) / len(right)
    return dot([value - middle for value in left], [value - other for value in right]) / (len(left) - 1)


def _moment(values: Sequence[float], power: int) -> float | None:
    """Standardised central moment of the population these are."""
    if not values:
        return None
    middle = sum(values) / len(values)
    shifted = [value - middle for value in values]
    square = sum(map(mul, shifted, shifted)) / len(values)
    if not square > 1e-18:
        return None
    return float(sum(value**power for value in shifted) / len(values) / square ** (power / 2))


def _efficiency(x: Vector, rest: Vector) -> float | None:
    covariance, largest = _covariance(x, rest), _covariance(sorted(x), sorted(rest))
    if covariance is None or largest is None or not largest > 1e-15:
        return None
    return covariance / largest


def _group_difference(x: Vector, rest: Vector, maximum: float) -> float | None:
    """Takers tied at a group's edge enter it in part, so their order does not matter."""
    size = GROUP * len(x)
    if len(x) < 2 or min(rest) == max(rest):
        return None
    by_rest: dict[float, list[float]] = {}
    for score, share in zip(x, rest, strict=True):
        by_rest.setdefault(round(share, 12), []).append(score)
    ends = []
    for falling in (True, False):
        left, total = size, 0.0
        for share in sorted(by_rest, reverse=falling):
            group = by_rest[share]
            taken = min(left, len(group))
            total += taken * sum(group) / len(group)
            left -= taken
        ends.append(total / size / maximum)
    return ends[0] - ends[1]
