"""95% intervals from exact sums: Wilson for shares, Student's t for means, linearised for ratios.

Wilson (1927), score interval; the ratio's variance by Taylor linearisation (Cochran, Sampling Techniques, 6.3), which
for equal denominators is the interval of a mean.
"""

import math
from enum import StrEnum

from nastavnik.metrics.logic.distributions import normal_quantile, t_quantile
from nastavnik.metrics.logic.sums import Sums

CONFIDENCE = 0.95
_UPPER = (1 + CONFIDENCE) / 2


class Kind(StrEnum):
    """How a metric's interval is found."""

    MEAN_T = "mean_t"
    WILSON = "wilson"
    RATIO_LINEARISED = "ratio_linearised"
    NONE = "none"  # a full count is not a sample


def of(kind: Kind, sums: Sums) -> tuple[float, float] | None:
    """Lower and upper bound of numerator / denominator; None where there is nothing to judge by."""
    match kind:
        case Kind.WILSON:
            return wilson(sums.numerator, sums.n) if sums.n else None
        case Kind.MEAN_T | Kind.RATIO_LINEARISED:
            return student(sums)
        case Kind.NONE:
            return None


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Bounds of a share."""
    z = normal_quantile(_UPPER)
    share = successes / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def student(sums: Sums) -> tuple[float, float] | None:
    """Bounds of a mean or ratio with n - 1 degrees of freedom; None for n < 2."""
    error = standard_error(sums)
    if error is None:
        return None
    half = t_quantile(_UPPER, sums.n - 1) * error
    middle = sums.numerator / sums.denominator
    return middle - half, middle + half


def standard_error(sums: Sums) -> float | None:
    """Of a mean or a ratio; None for n < 2. The sums stay exact until the root."""
    if sums.n < 2 or not sums.denominator:
        return None
    over, under = sums.residuals
    return math.sqrt(over * sums.n / (under * (sums.n - 1) * sums.denominator**2))
