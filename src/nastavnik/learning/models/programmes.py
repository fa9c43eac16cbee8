"""Programmes: what is to be gone through, in versions of stages with gates. Published versions stay: a trigger."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import Branch, LearningKind, Path, StageKind
from nastavnik.learning.logic import requirements
from nastavnik.learning.logic.requirements import Group
from nastavnik.people.models import Person

MOST_DUE_DAYS = 400


def open_gate() -> dict[str, object]:
    """The gate of a new stage: everything obligatory is done."""
    return {"rule": "all", "parts": [{"kind": "stage"}]}


class Programme(models.Model):
    """Something a person goes through for a purpose: its stages stand in its versions."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what it is for"), blank=True)
    branch = models.CharField(_("branch"), max_length=12, choices=Branch.choices)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    is_open = models.BooleanField(_("people may be enrolled"), default=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="learning_programme_has_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:programme-detail", args=[self.public_id])


class ProgrammeVersion(models.Model):
    """The stages of a programme as of one version: a draft until published, unchangeable after."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="versions", verbose_name=_("programme")
    )  # fmt: skip
    number = models.PositiveIntegerField(_("version"))
    certificate = models.SlugField(_("certificate at the end"), max_length=60, blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("programme version")
        verbose_name_plural = _("programme versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="learning_version_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(published_at__isnull=True), name="learning_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} ({self.number})"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class Stage(models.Model):
    """A stretch of a programme. Its gate is what must be so to go on from it; its due rule is `due_days`."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="stages", verbose_name=_("programme version")
    )
    path = models.CharField(_("path"), max_length=10, choices=Path.choices, default=Path.ORIGINAL)
    position = models.PositiveSmallIntegerField(_("place"))
    key = models.SlugField(_("key"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=StageKind.choices, default=StageKind.DISTANCE)
    due_days = models.PositiveSmallIntegerField(_("working days for it"))
    gate = models.JSONField(_("gate"), default=open_gate)

    class Meta:
        verbose_name = _("stage of a programme")
        verbose_name_plural = _("stages of programmes")
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "path", "position"], name="learning_stage_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["version", "path", "key"], name="learning_stage_key"),
            models.CheckConstraint(
                condition=Q(due_days__gte=1, due_days__lte=MOST_DUE_DAYS), name="learning_stage_has_due_rule",
                violation_error_message=_("A stage needs its due rule: 1 to 400 working days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def tree(self) -> Group:
        """The gate as its value type."""
        return requirements.from_json(self.gate)


class StageActivity(models.Model):
    """One thing to do on a stage: a course, a test, a live session, a task, an external course, a panel defence.

    `reference` is the code of the course, test or kind of session; others have none. `rubric`: a panel's criteria.
    """

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="activities", verbose_name=_("stage of a programme"))
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=10, choices=LearningKind.choices)
    reference = models.SlugField(_("which one"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    is_required = models.BooleanField(_("obligatory"), default=True)
    rubric = models.JSONField(_("rubric"), default=list, blank=True)

    class Meta:
        verbose_name = _("stage activity")
        verbose_name_plural = _("stage activities")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "position"], name="learning_activity_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["stage", "key"], name="learning_activity_key"),
            models.CheckConstraint(
                condition=Q(kind__in=["task", "external", "panel"]) | ~Q(reference=""),
                name="learning_activity_named",
                violation_error_message=_("A course, a test or a live session is named by its code."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
