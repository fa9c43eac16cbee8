"""What the crisis desk tells: to its own reactions, and to rooms above."""

from dataclasses import dataclass
from datetime import datetime

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class CaseClosed(Event):
    """A case was closed; its outcome is final until it is reopened."""

    case_id: int
    at: datetime


@dataclass(frozen=True)
class ContactEnded(Event):
    """A conversation with a customer is over."""

    conversation_id: int
    at: datetime
