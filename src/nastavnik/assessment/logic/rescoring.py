"""An item scored anew: what it does to the total of one attempt, and to whom it gives or takes a pass. Pure.

Points are exact fractions. The pass mark in points shrinks and grows with the points possible, so leaving an item out
asks the same share of what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Treatment(StrEnum):
    """What is done with an item that was wrong."""

    LEAVE_OUT = "drop"  # neither its points nor its maximum count
    FULL_POINTS = "full"  # everybody who met it gets all of them
    NEW_KEY = "rekey"  # scored again by a corrected version


class Change(StrEnum):
    """What a rescoring does to one result."""

    SAME = "same"
    POINTS = "points"
    GAINED = "gained"
    LOST = "lost"
    SPARED = "spared"  # it would have come out worse, and nobody loses by our mistake


@dataclass(frozen=True)
class Line:
    """One item of a result."""

    position: int
    points: Fraction
    maximum: Fraction
    is_left_out: bool = False


@dataclass(frozen=True)
class Standing:
    """A total with the outcome it means: 0 failed, 1 undecided, 2 passed."""

    points: Fraction
    maximum: Fraction
    rank: int

    @property
    def share(self) -> Fraction:
        """Of the points possible."""
        return self.points / self.maximum if self.maximum else Fraction(0)


PASSED = 2


def treated(line: Line, treatment: Treatment, worth: Fraction | None = None) -> Line:
    """The line after the treatment. `worth`: what the answer brings under the new key."""
    match treatment:
        case Treatment.LEAVE_OUT:
            return replace(line, is_left_out=True)
        case Treatment.FULL_POINTS:
            return replace(line, points=line.maximum, is_left_out=False)
        case Treatment.NEW_KEY:
            return replace(line, points=line.points if worth is None else worth, is_left_out=False)


def totals(lines: Iterable[Line]) -> tuple[Fraction, Fraction]:
    """Points got and points possible of what counts."""
    counted = [line for line in lines if not line.is_left_out]
    return sum((line.points for line in counted), Fraction(0)), sum((line.maximum for line in counted), Fraction(0))


def scaled_cut(cut: Fraction, before: Fraction, after: Fraction) -> Fraction:
    """The pass mark in points when the points possible went from `before` to `after`."""
    return cut * after / before if before else cut


def change(before: Standing, after: Standing, *, spares: bool) -> Change:
    """What becomes of the result. With `spares` whoever would come out worse keeps what he has."""
    if (before.points, before.maximum, before.rank) == (after.points, after.maximum, after.rank):
        return Change.SAME
    if spares and (after.rank, after.share) < (before.rank, before.share):
        return Change.SPARED
    if before.rank != PASSED == after.rank:
        return Change.GAINED
    return Change.LOST if before.rank == PASSED != after.rank else Change.POINTS


def counted(changes: Sequence[Change]) -> dict[Change, int]:
    """How many of each."""
    return {one: changes.count(one) for one in Change}
