"""Closed lists of the metrics app."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(IntegerChoices):
    """How the customer reached us; 0 where the record does not say."""

    UNKNOWN = 0, _("not stated")
    PHONE = 1, _("telephone")
    CHAT = 2, _("chat")
    EMAIL = 3, _("e-mail")
    SOCIAL = 4, _("social network")
    MESSENGER = 5, _("messenger")
    INTERNAL = 6, _("internal request")


class Direction(TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    BAND = "band", _("inside the band is better")


class Unit(TextChoices):
    """What a figure is printed in; targets and readings are compared in it."""

    PERCENT = "percent", _("%")
    POINTS = "points", _("points")
    SECONDS = "seconds", _("s")


class Grain(TextChoices):
    """The span of one cell row; a month row is the sum of its day rows."""

    DAY = "D", _("day")
    MONTH = "M", _("month")


class Period(TextChoices):
    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")
    WHOLE = "custom", _("the whole time chosen")


class ScopeKind(TextChoices):
    """What a reading or a target is about, widest first."""

    ORGANISATION = "organisation", _("organisation")
    LINE = "line", _("line")
    PARTNER = "partner", _("partner centre")
    TEAM = "team", _("team")
    GRADE = "grade", _("grade")
    PERSON = "person", _("person")


class Verdict(TextChoices):
    """How a reading stands against the target of its days."""

    MET = "met", _("met")
    MISSED = "missed", _("missed")
    NO_TARGET = "no_target", _("no target")
    TOO_FEW = "too_few", _("too few data")


class Tier(TextChoices):
    """Where a person or team stands beside the others once chance is allowed for."""

    ABOVE = "above", _("clearly above")
    WITHIN = "within", _("within noise")
    BELOW = "below", _("clearly below")
    TOO_FEW = "too_few", _("too few data")


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKED = "checked", _("checked")
    RUNNING = "running", _("loading")
    DONE = "done", _("loaded")
    FAILED = "failed", _("failed")
