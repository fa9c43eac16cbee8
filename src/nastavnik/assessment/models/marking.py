"""Open answers and the marks people give them; appeals of items; rescorings."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import AppealState, MarkingState, Treatment
from nastavnik.assessment.models.attempts import Attempt
from nastavnik.assessment.models.items import Item, ItemVersion
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right

WHOLE = 0
"""`part` of an open answer that is a whole item; parts of a case count from 1."""


class OpenAnswerQuerySet(models.QuerySet["OpenAnswer"]):
    """Filters of open answers."""

    def visible_to(self, person: Person) -> Self:
        """All for those who mark, but nobody's own."""
        if not has_right_everywhere(person, Right.SET_EXAMS):
            return self.none()
        return self.exclude(attempt__person=person)

    def open_to(self, person: Person) -> Self:
        """Those this person may mark now: unsettled, not marked by them before, not their own."""
        return self.visible_to(person).exclude(state=MarkingState.SETTLED).exclude(marks__marker=person)


class OpenAnswer(models.Model):
    """An answer that people mark. `text` is a copy of what was answered last, so marking reads nothing else."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="open_answers", verbose_name=_("attempt"))
    position = models.PositiveSmallIntegerField(_("place"))
    part = models.PositiveSmallIntegerField(_("part of the case"), default=WHOLE)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("item version"))
    text = models.TextField(_("answer"))
    max_points = models.DecimalField(_("points possible"), max_digits=10, decimal_places=4)
    markers = models.PositiveSmallIntegerField(_("markers needed"), default=2)
    state = models.CharField(_("state"), max_length=9, choices=MarkingState.choices, default=MarkingState.WAITING)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4, null=True, blank=True)
    created_at = models.DateTimeField(_("came"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    objects = OpenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("open answer to mark")
        verbose_name_plural = _("open answers to mark")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="assessment_open_answer_queue")]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position", "part"], name="assessment_open_answer_once"),
            models.CheckConstraint(
                condition=Q(state="settled", points__isnull=False, settled_at__isnull=False)
                | Q(~Q(state="settled"), points=None, settled_at=None),
                name="assessment_settled_has_points",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=F("max_points")),
                name="assessment_open_answer_within",
            ),
            models.CheckConstraint(condition=Q(markers__in=[1, 2]), name="assessment_open_answer_markers"),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.public_id[:6]})"

    def get_absolute_url(self) -> str:
        return reverse("assessment:marking-mark", args=[self.public_id])


class Mark(models.Model):
    """What one marker gave one open answer, line by line of the rubric. Added, never changed."""

    answer = models.ForeignKey(OpenAnswer, models.PROTECT, related_name="marks", verbose_name=_("open answer to mark"))
    number = models.PositiveSmallIntegerField(_("mark"))
    marker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("marker"))
    lines = models.JSONField(_("points by line of the rubric"), default=list)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "marker"], name="assessment_nobody_marks_twice"),
            models.UniqueConstraint(fields=["answer", "number"], name="assessment_mark_number_once"),
            models.CheckConstraint(condition=Q(number__in=[1, 2, 3]), name="assessment_three_marks_at_most"),
            models.CheckConstraint(condition=Q(points__gte=0), name="assessment_mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}/{self.number}: {self.points}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Filters of appeals."""

    def visible_to(self, person: Person) -> Self:
        """All for those who compose exams; for others their own."""
        return self if has_right_everywhere(person, Right.SET_EXAMS) else self.filter(person=person)


class Appeal(models.Model):
    """A taker says that an item was wrong or was scored wrongly, with the reason; an author decides."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="appeals", verbose_name=_("attempt"))
    position = models.PositiveSmallIntegerField(_("place"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="appeals", verbose_name=_("item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("item version"))
    reason = models.TextField(_("what is wrong"))
    made_at = models.DateTimeField(_("appealed"))
    state = models.CharField(_("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    decision = models.TextField(_("decision in words"), blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="assessment_appeal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_appeal_has_reason"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(decision="")),
                name="assessment_appeal_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:appeal-detail", args=[self.public_id])


class Rescoring(models.Model):
    """An item was scored anew for everybody who met it: how, why, and for how many it changed what. Never changed."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="rescorings", verbose_name=_("item version"))
    treatment = models.CharField(_("how"), max_length=8, choices=Treatment.choices)
    corrected = models.ForeignKey(
        ItemVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scored by version")
    )
    spares_passes = models.BooleanField(_("nobody loses by it"), default=True)
    reason = models.CharField(_("why"), max_length=500)
    attempts = models.PositiveIntegerField(_("attempts looked at"))
    changed = models.PositiveIntegerField(_("results that changed"))
    gained = models.PositiveIntegerField(_("now passed"))
    lost = models.PositiveIntegerField(_("passed no longer"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("rescoring")
        verbose_name_plural = _("rescorings")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_rescoring_has_reason"),
            models.CheckConstraint(
                condition=Q(treatment="rekey", corrected__isnull=False) | (~Q(treatment="rekey") & Q(corrected=None)),
                name="assessment_rescoring_by_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_treatment_display()}"
