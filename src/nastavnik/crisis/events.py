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
class CaseReopened(Event):
    """The customer of a closed case came back."""

    case_id: int
    at: datetime


@dataclass(frozen=True)
class ContactEnded(Event):
    """A conversation with a customer is over."""

    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class TrainingAsked(Event):
    """Somebody lacks a certificate that a tool of the desk asks for; the case goes on without waiting for it."""

    person_id: int
    certificate_code: str
    case_id: int | None
    at: datetime


@dataclass(frozen=True)
class RatingInvited(Event):
    """A customer is to be asked by letter how a conversation was; the link is good from now on."""

    rating_id: int


@dataclass(frozen=True)
class ContactRated(Event):
    """A customer rated a conversation, 1 to 5."""

    rating_id: int
    conversation_id: int
    score: int
    at: datetime


@dataclass(frozen=True)
class RefundFinished(Event):
    """The money of a refund went out."""

    refund_id: int
    case_id: int
    at: datetime
