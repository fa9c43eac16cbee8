"""Which items of the bank make up a form: unseen first, then least used, within the exposure cap. Pure.

Anchors are taken first, spread over the lines by their shares; the rest of each line comes from the live items of its
topic in the order: under the cap, seen by fewest of those who will sit it, least used, by lot. Lines with the fewest
candidates choose first, so that a broad line does not eat up what a narrow one needs.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.assessment.logic.blueprint import Blueprint, Line, Sort, apportioned, counts


@dataclass(frozen=True)
class Candidate:
    """An item that may be taken. `topics`: its own and those above it. `share`: of this month's takers, 0 to 1."""

    item: int
    sort: Sort
    topics: frozenset[int] = frozenset()
    is_anchor: bool = False
    used: int = 0
    seen_by: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class Shortage:
    """A line the bank cannot fill: `wanted` items, `found` of them. `line` None speaks of the anchors."""

    line: int | None
    wanted: int
    found: int


@dataclass(frozen=True)
class Assembly:
    """The chosen items in the order of the lines; `over_cap` of them were shown more often than the cap allows."""

    items: tuple[int, ...]
    anchors: frozenset[int]
    shortages: tuple[Shortage, ...] = ()
    over_cap: int = 0


def assemble(blueprint: Blueprint, bank: Sequence[Candidate], *, cap: float, seed: int) -> Assembly:
    """Items for one form. The same bank, blueprint and seed give the same form."""
    draw = _Draw(blueprint, bank, cap, seed)
    draw.take_anchors()
    draw.fill_lines()
    return draw.outcome()


class _Draw:
    """One assembly under way."""

    def __init__(self, blueprint: Blueprint, bank: Sequence[Candidate], cap: float, seed: int) -> None:
        lot = random.Random(seed)
        self.blueprint, self.cap = blueprint, cap
        self.drawn = {one.item: lot.random() for one in sorted(bank, key=lambda one: one.item)}
        self.wanted = counts(blueprint)
        self.fitting = [[one for one in bank if _fits(line, one)] for line in blueprint.lines]
        self.chosen: list[list[Candidate]] = [[] for _ in self.wanted]
        self.taken: set[int] = set()
        # The narrowest line chooses first.
        self.places = sorted(range(len(self.wanted)), key=lambda place: len(self.fitting[place]))

    def rank(self, one: Candidate) -> tuple[bool, int, int, float]:
        return (self.is_worn(one), one.seen_by, one.used, self.drawn[one.item])

    def is_worn(self, one: Candidate) -> bool:
        """Shown as often as the cap allows; anchors must return, so the cap is not theirs."""
        return one.share >= self.cap and not one.is_anchor

    def take(self, place: int, number: int, *, anchors: bool) -> None:
        number = min(number, self.wanted[place] - len(self.chosen[place]))
        free = [one for one in self.fitting[place] if one.is_anchor == anchors and one.item not in self.taken]
        for one in sorted(free, key=self.rank)[: max(number, 0)]:
            self.chosen[place].append(one)
            self.taken.add(one.item)

    def take_anchors(self) -> None:
        shares = apportioned(self.blueprint.anchors_to, [line.share for line in self.blueprint.lines])
        for place in self.places:
            self.take(place, shares[place], anchors=True)
        for place in self.places:  # a line without anchors of its own leaves its share to the others
            self.take(place, self.blueprint.anchors_to - len(self.taken), anchors=True)

    def fill_lines(self) -> None:
        for place in self.places:
            self.take(place, self.wanted[place], anchors=False)

    def outcome(self) -> Assembly:
        found = [one for line in self.chosen for one in line]
        shortages = [
            Shortage(place, need, len(self.chosen[place]))
            for place, need in enumerate(self.wanted)
            if len(self.chosen[place]) < need
        ]
        anchors = frozenset(one.item for one in found if one.is_anchor)
        if len(anchors) < self.blueprint.anchors_from:
            shortages.append(Shortage(None, self.blueprint.anchors_from, len(anchors)))
        return Assembly(tuple(one.item for one in found), anchors, tuple(shortages), sum(map(self.is_worn, found)))


def _fits(line: Line, one: Candidate) -> bool:
    return one.sort == line.sort and (line.topic is None or line.topic in one.topics)
