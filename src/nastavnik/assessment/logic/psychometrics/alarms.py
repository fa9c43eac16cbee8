"""Which items an author should look at: a key that is probably wrong, an item that probably leaked or drifted.

A leak shows in two ways: an item met before becomes easier than the others that were met before, or many answer it
right faster than it can be read. Both have innocent causes (a training hit the topic, a short stem), so an alarm is a
reason to look and stops nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from nastavnik.assessment.logic.psychometrics.calibration import Item
from nastavnik.assessment.logic.psychometrics.drift import Anchor, Movement, movements

COMPARED_FROM = 30
"""Answers on either side below which a movement is not judged."""
SURE = 2.58
"""Standard errors a movement must exceed: among thirty items of a month one in twenty would cry wolf every month."""
FEWEST_COMMON = 4
"""Items two forms must share: against fewer, the general movement is not known."""
FAST_SHARE = 0.25
"""An answer given in less than this share of the item's usual time is fast. Proposed."""
FAST_ANSWERS_FROM = 0.2
"""Share of fast answers from which their being right is remarkable. Proposed."""
FAST_RIGHT_FROM = 0.9
"""Share of right ones among the fast: whoever guesses in haste is not right so often. Proposed."""


class Alarm(StrEnum):
    """What is suspected."""

    WRONG_KEY = "key"
    LEAKED = "leaked"
    DRIFTED = "drifted"


@dataclass(frozen=True)
class Tally:
    """How many answered an item and the share who were fully right."""

    answers: int
    share: float


@dataclass(frozen=True)
class Haste:
    """Answers given faster than the item is usually read."""

    fast: float
    """Share of answers that were fast."""
    right: float
    """Share of right ones among them."""

    @property
    def is_remarkable(self) -> bool:
        return self.fast >= FAST_ANSWERS_FROM and self.right >= FAST_RIGHT_FROM


def moved(before: Mapping[str, Tally], now: Mapping[str, Tally]) -> list[Movement]:
    """How each item that both forms share moved against the others they share, in logits; empty for too few.

    Difficulties are logits of the share right (half an answer added to either side, so that none is infinite): no
    calibration is needed, and the median takes out that this month's takers are better.
    """
    common = [code for code in now if code in before and _is_enough(before[code]) and _is_enough(now[code])]
    if len(common) < FEWEST_COMMON:
        return []
    anchors = [Anchor(code, _placed(before[code]), _placed(now[code])) for code in common]
    return [
        replace(movement, has_drifted=movement.has_drifted and abs(movement.logits) > SURE * _error(anchor))
        for anchor, movement in zip(anchors, movements(anchors), strict=True)
    ]


def haste(durations_ms: Sequence[int | None], rights: Sequence[bool], usual_ms: float | None = None) -> Haste | None:
    """Fast answers of one item; `usual_ms` is the time it took before it could be known (else its median now)."""
    timed = [(taken, right) for taken, right in zip(durations_ms, rights, strict=True) if taken is not None]
    if len(timed) < COMPARED_FROM:
        return None
    usual = usual_ms if usual_ms is not None else median(taken for taken, _right in timed)
    fast = [right for taken, right in timed if taken < FAST_SHARE * usual]
    return Haste(len(fast) / len(timed), sum(fast) / len(fast) if fast else 0.0)


def suspicion(movement: Movement | None, found: Haste | None) -> Alarm | None:
    """What a movement and fast answers amount to: easier or remarkably fast is a leak, harder is a drift."""
    if (movement is not None and movement.became_easier) or (found is not None and found.is_remarkable):
        return Alarm.LEAKED
    return Alarm.DRIFTED if movement is not None and movement.has_drifted else None


def _error(anchor: Anchor) -> float:
    return math.hypot(anchor.base.difficulty_error or 0.0, anchor.now.difficulty_error or 0.0)


def _is_enough(tally: Tally) -> bool:
    return tally.answers >= COMPARED_FROM


def _placed(tally: Tally) -> Item:
    right = tally.share * tally.answers + 0.5
    wrong = (1 - tally.share) * tally.answers + 0.5
    return Item(1.0, math.log(right / wrong), difficulty_error=math.sqrt(1 / right + 1 / wrong))
