"""What an exam is made of: shares of its items by topic and kind, and how many anchors. Pure.

A share is in per cent of the items; the numbers of items follow by the largest remainder, so they add up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nastavnik.kernel.errors import InvalidInput

MOST_ITEMS = 200
MOST_LINES = 60


class BadBlueprint(InvalidInput):
    """The blueprint cannot be used."""


class NoItems(BadBlueprint):
    """A blueprint asks for 1 to {most} items."""


class NoLines(BadBlueprint):
    """A blueprint needs at least one line with a topic and a share, and at most {most}."""


class SharesOff(BadBlueprint):
    """The shares add up to {total} %. They must make 100 %."""


class LineTwice(BadBlueprint):
    """The same topic and kind stand in two lines. Put their shares together."""


class AnchorsOff(BadBlueprint):
    """The number of anchors goes from the smaller to the larger one, at most all {items} items."""


class UnreadableBlueprint(BadBlueprint):
    """The blueprint cannot be read. Set it anew."""


class Sort(StrEnum):
    """What a line takes from the bank."""

    CLASSIC = "classic"
    CASE = "case"


@dataclass(frozen=True)
class Line:
    """A share of the items: from a topic and all below it (None: from the whole bank), classic items or cases."""

    share: int
    topic: int | None = None
    sort: Sort = Sort.CLASSIC


@dataclass(frozen=True)
class Blueprint:
    """How many items, from where, and how many of them tie the form to those of other months."""

    items: int
    lines: tuple[Line, ...]
    anchors_from: int = 0
    anchors_to: int = 0


def checked(blueprint: Blueprint) -> Blueprint:
    """The blueprint itself. Raises BadBlueprint."""
    if not 1 <= blueprint.items <= MOST_ITEMS:
        raise NoItems(most=MOST_ITEMS)
    if not 1 <= len(blueprint.lines) <= MOST_LINES or any(line.share < 1 for line in blueprint.lines):
        raise NoLines(most=MOST_LINES)
    if (total := sum(line.share for line in blueprint.lines)) != 100:
        raise SharesOff(total=total)
    if len({(line.topic, line.sort) for line in blueprint.lines}) != len(blueprint.lines):
        raise LineTwice
    if not 0 <= blueprint.anchors_from <= blueprint.anchors_to <= blueprint.items:
        raise AnchorsOff(items=blueprint.items)
    return blueprint


def to_json(blueprint: Blueprint) -> dict[str, Any]:
    """The blueprint as JSON values; `from_json` gives the equal one back."""
    lines = [{"share": line.share, "topic": line.topic, "sort": line.sort.value} for line in blueprint.lines]
    anchors = [blueprint.anchors_from, blueprint.anchors_to]
    return {"items": blueprint.items, "lines": lines, "anchors": anchors}


def from_json(stored: Any) -> Blueprint:
    """The blueprint of a stored form. Raises BadBlueprint."""
    try:
        lines = tuple(
            Line(int(one["share"]), None if one.get("topic") is None else int(one["topic"]), Sort(one["sort"]))
            for one in stored["lines"]
        )
        low, high = (int(one) for one in stored.get("anchors", (0, 0)))
        found = Blueprint(int(stored["items"]), lines, low, high)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableBlueprint from error
    return checked(found)


def counts(blueprint: Blueprint) -> tuple[int, ...]:
    """Items of each line, by the largest remainder; the earlier line wins a tie.

    >>> counts(Blueprint(10, (Line(33), Line(33, 1), Line(34, 2))))
    (3, 3, 4)
    """
    return apportioned(blueprint.items, [line.share for line in blueprint.lines])


def apportioned(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` things split in proportion to the weights, exactly."""
    whole = sum(weights) or 1
    floors = [total * weight // whole for weight in weights]
    remainders = [(total * weight % whole, -place) for place, weight in enumerate(weights)]
    for _rest, place in sorted(remainders, reverse=True)[: total - sum(floors)]:
        floors[-place] += 1
    return tuple(floors)
