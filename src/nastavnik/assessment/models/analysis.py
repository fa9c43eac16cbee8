"""What analysis keeps: calibrations, equated forms, alarms about items, signals about attempts; facts sent upwards."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import AlarmKind, CalibrationModel, SignalKind
from nastavnik.assessment.models.attempts import Attempt
from nastavnik.assessment.models.exams import Exam, Form
from nastavnik.assessment.models.items import ItemVersion
from nastavnik.assessment.models.results import Result
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right


class CalibrationRun(models.Model):
    """One calibration of a form by first attempts. Never changed: what was decided by it can be explained later.

    `items`: per column its item version, slope, intercept and errors (None without a place on the scale).
    `covariance`: of the difficulties, row by row; empty where it cannot be told.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    form = models.ForeignKey(Form, models.PROTECT, related_name="calibrations", verbose_name=_("exam form"))
    model = models.CharField(_("model"), max_length=8, choices=CalibrationModel.choices)
    takers = models.PositiveIntegerField(_("takers"))
    last_result = models.ForeignKey(Result, models.PROTECT, related_name="+", verbose_name=_("result"))
    log_likelihood = models.FloatField(_("log-likelihood"))
    reliability = models.FloatField(_("reliability"))
    converged = models.BooleanField(_("converged"))
    items: Any = models.JSONField(_("items"), default=list)
    covariance: Any = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calibration of a form")
        verbose_name_plural = _("calibrations of forms")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.form}, {self.get_model_display()}"


class Equating(models.Model):
    """The pass mark of a form on the terms of the base form. Never changed; a later one of the form counts instead.

    `anchors`: code, movement in logits and whether it was kept, per anchor. Where months cannot be compared
    `is_equated` is false and the mark is the plain share.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    exam = models.ForeignKey(Exam, models.PROTECT, related_name="equatings", verbose_name=_("exam"))
    form = models.ForeignKey(Form, models.PROTECT, related_name="equatings", verbose_name=_("exam form"))
    base = models.ForeignKey(Form, models.PROTECT, related_name="+", verbose_name=_("base form"))
    calibration = models.ForeignKey(
        CalibrationRun, models.PROTECT, null=True, related_name="+", verbose_name=_("calibration of a form")
    )
    is_equated = models.BooleanField(_("comparable"))
    share = models.FloatField(_("pass share on the base form"))
    exact = models.FloatField(_("pass mark, exact"))
    raw_cut = models.PositiveSmallIntegerField(_("raw cut"))
    band_low = models.PositiveSmallIntegerField(_("grey band from"))
    band_high = models.PositiveSmallIntegerField(_("grey band to"))
    error = models.FloatField(_("error of the link"), null=True, blank=True)
    raw_mean = models.FloatField(_("mean as counted"))
    equated_mean = models.FloatField(_("mean on the base form"), null=True, blank=True)
    anchors: Any = models.JSONField(_("anchors"), default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("equating")
        verbose_name_plural = _("equatings")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="assessment_equating_share"),
            models.CheckConstraint(
                condition=Q(is_equated=True, equated_mean__isnull=False) | Q(is_equated=False, equated_mean=None),
                name="assessment_equated_mean_if_comparable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.raw_cut}"


class ItemAlarm(models.Model):
    """A reason to look at an item: a key that is probably wrong, a leak, a drift. A person looks at it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="alarms", verbose_name=_("item version"))
    form = models.ForeignKey(Form, models.PROTECT, related_name="alarms", verbose_name=_("exam form"))
    kind = models.CharField(_("kind"), max_length=8, choices=AlarmKind.choices)
    figures: Any = models.JSONField(_("figures"), default=dict)
    found_at = models.DateTimeField(_("found"))
    looked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    note = models.CharField(_("what it was"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("alarm about an item")
        verbose_name_plural = _("alarms about items")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "form", "kind"], name="assessment_alarm_once"),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | (Q(looked_at__isnull=False) & ~Q(note="")),
                name="assessment_alarm_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display()}"


class SignalQuerySet(models.QuerySet["Signal"]):
    """Filters of signals."""

    def visible_to(self, person: Person) -> Self:
        """Those who compose exams look at signals; nobody else learns of them, and nobody looks at his own."""
        if not has_right_everywhere(person, Right.SET_EXAMS):
            return self.none()
        return self.exclude(attempt__person=person).exclude(other__person=person)


class Signal(models.Model):
    """A reason to ask about an attempt: too fast, unlike the person, wrong in the same way as another."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="signals", verbose_name=_("attempt"))
    other = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("other attempt")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SignalKind.choices)
    figures: Any = models.JSONField(_("figures"), default=dict)
    found_at = models.DateTimeField(_("found"))
    looked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    note = models.CharField(_("what it was"), max_length=500, blank=True)
    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal about an attempt")
        verbose_name_plural = _("signals about attempts")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "other", "kind"], nulls_distinct=False, name="assessment_signal_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="same", other__isnull=False) | (~Q(kind="same") & Q(other=None)),
                name="assessment_signal_of_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | (Q(looked_at__isnull=False) & ~Q(note="")),
                name="assessment_signal_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:signal-look", args=[self.public_id])


class ResultFact(models.Model):
    """A result that has become a fact of the metrics: so it is sent once, and a rescore replaces it."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="fact", verbose_name=_("result"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("sent result")
        verbose_name_plural = _("sent results")

    def __str__(self) -> str:
        return str(self.result)
