"""Exams: what is asked of whom by which rules; forms assembled from the bank; the windows people sit them in."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import ExamState, FormState, Purpose
from nastavnik.assessment.models.items import Item, ItemVersion
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right

if TYPE_CHECKING:
    from datetime import datetime

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class ExamQuerySet(models.QuerySet["Exam"]):
    """Filters of exams."""

    def visible_to(self, person: Person) -> Self:
        """All for those who compose exams, nothing for others: takers see their attempts only."""
        return self if has_right_everywhere(person, Right.SET_EXAMS) else self.none()


class Exam(models.Model):
    """A test with its blueprint and rules. Changing it changes forms and windows made later, never those there are."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ExamState.choices, default=ExamState.DRAFT)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    blueprint = models.JSONField(_("blueprint"), default=dict)
    minutes = models.PositiveSmallIntegerField(_("time limit, minutes"), default=40)
    pass_percent = models.PositiveSmallIntegerField(_("pass mark, %"), default=85, validators=PERCENT)
    grey_from = models.PositiveSmallIntegerField(_("grey band from, %"), null=True, blank=True, validators=PERCENT)
    grey_to = models.PositiveSmallIntegerField(_("grey band to, %"), null=True, blank=True, validators=PERCENT)
    retest_items = models.PositiveSmallIntegerField(_("items of the short retest"), default=10)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts in one window"), default=1)
    page_size = models.PositiveSmallIntegerField(_("questions on a page"), default=5)
    shuffles_items = models.BooleanField(_("questions in another order for each"), default=True)
    shuffles_options = models.BooleanField(_("options in another order for each"), default=True)
    gate_seconds = models.PositiveSmallIntegerField(_("starts spread over, seconds"), default=30)
    exposure_cap_percent = models.PositiveSmallIntegerField(
        _("an item is shown to at most, % of takers a month"), default=25, validators=PERCENT
    )
    monthly_day = models.PositiveSmallIntegerField(_("monthly on day"), null=True, blank=True)
    monthly_hour = models.PositiveSmallIntegerField(_("opens at, hour"), default=9)
    window_hours = models.PositiveSmallIntegerField(_("open for, hours"), default=12)
    audience = models.JSONField(_("who sits it"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="assessment_exam_pass_mark"
            ),
            models.CheckConstraint(
                condition=Q(grey_from=None, grey_to=None)
                | Q(grey_from__lte=F("grey_to"), grey_from__gte=1, grey_to__lte=100),
                name="assessment_exam_grey_band",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, page_size__gte=1, attempts_allowed__gte=1, window_hours__gte=1),
                name="assessment_exam_has_time",
            ),
            models.CheckConstraint(
                condition=Q(monthly_day=None) | Q(monthly_day__gte=1, monthly_day__lte=28),
                name="assessment_exam_monthly_day",
            ),
            models.CheckConstraint(condition=Q(monthly_hour__lte=23), name="assessment_exam_monthly_hour"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessment:exam-detail", args=[self.public_id])


class Form(models.Model):
    """A fixed set of items of one exam. Its items never change; `cut_points` is what equating made of the pass mark."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    exam = models.ForeignKey(Exam, models.PROTECT, related_name="forms", verbose_name=_("exam"))
    number = models.PositiveIntegerField(_("number"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.REGULAR)
    state = models.CharField(_("state"), max_length=10, choices=FormState.choices, default=FormState.ASSEMBLED)
    seed = models.BigIntegerField(_("seed"))
    blueprint = models.JSONField(_("blueprint"), default=dict)
    item_count = models.PositiveSmallIntegerField(_("items"))
    max_points = models.DecimalField(_("possible points"), max_digits=10, decimal_places=4)
    cut_points = models.DecimalField(_("pass mark in points"), max_digits=10, decimal_places=4, null=True, blank=True)
    # What takers may see of the items, written once at publication: no key, share or feedback is in it.
    frozen = models.JSONField(default=list, editable=False)
    month_date = models.DateField(_("month"), null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("exam form")
        verbose_name_plural = _("exam forms")
        ordering = ["exam", "number"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "number"], name="assessment_form_number_once"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="assessment_form_has_points"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="assessment_form_published_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:form-detail", args=[self.public_id])


class FormItem(models.Model):
    """One item of a form, at its place, in the version it had; `position` counts from 1. Never changed."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="items", verbose_name=_("exam form"))
    position = models.PositiveSmallIntegerField(_("place"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("item version"))
    is_anchor = models.BooleanField(_("anchor"), default=False)
    topic_path = models.CharField(_("topic"), max_length=2000, blank=True)
    points = models.DecimalField(_("possible points"), max_digits=10, decimal_places=4)

    class Meta:
        verbose_name = _("item of a form")
        verbose_name_plural = _("items of forms")
        ordering = ["form", "position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="assessment_form_place_once"),
            models.UniqueConstraint(fields=["form", "item"], name="assessment_form_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.item}"


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Filters of sittings."""

    def open_at(self, at: "datetime") -> Self:
        """Sittings whose window is open."""
        return self.filter(opens_at__lte=at, closes_at__gt=at, cancelled_at=None)


class Sitting(models.Model):
    """A window in which some people may sit an exam, with the rules of the day it was offered."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings", verbose_name=_("exam"))
    forms = models.ManyToManyField(Form, related_name="sittings", verbose_name=_("exam forms"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.REGULAR)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    minutes = models.PositiveSmallIntegerField(_("time limit, minutes"))
    pass_percent = models.PositiveSmallIntegerField(_("pass mark, %"), validators=PERCENT)
    grey_from = models.PositiveSmallIntegerField(_("grey band from, %"), null=True, blank=True)
    grey_to = models.PositiveSmallIntegerField(_("grey band to, %"), null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts in one window"), default=1)
    page_size = models.PositiveSmallIntegerField(_("questions on a page"), default=5)
    gate_seconds = models.PositiveSmallIntegerField(_("starts spread over, seconds"), default=0)
    month_date = models.DateField(_("month"), null=True, blank=True)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("offered by"))
    offered_at = models.DateTimeField(_("offered"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam window")
        verbose_name_plural = _("exam windows")
        ordering = ["-opens_at", "-pk"]
        indexes = [models.Index(fields=["closes_at"], name="assessment_sitting_closes")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="assessment_sitting_has_length"),
            models.UniqueConstraint(
                fields=["exam", "month_date"], condition=Q(purpose="monthly", cancelled_at=None),
                name="assessment_monthly_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.exam}, {self.opens_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:sitting-detail", args=[self.public_id])


class Exposure(models.Model):
    """How many people had an item put before them in a month: the cap is held by it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="exposures", verbose_name=_("item"))
    month_date = models.DateField(_("month"))
    takers = models.PositiveIntegerField(_("takers"), default=0)

    class Meta:
        verbose_name = _("exposure of an item")
        verbose_name_plural = _("exposures of items")
        constraints = [models.UniqueConstraint(fields=["item", "month_date"], name="assessment_exposure_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.month_date:%Y-%m}: {self.takers}"
