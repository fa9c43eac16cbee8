"""Marks of open answers: points along a rubric, two markers blind to each other, a third where they part.

Points are exact fractions. The gap that calls a third marker is a share of the answer's points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from nastavnik.assessment.logic.items import Criterion, Essay
from nastavnik.kernel.errors import InvalidInput

THIRD_ABOVE = Fraction(1, 5)
"""Two marks that lie further apart than this share of the maximum are settled by a third marker."""


class UnfitMark(InvalidInput):
    """Give each line of the rubric from 0 to {most} points."""


class MarkState(StrEnum):
    """Where the marking of one answer stands."""

    WAITING = "waiting"  # for the first or the second marker
    DISAGREED = "disagreed"  # for the third
    SETTLED = "settled"


@dataclass(frozen=True)
class Settlement:
    """What the marks given so far come to; `points` only once they are settled."""

    state: MarkState
    points: Fraction | None
    gap: Fraction | None
    """Between the first two marks, as a share of the maximum."""


def lines(essay: Essay) -> tuple[Criterion, ...]:
    """What a marker gives points for: the rubric scaled to the points of the item; one line where there is none."""
    if not essay.rubric:
        return (Criterion("", essay.points),)
    whole = sum((line.points for line in essay.rubric), Fraction(0))
    if not whole:
        return (Criterion("", essay.points),)
    return tuple(Criterion(line.text, line.points * essay.points / whole) for line in essay.rubric)


def total(essay: Essay, given: Sequence[Fraction]) -> Fraction:
    """Points of one marker over all the lines. Raises UnfitMark."""
    wanted = lines(essay)
    if len(given) != len(wanted):
        raise UnfitMark(most=max(line.points for line in wanted))
    for points, line in zip(given, wanted, strict=True):
        if not 0 <= points <= line.points:
            raise UnfitMark(most=line.points)
    return sum(given, Fraction(0))


def settle(
    marks: Sequence[Fraction], maximum: Fraction, *, markers: int = 2, above: Fraction = THIRD_ABOVE
) -> Settlement:
    """What marks in the order they were given come to.

    One marker settles alone. Of two the mean counts, unless they part by more than `above` of the maximum; then the
    mean of the third mark and the nearer of the two counts (both where they are equally near: the mean of all three).
    """
    if len(marks) < markers:
        return Settlement(MarkState.WAITING, None, None)
    if markers == 1:
        return Settlement(MarkState.SETTLED, marks[0], None)
    first, second = marks[0], marks[1]
    gap = abs(first - second) / maximum if maximum else Fraction(0)
    if gap <= above:
        return Settlement(MarkState.SETTLED, (first + second) / 2, gap)
    if len(marks) < 3:
        return Settlement(MarkState.DISAGREED, None, gap)
    return Settlement(MarkState.SETTLED, _with_third(first, second, marks[2]), gap)


def _with_third(first: Fraction, second: Fraction, third: Fraction) -> Fraction:
    near, far = sorted((first, second), key=lambda one: abs(one - third))
    if abs(near - third) == abs(far - third):
        return (first + second + third) / 3
    return (near + third) / 2


def is_open_to(marker: int, *, taker: int, marked_by: Sequence[int], state: MarkState) -> bool:
    """Whether this person may mark the answer now: nobody marks twice, nobody marks oneself."""
    return state is not MarkState.SETTLED and marker != taker and marker not in marked_by


def agreement_rows(marks: Mapping[str, Sequence[Fraction]], maxima: Mapping[str, Fraction]) -> list[list[float]]:
    """The first two marks of every answer as shares of its maximum, so answers of different worth stand together."""
    return [
        [float(mark / maxima[answer]) for mark in given[:2]]
        for answer, given in marks.items()
        if len(given) >= 2 and maxima[answer] > 0
    ]
