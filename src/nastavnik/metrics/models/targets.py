"""Targets: dated versions by metric and scope. Editing closes a version and opens a new one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.metrics.enums import ScopeKind
from nastavnik.people.models import Grade, Line, Partner, Person, Team

_SCOPE_FIELDS = ("line", "partner", "team", "grade", "person")


def _names_its_scope() -> Q:
    """Exactly the column of the scope kind is filled."""
    whole = Q()
    for kind in ScopeKind:
        one = Q(scope_kind=kind.value)
        for name in _SCOPE_FIELDS:
            one &= Q(**{f"{name}__isnull": name != kind.value})
        whole |= one
    return whole


class Target(Dated):
    """What a metric should reach for a scope, from a day until (not including) another.

    Values are in the metric's unit times 10,000 as integers (4.85 points = 48,500; 92 percent = 920,000), so that a
    reading compares exactly. For a band metric `floor` and `target` are its lower and upper bounds.
    """

    SCALE = 10_000

    metric = models.CharField(_("metric"), max_length=60)
    metric_key = models.BigIntegerField(editable=False)
    scope_kind = models.CharField(_("for"), max_length=20, choices=ScopeKind.choices, default=ScopeKind.ORGANISATION)
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner centre")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("grade"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    direction = models.CharField(_("direction"), max_length=10)
    floor = models.BigIntegerField(_("floor"), null=True, blank=True)
    target = models.BigIntegerField(_("target"))
    stretch = models.BigIntegerField(_("stretch"), null=True, blank=True)
    min_n = models.PositiveIntegerField(_("least number of records"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            no_overlap("metric_key", "line", "partner", "team", "grade", "person", name="metrics_one_target_at_a_time"),
            ends_after_start("metrics_target_days"),
            models.CheckConstraint(condition=_names_its_scope(), name="metrics_target_scope_named"),
            models.CheckConstraint(
                condition=(
                    Q(direction="higher", floor__isnull=True)
                    | Q(direction="higher", floor__lt=F("target"))
                    | Q(direction="lower", floor__isnull=True)
                    | Q(direction="lower", floor__gt=F("target"))
                    | Q(direction="band", floor__isnull=False, floor__lt=F("target"), stretch__isnull=True)
                ),
                name="metrics_floor_before_target",
                violation_error_message=_("The floor must be worse than the target."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(stretch__isnull=True)
                    | Q(direction="higher", stretch__gt=F("target"))
                    | Q(direction="lower", stretch__lt=F("target"))
                ),
                name="metrics_stretch_after_target",
                violation_error_message=_("The stretch must be better than the target."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.scope_kind} {self.target / self.SCALE}"
