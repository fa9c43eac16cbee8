"""How far markers agree: Cohen's and Fleiss' kappa, Krippendorff's alpha. Pure.

None is «undefined»: nothing was marked twice, or everybody gave everything the same mark, and chance alone would do as
well. A negative figure is printed as it is: markers who agree less than by chance.

Sources: Cohen (1960, 1968), Fleiss (1971), Krippendorff (2011, "Computing Krippendorff's alpha-reliability").
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

RELY_FROM, TENTATIVE_FROM = 0.80, 0.67
_NOTHING = 1e-12


class Weights(StrEnum):
    """How much a disagreement of two grades counts: all the same, by distance, by its square."""

    PLAIN = "plain"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Level(StrEnum):
    """What the values are: names, ranks, or numbers on a scale."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class Trust(StrEnum):
    """What may be built on marks that agree so far (thresholds: Krippendorff; unverified)."""

    UNKNOWN = "unknown"
    REWRITE = "rewrite"
    TENTATIVE = "tentative"
    RELY = "rely"


@dataclass(frozen=True)
class Fleiss:
    """Kappa with what it is made of: agreement seen and agreement by chance."""

    kappa: float | None
    observed: float
    by_chance: float


def trust(alpha: float | None) -> Trust:
    """The words for a figure of agreement."""
    if alpha is None:
        return Trust.UNKNOWN
    if alpha < TENTATIVE_FROM:
        return Trust.REWRITE
    return Trust.RELY if alpha >= RELY_FROM else Trust.TENTATIVE


def cohen(table: Sequence[Sequence[float]], weights: Weights = Weights.PLAIN) -> float | None:
    """Kappa of two markers; `table[i][j]`: how often the first gave grade i and the second grade j.

    ValueError: a table that is not square.
    """
    size = len(table)
    if any(len(row) != size for row in table):
        raise ValueError("a table of two markers is square")
    total = math.fsum(map(math.fsum, table))
    if size < 2 or not total > 0:
        return None
    rows = [math.fsum(row) for row in table]
    columns = [math.fsum(column) for column in zip(*table, strict=True)]
    places = [(i, j, _weight(i, j, weights)) for i in range(size) for j in range(size)]
    seen = math.fsum(weight * table[i][j] for i, j, weight in places) / total
    chance = math.fsum(weight * rows[i] * columns[j] for i, j, weight in places) / total**2
    return 1 - seen / chance if chance > _NOTHING else None


def _weight(i: int, j: int, weights: Weights) -> float:
    if weights is Weights.PLAIN:
        return float(i != j)
    return float(abs(i - j) if weights is Weights.LINEAR else (i - j) ** 2)


def fleiss(counts: Sequence[Sequence[int]]) -> Fleiss:
    """Kappa of many markers; `counts[unit][grade]`: how many markers gave the unit that grade.

    ValueError: units marked by different numbers of markers, or by fewer than two.
    """
    markers = {sum(row) for row in counts}
    if len(markers) != 1 or (raters := markers.pop()) < 2:
        raise ValueError("every unit is marked by the same number of markers, at least two")
    total = raters * len(counts)
    seen = sum(sum(count * count for count in row) - raters for row in counts) / (total * (raters - 1))
    chance = math.fsum((sum(column) / total) ** 2 for column in zip(*counts, strict=True))
    return Fleiss((seen - chance) / (1 - chance) if 1 - chance > _NOTHING else None, seen, chance)


def krippendorff(units: Sequence[Sequence[float | None]], level: Level = Level.INTERVAL) -> float | None:
    """Alpha; `units[unit]`: the values its markers gave, None where none. Units marked once say nothing."""
    paired = [found for unit in units if len(found := [value for value in unit if value is not None]) > 1]
    values = sorted({value for unit in paired for value in unit})
    margins = Counter(value for unit in paired for value in unit)
    if len(values) < 2:
        return None
    distance = _distance(values, margins, level)
    seen = math.fsum(_within(unit, distance) for unit in paired)
    chance = math.fsum(margins[a] * margins[b] * distance(a, b) for a in values for b in values)
    total = sum(margins.values())
    return 1 - (total - 1) * seen / chance


def _within(unit: Sequence[float], distance: Callable[[float, float], float]) -> float:
    counted = Counter(unit)
    pairs = math.fsum(counted[a] * counted[b] * distance(a, b) for a in counted for b in counted)
    return pairs / (len(unit) - 1)


def _distance(values: Sequence[float], margins: Counter[float], level: Level) -> Callable[[float, float], float]:
    if level is Level.NOMINAL:
        return lambda a, b: float(a != b)
    if level is Level.INTERVAL:
        return lambda a, b: (a - b) ** 2

    def ordinal(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(margins[value] for value in values if low <= value <= high)
        return (between - (margins[low] + margins[high]) / 2) ** 2

    return ordinal
