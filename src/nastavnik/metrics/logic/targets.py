"""Which target judges a record, and how a value stands against the targets of its days.

Judging is exact: values and targets are fractions, never floats (metrics-and-planning.md, section 3).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nastavnik.metrics.enums import Direction, ScopeKind, Verdict

SCALE = 10_000
# Narrowest first: where several targets fit a record, the first of these kinds judges it.
PRECEDENCE = (
    ScopeKind.PERSON, ScopeKind.GRADE, ScopeKind.TEAM, ScopeKind.PARTNER, ScopeKind.LINE, ScopeKind.ORGANISATION,
)  # fmt: skip
_LEVEL = {
    ScopeKind.ORGANISATION: 0, ScopeKind.LINE: 1, ScopeKind.PARTNER: 1, ScopeKind.TEAM: 2, ScopeKind.GRADE: 3,
    ScopeKind.PERSON: 4,
}  # fmt: skip


@dataclass(frozen=True)
class TargetVersion:
    """A target in force on [first, end) for one scope; amounts in the metric's unit times 10,000."""

    id: int
    metric: str
    kind: ScopeKind
    scope_id: int | None
    first: date
    end: date | None
    direction: Direction
    target: int
    floor: int | None = None
    stretch: int | None = None
    min_n: int | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


def key_of(metric: str) -> int:
    """A metric's code as a number, for the database's rule against overlaps."""
    return int.from_bytes(hashlib.sha256(metric.encode()).digest()[:7], "big")


def kinds_for(reading: ScopeKind) -> frozenset[ScopeKind]:
    """Kinds of targets that may judge a reading of this kind: its own level and wider ones.

    A team is not judged by the targets of its members' grades; a person is judged by all of them.
    """
    return frozenset(kind for kind in ScopeKind if _LEVEL[kind] <= _LEVEL[reading])


@dataclass(frozen=True)
class TargetBook:
    """The targets of one metric that may judge readings of one kind."""

    versions: tuple[TargetVersion, ...] = ()

    @classmethod
    def of(cls, versions: Iterable[TargetVersion], metric: str, reading: ScopeKind) -> "TargetBook":
        allowed = kinds_for(reading)
        return cls(tuple(one for one in versions if one.metric == metric and one.kind in allowed))

    @property
    def kinds(self) -> frozenset[ScopeKind]:
        """Which attributions of a record must be known to find its target."""
        return frozenset(one.kind for one in self.versions) - {ScopeKind.ORGANISATION}

    def boundaries(self) -> frozenset[date]:
        """Days on which a version starts or has ended."""
        days = {one.first for one in self.versions} | {one.end for one in self.versions if one.end}
        return frozenset(days)

    def at(self, day: date, ids: Mapping[ScopeKind, int | None]) -> TargetVersion | None:
        """The narrowest target in force on `day` for a record with these attributions."""
        for kind in PRECEDENCE:
            scope_id = ids.get(kind)
            if scope_id is None and kind != ScopeKind.ORGANISATION:
                continue
            for one in self.versions:
                if one.kind == kind and one.scope_id == scope_id and one.covers(day):
                    return one
        return None


@dataclass(frozen=True)
class Weighted:
    """A target with the number of records it judges."""

    n: int
    version: TargetVersion


def blend(parts: Sequence[Weighted], amount: str = "target") -> Fraction | None:
    """The n-weighted target `sum(n*T)/sum(n)` in the metric's unit; None when a part has no such amount."""
    amounts = [getattr(part.version, amount) for part in parts]
    n = sum(part.n for part in parts)
    if not n or any(value is None for value in amounts):
        return None
    weighted = sum(part.n * value for part, value in zip(parts, amounts, strict=True))
    return Fraction(weighted, n * SCALE)


def judge(value: Fraction, parts: Sequence[Weighted], direction: Direction) -> Verdict:
    """Met or missed against the blended target; equality is met. A band is met inside both bounds."""
    target, floor = blend(parts), blend(parts, "floor")
    if target is None:
        return Verdict.NO_TARGET
    match direction:
        case Direction.HIGHER:
            met = value >= target
        case Direction.LOWER:
            met = value <= target
        case Direction.BAND:
            met = value <= target and (floor is None or value >= floor)
    return Verdict.MET if met else Verdict.MISSED


def least_n(parts: Sequence[Weighted], default: int) -> int:
    """The least number of records for a verdict: what the targets ask, else the metric's own."""
    return max((default if part.version.min_n is None else part.version.min_n for part in parts), default=default)
