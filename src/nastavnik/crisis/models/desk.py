"""The desk's own: skills, who is at the desk, imports of cases, keys of webhooks."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import ImportState
from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person, Team
from nastavnik.people.models.organisation import Named


class DeskSkill(Named):
    """A special assignment: what not everybody at the desk takes. `contact_type` is the permit it asks for."""

    contact_type = models.CharField(_("permit needed"), max_length=60, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("special assignment")
        verbose_name_plural = _("special assignments")
        ordering = ["code"]


class SkillHolding(Dated):
    """That a person takes cases of a special assignment, from when until when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="desk_skills", verbose_name=_("person"))
    skill = models.ForeignKey(
        DeskSkill, models.PROTECT, related_name="holdings", verbose_name=_("special assignment")
    )  # fmt: skip
    objects = DatedQuerySet["SkillHolding"].as_manager()

    class Meta:
        verbose_name = _("holding of a special assignment")
        verbose_name_plural = _("holdings of special assignments")
        constraints = [
            no_overlap("person", "skill", name="crisis_skill_no_overlap"),
            ends_after_start("crisis_skill_days"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id}"


class DeskShift(models.Model):
    """A stretch of time somebody is at the desk and takes cases; open while they are."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="desk_shifts", verbose_name=_("person"))
    began_at = models.DateTimeField(_("came"))
    ended_at = models.DateTimeField(_("went"), null=True, blank=True)

    class Meta:
        verbose_name = _("time at the desk")
        verbose_name_plural = _("times at the desk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="crisis_one_open_shift"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="crisis_shift_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.began_at:%Y-%m-%d %H:%M}"


class CaseImport(models.Model):
    """One file of cases: looked at first, loaded afterwards. Its bytes are kept until it is loaded."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(null=True)
    sha256 = models.CharField(_("hash"), max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices, default=ImportState.CHECKED)
    read = models.PositiveIntegerField(_("read"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    known = models.PositiveIntegerField(_("known already"), default=0)
    problems = models.JSONField(_("problems"), default=list)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by"))
    created_at = models.DateTimeField(_("when"))
    loaded_at = models.DateTimeField(_("loaded"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of cases")
        verbose_name_plural = _("imports of cases")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("crisis:import-detail", args=[self.public_id])


class CaseSource(Named):
    """A system that sends conversations by webhook: its dialect, its secret, the team its cases go to."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    preset = models.CharField(
        _("dialect"),
        max_length=10,
        choices=[("generic", _("plain JSON")), ("chatwoot", "Chatwoot"), ("zammad", "Zammad")],
        default="generic",
    )
    secret = models.CharField(_("secret"), max_length=120)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    kind = models.CharField(_("kind of new cases"), max_length=9, default="complaint")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("source of cases")
        verbose_name_plural = _("sources of cases")
        ordering = ["code"]
