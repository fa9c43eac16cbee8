"""What changes with time: rows with `active_from` and an exclusive, nullable `active_to`.

Rows are closed and opened, never overwritten. Overlaps are refused by the database, with integer keys and no
btree_gist: each key becomes a one-element int8range (stack.md, section 3).
"""

from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


def no_overlap(*keys: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """A constraint that refuses two rows with equal `keys` (integer columns or foreign keys) and overlapping days.

    A nullable key counts as zero: rows without it exclude one another.
    """
    ranges: list[tuple[Any, str]] = [
        (
            Func(
                Coalesce(F(key), Value(0)),
                Coalesce(F(key), Value(0)),
                Value("[]"),
                function="int8range",
                output_field=BigIntegerRangeField(),
            ),
            "&&",
        )
        for key in keys
    ]
    during = Func(F("active_from"), F("active_to"), Value("[)"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[*ranges, (during, "&&")],
        condition=condition,
        violation_error_message=_("The days overlap with another row of the same kind."),
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """A constraint that refuses empty and reversed periods."""
    return models.CheckConstraint(
        condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")),
        name=name,
        violation_error_message=_("The last day must come after the first."),
    )


M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[M_co]):
    """Filters every dated table answers."""

    def on(self, day: date) -> Self:
        """Rows in force on `day`."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gt=day), active_from__lte=day)

    def within(self, first: date, end: date) -> Self:
        """Rows in force on at least one day of [first, end)."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gt=first), active_from__lt=end)


class Dated(models.Model):
    """Base of rows that hold from one day until (not including) another; open when `active_to` is null."""

    active_from = models.DateField(_("from"))
    active_to = models.DateField(_("until (exclusive)"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_active_on(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return self.active_from <= day and (self.active_to is None or day < self.active_to)
