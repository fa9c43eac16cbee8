"""Fair ranking: estimates shrunk towards the average, and tiers that chance alone would rarely produce.

Empirical Bayes by the method of moments: beta-binomial for shares, normal for means and ratios
(metrics-and-planning.md, section 5). Shrinking removes the bias towards those with few records; it creates no
information, so people are told tiers, never a place after the decimal point.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from nastavnik.metrics.enums import Direction, Tier
from nastavnik.metrics.logic.distributions import beta_cdf, normal_cdf
from nastavnik.metrics.logic.sums import Sums

LEAST_UNITS = 5
CLEARLY = 0.975
TAU2_FLOOR = 1e-6
# Nearer to the average than so many posterior standard deviations nobody is clearly anything; saves the exact tail.
_SURELY_WITHIN_SD = 1.2
_ROUND_ENOUGH = 5


class Refusal(StrEnum):
    """Why there is no ranking."""

    NONE = ""
    TOO_FEW_UNITS = "too_few_units"
    ALL_ALIKE = "all_alike"  # everybody at 0% or at 100%
    NO_SPREAD = "no_spread"  # one record each: nothing says how far chance reaches


@dataclass(frozen=True)
class Unit:
    """A person or team with records."""

    id: int
    sums: Sums

    @property
    def n(self) -> int:
        return self.sums.n

    @property
    def raw(self) -> float:
        return self.sums.numerator / self.sums.denominator if self.sums.denominator else 0.0


@dataclass(frozen=True)
class Posterior:
    """What the records say of a unit's true level: Beta(a, b) for shares, Normal(mean, sd) for means."""

    average: float
    a: float
    b: float
    is_beta: bool

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b) if self.is_beta else self.a

    @property
    def sd(self) -> float:
        if not self.is_beta:
            return self.b
        whole = self.a + self.b
        return math.sqrt(self.a * self.b / (whole * whole * (whole + 1)))

    @cached_property
    def above(self) -> float:
        """P(true level > average)."""
        if not self.is_beta:
            if not self.b:
                return 0.5 if self.a == self.average else float(self.a > self.average)
            return normal_cdf((self.a - self.average) / self.b)
        if self.a <= 0 or self.b <= 0:  # nothing shrunk and all records alike
            return float(self.b <= 0)
        return 1 - beta_cdf(self.average, self.a, self.b)

    @property
    def is_surely_within(self) -> bool:
        """A quick and safe answer for the many in the middle."""
        if self.is_beta and min(self.a, self.b) < _ROUND_ENOUGH:
            return False
        return abs(self.mean - self.average) < _SURELY_WITHIN_SD * self.sd


@dataclass(frozen=True)
class Standing:
    """Where one unit stands. `raw_place` is the naive order (1 = best), equal values share a place."""

    id: int
    n: int
    raw: float
    estimate: float
    tier: Tier
    raw_place: int | None
    posterior: Posterior
    direction: Direction

    @property
    def probability(self) -> float:
        """P(better than the average)."""
        return self.posterior.above if self.direction == Direction.HIGHER else 1 - self.posterior.above


@dataclass(frozen=True)
class Shrunk:
    """The whole comparison; `between` is the variance of true levels (tau squared), `within` of one record."""

    refusal: Refusal
    average: float = 0.0
    between: float = 0.0
    within: float = 0.0
    weight: float = 0.0
    no_difference: bool = False
    standings: tuple[Standing, ...] = ()


def rank(units: Sequence[Unit], *, is_share: bool, direction: Direction, min_n: int) -> Shrunk:
    """Estimates and tiers of all units with records. Those below `min_n` inform the average and get no tier."""
    with_records = [unit for unit in units if unit.n]
    if len(with_records) < LEAST_UNITS:
        return Shrunk(Refusal.TOO_FEW_UNITS)
    shrunk, posteriors = _shares(with_records) if is_share else _means(with_records)
    if shrunk.refusal:
        return shrunk
    places = _places((unit.raw for unit in with_records if unit.n >= min_n), direction)
    standings = []
    for unit, posterior in zip(with_records, posteriors, strict=True):
        tier = _tier(posterior, direction, shrunk.no_difference) if unit.n >= min_n else Tier.TOO_FEW
        place = places[unit.raw] if unit.n >= min_n else None
        standings.append(Standing(unit.id, unit.n, unit.raw, posterior.mean, tier, place, posterior, direction))
    return replace(shrunk, standings=tuple(standings))


def _shares(units: Sequence[Unit]) -> tuple[Shrunk, list[Posterior]]:
    """Beta-binomial: tau2 by moments, k = m(1-m)/tau2 - 1 imaginary records at the average."""
    total = sum(unit.n for unit in units)
    m = sum(unit.sums.numerator for unit in units) / total
    if m in (0.0, 1.0):
        return Shrunk(Refusal.ALL_ALIKE, average=m), []
    spread = sum(unit.n * (unit.raw - m) ** 2 for unit in units) - (len(units) - 1) * m * (1 - m)
    tau2 = max(TAU2_FLOOR, spread / (total - sum(unit.n**2 for unit in units) / total))
    k = max(0.0, m * (1 - m) / tau2 - 1)
    posteriors = [
        Posterior(m, unit.sums.numerator + k * m, unit.n - unit.sums.numerator + k * (1 - m), is_beta=True)
        for unit in units
    ]
    return Shrunk(Refusal.NONE, m, tau2, m * (1 - m), k, tau2 <= TAU2_FLOOR), posteriors


def _means(units: Sequence[Unit]) -> tuple[Shrunk, list[Posterior]]:
    """Normal: pooled variance within from the exact moments; a ratio's residuals stand for deviations of a mean."""
    total = sum(unit.n for unit in units)
    denominator = sum(unit.sums.denominator for unit in units)
    freedom = total - len(units)
    if freedom <= 0:
        return Shrunk(Refusal.NO_SPREAD), []
    per_record = denominator / total
    m = sum(unit.sums.numerator for unit in units) / denominator
    s2 = sum(over / under for over, under in (unit.sums.residuals for unit in units)) / freedom / per_record**2
    spread = sum(unit.n * (unit.raw - m) ** 2 for unit in units) - (len(units) - 1) * s2
    tau2 = max(0.0, spread / (total - sum(unit.n**2 for unit in units) / total))
    posteriors = []
    for unit in units:
        b = tau2 / (tau2 + s2 / unit.n) if tau2 else 0.0
        posteriors.append(Posterior(m, m + b * (unit.raw - m), math.sqrt(b * s2 / unit.n), is_beta=False))
    return Shrunk(Refusal.NONE, m, tau2, s2, 0.0, not tau2), posteriors


def _tier(posterior: Posterior, direction: Direction, no_difference: bool) -> Tier:
    if no_difference or posterior.is_surely_within:
        return Tier.WITHIN
    better = posterior.above if direction == Direction.HIGHER else 1 - posterior.above
    if better >= CLEARLY:
        return Tier.ABOVE
    return Tier.BELOW if better <= 1 - CLEARLY else Tier.WITHIN


def _places(values: Iterable[float], direction: Direction) -> dict[float, int]:
    """The naive place of each value, best first; equal values share one."""
    places: dict[float, int] = {}
    for place, value in enumerate(sorted(values, reverse=direction == Direction.HIGHER), start=1):
        places.setdefault(value, place)
    return places


def first_of(shrunk: Shrunk) -> frozenset[int]:
    """Who has the best estimate among those with enough records; several on a tie.

    Nobody where there is no ranking, or no difference to be detected: a tie of all is no first place.
    """
    judged = [one for one in shrunk.standings if one.tier != Tier.TOO_FEW]
    if not judged or shrunk.no_difference:
        return frozenset()
    pick = min if judged[0].direction == Direction.LOWER else max
    best = pick(one.estimate for one in judged)
    return frozenset(one.id for one in judged if one.estimate == best)


@dataclass(frozen=True)
class FirstPlace:
    """Months in first place: those in a row up to the last month, and all of them."""

    in_a_row: int
    in_all: int


def months_first(winners: Sequence[frozenset[int]]) -> dict[int, FirstPlace]:
    """From each month's winners, oldest month first."""
    everybody = frozenset[int]().union(*winners)
    found = {}
    for unit in everybody:
        streak = 0
        for month in reversed(winners):
            if unit not in month:
                break
            streak += 1
        found[unit] = FirstPlace(streak, sum(unit in month for month in winners))
    return found
