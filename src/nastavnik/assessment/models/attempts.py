"""Attempts and the answers given in them. An answer is a row that is added and never changed."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import AttemptState, EndedBy
from nastavnik.assessment.models.exams import Exam, Form, Sitting
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person

RUNNING = (AttemptState.PREPARED, AttemptState.OPEN)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Filters of attempts."""

    def of(self, person: Person) -> Self:
        """The person's own attempts."""
        return self.filter(person=person)

    def closed(self) -> Self:
        """Attempts with a result."""
        return self.filter(state=AttemptState.CLOSED)


class Attempt(models.Model):
    """One person's sitting of one form, made before the window opens.

    `layout` is the frozen variant: for each place on the person's pages the position in the form and, where options are
    shuffled, their order. `deadline_at` is set at the start: the limit or the end of the window, whichever is earlier.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attempts", verbose_name=_("exam window"))
    exam = models.ForeignKey(Exam, models.PROTECT, related_name="attempts", verbose_name=_("exam"))
    form = models.ForeignKey(Form, models.PROTECT, related_name="attempts", verbose_name=_("exam form"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="attempts", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(_("attempt"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=AttemptState.choices, default=AttemptState.PREPARED)
    seed = models.BigIntegerField(_("seed"))
    layout = models.JSONField(_("variant"), default=list)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retests", verbose_name=_("retest of")
    )
    prepared_at = models.DateTimeField(_("prepared"))
    opened_at = models.DateTimeField(_("begun"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("must end by"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=8, choices=EndedBy.choices, blank=True)
    closed_at = models.DateTimeField(_("result came"), null=True, blank=True)
    void_reason = models.CharField(_("why it does not count"), max_length=500, blank=True)
    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-prepared_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "state"], name="assessment_attempt_person"),
            models.Index(fields=["deadline_at"], condition=Q(state="open"), name="assessment_attempt_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person", "number"], name="assessment_attempt_once"),
            models.UniqueConstraint(
                fields=["sitting", "person"], condition=Q(state__in=["prepared", "open"]),
                name="assessment_one_running_attempt",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "missed", "void"])
                | Q(opened_at__isnull=False, deadline_at__isnull=False),
                name="assessment_begun_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "open", "missed", "void"]) | Q(ended_at__isnull=False),
                name="assessment_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="assessment_closed_has_time"
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason=""), name="assessment_void_has_reason"),
            models.CheckConstraint(
                condition=Q(deadline_at=None) | Q(deadline_at__gte=F("opened_at")),
                name="assessment_deadline_after_start",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.exam}: {self.person}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    def get_absolute_url(self) -> str:
        return reverse("assessment:attempt-entry", args=[self.public_id])


class Answer(models.Model):
    """What was answered, when it reached the server. The last sequence of a position counts."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers", verbose_name=_("attempt"))
    sequence = models.PositiveIntegerField(_("sequence"))
    position = models.PositiveSmallIntegerField(_("place"))
    value = models.JSONField(_("answer"), null=True)
    at = models.DateTimeField(_("when saved"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["attempt", "sequence"]
        constraints = [models.UniqueConstraint(fields=["attempt", "sequence"], name="assessment_answer_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}: {self.value}"
