"""Triggers: rules that enrol people by themselves, their runs, and why each person was assigned or left out."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import Branch, HitOutcome
from nastavnik.learning.models.enrolments import Enrolment, Intake
from nastavnik.learning.models.programmes import Programme
from nastavnik.people.models import Person


class Trigger(models.Model):
    """A rule of one branch: whom it concerns and when. `rule` is read by `logic.triggers`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    branch = models.CharField(
        _("branch"), max_length=12, choices=[one for one in Branch.choices if one[0] != Branch.SCHOOL]
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="triggers", verbose_name=_("programme"))
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, blank=True, related_name="triggers", verbose_name=_("intake")
    )
    rule = models.JSONField(_("rule"), default=dict)
    is_active = models.BooleanField(_("runs by itself every night"), default=False)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("created by"))

    class Meta:
        verbose_name = _("trigger")
        verbose_name_plural = _("triggers")
        ordering = ["branch", "title"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="learning_trigger_has_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:trigger-detail", args=[self.public_id])


class TriggerRun(models.Model):
    """One run of a trigger for a day: how many it looked at, enrolled, left out."""

    trigger = models.ForeignKey(Trigger, models.PROTECT, related_name="runs", verbose_name=_("trigger"))
    day_date = models.DateField(_("as of"))
    ran_at = models.DateTimeField(_("when"))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    looked_at = models.PositiveIntegerField(_("people looked at"))
    enrolled = models.PositiveIntegerField(_("enrolled"))
    left_out = models.PositiveIntegerField(_("left out"))

    class Meta:
        verbose_name = _("run of a trigger")
        verbose_name_plural = _("runs of triggers")
        ordering = ["-ran_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.trigger}: {self.day_date}"


class TriggerHit(models.Model):
    """That a trigger concerned a person on an occasion, what it did and why. One occasion is answered once."""

    run = models.ForeignKey(TriggerRun, models.PROTECT, related_name="hits", verbose_name=_("run of a trigger"))
    trigger = models.ForeignKey(Trigger, models.PROTECT, related_name="hits", verbose_name=_("trigger"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    occasion = models.CharField(_("occasion"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=10, choices=HitOutcome.choices)
    why = models.JSONField(_("why"), default=dict)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="hits", verbose_name=_("enrolment")
    )

    class Meta:
        verbose_name = _("hit of a trigger")
        verbose_name_plural = _("hits of triggers")
        constraints = [
            models.UniqueConstraint(fields=["trigger", "person", "occasion"], name="learning_occasion_once"),
            models.CheckConstraint(
                condition=Q(outcome="enrolled", enrolment__isnull=False) | ~Q(outcome="enrolled"),
                name="learning_hit_has_enrolment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trigger}: {self.person}"
