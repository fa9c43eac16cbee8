"""What the assessment app tells those above it."""

from dataclasses import dataclass
from datetime import datetime

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class AttemptClosed(Event):
    """An attempt has its result. `outcome` is passed, failed or grey; `passed` is true for the first only."""

    attempt_id: int
    person_id: int
    exam_code: str
    percent: float
    passed: bool
    outcome: str
    at: datetime


@dataclass(frozen=True)
class AttemptRescored(Event):
    """A result was replaced by a new one, or an attempt ceased to count (`outcome` void)."""

    attempt_id: int
    person_id: int
    exam_code: str
    percent: float
    passed: bool
    outcome: str
    at: datetime


@dataclass(frozen=True)
class ExamOffered(Event):
    """People were offered an exam window."""

    sitting_id: int
    exam_code: str
    person_ids: tuple[int, ...]
    opens_at: datetime
    closes_at: datetime
