"""What attempts brought. A result is never changed: a rescore is a new one that names the old."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import Outcome
from nastavnik.assessment.models.attempts import Attempt
from nastavnik.assessment.models.items import Item, ItemVersion
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


class ResultQuerySet(models.QuerySet["Result"]):
    """Filters of results."""

    def in_force(self) -> Self:
        """Those no later one has replaced, of attempts that count."""
        return self.filter(replaced_by=None).exclude(attempt__state="void")

    def visible_to(self, person: Person) -> Self:
        """Results of the people whose learning this person may see, and one's own."""
        return self.filter(within(reach_of(person, Right.SEE_LEARNING), "attempt__person"))


class Result(models.Model):
    """Points of an attempt and what they mean by the rules of its window. Never changed."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="results", verbose_name=_("attempt"))
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4)
    max_points = models.DecimalField(_("possible points"), max_digits=10, decimal_places=4)
    percent = models.DecimalField(_("percent"), max_digits=6, decimal_places=2)
    cut_points = models.DecimalField(_("pass mark in points"), max_digits=10, decimal_places=4)
    outcome = models.CharField(_("exam outcome"), max_length=8, choices=Outcome.choices)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)
    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(replaces=None), name="assessment_first_result_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("max_points")), name="assessment_result_within"
            ),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(reason=""), name="assessment_rescore_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.percent} %"

    @property
    def is_passed(self) -> bool:
        return self.outcome == Outcome.PASSED


class ItemResult(models.Model):
    """What one item of an attempt brought; analysis reads these. Belongs to a result, so a rescore has its own."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="items", verbose_name=_("result"))
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="item_results", verbose_name=_("attempt"))
    position = models.PositiveSmallIntegerField(_("place"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="results", verbose_name=_("item version"))
    answer = models.JSONField(_("answer"), null=True)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4)
    max_points = models.DecimalField(_("possible points"), max_digits=10, decimal_places=4)
    parts = models.JSONField(_("points of the parts"), default=list)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    is_left_out = models.BooleanField(_("left out of the total"), default=False)

    class Meta:
        verbose_name = _("result of an item")
        verbose_name_plural = _("results of items")
        ordering = ["result", "position"]
        constraints = [
            models.UniqueConstraint(fields=["result", "position"], name="assessment_item_result_once"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("max_points")), name="assessment_item_result_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}: {self.points}"
