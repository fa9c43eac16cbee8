"""Files of courses: pictures, slides, videos, captions, attachments. A file never changes; another one gets a name of
its own.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.content.enums import FileKind, FileState
from nastavnik.content.models.courses import Course
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class CourseFile(models.Model):
    """One uploaded file. Activities name it by `name`; on disk it is called by `public_id`, nothing a person typed."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="files", verbose_name=_("course"))
    name = models.CharField(_("file name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind.choices)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=FileState.choices, default=FileState.READY)
    problem = models.CharField(_("what is wrong"), max_length=500, blank=True)
    duration_ms = models.PositiveBigIntegerField(_("length"), null=True, blank=True)
    # Of each page of slides: its text, for the search and for screen readers.
    pages: Any = models.JSONField(_("pages"), default=list)
    uploaded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who uploaded")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("file of a course")
        verbose_name_plural = _("files of courses")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="content_file_name_once"),
            models.CheckConstraint(condition=Q(state="ready") | Q(kind="pdf"), name="content_only_slides_wait"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where the file and what was made of it lie."""
        return Path(settings.MEDIA_ROOT) / "content" / self.course.public_id / self.public_id

    @property
    def path(self) -> Path:
        return self.folder / "original"

    def page_path(self, number: int) -> Path:
        """The picture of a page of slides, from 1."""
        return self.folder / f"page-{number:04}.webp"
