"""How far each person has come: a row per person, course and cycle, and one per activity with its evidence."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.content.models.courses import Course, CourseVersion
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class CourseProgress(models.Model):
    """One person's way through one version of a course. Taking a course again is a new cycle, hence a new row."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="course_progresses", verbose_name=_("person"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="progresses", verbose_name=_("course"))
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="progresses", verbose_name=_("version"))
    cycle = models.PositiveSmallIntegerField(_("which time"), default=1)
    began_at = models.DateTimeField(_("begun"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a course")
        verbose_name_plural = _("progress in courses")
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "cycle"], name="content_progress_once_a_cycle"),
            models.UniqueConstraint(
                fields=["person", "course"], condition=Q(completed_at=None), name="content_one_open_progress"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("began_at")),
                name="content_progress_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(cycle__gte=1), name="content_progress_cycle_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.course}"


class ActivityProgress(models.Model):
    """What is known of one person in one activity. `evidence` is what the rule is judged by; `done_at` is the tick."""

    progress = models.ForeignKey(
        CourseProgress, models.CASCADE, related_name="activities", verbose_name=_("progress in a course")
    )
    key = models.CharField(_("activity"), max_length=40)
    evidence: Any = models.JSONField(_("evidence"), default=dict)
    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField(_("changed"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in an activity")
        verbose_name_plural = _("progress in activities")
        constraints = [models.UniqueConstraint(fields=["progress", "key"], name="content_activity_progress_once")]

    def __str__(self) -> str:
        return f"{self.progress}: {self.key}"
