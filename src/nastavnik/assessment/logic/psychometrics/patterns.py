"""Answers of many takers, equal ones counted once, those who saw the same items kept together.

The two sums every estimation step needs (per taker over the items answered right, per item over the takers who were
right) go by eight items at a time: 256 partial sums are tabulated once and looked up, so that 2,000 x 30 answers cost
2,000 x 4 steps ("four Russians").
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from operator import add

from nastavnik.assessment.logic.psychometrics.linear import Vector

Answer = int | None
"""1 right, 0 wrong, None not shown. An item shown and left empty is the caller's 0."""

_CHUNK = 8
_FEW = 24
"""With fewer patterns than this, tables of 256 sums cost more than they save."""


@dataclass(frozen=True)
class Block:
    """The distinct answer patterns of takers who saw exactly these items."""

    items: tuple[int, ...]
    chunks: tuple[bytes, ...]
    """Per eight items: which of them each pattern has right, one byte per pattern."""
    weights: tuple[float, ...]
    """How many takers gave each pattern."""

    def right(self, position: int, number: int) -> int:
        """Whether pattern `number` has the block's item at `position` right (1) or not (0)."""
        return self.chunks[position // _CHUNK][number] >> position % _CHUNK & 1

    @cached_property
    def _flags(self) -> list[list[int]]:
        """Per pattern, per item: right or not."""
        places = range(len(self.items))
        return [[self.right(place, number) for place in places] for number in range(len(self.weights))]

    def per_pattern(self, values: Sequence[float]) -> Vector:
        """For each pattern: the sum of `values` (one per item of the block) over the items it has right."""
        if len(self.weights) < _FEW:
            return [sum(compress(values, flags)) for flags in self._flags]
        result = [0.0] * len(self.weights)
        for number, chunk in enumerate(self.chunks):
            table = [0.0]
            for value in values[number * _CHUNK : (number + 1) * _CHUNK]:
                table += [partial + value for partial in table]
            result = list(map(add, result, map(table.__getitem__, chunk)))
        return result

    def per_item(self, values: Sequence[float]) -> Vector:
        """For each item of the block: the sum of `values` (one per pattern) over the patterns that have it right."""
        if len(self.weights) < _FEW:
            return [sum(compress(values, column)) for column in zip(*self._flags, strict=True)]
        result: Vector = []
        for number, chunk in enumerate(self.chunks):
            size = min(_CHUNK, len(self.items) - number * _CHUNK)
            sums = [0.0] * 2**size
            for key, value in zip(chunk, values, strict=True):
                sums[key] += value
            found: Vector = []
            while len(sums) > 1:
                half = len(sums) // 2
                found.append(sum(sums[half:]))
                sums = list(map(add, sums[:half], sums[half:]))
            result += reversed(found)
        return result


@dataclass(frozen=True)
class Patterns:
    """All answers to `items` items, as blocks."""

    items: int
    blocks: tuple[Block, ...]

    @property
    def takers(self) -> float:
        """How many people answered at least one item."""
        return sum(sum(block.weights) for block in self.blocks)

    def only(self, kept: Sequence[int]) -> "Patterns":
        """The same answers to these items alone, numbered anew in their order."""
        rows: list[list[Answer]] = []
        weights: list[float] = []
        for block in self.blocks:
            places = {item: position for position, item in enumerate(block.items)}
            for number, weight in enumerate(block.weights):
                rows.append([block.right(places[item], number) if item in places else None for item in kept])
                weights.append(weight)
        return collapse(rows, weights)

    @cached_property
    def rights(self) -> Vector:
        """Per item: how many takers were right."""
        return self._per_item(lambda block: block.per_item(block.weights))

    @cached_property
    def shown(self) -> Vector:
        """Per item: how many takers saw it."""
        return self._per_item(lambda block: [sum(block.weights)] * len(block.items))

    def _per_item(self, of_block: Callable[[Block], Vector]) -> Vector:
        result: Vector = [0.0] * self.items
        for block in self.blocks:
            for item, value in zip(block.items, of_block(block), strict=True):
                result[item] += value
        return result


def collapse(rows: Iterable[Sequence[Answer]], weights: Iterable[float] | None = None) -> Patterns:
    """Count equal rows once. `weights`: how many takers each row stands for (one each when left out).

    A row in which nothing was shown says nothing and is left out. ValueError: rows of unequal length, an answer other
    than 0, 1 and None, a weight that is not positive.
    """
    counts: dict[tuple[Answer, ...], float] = {}
    if weights is None:
        counts.update(Counter(map(tuple, rows)))
    else:
        for row, weight in zip(rows, weights, strict=True):
            if weight <= 0:
                raise ValueError("a weight is a positive number of takers")
            counts[tuple(row)] = counts.get(tuple(row), 0.0) + weight
    widths = {len(row) for row in counts}
    if len(widths) != 1:
        raise ValueError("every row has one answer per item, and there is at least one row")
    if not {answer for row in counts for answer in row} <= {0, 1, None}:
        raise ValueError("an answer is 1, 0 or None")
    return Patterns(widths.pop(), tuple(_blocks(counts)))


def _blocks(counts: dict[tuple[Answer, ...], float]) -> Iterable[Block]:
    by_items: dict[tuple[int, ...], list[tuple[tuple[Answer, ...], float]]] = {}
    for row, weight in counts.items():
        shown = tuple(item for item, answer in enumerate(row) if answer is not None)
        if shown:
            by_items.setdefault(shown, []).append((row, weight))
    for items, members in sorted(by_items.items()):
        members.sort(key=lambda member: [member[0][item] or 0 for item in items])  # sums then ignore the rows' order
        chunks = []
        for start in range(0, len(items), _CHUNK):
            group = items[start : start + _CHUNK]
            chunks.append(bytes(sum((row[item] or 0) << bit for bit, item in enumerate(group)) for row, _w in members))
        yield Block(items, tuple(chunks), tuple(float(weight) for _row, weight in members))
