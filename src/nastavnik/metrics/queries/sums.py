"""Exact sums from cells for any number of spans, units and tallies of one set, in one query.

Month rows serve whole months and day rows the rest (`periods.cell_spans`). Cells of units are read unless a person
is asked for, judged by, or is all that the reader may see.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from nastavnik.metrics.catalogue.tallies import TallySet
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.logic.periods import cell_spans, joined
from nastavnik.metrics.models import Cell, UnitCell
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.people.permissions import Reach

COLUMNS = {
    ScopeKind.LINE: "line_id", ScopeKind.PARTNER: "partner_id", ScopeKind.TEAM: "team_id", ScopeKind.GRADE: "grade_id",
    ScopeKind.PERSON: "person_id",
}  # fmt: skip


@dataclass(frozen=True)
class Amounts:
    """Sums of one tally: records that count, their values, the squares of these."""

    n: int
    total: int
    squares: int


@dataclass(frozen=True)
class Row:
    """Sums of one segment, unit and attribution; `amounts` by tally key."""

    segment: int
    unit_id: int | None
    ids: dict[ScopeKind, int | None]
    amounts: dict[str, Amounts]


@dataclass(frozen=True)
class Question:
    """Which cells to add: whose, split by which unit and further attributions; segments of days in order."""

    tally_set: TallySet
    keys: Sequence[str]
    segments: Sequence[tuple[date, date]]
    scope: Scope
    by: ScopeKind | None = None
    split: frozenset[ScopeKind] = frozenset()
    reach: Reach | None = None


def fetch(question: Question) -> Iterator[Row]:
    """The sums, in no order; segments and units without cells are left out."""
    if not question.segments or not question.keys:
        return
    splits = sorted(question.split - {question.by, question.scope.kind, ScopeKind.ORGANISATION})
    sql, params = _sql(question, splits)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for row in cursor.fetchall():
            yield _row(question, splits, row)


def _sql(question: Question, splits: Sequence[ScopeKind]) -> tuple[str, list[Any]]:
    """Each run of day or month rows is a range of an index; a row's segment is looked up among their first days."""
    where, where_params = conditions(question.scope, question.reach)
    groups = ["segment", *(COLUMNS[kind] for kind in ([question.by] if question.by else []) + list(splits))]
    positions = [question.tally_set.position(key) for key in question.keys]
    sums = [
        f"sum(n[{place + 1}])::bigint, sum(total[{place + 1}])::bigint, "
        + ("NULL" if question.tally_set.tallies[place].is_flag else f"sum(squares[{place + 1}])")
        for place in positions
    ]
    runs = joined(span for first, end in question.segments for span in cell_spans(first, end))
    each = (
        f"SELECT * FROM {_table(question)} AS cell WHERE cell.tally_set = %s AND cell.grain = %s "  # noqa: S608
        f"AND cell.start_date >= %s AND cell.start_date < %s{where}"
    )
    sql = (
        f"SELECT width_bucket(start_date, %s::date[]) - 1 AS segment, {', '.join([*groups[1:], *sums])} "  # noqa: S608
        f"FROM ({' UNION ALL '.join([each] * len(runs))}) AS cell GROUP BY {', '.join(groups)}"
    )
    params: list[Any] = [[first for first, _end in question.segments]]
    for run in runs:
        params += [question.tally_set.name, run.grain.value, run.first, run.end, *where_params]
    return sql, params


def _table(question: Question) -> str:
    reach = narrowing(question.scope, question.reach)
    kinds = {question.by, question.scope.kind, *question.split}
    needs_persons = ScopeKind.PERSON in kinds or reach is not None
    return (Cell if needs_persons else UnitCell)._meta.db_table


def narrowing(scope: Scope, reach: Reach | None) -> Reach | None:
    """The reach that still has to be applied: None where it holds the whole scope anyway."""
    if reach is None or reach.everyone:
        return None
    inside = (
        (scope.kind == ScopeKind.TEAM and scope.id in reach.team_ids)
        or (scope.kind == ScopeKind.PARTNER and scope.id in reach.partner_ids)
        or (scope.kind == ScopeKind.PERSON and scope.id == reach.person_id)
    )
    return None if inside else reach


def conditions(scope: Scope, reach: Reach | None) -> tuple[str, list[Any]]:
    """` AND ...` that keeps the cells of the scope within reach, with its parameters."""
    sql, params = "", list[Any]()
    if scope.kind != ScopeKind.ORGANISATION:
        sql, params = f" AND cell.{COLUMNS[scope.kind]} = %s", [scope.id]
    limited = narrowing(scope, reach)
    if limited is not None:
        sql += " AND (cell.person_id = %s OR cell.team_id = ANY(%s) OR cell.partner_id = ANY(%s))"
        params += [limited.person_id, sorted(limited.team_ids), sorted(limited.partner_ids)]
    return sql, params


def _row(question: Question, splits: Sequence[ScopeKind], row: Sequence[Any]) -> Row:
    segment, *rest = row
    unit = rest.pop(0) if question.by else None
    ids: dict[ScopeKind, int | None] = {question.scope.kind: question.scope.id}
    if question.by:
        ids[question.by] = unit
    ids |= {kind: rest.pop(0) for kind in splits}
    amounts = {}
    for number, key in enumerate(question.keys):
        n, total, squares = rest[number * 3 : number * 3 + 3]
        # Squares of a 0/1 tally equal its sum and are not kept.
        amounts[key] = Amounts(n or 0, total or 0, int(total if squares is None else squares))
    return Row(segment, unit, ids, amounts)
