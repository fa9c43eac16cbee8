"""Imports of courses: the uploaded archive between its check and its loading."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.content.models.courses import Course
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class CourseImport(models.Model):
    """One archive with a course. The file is kept until it is loaded."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    course = models.ForeignKey(
        Course, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by"))
    created_at = models.DateTimeField(_("when"))
    loaded_at = models.DateTimeField(_("loaded"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of a course")
        verbose_name_plural = _("imports of courses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("content:import-detail", args=[self.public_id])

    @property
    def path(self) -> Path:
        """Where the archive lies."""
        return Path(settings.MEDIA_ROOT) / "content" / "imports" / f"{self.public_id}.zip"
