"""Closed lists of the content app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """What one does in an activity."""

    ARTICLE = "article", _("article")
    SLIDES = "slides", _("slides")
    VIDEO = "video", _("video")
    FILE = "file", _("file")
    LINK = "link", _("external link")
    EXAM = "exam", _("exam")
    DIALOGUE = "dialogue", _("dialogue drill")
    SESSION = "session", _("live session")
    SURVEY = "survey", _("feedback survey")
    TASK = "task", _("practice task")


class VersionState(TextChoices):
    """A version's life: a draft is rewritten, a published one stays as it is, a retired one takes nobody new."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class FileKind(TextChoices):
    """What an uploaded file is by its content."""

    IMAGE = "image", _("picture")
    PDF = "pdf", _("PDF document")
    VIDEO = "video", _("video")
    CAPTIONS = "captions", _("captions")
    OTHER = "other", _("file")


class FileState(TextChoices):
    """Slides are usable once their pages are made."""

    READY = "ready", _("ready")
    PENDING = "pending", _("pages are being made")
    FAILED = "failed", _("could not be read")


class SubmissionState(TextChoices):
    """Where a task handed in stands."""

    HANDED_IN = "handed_in", _("to be marked")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("to be done again")


class HandIn(TextChoices):
    """How a task is handed in."""

    TEXT = "text", _("a text")
    FILE = "file", _("a file")
    EITHER = "either", _("a text or a file")
