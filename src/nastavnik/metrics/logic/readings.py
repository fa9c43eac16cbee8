"""A reading: one figure of one period with its n, interval, target of its days and verdict."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nastavnik.metrics.enums import Direction, Unit, Verdict
from nastavnik.metrics.logic import intervals, targets
from nastavnik.metrics.logic.periods import ONE_DAY, Span
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.logic.targets import SCALE, TargetVersion, Weighted

# What one unit of numerator / denominator is in the unit that is printed (durations are kept in milliseconds).
FACTORS = {Unit.PERCENT: (100, 1), Unit.POINTS: (1, 1), Unit.SECONDS: (1, 1000)}


@dataclass(frozen=True)
class Rule:
    """What judging needs to know of a metric."""

    code: str
    unit: Unit
    direction: Direction
    interval: intervals.Kind
    min_n: int
    least: float | None = None
    most: float | None = None

    def value(self, sums: Sums) -> Fraction | None:
        """The figure in its unit, exact."""
        if not sums.denominator:
            return None
        over, under = FACTORS[self.unit]
        return Fraction(sums.numerator * over, sums.denominator * under)


@dataclass(frozen=True)
class Piece:
    """A stretch of a reading's time under one target. Too small a piece is shown and not judged."""

    first: date
    end: date
    n: int
    value: float | None
    target: float | None
    target_id: int | None
    target_scope: str
    verdict: Verdict


@dataclass(frozen=True)
class Reading:
    """A figure as pages, commands and the API show it. Amounts are in the metric's unit, unrounded.

    `end` is exclusive, `mature_until` the last day whose records can be judged yet. `target`, `floor` and `stretch`
    are n-weighted over the pieces that have one; numerator and denominator are the exact sums behind `value`.
    """

    metric: str
    scope: str
    period: str
    first: date
    end: date
    value: float | None
    n: int
    low: float | None
    high: float | None
    target: float | None
    floor: float | None
    stretch: float | None
    verdict: Verdict
    direction: Direction
    unit: Unit
    pieces: tuple[Piece, ...] = ()
    incomplete: bool = False
    numerator: int = 0
    denominator: int = 0
    mature_until: date | None = None
    min_n: int = 0

    @property
    def met(self) -> bool | None:
        """True, False, or None where the reading cannot be judged."""
        return {Verdict.MET: True, Verdict.MISSED: False}.get(self.verdict)

    @property
    def sums(self) -> Sums:
        """What the value is made of, exactly (without the second moments)."""
        return Sums(self.n, self.numerator, self.denominator)

    @property
    def gap(self) -> float | None:
        """How far the value is beyond the target; negative is short of it, whichever way is better."""
        if self.value is None or self.target is None or self.direction == Direction.BAND:
            return None
        return self.target - self.value if self.direction == Direction.LOWER else self.value - self.target


@dataclass(frozen=True)
class Part:
    """Sums of one stretch of days under one target (None: no target)."""

    first: date
    end: date
    sums: Sums
    version: TargetVersion | None
    version_scope: str = ""


def build(
    rule: Rule, scope: str, span: Span, parts: Iterable[Part], *, today: date, mature_until: date | None = None
) -> Reading:
    """Add the parts up and judge them. Records without a target of their days take no part in the verdict."""
    merged = _merged(parts)
    whole = _total(merged)
    judged = [part for part in merged if part.version is not None and part.sums.n]
    weights = [Weighted(part.sums.n, part.version) for part in judged if part.version is not None]
    value = rule.value(whole)
    low, high = _interval(rule, whole)
    return Reading(
        metric=rule.code,
        scope=scope,
        period=span.name,
        first=span.first,
        end=span.end,
        value=_number(value),
        n=whole.n,
        low=low,
        high=high,
        target=_number(targets.blend(weights) if weights else _only_target(merged, "target")),
        floor=_number(targets.blend(weights, "floor") if weights else _only_target(merged, "floor")),
        stretch=_number(targets.blend(weights, "stretch") if weights else _only_target(merged, "stretch")),
        verdict=_verdict(rule, _total(judged), weights, whole, merged),
        direction=rule.direction,
        unit=rule.unit,
        pieces=tuple(_piece(rule, part) for part in merged if part.sums.n or part.version),
        incomplete=not span.whole
        or span.end > today
        or (mature_until is not None and span.end > mature_until + ONE_DAY),
        numerator=whole.numerator,
        denominator=whole.denominator,
        mature_until=mature_until,
        min_n=targets.least_n(weights, rule.min_n),
    )


def _total(parts: Sequence[Part]) -> Sums:
    return parts[0].sums if len(parts) == 1 else sum((part.sums for part in parts), Sums())


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Neighbouring stretches under one target become one piece, in order of days."""
    parts = list(parts)
    if len(parts) == 1:
        return parts
    found: dict[int | None, Part] = {}
    done: list[Part] = []
    for part in sorted(parts, key=lambda one: (one.first, one.version.id if one.version else 0)):
        key = part.version.id if part.version else None
        before = found.get(key)
        if before and before.end >= part.first:
            end = max(before.end, part.end)
            found[key] = Part(before.first, end, before.sums + part.sums, part.version, part.version_scope)
        else:
            if before:
                done.append(before)
            found[key] = part
    return sorted([*done, *found.values()], key=lambda one: (one.first, one.version.id if one.version else 0))


def _verdict(rule: Rule, judged: Sums, weights: Sequence[Weighted], whole: Sums, parts: Sequence[Part]) -> Verdict:
    if not weights:
        has_target = any(part.version for part in parts)
        return Verdict.TOO_FEW if has_target else Verdict.NO_TARGET
    if whole.n < targets.least_n(weights, rule.min_n):
        return Verdict.TOO_FEW
    value = rule.value(judged)
    return Verdict.TOO_FEW if value is None else targets.judge(value, weights, rule.direction)


def _piece(rule: Rule, part: Part) -> Piece:
    value = rule.value(part.sums)
    verdict = Verdict.NO_TARGET
    if part.version is not None:
        weights = [Weighted(part.sums.n, part.version)]
        enough = value is not None and part.sums.n >= targets.least_n(weights, rule.min_n)
        verdict = targets.judge(value, weights, rule.direction) if enough and value is not None else Verdict.TOO_FEW
    return Piece(
        first=part.first,
        end=part.end,
        n=part.sums.n,
        value=_number(value),
        target=part.version.target / SCALE if part.version else None,
        target_id=part.version.id if part.version else None,
        target_scope=part.version_scope,
        verdict=verdict,
    )


def _only_target(parts: Sequence[Part], amount: str) -> Fraction | None:
    """The target of a period without records, where there is one only: a chart's step line goes on."""
    found = {part.version for part in parts if part.version}
    value = getattr(found.pop(), amount) if len(found) == 1 else None
    return None if value is None else Fraction(value, SCALE)


def _interval(rule: Rule, sums: Sums) -> tuple[float | None, float | None]:
    """The 95% interval in the metric's unit, kept within what the metric can be."""
    bounds = intervals.of(rule.interval, sums)
    if bounds is None:
        return None, None
    over, under = FACTORS[rule.unit]
    least = -math.inf if rule.least is None else rule.least
    most = math.inf if rule.most is None else rule.most
    low, high = (min(max(bound * over / under, least), most) for bound in bounds)
    return low, high


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
