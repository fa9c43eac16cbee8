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
from nastavnik.learning.models.permits import Permit
from nastavnik.learning.models.plans import FrozenItem, PlanItem, PlanVersion, Proof, TopicRemedy
from nastavnik.learning.models.programmes import Programme, ProgrammeVersion, Stage, StageActivity
from nastavnik.learning.models.triggers import Trigger, TriggerHit, TriggerRun

__all__ = [
    "Certificate",
    "CertificateKind",
    "CertificateTurn",
    "ContactType",
    "Enrolment",
    "EnrolmentEvent",
    "FrozenItem",
    "Intake",
    "PanelMark",
    "Pause",
    "Permit",
    "PlanItem",
    "PlanVersion",
    "Programme",
    "ProgrammeVersion",
    "Proof",
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
