"""Guides: guard-rails beside a case, never scripts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.procedures.enums import CaseKind, CaseStage


class Guide(models.Model):
    """Advice and a checklist for one kind of case at one stage; what it says stands in its versions."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_kind = models.CharField(_("kind of case"), max_length=12, choices=CaseKind.choices)
    stage = models.CharField(_("stage"), max_length=10, choices=CaseStage.choices, default=CaseStage.ANY)
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place"), default=100)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        ordering = ["case_kind", "position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:guide-detail", args=[self.public_id])


class GuideVersion(models.Model):
    """What a guide says from its publication on. Versions are added and never changed."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="versions", verbose_name=_("guide"))
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text (Markdown)"), blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("guide version")
        verbose_name_plural = _("guide versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="procedures_guide_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class GuideCheck(models.Model):
    """One line of a guide's checklist, in its order."""

    version = models.ForeignKey(GuideVersion, models.CASCADE, related_name="checks", verbose_name=_("guide version"))
    position = models.PositiveSmallIntegerField(_("place"))
    text = models.CharField(_("what to check"), max_length=300)

    class Meta:
        verbose_name = _("check of a guide")
        verbose_name_plural = _("checks of guides")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="procedures_check_place_once")]

    def __str__(self) -> str:
        return self.text
