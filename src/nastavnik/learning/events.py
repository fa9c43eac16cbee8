"""What the learning app tells those above it."""

from dataclasses import dataclass
from datetime import date, datetime

from nastavnik.kernel.events import Event

# -- certificates ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CertificateAwarded(Event):
    """A person has a certificate of the kind; `cycle` 1 is the first, later ones are renewals."""

    certificate_id: int
    person_id: int
    kind_code: str
    cycle: int
    at: datetime


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate holds no longer, and the permits that rested on it ended at that moment."""

    certificate_id: int
    person_id: int
    kind_code: str
    at: datetime


@dataclass(frozen=True)
class CertificateExpiring(Event):
    """The days in which a certificate may be renewed have begun; its last day is the day before `valid_to`."""

    certificate_id: int
    person_id: int
    kind_code: str
    valid_to: date


@dataclass(frozen=True)
class CertificateExpired(Event):
    """A certificate ended without a renewal; permits last until the grace days are over."""

    certificate_id: int
    person_id: int
    kind_code: str
    valid_to: date


# -- live sessions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SessionAttended(Event):
    """A person attended a live session of the kind, from its start to its end."""

    session_id: int
    person_id: int
    session_kind_code: str
    at: datetime
