"""Closed lists of the assessment app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class ExamState(TextChoices):
    """A draft can be offered to nobody; a retired exam is kept for its results."""

    DRAFT = "draft", pgettext_lazy("exam", "draft")
    PUBLISHED = "published", pgettext_lazy("exam", "published")
    RETIRED = "retired", pgettext_lazy("exam", "retired")


class FormState(TextChoices):
    """A form is assembled, looked at and published; a withdrawn one is offered no more."""

    ASSEMBLED = "assembled", pgettext_lazy("exam form", "assembled")
    PUBLISHED = "published", pgettext_lazy("exam form", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("exam form", "withdrawn")


class Purpose(TextChoices):
    """Why people sit an exam."""

    REGULAR = "regular", _("regular")
    MONTHLY = "monthly", _("monthly test")
    RETEST = "retest", _("short retest")


class AttemptState(TextChoices):
    """prepared → open → marking → closed. A missed one was never begun; a void one does not count."""

    PREPARED = "prepared", pgettext_lazy("attempt", "not begun")
    OPEN = "open", pgettext_lazy("attempt", "under way")
    MARKING = "marking", pgettext_lazy("attempt", "being marked")
    CLOSED = "closed", pgettext_lazy("attempt", "finished")
    MISSED = "missed", pgettext_lazy("attempt", "missed")
    VOID = "void", pgettext_lazy("attempt", "void")


class EndedBy(TextChoices):
    """What ended an attempt."""

    PERSON = "person", pgettext_lazy("attempt", "submitted")
    TIME_LIMIT = "limit", pgettext_lazy("attempt", "the time was up")
    WINDOW = "window", pgettext_lazy("attempt", "the window closed")


class Outcome(TextChoices):
    """What a result says. Inside the grey band the points decide nothing: a short retest does."""

    PASSED = "passed", pgettext_lazy("exam", "passed")
    FAILED = "failed", pgettext_lazy("exam", "not passed")
    GREY = "grey", pgettext_lazy("exam", "in the grey band")


class MarkingState(TextChoices):
    """Where the marking of an open answer stands."""

    WAITING = "waiting", _("to be marked")
    DISAGREED = "disagreed", _("for a third marker")
    SETTLED = "settled", _("settled")


class AppealState(TextChoices):
    """An appeal is open until an author decides."""

    OPEN = "open", _("waits for a decision")
    UPHELD = "upheld", _("upheld")
    DECLINED = "declined", _("declined")


class Treatment(TextChoices):
    """What a rescoring does with an item that was wrong; as `logic.rescoring.Treatment`."""

    LEAVE_OUT = "drop", _("leave the item out")
    FULL_POINTS = "full", _("give everybody its points")
    NEW_KEY = "rekey", _("score by the corrected version")


class CalibrationModel(TextChoices):
    """Models of `logic.psychometrics.calibration`."""

    RASCH = "rasch", _("Rasch")
    TWO_PL = "2pl", _("two-parameter")


class AlarmKind(TextChoices):
    """What is suspected of an item; as `logic.psychometrics.alarms.Alarm`."""

    WRONG_KEY = "key", _("the key is probably wrong")
    LEAKED = "leaked", _("probably known beforehand")
    DRIFTED = "drifted", _("became harder")


class SignalKind(TextChoices):
    """What is remarkable about an attempt."""

    FAST = "fast", _("answers faster than they can be read")
    MISFIT = "misfit", _("hard items right, easy ones wrong")
    SAME_WRONG = "same", _("the same wrong answers as somebody else")
