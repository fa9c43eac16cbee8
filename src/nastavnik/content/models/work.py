"""What learners hand in and say: tasks with their marks, answers of feedback surveys."""

from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.content.enums import SubmissionState
from nastavnik.content.models.progress import CourseProgress
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right
from nastavnik.people.roles import Right

MARKERS = (Right.SET_EXAMS, Right.EDIT_COURSES)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Filters of what was handed in."""

    def visible_to(self, person: Person) -> Self:
        """For those who mark: the work of the people within reach."""
        if not any(has_right(person, right) for right in MARKERS):
            return self.none()
        return self.filter(progress__person__in=Person.objects.visible_to(person).values("pk"))


class Submission(models.Model):
    """A task handed in once. Marked ones never change (a trigger); doing it again is a new row."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    progress = models.ForeignKey(
        CourseProgress, models.PROTECT, related_name="submissions", verbose_name=_("progress in a course")
    )
    key = models.CharField(_("activity"), max_length=40)
    number = models.PositiveSmallIntegerField(_("which time"))
    text = models.TextField(_("text"), blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    handed_in_at = models.DateTimeField(_("handed in"))
    state = models.CharField(
        _("state"), max_length=10, choices=SubmissionState.choices, default=SubmissionState.HANDED_IN
    )
    points: Any = models.JSONField(_("points by criterion"), default=list)
    total = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("most points"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    marked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("marked by"))
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)
    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("task handed in")
        verbose_name_plural = _("tasks handed in")
        ordering = ["handed_in_at"]
        constraints = [
            models.UniqueConstraint(fields=["progress", "key", "number"], name="content_submission_once"),
            models.UniqueConstraint(
                fields=["progress", "key"], condition=Q(state="handed_in"), name="content_one_submission_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="handed_in", marked_at=None, total=None, maximum=None)
                | Q(
                    state__in=["accepted", "returned"], marked_at__isnull=False, total__isnull=False,
                    maximum__isnull=False, total__lte=models.F("maximum"),
                ),
                name="content_submission_marked_whole",
            ),
            models.CheckConstraint(condition=~Q(text="", file_name=""), name="content_submission_holds_something"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.progress}: {self.key} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("content:submission-mark", args=[self.public_id])

    @property
    def path(self) -> Path:
        """Where its file lies."""
        return Path(settings.MEDIA_ROOT) / "content" / "submissions" / self.public_id


def _score(title: Any) -> Any:
    return models.PositiveSmallIntegerField(title, validators=[MinValueValidator(1), MaxValueValidator(5)])


class SurveyAnswer(models.Model):
    """One person's answer to a feedback survey: four scores from 1 to 5 and a comment. Shown without the name."""

    progress = models.ForeignKey(
        CourseProgress, models.CASCADE, related_name="survey_answers", verbose_name=_("progress in a course")
    )
    key = models.CharField(_("activity"), max_length=40)
    comfortable = _score(_("comfortable"))
    clear = _score(_("clear"))
    useful = _score(_("useful"))
    recommend = _score(_("would recommend"))
    comment = models.TextField(_("comment"), blank=True)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.UniqueConstraint(fields=["progress", "key"], name="content_survey_answered_once"),
            models.CheckConstraint(
                condition=Q(
                    comfortable__gte=1, comfortable__lte=5, clear__gte=1, clear__lte=5,
                    useful__gte=1, useful__lte=5, recommend__gte=1, recommend__lte=5,
                ),
                name="content_survey_scores_from_1_to_5",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.progress}: {self.key}"
