"""Which Parquet file holds a stream's day, and the exact sums tallied from it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nastavnik.metrics.enums import Channel, Grain
from nastavnik.people.models import Grade, Line, Partner, Person, Team


class FactDay(models.Model):
    """The current file of one stream's day. Replacing the row is the commit point of every load."""

    stream = models.CharField(_("stream"), max_length=40)
    day = models.DateField(_("day"))
    version = models.PositiveIntegerField(_("version"), default=1)
    file_name = models.CharField(_("file"), max_length=120)
    rows = models.PositiveIntegerField(_("records"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("day of facts")
        verbose_name_plural = _("days of facts")
        constraints = [models.UniqueConstraint(fields=["stream", "day"], name="metrics_one_file_per_day")]

    def __str__(self) -> str:
        return f"{self.stream} {self.day} v{self.version}"


class TalliedDay(models.Model):
    """That the cells of a tally set's day were computed from a given version of the facts and of the definitions."""

    tally_set = models.CharField(_("tally set"), max_length=40)
    day = models.DateField(_("day"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    tallied_at = models.DateTimeField(_("tallied"))

    class Meta:
        verbose_name = _("tallied day")
        verbose_name_plural = _("tallied days")
        constraints = [models.UniqueConstraint(fields=["tally_set", "day"], name="metrics_one_tally_per_day")]

    def __str__(self) -> str:
        return f"{self.tally_set} {self.day}"


class Cell(models.Model):
    """Exact sums of one person, span and slice, with the person's team, grade and partner centre of that day.

    The arrays hold one cell per tally of the tally set, at the tally's `position` (from 0; PostgreSQL counts from 1):
    number of facts that count, sum of their integer values, sum of squares. Sums of squares of milliseconds do not
    fit 64 bits, hence numeric (metrics-and-planning.md, section 1). Month rows are sums of day rows.
    """

    tally_set = models.CharField(_("tally set"), max_length=40)
    grain = models.CharField(_("grain"), max_length=1, choices=Grain.choices)
    start_date = models.DateField(_("day or first day of the month"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    channel = models.PositiveSmallIntegerField(_("channel"), choices=Channel.choices, default=Channel.UNKNOWN)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, related_name="+", verbose_name=_("grade"))
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+", verbose_name=_("partner centre"))
    n = ArrayField(models.BigIntegerField(), verbose_name=_("number"))
    total = ArrayField(models.BigIntegerField(), verbose_name=_("sum"))
    squares = ArrayField(models.DecimalField(max_digits=40, decimal_places=0), verbose_name=_("sum of squares"))

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "tally_set", "grain", "start_date", "person", "line", "channel", "team", "grade", "partner",
                ],
                nulls_distinct=False,
                name="metrics_one_cell",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "tally_set", "grain", "start_date"], name="metrics_cell_person"),
            models.Index(fields=["team", "tally_set", "grain", "start_date"], name="metrics_cell_team"),
        ]

    def __str__(self) -> str:
        return f"{self.tally_set} {self.start_date} {self.grain}"
