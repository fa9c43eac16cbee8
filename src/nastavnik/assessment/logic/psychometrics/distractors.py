"""Who chose which option, and whether the key is the option that stronger takers choose."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nastavnik.assessment.logic.psychometrics.classical import FULL_FROM, correlation

RARE = 0.05
"""A distractor chosen by a smaller share deceives nobody."""
_CHANCE = 1.96
"""A correlation beyond so many standard errors (1 / sqrt(n)) is not put down to chance."""


class OptionFlag(StrEnum):
    """What is wrong with a distractor."""

    RARE = "rare"
    ATTRACTS_STRONG = "attracts_strong"


@dataclass(frozen=True)
class Option:
    """One option of an item of choice."""

    code: str
    is_key: bool
    chosen: int
    share: float | None
    mean_rest: float | None
    """Mean share of points on the rest of the test of those who chose it."""
    item_rest: float | None
    """Correlation of choosing it with the rest of the test."""
    flags: frozenset[OptionFlag]


@dataclass(frozen=True)
class KeyDoubt:
    """Reasons to look at a key before it is trusted again. A person decides; `instead` is what the answers suggest."""

    key_rest: float
    instead: str | None
    instead_rest: float | None


def options(
    choices: Sequence[Collection[str] | None],
    rest: Sequence[float | None],
    *,
    keys: Collection[str],
    codes: Iterable[str],
) -> tuple[Option, ...]:
    """Figures of each of `codes`, in order.

    `choices`: what each taker ticked (empty: nothing; None: the item was not shown). `rest`: their
    `classical.rest_shares`.
    """
    shown = [(set(ticked), r) for ticked, r in zip(choices, rest, strict=True) if ticked is not None and r is not None]
    levels = [r for _ticked, r in shown]
    middle = sum(levels) / len(levels) if levels else 0.0
    return tuple(_option(code, code in keys, shown, levels, middle) for code in codes)


def _option(code: str, is_key: bool, shown: list[tuple[set[str], float]], levels: list[float], middle: float) -> Option:
    own = [r for ticked, r in shown if code in ticked]
    share = len(own) / len(shown) if shown else None
    mean = sum(own) / len(own) if own else None
    related = correlation([float(code in ticked) for ticked, _rest in shown], levels)
    flags = set()
    if not is_key and share is not None and len(shown) >= FULL_FROM:
        if share < RARE:
            flags.add(OptionFlag.RARE)
        if related is not None and related > 0 and mean is not None and mean > middle:
            flags.add(OptionFlag.ATTRACTS_STRONG)
    return Option(code, is_key, len(own), share, mean, related, frozenset(flags))


def key_doubt(found: Sequence[Option], answers: int) -> KeyDoubt | None:
    """Doubt about the key of an item with one right option; None: no reason to doubt, or too few answers to tell.

    A key is doubted when weaker takers choose it (negative correlation with the rest), or when some distractor draws
    stronger takers, beyond chance, more than the key does.
    """
    keys = [option for option in found if option.is_key]
    if answers < FULL_FROM or len(keys) != 1 or (key_rest := keys[0].item_rest) is None:
        return None
    ranked = sorted(
        ((option.item_rest, option.code) for option in found if not option.is_key and option.item_rest is not None),
        reverse=True,
    )
    better = ranked[0] if ranked and ranked[0][0] > max(key_rest, _CHANCE / math.sqrt(answers)) else None
    if better is None:
        return KeyDoubt(key_rest, None, None) if key_rest < 0 else None
    return KeyDoubt(key_rest, better[1], better[0])
