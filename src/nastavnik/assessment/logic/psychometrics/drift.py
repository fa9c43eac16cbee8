"""Items that have changed: drift between two months, and a leak, which is drift one way after exposure.

A movement counts as drift when it passes either limit and is more than the calibrations' own errors explain: with 300
takers a difficulty is known to a quarter of a logit, and one sound anchor in four would pass the bare limit by chance.
A movement is how an anchor's difficulty changed less how the anchors changed in general (their median), in logits;
negative is easier. Limits: `reference/effects.md`, section 8.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from nastavnik.assessment.logic.psychometrics.calibration import Item

DRIFT_LOGITS = 0.3
DRIFT_Z = 2.58
_NOISE = 1.96
_IQR_TO_DEVIATION = 0.74
"""Interquartile range of a normal distribution times this is its standard deviation."""


@dataclass(frozen=True)
class Movement:
    """How one anchor moved against the rest."""

    code: str
    logits: float
    z: float | None
    """Robust: by 0.74 of the interquartile range; None where that is nothing."""
    has_drifted: bool

    @property
    def became_easier(self) -> bool:
        """Drifted, and to the easy side."""
        return self.has_drifted and self.logits < 0


@dataclass(frozen=True)
class Reading:
    """One month of an item: its difficulty on the base scale, that figure's error, and who had seen it before."""

    difficulty: float
    error: float | None
    seen_before: int
    """Takers who had met the item before this month began."""


@dataclass(frozen=True)
class Leak:
    """An item that only ever became easier since people had seen it. A person decides what that means."""

    logits: float
    """How much easier in all; positive."""
    z: float | None
    months: int
    """Months of exposure that show it."""


@dataclass(frozen=True)
class Anchor:
    """One item, unchanged, in both calibrations."""

    code: str
    base: Item
    now: Item


def movements(anchors: Sequence[Anchor], scale: float = 1.0) -> list[Movement]:
    """Movement of each anchor; this month's difficulties are multiplied by `scale` first."""
    if not anchors:
        return []
    differences = [scale * anchor.now.difficulty - anchor.base.difficulty for anchor in anchors]
    middle = median(differences)
    deviation = _IQR_TO_DEVIATION * (_quantile(differences, 0.75) - _quantile(differences, 0.25))
    result = []
    for anchor, difference in zip(anchors, differences, strict=True):
        moved = difference - middle
        z = moved / deviation if deviation > 1e-12 else None
        beyond = abs(moved) > DRIFT_LOGITS or (z is not None and abs(z) > DRIFT_Z)
        result.append(Movement(anchor.code, moved, z, beyond and abs(moved) > _NOISE * _error(anchor, scale)))
    return result


def _error(anchor: Anchor, scale: float) -> float:
    """Of the difference of the two difficulties; nothing where a calibration does not know its errors."""
    base, now = anchor.base.difficulty_error, anchor.now.difficulty_error
    return 0.0 if base is None or now is None else math.hypot(base, scale * now)


def leak(readings: Sequence[Reading]) -> Leak | None:
    """A leak alarm over an item's months, oldest first; None: no alarm.

    Every month since the item had been seen is easier than the one before, the whole way is more than drift allows,
    and, where errors are known, more than chance.
    """
    start = next((number for number, reading in enumerate(readings) if reading.seen_before > 0), len(readings))
    if start == 0 or start >= len(readings):
        return None  # no month before exposure to compare with, or no exposure yet
    path = readings[start - 1 :]
    if any(later.difficulty >= earlier.difficulty for earlier, later in pairwise(path)):
        return None
    easier = path[0].difficulty - path[-1].difficulty
    first, last = path[0].error, path[-1].error
    z = None if first is None or last is None else easier / (first**2 + last**2) ** 0.5
    if easier <= DRIFT_LOGITS or (z is not None and z <= DRIFT_Z):
        return None
    return Leak(easier, z, len(path) - 1)


def _quantile(values: Sequence[float], share: float) -> float:
    """By linear interpolation between the ordered values (R's type 7)."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
