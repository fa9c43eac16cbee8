"""How well people know a topic: points got by points possible, each person one observation. Pure.

The interval is that of a ratio, linearised (Cochran, Sampling Techniques, 6.3): answers of one person hang together, so
counting every item as an observation would promise too much. Student's t by Cornish and Fisher's expansion.
"""

import math
from dataclasses import dataclass

TOLD_FROM = 10
"""People below which a topic of a team is not told."""
_Z = 1.959964


@dataclass(frozen=True)
class Sums:
    """Over people: their number, and the sums of points x and possible y, their squares and products."""

    n: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n, self.x + other.x, self.y + other.y, self.xx + other.xx, self.xy + other.xy,
            self.yy + other.yy,
        )  # fmt: skip


NOTHING = Sums(0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Share:
    """A share with its 95% interval; both are None where there are too few people to tell."""

    n: int
    value: float | None
    low: float | None
    high: float | None


def share(sums: Sums, *, told_from: int = TOLD_FROM) -> Share:
    """What the sums say."""
    if sums.n < max(told_from, 2) or not sums.y > 0:
        return Share(sums.n, None, None, None)
    ratio = sums.x / sums.y
    residuals = max(0.0, sums.xx - 2 * ratio * sums.xy + ratio * ratio * sums.yy)
    error = math.sqrt(sums.n / (sums.n - 1) * residuals) / sums.y
    half = student(sums.n - 1) * error
    return Share(sums.n, ratio, max(0.0, ratio - half), min(1.0, ratio + half))


def student(freedom: int) -> float:
    """The 97.5% point of Student's t, to a per cent from four degrees of freedom on."""
    first = (_Z**3 + _Z) / 4
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    third = (3 * _Z**7 + 19 * _Z**5 + 17 * _Z**3 - 15 * _Z) / 384
    return _Z + first / freedom + second / freedom**2 + third / freedom**3


def is_weak(found: Share, mark: float) -> bool:
    """Whether even the upper end of the interval lies under the mark: weakness beyond chance."""
    return found.high is not None and found.high < mark
