"""Closed lists of the crisis desk."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseKind(TextChoices):
    """What the customer comes with."""

    REFUND = "refund", _("refund wish")
    COMPLAINT = "complaint", _("complaint")
    PAYMENT = "payment", _("mistaken or double payment")
    CLAIM = "claim", _("pre-trial claim")
    PUBLIC = "public", _("public complaint")
    LEGAL = "legal", _("legal objection")


class CaseStage(TextChoices):
    """Where the desk stands with the case."""

    NEW = "new", pgettext_lazy("case", "new")
    WORKING = "working", pgettext_lazy("case", "in work")
    PAUSED = "paused", pgettext_lazy("case", "waiting for the customer")
    CLOSED = "closed", pgettext_lazy("case", "closed")


class Severity(IntegerChoices):
    """How bad it is; 1 is the worst."""

    CRITICAL = 1, pgettext_lazy("severity", "critical")
    HIGH = 2, pgettext_lazy("severity", "high")
    MEDIUM = 3, pgettext_lazy("severity", "medium")
    LOW = 4, pgettext_lazy("severity", "low")


class CaseOutcome(TextChoices):
    """What a case came to: derived from its events, never typed."""

    OPEN = "", pgettext_lazy("outcome", "still open")
    RETAINED = "retained", pgettext_lazy("outcome", "retained")
    REFUNDED = "refunded", pgettext_lazy("outcome", "refunded")
    REFUND_STARTED = "refund_started", pgettext_lazy("outcome", "refund started")
    RESOLVED = "resolved", pgettext_lazy("outcome", "resolved")
    UNRESOLVED = "unresolved", pgettext_lazy("outcome", "closed without refund or consent")


class Channel(TextChoices):
    CHAT = "chat", _("chat")
    CALL = "call", _("call")
    EMAIL = "email", _("e-mail")
    FORM = "form", _("web form")


class Side(TextChoices):
    CUSTOMER = "customer", _("customer")
    AGENT = "agent", _("agent")
    SYSTEM = "system", _("system")


class Source(TextChoices):
    """Who says that something happened. Where they disagree: quality over agent over rule."""

    QA = "qa", _("quality")
    AGENT = "agent", _("agent")
    RULE = "rule", _("rule")
    CUSTOMER = "customer", _("customer")
    SYSTEM = "system", _("system")


class EventKind(TextChoices):
    """What may stand in the log of a case: the policy's events (by its own names), then the desk's own."""

    ASKED = "asked", _("wishes a refund")
    TRIGGER = "trigger", _("refuses categorically")
    INSIST = "insist", _("insists")
    INTERRUPT = "interrupt", _("interrupts")
    INTERRUPT_INSIST = "interrupt+insist", _("interrupts and insists")
    WITHDRAW = "withdraw", _("takes the refusal back")
    ASK_OFFER = "ask_offer", _("asks what can be offered")
    ACCEPT = "accept", _("agrees to stay")
    QUESTION = "question", _("asks a question")
    SILENCE = "silence", _("is silent")
    MESSAGE = "message", _("writes or says something else")
    LEGAL = "legal", _("threatens with the law")
    PUBLIC = "public", _("threatens to go public")
    REOPEN = "reopen", _("comes back to a closed case")
    SOFT = "SOFT", _("soft attempt")
    HARD = "HARD", _("pressure")
    NEUTRAL = "NEUTRAL", _("neutral answer")
    OFFER = "OFFER", _("offer")
    REFUND_START = "REFUND_START", _("refund started")
    TRANSFER = "TRANSFER", _("handed over")
    CLOSE = "CLOSE", _("case closed")
    REFUND_DONE = "REFUND_DONE", _("money returned")
    CLOCK = "CLOCK", _("time has passed")
    OPENED = "opened", _("case opened")
    AUTO_REPLY = "auto_reply", _("automatic answer")
    ASSIGNED = "assigned", _("assigned")
    TAKEN = "taken", _("taken into work")
    PAUSED = "paused", _("waiting for the customer")
    RESUMED = "resumed", _("in work again")
    SEVERITY = "severity", _("severity changed")
    ESCALATED = "escalated", _("escalated")
    NOTE = "note", _("note")
    MERGED = "merged", _("merged into another case")
    MONEY = "money", _("money moved")
    RATED = "rated", _("contact rated")


class RefusalState(TextChoices):
    """States of the refusal process, by the policy's names."""

    NONE = "NONE", _("no refund wish")
    ASKED = "ASKED", _("wishes a refund")
    TRIGGERED = "TRIGGERED", _("categorical refusal")
    REFUND_DUE = "REFUND_DUE", _("refund due")
    REFUND_STARTED = "REFUND_STARTED", _("refund started")
    REFUNDED = "REFUNDED", pgettext_lazy("refusal", "refunded")
    RETAINED = "RETAINED", _("retained")
    CLOSED_UNRESOLVED = "CLOSED_UNRESOLVED", _("closed without refund or consent")


class ClockUnit(TextChoices):
    WORKING = "working", _("working time of the desk")
    CALENDAR = "calendar", _("calendar days")


class Measure(TextChoices):
    """What a clock measures; each has its starting and stopping events in `logic.clocks`."""

    FIRST_START = "first_start", _("timely start: until the first human action")
    FIRST_RESPONSE = "first_response", _("first answer to the customer")
    NEXT_RESPONSE = "next_response", _("answer to the customer's latest message")
    PICKUP = "pickup", _("taking over after a handover")
    REFUND_START = "refund_start", _("start of the refund once it is due")
    REFUND_PAID = "refund_paid", _("return of the money after the demand")
    RESOLUTION = "resolution", _("solution of the case")


class ClockState(TextChoices):
    WAITING = "waiting", pgettext_lazy("clock", "not started")
    RUNNING = "running", pgettext_lazy("clock", "running")
    PAUSED = "paused", pgettext_lazy("clock", "paused")
    DONE = "done", pgettext_lazy("clock", "stopped")


class Rung(TextChoices):
    """Steps of the escalation ladder, mildest first; each leaves the refund running."""

    OBJECTION = "objection", _("objection")
    LEGAL_OBJECTION = "legal_objection", _("legal objection")
    CLAIM = "claim", _("pre-trial claim")
    REGULATOR = "regulator", _("regulator")
    COURT = "court", _("court")
    PUBLIC = "public", _("public complaint")


class ImportState(TextChoices):
    CHECKED = "checked", _("checked")
    LOADED = "loaded", _("loaded")
