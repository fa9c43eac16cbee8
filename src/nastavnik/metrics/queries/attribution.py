"""Who was where when, for charging records to teams, grades and partner centres.

A record has one grade: that of the agents' ladder (code `agent`, or the first ladder where there is no such code).
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nastavnik.metrics.logic import attribution
from nastavnik.metrics.logic.attribution import Attribution, Holding
from nastavnik.people.models import Employment, GradeHolding, Ladder, TeamMembership

AGENT_LADDER = "agent"
# Makes the table `attribution` of a DuckDB session from the lists of `as_columns`.
AS_DUCKDB_TABLE = (
    "CREATE OR REPLACE TEMP TABLE attribution AS SELECT unnest($1::BIGINT[]) AS who, unnest($2::DATE[]) AS first, "
    "unnest($3::DATE[]) AS until, unnest($4::BIGINT[]) AS team_id, unnest($5::BIGINT[]) AS grade_id, "
    "unnest($6::BIGINT[]) AS partner_id"
)


def agent_ladder_id() -> int | None:
    """The ladder whose grades figures are split and judged by."""
    ladders = dict(Ladder.objects.order_by("-pk").values_list("code", "pk"))
    return ladders.get(AGENT_LADDER) or min(ladders.values(), default=None)


def spans(
    first: date | None = None, end: date | None = None, *, person_ids: Collection[int] | None = None
) -> list[Attribution]:
    """Attribution of everybody (or some people) on the days of [first, end), as disjoint spans."""
    memberships = TeamMembership.objects.all()
    holdings = GradeHolding.objects.filter(ladder_id__in=[agent_ladder_id()])
    employments = Employment.objects.filter(partner__isnull=False)
    return attribution.merge(
        _holdings(memberships, "team_id", first, end, person_ids),
        _holdings(holdings, "grade_id", first, end, person_ids),
        _holdings(employments, "partner_id", first, end, person_ids),
    )


def by_person(found: Iterable[Attribution]) -> dict[int, list[Attribution]]:
    """The spans of each person."""
    sorted_out: dict[int, list[Attribution]] = {}
    for one in found:
        sorted_out.setdefault(one.person_id, []).append(one)
    return sorted_out


def on(spans_of_one: Iterable[Attribution], day: date) -> Attribution | None:
    """The span of a person that holds the day."""
    return next((one for one in spans_of_one if one.first <= day < one.end), None)


def as_columns(found: Collection[Attribution]) -> list[list[Any]]:
    """The spans as six parallel lists, as both databases take them: person, first, end, team, grade, partner centre."""
    return [
        [one.person_id for one in found], [one.first for one in found], [one.end for one in found],
        [one.team_id for one in found], [one.grade_id for one in found], [one.partner_id for one in found],
    ]  # fmt: skip


def _holdings(
    rows: "QuerySet[TeamMembership] | QuerySet[GradeHolding] | QuerySet[Employment]",
    unit: str,
    first: date | None,
    end: date | None,
    person_ids: Collection[int] | None,
) -> list[Holding]:
    if first is not None:
        rows = rows.exclude(active_to__lte=first)
    if end is not None:
        rows = rows.filter(active_from__lt=end)
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    return [Holding(*values) for values in rows.values_list("person_id", unit, "active_from", "active_to")]
