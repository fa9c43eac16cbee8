"""Words for figures of items and tests: the bands of `reference/academy.md`, section 5."""

from enum import StrEnum


class Ease(StrEnum):
    """How easy an item is."""

    EXTREMELY_HARD = "extremely_hard"
    VERY_HARD = "very_hard"
    HARD = "hard"
    MODERATELY_HARD = "moderately_hard"
    RIGHT = "right"
    FAIRLY_EASY = "fairly_easy"
    EASY = "easy"
    VERY_EASY = "very_easy"
    EXTREMELY_EASY = "extremely_easy"


class Discrimination(StrEnum):
    """How well an item tells strong from weak."""

    INVALID_KEY = "invalid_key"
    VERY_WEAK = "very_weak"
    WEAK = "weak"
    ADEQUATE = "adequate"
    VERY_GOOD = "very_good"


class Consistency(StrEnum):
    """Whether the items measure one thing."""

    UNSATISFACTORY = "unsatisfactory"
    DOUBTFUL = "doubtful"
    SATISFACTORY = "satisfactory"


_EASE = (
    (5, Ease.EXTREMELY_HARD),
    (10, Ease.VERY_HARD),
    (20, Ease.HARD),
    (34, Ease.MODERATELY_HARD),
    (65, Ease.RIGHT),
    (80, Ease.FAIRLY_EASY),
    (89, Ease.EASY),
    (94, Ease.VERY_EASY),
)


def ease(facility: float) -> Ease:
    """The band of a share, rounded to whole per cent as the bands are."""
    percent = round(100 * facility)
    return next((band for top, band in _EASE if percent <= top), Ease.EXTREMELY_EASY)


def discrimination(item_rest: float) -> Discrimination:
    """The band of a corrected point-biserial. The edges are unverified."""
    if item_rest < 0:
        return Discrimination.INVALID_KEY
    for bottom, band in (
        (0.495, Discrimination.VERY_GOOD),
        (0.295, Discrimination.ADEQUATE),
        (0.195, Discrimination.WEAK),
    ):
        if item_rest >= bottom:
            return band
    return Discrimination.VERY_WEAK


def consistency(alpha: float) -> Consistency:
    """From .75 satisfactory, under .64 not."""
    if alpha < 0.64:
        return Consistency.UNSATISFACTORY
    return Consistency.SATISFACTORY if alpha >= 0.75 else Consistency.DOUBTFUL


def guess_share(options: int, right: int = 1) -> float:
    """Expected share of points by guessing an item of one choice among `options`, `right` of them accepted."""
    return right / options
