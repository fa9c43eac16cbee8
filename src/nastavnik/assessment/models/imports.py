"""Imports of items: the uploaded file between its check and its loading, and what came of it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import FileFormat, ImportState
from nastavnik.assessment.models.topics import Topic
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class ItemImport(models.Model):
    """One file of questions. Its bytes are kept until it is loaded."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    format = models.CharField(_("format"), max_length=12, choices=FileFormat.choices)
    content = models.BinaryField(null=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    replaces = models.BooleanField(_("new versions of items with the same id"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices, default=ImportState.CHECKED)
    read = models.PositiveIntegerField(_("read"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    revised = models.PositiveIntegerField(_("new versions"), default=0)
    known = models.PositiveIntegerField(_("known already"), default=0)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by"))
    created_at = models.DateTimeField(_("when"))
    loaded_at = models.DateTimeField(_("loaded"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of items")
        verbose_name_plural = _("imports of items")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("assessment:import-detail", args=[self.public_id])
