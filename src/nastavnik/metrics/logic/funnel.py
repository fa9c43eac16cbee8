"""Funnel plots: how far from the average a unit of n records may lie by chance (Spiegelhalter, Stat Med 2005;24:1185).

95% limits raise an alert, 99.8% limits an alarm. Shares are flagged by the exact binomial distribution. Where units
differ more than chance explains altogether, the limits are widened by the root of that overdispersion.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from nastavnik.metrics.enums import Direction
from nastavnik.metrics.logic.distributions import binomial_cdf, normal_quantile
from nastavnik.metrics.logic.ranking import Unit

ALERT_TAIL = 0.025
ALARM_TAIL = 0.001
CURVE_POINTS = 40
_SURELY_INSIDE_Z = 1.2
_ROUND_ENOUGH = 5


class Flag(IntEnum):
    """Worse than chance allows is negative, better positive."""

    ALARM_WORSE = -2
    ALERT_WORSE = -1
    INSIDE = 0
    ALERT_BETTER = 1
    ALARM_BETTER = 2


@dataclass(frozen=True)
class Point:
    """One unit of the plot; `value` as a plain ratio."""

    unit_id: int
    n: int
    value: float
    flag: Flag


@dataclass(frozen=True)
class Limits:
    """The curves' heights at n records."""

    n: int
    low_alarm: float
    low_alert: float
    high_alert: float
    high_alarm: float

    def times(self, factor: float) -> "Limits":
        """The same limits in another unit."""
        heights = (self.low_alarm, self.low_alert, self.high_alert, self.high_alarm)
        return Limits(self.n, *(height * factor for height in heights))


@dataclass(frozen=True)
class Funnel:
    """Points and curves; `overdispersion` is the mean squared z, above 1 where units differ more than by chance."""

    average: float
    points: tuple[Point, ...]
    curve: tuple[Limits, ...]
    overdispersion: float
    is_widened: bool
    min_n: int


def of(
    units: Sequence[Unit],
    *,
    average: float,
    within: float,
    is_share: bool,
    direction: Direction,
    min_n: int,
    factor: float = 1.0,
) -> Funnel:
    """The funnel of the units with at least `min_n` records; `within` is the variance of one record.

    What is returned is multiplied by `factor` (100 for percent).
    """
    min_n = max(1, min_n)
    shown = [unit for unit in units if unit.n >= min_n]
    z = {unit.id: _z(unit, average, within) for unit in shown}
    phi = sum(value**2 for value in z.values()) / len(z) if z else 0.0
    # The mean of A squared normal scores has standard deviation sqrt(2/A): twice that above 1 is not chance.
    widened = bool(z) and phi > 1 + 2 * math.sqrt(2 / len(z))
    stretch = math.sqrt(phi) if widened else 1.0
    sign = -1 if direction == Direction.LOWER else 1
    is_exact = is_share and not widened
    points = [
        Point(unit.id, unit.n, unit.raw * factor, Flag(sign * _flag(unit, average, z[unit.id], stretch, is_exact)))
        for unit in shown
    ]
    return Funnel(
        average * factor,
        tuple(points),
        tuple(one.times(factor) for one in _curve(shown, average, within, stretch, is_share=is_share, first=min_n)),
        phi,
        widened,
        min_n,
    )


def _z(unit: Unit, average: float, within: float) -> float:
    return (unit.raw - average) / math.sqrt(within / unit.n) if within else 0.0


def _flag(unit: Unit, average: float, z: float, stretch: float, is_exact: bool) -> int:
    """-2 to 2 by value, whichever way is better."""
    if is_exact:
        return binomial_flag(unit.sums.numerator, unit.n, average)
    size = abs(z) / stretch
    level = (size > normal_quantile(1 - ALERT_TAIL)) + (size > normal_quantile(1 - ALARM_TAIL))
    return int(level if z > 0 else -level)


def binomial_flag(x: int, n: int, average: float) -> int:
    """How unusual x of n is at the average: 1 outside the 95% limits, 2 outside the 99.8% limits, signed."""
    sd = math.sqrt(n * average * (1 - average))
    if sd > _ROUND_ENOUGH and abs(x - n * average) < _SURELY_INSIDE_Z * sd:
        return 0
    if x < n * average:
        tail = binomial_cdf(x, n, average)
        return -((tail < ALERT_TAIL) + (tail < ALARM_TAIL))
    head = binomial_cdf(x - 1, n, average)
    return (head >= 1 - ALERT_TAIL) + (head >= 1 - ALARM_TAIL)


def _curve(
    units: Sequence[Unit], average: float, within: float, stretch: float, *, is_share: bool, first: int
) -> tuple[Limits, ...]:
    """m +- z * sqrt(variance / n) on sizes spaced evenly by ratio, from the least n to the largest unit."""
    if not units:
        return ()
    last = max(unit.n for unit in units)
    steps = [first * (last / first) ** (i / (CURVE_POINTS - 1)) for i in range(CURVE_POINTS)]
    curve = []
    for n in sorted({round(step) for step in steps}):
        error = stretch * math.sqrt(within / n)
        alert, alarm = (normal_quantile(1 - tail) * error for tail in (ALERT_TAIL, ALARM_TAIL))
        heights = [average - alarm, average - alert, average + alert, average + alarm]
        curve.append(Limits(n, *(min(1.0, max(0.0, height)) if is_share else height for height in heights)))
    return tuple(curve)
