"""Integers behind printed figures: which sums give 4.88, 93.1 % or 11.78 % when divided and rounded. Pure.

A figure is printed from `hits / size` (times 100 for percent). The solvers return integers whose exact quotient
rounds to the printed figure and lies on the printed figure's side of the target.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

from nastavnik.kernel.errors import DomainError


class Unreachable(DomainError):
    """No whole number out of {size} prints as {printed}. Choose another number of records."""


def prints_as(value: Fraction, printed: Decimal) -> bool:
    """Whether the exact value, rounded by any usual rule of halves, is the printed one."""
    exponent = printed.as_tuple().exponent
    half = Fraction(1, 2) * Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return abs(value - Fraction(printed)) < half


def total_for(printed: Decimal, size: int, *, percent: bool, at_least: Decimal | None = None) -> int:
    """The whole number whose share of `size` prints as `printed`, nearest to it; not under `at_least` if given.

    `percent`: the figure is 100 * total / size, otherwise total / size. Raises Unreachable.
    """
    scale = 100 if percent else 1
    wanted = Fraction(printed) * size / scale
    nearest = round(wanted)
    for total in sorted(range(nearest - 2, nearest + 3), key=lambda one: (abs(one - wanted), one)):
        value = Fraction(total * scale, size)
        if prints_as(value, printed) and (at_least is None or value >= Fraction(at_least)):
            return total
    raise Unreachable(size=size, printed=printed)


def share_for(printed: Decimal, about: int, *, at_most: Decimal | None = None) -> tuple[int, int]:
    """(hits, size) with 100 * hits / size printed as `printed`, size as near to `about` as possible.

    `at_most` keeps the exact share from passing a target that counts downwards.
    """
    for size in sorted(range(max(1, about // 2), about * 2), key=lambda one: (abs(one - about), one)):
        try:
            hits = total_for(printed, size, percent=True)
        except Unreachable:
            continue
        if at_most is None or Fraction(hits * 100, size) <= Fraction(at_most):
            return hits, size
    raise Unreachable(size=about, printed=printed)


def apportion(total: int, weights: Sequence[int | float | Fraction]) -> list[int]:
    """`total` in whole parts proportional to the weights (largest remainders, ties to the earlier)."""
    whole = sum(Fraction(weight) for weight in weights)
    if not whole:
        raise ValueError("nothing to share among")
    exact = [Fraction(total) * Fraction(weight) / whole for weight in weights]
    parts = [int(one // 1) for one in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def within_room(total: int, wishes: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """Whole parts that add up to `total`, each from 0 to its room, as near to the wishes as whole steps allow."""
    if not 0 <= total <= sum(rooms):
        raise ValueError(f"{total} does not fit into {sum(rooms)}")
    parts = [min(max(wish, 0), room) for wish, room in zip(wishes, rooms, strict=True)]
    while missing := total - sum(parts):
        step = 1 if missing > 0 else -1
        free = [i for i, part in enumerate(parts) if (part < rooms[i] if step > 0 else part > 0)]
        share, rest = divmod(abs(missing), len(free))
        for place, i in enumerate(free):
            wanted = share + (place < rest)
            parts[i] += step * min(wanted, rooms[i] - parts[i] if step > 0 else parts[i])
    return parts


def ratings(size: int, total: int, dice: Random) -> list[int]:
    """`size` ratings from 1 to 5 with the given sum: mostly fives, the shortfall mostly fours, now and then worse."""
    short = 5 * size - total
    if not 0 <= short <= 4 * size:
        raise ValueError(f"{size} ratings cannot add up to {total}")
    found = [5] * size
    order = dice.sample(range(size), size)
    for place in order:
        if not short:
            break
        step = min(short, dice.choice((1, 1, 1, 1, 1, 1, 2, 4)))
        found[place] -= step
        short -= step
    for place in order:  # a very low total: take the rest where there is room
        step = min(short, found[place] - 1)
        found[place] -= step
        short -= step
    return found


def points(possible: Sequence[int], total: int, dice: Random, spread: float = 4.0) -> list[int]:
    """Points earned in each review, adding up to `total`, scattered as real reviews are."""
    mean = total / sum(possible)
    wishes = [round(one * mean + dice.gauss(0, spread)) for one in possible]
    return within_room(total, wishes, possible)
