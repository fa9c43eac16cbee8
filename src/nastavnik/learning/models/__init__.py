"""Tables of the learning app."""

from nastavnik.learning.models.certificates import Certificate, CertificateKind, CertificateTurn
from nastavnik.learning.models.contacts import ContactType
from nastavnik.learning.models.enrolments import (
    Enrolment,
    EnrolmentEvent,
    Intake,
    PanelMark,
    Pause,
    SignOff,
    StagePassage,
    Waiver,
)
from nastavnik.learning.models.notices import Dispatch, Notice, NoticePreferences
from nastavnik.learning.models.permits import Permit
from nastavnik.learning.models.plans import FrozenItem, PlanItem, PlanVersion, Proof, TopicRemedy
from nastavnik.learning.models.programmes import Programme, ProgrammeVersion, Stage, StageActivity
from nastavnik.learning.models.sessions import Attendance, Booking, CalendarFeed, LiveSession, Room, SessionKind
from nastavnik.learning.models.triggers import Trigger, TriggerHit, TriggerRun

__all__ = [
    "Attendance",
    "Booking",
    "CalendarFeed",
    "Certificate",
    "CertificateKind",
    "CertificateTurn",
    "ContactType",
    "Dispatch",
    "Enrolment",
    "EnrolmentEvent",
    "FrozenItem",
    "Intake",
    "LiveSession",
    "Notice",
    "NoticePreferences",
    "PanelMark",
    "Pause",
    "Permit",
    "PlanItem",
    "PlanVersion",
    "Programme",
    "ProgrammeVersion",
    "Proof",
    "Room",
    "SessionKind",
    "SignOff",
    "Stage",
    "StageActivity",
    "StagePassage",
    "TopicRemedy",
    "Trigger",
    "TriggerHit",
    "TriggerRun",
    "Waiver",
]
