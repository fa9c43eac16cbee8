"""Closed lists of the procedures app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """Languages the lexicon is kept in; every rule runs on every message all the same."""

    RU = "ru", _("Russian")
    EN = "en", _("English")


class RuleRole(TextChoices):
    """What a rule of the lexicon does; the values are those of `detection.Role`."""

    TRIGGER = "trigger", _("refusal: starts the count")
    WITHDRAW = "withdraw", _("guard: undecided, or took it back")
    REPORTED = "reported", _("guard: somebody else's words")
    LEGAL = "legal", _("legal threat")
    WISH = "wish", _("plain wish for a refund")
    CONTEXT = "context", _("context that lets weak rules speak")


class MessageLabel(TextChoices):
    """What a message is; the values are those of `detection.Label`. Only a refusal starts the count."""

    TRIGGER = "trigger", _("categorical refusal")
    REFUND_WISH = "refund_wish", _("wish for a refund")
    UNDECIDED = "undecided", _("undecided")
    QUOTED = "quoted", _("quotation")
    LEGAL = "legal", _("legal threat")
    OTHER = "other", _("something else")


class MarkSource(TextChoices):
    """Who says what a message is: quality is believed before the agent, the agent before the rule."""

    RULE = "rule", _("the rule")
    AGENT = "agent", _("the agent")
    QA = "qa", _("a quality reviewer")


class PhraseState(TextChoices):
    """A missed phrase waits until the head of the desk has looked at it."""

    PENDING = "pending", _("waiting")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class CaseKind(TextChoices):
    """What customers come to the desk with."""

    REFUND = "refund", _("refund")
    COMPLAINT = "complaint", _("complaint")
    PAYMENT = "payment", _("mistaken or double payment")
    CLAIM = "claim", _("pre-trial claim")
    PUBLIC = "public", _("public complaint")
    LEGAL = "legal", _("legal objection")


class CaseStage(TextChoices):
    """Where a case stands when a guide helps; «any» is shown throughout."""

    ANY = "any", _("any stage")
    INTAKE = "intake", _("first words")
    WORK = "work", _("at work")
    REFUSAL = "refusal", _("categorical refusal")
    REFUND = "refund", _("refund")
    CLOSING = "closing", _("closing")
