"""Figures counted from the people of a day. Only one so far: the share of juniors in the headcount."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.logic import sums
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.queries.attribution import agent_ladder_id
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.sums import narrowing
from nastavnik.people.models import Employment, Grade, GradeHolding, Team, TeamMembership
from nastavnik.people.permissions import Reach

JUNIOR = "junior"
_COLUMNS = {
    ScopeKind.PERSON: "held.person_id", ScopeKind.GRADE: "held.grade_id", ScopeKind.TEAM: "member.team_id",
    ScopeKind.LINE: "team.line_id", ScopeKind.PARTNER: "employed.partner_id",
}  # fmt: skip
_IN_FORCE = "{0}.active_from <= asked.day AND ({0}.active_to IS NULL OR {0}.active_to > asked.day)"


def junior_share(
    scope: Scope, by: ScopeKind | None, days: Sequence[date], reach: Reach | None = None
) -> dict[tuple[date, int | None], Sums]:
    """Juniors among the people employed on each day who hold a grade of the agents' ladder, in one query.

    Keyed by day and unit (None without `by`). A line's people are those of the line's teams.
    """
    if not days:
        return {}
    unit = _COLUMNS[by] if by else "NULL::bigint"
    where, params = _conditions(scope, reach)
    sql = (
        f"SELECT asked.day, {unit}, count(*), count(*) FILTER (WHERE grade.code = %s) "  # noqa: S608 - own names
        f"FROM (SELECT DISTINCT unnest(%s::date[]) AS day) AS asked "
        f"JOIN {GradeHolding._meta.db_table} AS held ON held.ladder_id = %s AND {_IN_FORCE.format('held')} "
        f"JOIN {Grade._meta.db_table} AS grade ON grade.id = held.grade_id "
        f"JOIN {Employment._meta.db_table} AS employed ON employed.person_id = held.person_id "
        f"AND {_IN_FORCE.format('employed')} "
        f"LEFT JOIN {TeamMembership._meta.db_table} AS member ON member.person_id = held.person_id "
        f"AND {_IN_FORCE.format('member')} "
        f"LEFT JOIN {Team._meta.db_table} AS team ON team.id = member.team_id "
        f"WHERE true {where} GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [JUNIOR, list(days), agent_ladder_id(), *params])
        return {(day, unit_id): sums.of_mean(n, juniors, juniors) for day, unit_id, n, juniors in cursor.fetchall()}


def _conditions(scope: Scope, reach: Reach | None) -> tuple[str, list[Any]]:
    sql, params = "", list[Any]()
    if scope.kind != ScopeKind.ORGANISATION:
        sql, params = f"AND {_COLUMNS[scope.kind]} = %s", [scope.id]
    limited = narrowing(scope, reach)
    if limited is not None:
        sql += " AND (held.person_id = %s OR member.team_id = ANY(%s) OR employed.partner_id = ANY(%s))"
        params += [limited.person_id, sorted(limited.team_ids), sorted(limited.partner_ids)]
    return sql, params
