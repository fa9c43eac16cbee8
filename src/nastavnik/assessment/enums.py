"""Closed lists of the assessment app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    """What the taker does; each kind has its value type in `logic.items`."""

    SINGLE = "single", _("one of several")
    MULTIPLE = "multiple", _("several of several")
    TRUE_FALSE = "true_false", _("true or false")
    MATCHING = "matching", _("matching")
    ORDERING = "ordering", _("ordering")
    GAP = "gap", _("gaps in a text")
    SHORT = "short", _("short text")
    NUMBER = "number", _("number")
    ESSAY = "essay", _("open answer")
    CASE = "case", _("case")


class ItemState(TextChoices):
    """Where an item stands in its life. A pilot is tried out, a live one counts, an anchor ties forms together."""

    PILOT = "pilot", _("pilot")
    LIVE = "live", _("live")
    ANCHOR = "anchor", _("anchor")
    RETIRED = "retired", _("retired")


class FileFormat(TextChoices):
    """Formats items come and go in."""

    GIFT = "gift", "GIFT"
    MOODLE_XML = "moodle-xml", "Moodle XML"
    AIKEN = "aiken", "Aiken"
    XLSX = "xlsx", "XLSX"


class ImportState(TextChoices):
    """An import is looked at first; only then it is loaded."""

    CHECKED = "checked", _("checked")
    LOADED = "loaded", _("loaded")
