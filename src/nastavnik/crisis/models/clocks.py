"""Working calendars, templates of clocks, clocks of cases, the ladder of escalation."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import CaseKind, ClockState, ClockUnit, Measure, Rung, Severity
from nastavnik.crisis.models.cases import CaseEvent, CrisisCase
from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.models.organisation import Named


def _days() -> Func:
    return Func(F("active_from"), F("active_to"), Value("[)"), function="daterange", output_field=DateRangeField())


def _one(key: str) -> Func:
    return Func(F(key), F(key), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class DeskCalendar(Named):
    """When a desk works. Holidays and moved days off stand in its special days."""

    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow")
    is_default = models.BooleanField(_("used unless a clock names another"), default=False)
    # Raised with every change: processes keep a calendar's table until then.
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("desk calendar")
        verbose_name_plural = _("desk calendars")
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="crisis_one_default")
        ]


class WorkInterval(Dated):
    """One stretch of work on a weekday (0 is Monday), in minutes after midnight; several a day, never overlapping."""

    calendar = models.ForeignKey(
        DeskCalendar, models.CASCADE, related_name="intervals", verbose_name=_("desk calendar")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    begins = models.PositiveSmallIntegerField(_("from, minutes after midnight"))
    ends = models.PositiveSmallIntegerField(_("until, minutes after midnight"))
    objects = DatedQuerySet["WorkInterval"].as_manager()

    class Meta:
        verbose_name = _("working interval")
        verbose_name_plural = _("working intervals")
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6) & Q(ends__lte=1440) & Q(ends__gt=F("begins")), name="crisis_interval_valid"
            ),
            ExclusionConstraint(
                name="crisis_intervals_apart",
                index_type="GIST",
                expressions=[
                    (_one("calendar"), "&&"),
                    (_one("weekday"), "&&"),
                    (
                        Func(
                            F("begins"), F("ends"), Value("[)"), function="int4range", output_field=IntegerRangeField()
                        ),
                        "&&",
                    ),
                    (_days(), "&&"),
                ],
                violation_error_message=_("The hours overlap with others of the same weekday."),
            ),
            ends_after_start("crisis_interval_days"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins // 60:02}:{self.begins % 60:02}–{self.ends // 60:02}:{self.ends % 60:02}"


class DeskDay(models.Model):
    """A day that differs from the week's rule: a holiday, or a day off that was moved and is worked."""

    calendar = models.ForeignKey(DeskCalendar, models.CASCADE, related_name="days", verbose_name=_("desk calendar"))
    date = models.DateField(_("day"))
    is_working = models.BooleanField(_("working"), default=False)
    like_weekday = models.PositiveSmallIntegerField(_("hours of weekday"), default=4)
    name = models.CharField(_("name"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("special day of a desk")
        verbose_name_plural = _("special days of a desk")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="crisis_desk_day_once"),
            models.CheckConstraint(condition=Q(like_weekday__lte=6), name="crisis_desk_day_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()


class ClockTemplate(Named, Dated):
    """A term to keep, dated. Terms set by law count calendar days and never pause; confirm them with your lawyer."""

    code = models.SlugField(_("code"), max_length=60)
    kinds = models.JSONField(_("kinds of cases"), default=list, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices, null=True, blank=True)
    measure = models.CharField(_("what it measures"), max_length=14, choices=Measure.choices)
    unit = models.CharField(_("counted in"), max_length=8, choices=ClockUnit.choices, default=ClockUnit.WORKING)
    target_ms = models.BigIntegerField(_("term, ms"))
    calendar = models.ForeignKey(
        DeskCalendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("desk calendar")
    )
    can_pause = models.BooleanField(_("stands while we wait for the customer"), default=True)
    note_counts = models.BooleanField(_("a note counts as an answer"), default=False)
    is_statutory = models.BooleanField(_("set by law"), default=False)
    is_on = models.BooleanField(_("in use"), default=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    objects = DatedQuerySet["ClockTemplate"].as_manager()

    class Meta:
        verbose_name = _("clock template")
        verbose_name_plural = _("clock templates")
        ordering = ["-is_statutory", "measure", "code", "active_from"]
        constraints = [
            models.CheckConstraint(condition=Q(target_ms__gt=0), name="crisis_clock_target"),
            models.CheckConstraint(
                condition=Q(is_statutory=False) | Q(can_pause=False, unit="calendar"),
                name="crisis_law_never_pauses",
                violation_error_message=_("A term set by law counts calendar days and never pauses."),
            ),
            ExclusionConstraint(
                name="crisis_template_no_overlap",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            Func(F("code"), function="hashtext"), Func(F("code"), function="hashtext"), Value("[]"),
                            function="int8range", output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (_days(), "&&"),
                ],
                violation_error_message=_("The days overlap with another row of the same kind."),
            ),
            ends_after_start("crisis_template_days"),
        ]  # fmt: skip


class CaseClock(models.Model):
    """A clock of a case: a cache of what its template makes of the log. `left_ms` is what is left while it stands."""

    case = models.ForeignKey(CrisisCase, models.CASCADE, related_name="clocks", verbose_name=_("case"))
    template = models.ForeignKey(ClockTemplate, models.PROTECT, related_name="+", verbose_name=_("clock template"))
    state = models.CharField(_("state"), max_length=7, choices=ClockState.choices)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    elapsed_ms = models.BigIntegerField(_("counted, ms"), default=0)
    breached = models.BooleanField(_("missed"), default=False)

    class Meta:
        verbose_name = _("clock of a case")
        verbose_name_plural = _("clocks of cases")
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "template"], name="crisis_clock_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="running"), name="crisis_clock_running"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.template_id}"


class LadderRung(Dated):
    """One step of the escalation ladder: who owns it and how long it may take. It never stops the refund."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    rung = models.CharField(_("step of the ladder"), max_length=16, choices=Rung.choices)
    position = models.PositiveSmallIntegerField(_("place on the ladder"))
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    target_ms = models.BigIntegerField(_("term, ms"))
    unit = models.CharField(_("counted in"), max_length=8, choices=ClockUnit.choices, default=ClockUnit.WORKING)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    objects = DatedQuerySet["LadderRung"].as_manager()

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["position"]
        constraints = [
            no_overlap("position", name="crisis_rung_no_overlap"),
            models.CheckConstraint(condition=Q(target_ms__gt=0), name="crisis_rung_target"),
            ends_after_start("crisis_rung_days"),
        ]

    def __str__(self) -> str:
        return str(self.get_rung_display())


class EscalationStep(models.Model):
    """That a case has reached a step of the ladder: since when, whose it is, until when."""

    case = models.ForeignKey(CrisisCase, models.CASCADE, related_name="escalations", verbose_name=_("case"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="escalation", verbose_name=_("event"))
    rung = models.CharField(_("step of the ladder"), max_length=16, choices=Rung.choices)
    at = models.DateTimeField(_("since"))
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rung}"


CASE_KINDS = frozenset(CaseKind.values)
