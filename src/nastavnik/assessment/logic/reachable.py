"""Which totals of a form can be reached at all, and how likely guessing passes. Pure.

Per item: every score a taker can get with its probability under blind guessing (an open typed answer guesses nothing).
Totals: the convolution of the items. Where exact totals would be too many they are merged on a grid of 1/60 of a point,
downwards; the report then says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb

from nastavnik.assessment.logic.items import (
    Body,
    Case,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    Ordering,
    Short,
    Single,
    TrueFalse,
    maximum,
)
from nastavnik.assessment.logic.scoring import score

Spread = dict[Fraction, float]
_MOST_TOTALS = 4000
_GRID = 60
_MOST_STEPS = 6
_MOST_OPTIONS = 10


@dataclass(frozen=True)
class Reach:
    """The smallest and largest total, whether the pass mark can be reached and missed, how often guessing passes."""

    lowest: Fraction
    highest: Fraction
    can_pass: bool
    can_fail: bool
    guessing_passes: float
    is_merged: bool = False

    @property
    def is_fit(self) -> bool:
        """Whether the pass mark tells people apart."""
        return self.can_pass and self.can_fail


def reach(items: Sequence[Body], cut: Fraction) -> Reach:
    """The reachable totals of a form against its pass mark in points."""
    total: Spread = {Fraction(0): 1.0}
    merged = False
    for item in items:
        total = _together(total, spread(item))
        if len(total) > _MOST_TOTALS:
            total, merged = _merged(total), True
    passing = sum(chance for points, chance in total.items() if points >= cut)
    lowest, highest = min(total), max(total)
    return Reach(lowest, highest, highest >= cut, lowest < cut, passing, merged)


def spread(item: Body) -> Spread:
    """Every score of one item with its probability under blind guessing."""
    match item:
        case Case():
            total: Spread = {Fraction(0): 1.0}
            for part in item.parts:
                total = _together(total, spread(part))
            return total
        case Single():
            return _even(item, range(len(item.choices)))
        case TrueFalse():
            return _even(item, (True, False))
        case Multiple() if len(item.choices) <= _MOST_OPTIONS:
            places = range(len(item.choices))
            return _even(item, (list(c) for size in range(len(places) + 1) for c in combinations(places, size)))
        case Ordering() if len(item.steps) <= _MOST_STEPS:
            return _even(item, (list(order) for order in permutations(range(len(item.steps)))))
        case Matching():
            return _binomial(item.points, len(item.asked), 1 / (len(item.rights) or 1))
        case Gap():
            shares = [{max(one.share, Fraction(0)) for one in gap} | {Fraction(0)} for gap in item.gaps]
            scores = {sum(combo, Fraction(0)) * item.points / (len(item.gaps) or 1) for combo in _few(shares)}
            return _typed(scores, item)
        case Short():
            return _typed({_within(one.share) * item.points for one in item.answers}, item)
        case Number():
            return _typed({_within(one.share) * item.points for one in item.numbers}, item)
        case Essay():
            steps = {Fraction(n) for n in range(int(item.points) + 1)} | {item.points}
            return _typed(steps, item)
        case _:
            return _typed({maximum(item)}, item)


def _few(shares: Sequence[set[Fraction]]) -> Iterable[tuple[Fraction, ...]]:
    """All combinations, or of long texts all-or-nothing ones."""
    return product(*shares) if len(shares) <= 6 else [tuple(max(one) for one in shares)]


def _within(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _typed(scores: set[Fraction], item: Body) -> Spread:
    """Reachable by knowing; a guess brings nothing."""
    return dict.fromkeys(scores, 0.0) | {Fraction(0): 1.0}


def _even(item: Body, answers: Iterable[object]) -> Spread:
    found = [score(item, answer).points for answer in answers] or [Fraction(0)]
    spread_: Spread = {}
    for points in found:
        spread_[points] = spread_.get(points, 0.0) + 1 / len(found)
    return spread_


def _binomial(points: Fraction, pairs: int, chance: float) -> Spread:
    if not pairs:
        return {Fraction(0): 1.0}
    return {
        points * right / pairs: comb(pairs, right) * chance**right * (1 - chance) ** (pairs - right)
        for right in range(pairs + 1)
    }


def _together(one: Spread, other: Spread) -> Spread:
    total: Spread = {}
    for first, chance in one.items():
        for second, also in other.items():
            points = first + second
            total[points] = total.get(points, 0.0) + chance * also
    return total


def _merged(total: Spread) -> Spread:
    coarse: Spread = {}
    for points, chance in total.items():
        grid = Fraction(int(points * _GRID), _GRID)
        coarse[grid] = coarse.get(grid, 0.0) + chance
    return coarse
