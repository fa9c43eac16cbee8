"""Enrolments: one row per person, programme and cycle; how it went stays as events that never change."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import (
    OPEN_STATES,
    EnrolmentState,
    EventKind,
    Path,
    PauseKind,
    Source,
    WaiverScope,
)
from nastavnik.learning.models.programmes import Programme, ProgrammeVersion, Stage
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


class Intake(models.Model):
    """People who begin a programme together: a month's newcomers."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="intakes", verbose_name=_("programme"))
    title = models.CharField(_("title"), max_length=120)
    starts_date = models.DateField(_("first day"))
    seats = models.PositiveSmallIntegerField(_("people planned"), null=True, blank=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-starts_date", "title"]
        constraints = [models.UniqueConstraint(fields=["programme", "title"], name="learning_intake_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('learning:cohort-board', args=[self.programme.public_id])}?intake={self.public_id}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters of enrolments."""

    def visible_to(self, person: Person) -> Self:
        """Those of the people whose learning one may see, and one's own."""
        return self.filter(within(reach_of(person, Right.SEE_LEARNING)))

    def within_reach_of(self, person: Person) -> Self:
        """Those one may change: of the people one may enrol."""
        return self.filter(within(reach_of(person, Right.ENROL)))

    def open(self) -> Self:
        """Learning or paused."""
        return self.filter(state__in=OPEN_STATES)


class Enrolment(models.Model):
    """One cycle of one person in one programme. `lacks` is what kept the gate shut when it was last looked at."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments", verbose_name=_("person"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments", verbose_name=_("programme"))
    version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, related_name="enrolments", verbose_name=_("programme version")
    )
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    path = models.CharField(_("path"), max_length=10, choices=Path.choices, default=Path.ORIGINAL)
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE
    )  # fmt: skip
    stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stage of a programme")
    )
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name=_("intake")
    )
    source = models.CharField(_("how it came"), max_length=12, choices=Source.choices, default=Source.HAND)
    why = models.JSONField(_("why"), default=dict, blank=True)
    begins_date = models.DateField(_("begins"))
    due_date = models.DateField(_("due"))
    enrolled_at = models.DateTimeField(_("enrolled"))
    enrolled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("enrolled by"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    lacks = models.JSONField(_("what is missing"), default=list, blank=True)
    evaluated_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-begins_date", "-pk"]
        indexes = [models.Index(fields=["programme", "state"], name="learning_enrolment_state")]
        constraints = [
            models.UniqueConstraint(fields=["person", "programme", "cycle"], name="learning_cycle_once"),
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(state__in=["active", "paused"]),
                name="learning_one_open_enrolment",
                violation_error_message=_("This person is learning the programme already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["active", "paused"], ended_at__isnull=True)
                | Q(state__in=["finished", "closed"], ended_at__isnull=False),
                name="learning_ended_says_when",
            ),
            models.CheckConstraint(condition=Q(due_date__gte=F("begins_date")), name="learning_due_after_begin"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("learning:enrolment-detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class StagePassage(models.Model):
    """One stage of one enrolment: due when, entered when, passed when."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="passages", verbose_name=_("enrolment"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="passages", verbose_name=_("stage of a programme"))
    due_date = models.DateField(_("due"))
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)
    passed_at = models.DateTimeField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("stage of an enrolment")
        verbose_name_plural = _("stages of enrolments")
        ordering = ["stage__position"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage"], name="learning_passage_once"),
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True) | Q(entered_at__isnull=False), name="learning_passed_was_entered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.stage}"


class EnrolmentEvent(models.Model):
    """One thing that happened to an enrolment. Never changed: the state of any past moment is read from these."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="events", verbose_name=_("enrolment"))
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=10, choices=EventKind.choices)
    stage_key = models.CharField(_("stage of a programme"), max_length=40, blank=True)
    version_number = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.TextField(_("why"), blank=True)
    data = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event of an enrolment")
        verbose_name_plural = _("events of enrolments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_kind_display()}"


class Pause(Dated):
    """Days on which nobody is expected to learn: leave, illness. Due days move by its length."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="pauses", verbose_name=_("enrolment"))
    kind = models.CharField(_("kind"), max_length=10, choices=PauseKind.choices)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            no_overlap("enrolment", name="learning_one_pause_at_a_time"),
            ends_after_start("learning_pause_days"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_kind_display()}"


class Waiver(models.Model):
    """What somebody decided to do without, for one person, and why."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="waivers", verbose_name=_("enrolment"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("stage of a programme"))
    scope = models.CharField(_("of what"), max_length=12, choices=WaiverScope.choices)
    key = models.TextField(_("which one"), blank=True)
    reason = models.TextField(_("why"))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage", "scope", "key"], name="learning_waiver_once"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="learning_waiver_has_reason",
                violation_error_message=_("A waiver needs its reason."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_scope_display()}"


class SignOff(models.Model):
    """Somebody of a named role says that a person may go on from a stage, or not. Never changed; the latest counts."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="sign_offs", verbose_name=_("enrolment"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("stage of a programme"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    approved = models.BooleanField(_("may go on"))
    comment = models.TextField(_("comment"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(comment=""), name="learning_refusal_says_why",
                violation_error_message=_("A sign-off that is refused says why."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_role_display()}"


class PanelMark(models.Model):
    """One judge's marks for a project that is defended, by criteria of the rubric; `percent` of the points possible."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="panel_marks", verbose_name=_("enrolment"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("stage of a programme"))
    activity_key = models.CharField(_("defence"), max_length=40)
    judge = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("judge"))
    points = models.JSONField(_("points by criterion"), default=dict)
    percent = models.FloatField(_("percent"))
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("mark of the panel")
        verbose_name_plural = _("marks of the panel")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "stage", "activity_key", "judge"], name="learning_judge_marks_once",
                violation_error_message=_("You have marked this defence already."),
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="learning_mark_is_percent"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.judge}"
