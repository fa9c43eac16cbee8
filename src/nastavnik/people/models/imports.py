"""Imports of people from files: saved mappings and what each import did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import LongTask, new_public_id
from nastavnik.people.models.persons import Person


class PeopleMapping(models.Model):
    """How the headings and values of one kind of file are read, saved under a name."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    mapping = models.JSONField(_("mapping"), default=dict)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("people mapping")
        verbose_name_plural = _("people mappings")

    def __str__(self) -> str:
        return self.name


class PeopleImport(models.Model):
    """One file of people: where it lies, how it is read, what it would change, what it changed."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKED = "checked", _("checked")
        DONE = "done", _("done")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    stored_as = models.CharField(_("stored as"), max_length=200)
    mapping = models.JSONField(_("mapping"), default=dict)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by"))
    task = models.ForeignKey(LongTask, models.SET_NULL, null=True, related_name="+", verbose_name=_("progress"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    result = models.JSONField(_("result"), default=dict)

    class Meta:
        verbose_name = _("people import")
        verbose_name_plural = _("people imports")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
