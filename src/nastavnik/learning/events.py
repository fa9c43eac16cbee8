"""What the learning app tells those above it."""

from dataclasses import dataclass
from datetime import date, datetime

from nastavnik.kernel.events import Event

# -- programmes --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PeopleEnrolled(Event):
    """People began a programme: one event for all of one action."""

    programme_code: str
    enrolment_ids: tuple[int, ...]


@dataclass(frozen=True)
class StagePassed(Event):
    """A person passed the gate of a stage; `next_key` is empty after the last one."""

    enrolment_id: int
    person_id: int
    programme_code: str
    stage_key: str
    next_key: str


@dataclass(frozen=True)
class ProgrammeFinished(Event):
    """A person went through a whole programme, for the `cycle`-th time."""

    enrolment_id: int
    person_id: int
    programme_code: str
    cycle: int


@dataclass(frozen=True)
class SignOffGiven(Event):
    """Somebody signed off a person's stage, or refused to."""

    enrolment_id: int
    person_id: int
    approved: bool


@dataclass(frozen=True)
class PlanItemDone(Event):
    """Something of a person's plan was done by hand: a task accepted, a proof accepted, a defence marked."""

    item_id: int
    person_id: int


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
