"""What the metrics app tells those above it."""

from dataclasses import dataclass
from datetime import date

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class FactsLoaded(Event):
    """Records of these days (both included) came or changed; `accepted` of them."""

    stream: str
    first_day: date
    last_day: date
    accepted: int


@dataclass(frozen=True)
class TargetChanged(Event):
    """A target was set, corrected or closed; `since` is the first day judged differently. `scope` is its text."""

    metric: str
    scope: str
    since: date
