"""What a failed test says about topics. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from nastavnik.learning.logic.messages import gettext_noop

WEAK_TOPIC = gettext_noop("{percent}% on “{topic}” in the test “{title}”")
AGAIN = gettext_noop("the test “{title}” again, in another form: {percent}% were not enough")
MOST_TOPICS = 5


@dataclass(frozen=True)
class Topic:
    """What a person reached on one topic."""

    key: int
    title: str
    points: float
    possible: float

    @property
    def percent(self) -> float:
        return round(100 * self.points / self.possible, 1)


def weak(topics: Iterable[Topic], threshold: float) -> list[Topic]:
    """Topics under the threshold, the weakest first, five at most: a plan of everything is no plan."""
    found = sorted((one for one in topics if one.percent < threshold), key=lambda one: (one.percent, one.title))
    return found[:MOST_TOPICS]
