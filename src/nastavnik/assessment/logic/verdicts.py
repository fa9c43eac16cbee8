"""What points mean: passed, not passed, or too close to the pass mark to say. Pure and exact.

The grey band is the pass mark plus and minus about one standard error of measurement (reference/effects.md: 24 to 27 of
30 for a pass mark near 85 %); inside it a single test cannot tell a person who knows enough from one who does not, so a
short retest on unseen items decides, and both are judged together.
"""

from dataclasses import dataclass
from fractions import Fraction

from nastavnik.assessment.enums import Outcome


@dataclass(frozen=True)
class Band:
    """Points from which and to which nothing is decided, both included."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Rules:
    """By what a form is judged: the points that pass, and the band around them."""

    cut: Fraction
    band: Band | None = None


def rules(
    maximum: Fraction,
    *,
    pass_percent: int,
    grey: tuple[int, int] | None = None,
    equated_cut: Fraction | None = None,
) -> Rules:
    """The pass mark in points of this form. An equated cut replaces the percentage, and the band moves with it."""
    written = maximum * pass_percent / 100
    cut = equated_cut if equated_cut is not None else written
    if grey is None:
        return Rules(cut)
    shift = cut - written
    low, high = maximum * grey[0] / 100 + shift, maximum * grey[1] / 100 + shift
    return Rules(cut, Band(max(low, Fraction(0)), min(high, maximum)))


def outcome(points: Fraction, judged_by: Rules) -> Outcome:
    """What the points mean."""
    band = judged_by.band
    if band and band.low <= points <= band.high:
        return Outcome.GREY
    return Outcome.PASSED if points >= judged_by.cut else Outcome.FAILED


def needed_in_retest(*, earlier: Fraction, earlier_cut: Fraction, maximum: Fraction, pass_percent: int) -> Fraction:
    """Points the short retest must bring so that both together reach both pass marks; 0 to its maximum."""
    both = earlier_cut + maximum * pass_percent / 100
    return min(max(both - earlier, Fraction(0)), maximum)


def percent(points: Fraction, maximum: Fraction) -> Fraction:
    """Per cent of the possible points."""
    return points * 100 / maximum if maximum else Fraction(0)
