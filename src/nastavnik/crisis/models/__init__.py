"""Tables of the crisis app."""

from nastavnik.crisis.models.cases import CaseEvent, CaseState, CrisisCase
from nastavnik.crisis.models.clocks import (
    CaseClock,
    ClockTemplate,
    DeskCalendar,
    DeskDay,
    EscalationStep,
    LadderRung,
    WorkInterval,
)
from nastavnik.crisis.models.conversations import Attachment, Conversation, Message
from nastavnik.crisis.models.customers import Contract, Customer
from nastavnik.crisis.models.desk import CaseImport, CaseSource, DeskShift, DeskSkill, SkillHolding

__all__ = [
    "Attachment",
    "CaseClock",
    "CaseEvent",
    "CaseImport",
    "CaseSource",
    "CaseState",
    "ClockTemplate",
    "Contract",
    "Conversation",
    "CrisisCase",
    "Customer",
    "DeskCalendar",
    "DeskDay",
    "DeskShift",
    "DeskSkill",
    "EscalationStep",
    "LadderRung",
    "Message",
    "SkillHolding",
    "WorkInterval",
]
