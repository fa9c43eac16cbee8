"""What the crisis desk tells the rooms above it."""

from dataclasses import dataclass
from datetime import datetime

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class TrainingAsked(Event):
    """Somebody lacks a certificate that a tool of the desk asks for; the case goes on without waiting for it."""

    person_id: int
    certificate_code: str
    case_id: int | None
    at: datetime
