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
from nastavnik.crisis.models.compensation import AuthorityLimit, Budget, MatrixRow, OfferKind, ToolRule, TrainingWish
from nastavnik.crisis.models.compliance import AuditedCase, ComplianceFinding
from nastavnik.crisis.models.conversations import Attachment, Conversation, Message
from nastavnik.crisis.models.customers import Contract, Customer
from nastavnik.crisis.models.desk import CaseImport, CaseSource, DeskShift, DeskSkill, SkillHolding
from nastavnik.crisis.models.ledger import LedgerAccount, LedgerEntry, LedgerPosting, Reconciliation
from nastavnik.crisis.models.offers import AbuseFlag, Approval, Offer
from nastavnik.crisis.models.payments import DuplicateCandidate, Payment, PaymentChoice, Payout
from nastavnik.crisis.models.ratings import RatingRequest, RetentionPolicy
from nastavnik.crisis.models.refunds import Refund

__all__ = [
    "AbuseFlag",
    "Approval",
    "Attachment",
    "AuditedCase",
    "AuthorityLimit",
    "Budget",
    "CaseClock",
    "CaseEvent",
    "CaseImport",
    "CaseSource",
    "CaseState",
    "ClockTemplate",
    "ComplianceFinding",
    "Contract",
    "Conversation",
    "CrisisCase",
    "Customer",
    "DeskCalendar",
    "DeskDay",
    "DeskShift",
    "DeskSkill",
    "DuplicateCandidate",
    "EscalationStep",
    "LadderRung",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerPosting",
    "MatrixRow",
    "Message",
    "Offer",
    "OfferKind",
    "Payment",
    "PaymentChoice",
    "Payout",
    "RatingRequest",
    "Reconciliation",
    "Refund",
    "RetentionPolicy",
    "SkillHolding",
    "ToolRule",
    "TrainingWish",
    "WorkInterval",
]
