"""Imports of facts and people: the uploaded file, how it was read, what came of it; saved mappings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import LongTask, new_public_id
from nastavnik.metrics.enums import ImportState
from nastavnik.people.models import Person


class Mapping(models.Model):
    """How a foreign file's headings and values become a stream's columns, saved under a name."""

    name = models.SlugField(_("name"), max_length=80, unique=True)
    stream = models.CharField(_("stream"), max_length=40)
    spec = models.JSONField(_("mapping"))
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One file on its way in: uploaded, mapped, checked (dry run), loaded; its counts and rejected rows."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    stream = models.CharField(_("stream"), max_length=40)
    file_name = models.CharField(_("file"), max_length=255)
    stored_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    spec = models.JSONField(_("mapping"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    read = models.BigIntegerField(_("read"), default=0)
    accepted = models.BigIntegerField(_("accepted"), default=0)
    replaced = models.BigIntegerField(_("replaced"), default=0)
    unchanged = models.BigIntegerField(_("unchanged"), default=0)
    rejected = models.BigIntegerField(_("rejected"), default=0)
    created_people = models.PositiveIntegerField(_("people created"), default=0)
    seconds = models.FloatField(_("seconds"), default=0)
    error = models.TextField(_("error"), blank=True)
    errors_name = models.CharField(max_length=200, blank=True)
    samples = models.JSONField(_("first rejected rows"), default=list)
    task = models.ForeignKey(LongTask, models.SET_NULL, null=True, related_name="+", verbose_name=_("progress"))
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by"))
    created_at = models.DateTimeField(_("created"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
