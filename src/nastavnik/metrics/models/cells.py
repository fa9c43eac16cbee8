"""Which Parquet file holds a stream's day, and the exact sums tallied from it."""

from typing import Any

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


class CellEdition(models.Model):
    """How often cells have changed: one row, counted up in every transaction that writes cells.

    What is worked out from cells may be remembered under the number it was read with.
    """

    number = models.BigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("edition of the cells")
        verbose_name_plural = _("editions of the cells")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="metrics_one_edition")]

    def __str__(self) -> str:
        return str(self.number)


def _reference(to: type[models.Model], name: Any) -> "models.ForeignKey[Any, Any]":
    """A nullable foreign key without a constraint or an index of its own.

    Cells are derived and written by the million: five look-ups a row would cost more than the tally itself. Django
    still refuses to delete what a cell names, and `metrics check` compares every cell with the facts.
    """
    return models.ForeignKey(
        to, models.PROTECT, null=True, related_name="+", verbose_name=name, db_index=False, db_constraint=False
    )


class Sums(models.Model):
    """Exact sums of one span and slice, with the team, grade and partner centre of whoever handled the facts.

    The arrays hold one number per tally of the tally set, at the tally's `position` (from 0; PostgreSQL counts from
    1): number of facts that count, sum of their integer values, sum of squares. Sums of squares of milliseconds do not
    fit 64 bits, hence numeric (metrics-and-planning.md, section 1); those of a 0/1 tally equal its sum and are null.
    Month rows are sums of day rows.
    """

    tally_set = models.CharField(_("tally set"), max_length=40)
    grain = models.CharField(_("grain"), max_length=1, choices=Grain.choices)
    start_date = models.DateField(_("day or first day of the month"))
    line = _reference(Line, _("line"))
    channel = models.PositiveSmallIntegerField(_("channel"), choices=Channel.choices, default=Channel.UNKNOWN)
    team = _reference(Team, _("team"))
    grade = _reference(Grade, _("grade"))
    partner = _reference(Partner, _("partner centre"))
    n = ArrayField(models.BigIntegerField(), verbose_name=_("number"))
    total = ArrayField(models.BigIntegerField(), verbose_name=_("sum"))
    squares = ArrayField(models.DecimalField(max_digits=40, decimal_places=0), verbose_name=_("sum of squares"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.tally_set} {self.start_date} {self.grain}"


class Cell(Sums):
    """Sums of one person; the person's attribution is that of the day, whatever came later."""

    person = _reference(Person, _("person"))

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


class UnitCell(Sums):
    """Cells added over persons: what boards of the organisation, lines and teams read, a tenth of the rows."""

    class Meta:
        verbose_name = _("cell of a unit")
        verbose_name_plural = _("cells of units")
        constraints = [
            models.UniqueConstraint(
                fields=["tally_set", "grain", "start_date", "line", "channel", "team", "grade", "partner"],
                nulls_distinct=False,
                name="metrics_one_unit_cell",
            )
        ]
        indexes = [models.Index(fields=["team", "tally_set", "grain", "start_date"], name="metrics_unit_cell_team")]
