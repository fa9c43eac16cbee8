"""Takers who answer by the model itself, so that the truth is known."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

Row = list[int]


@dataclass(frozen=True)
class Test:
    """Slopes and difficulties."""

    __test__ = False

    slopes: tuple[float, ...]
    difficulties: tuple[float, ...]

    def answers(self, takers: int, *, seed: int, mean: float = 0.0) -> list[Row]:
        """Of takers with ability N(mean, 1)."""
        dice = random.Random(seed)
        return [self.row(dice.gauss(mean, 1), dice) for _taker in range(takers)]

    def row(self, ability: float, dice: random.Random) -> Row:
        """One taker's."""
        return [
            int(dice.random() < 1 / (1 + math.exp(-slope * (ability - difficulty))))
            for slope, difficulty in zip(self.slopes, self.difficulties, strict=True)
        ]

    def easier(self, by: float, items: Sequence[int]) -> "Test":
        """The same test with these items easier."""
        moved = tuple(b - by if item in items else b for item, b in enumerate(self.difficulties))
        return Test(self.slopes, moved)


def drawn(items: int, *, seed: int = 5, mean: float = -1.2, slope_spread: float = 0.25) -> Test:
    """A test of items drawn like those of a monthly exam (`mean` difficulty -1.2: about three quarters are right)."""
    dice = random.Random(seed)
    slopes = tuple(math.exp(dice.gauss(0, slope_spread)) if slope_spread else 1.0 for _item in range(items))
    return Test(slopes, tuple(dice.gauss(mean, 0.8) for _item in range(items)))
