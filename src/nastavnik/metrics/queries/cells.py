"""The cells behind a figure: by day and slice, in pages; and how many records each day holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.catalogue.tallies import TallySet
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.models import Cell, UnitCell
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.sums import Amounts, conditions, narrowing
from nastavnik.people.models import Line, Person
from nastavnik.people.permissions import Reach

_SLICE = ("start_date", "person_id", "line_id", "channel")


@dataclass(frozen=True)
class Slice:
    """Narrower than a scope: one line, one channel."""

    line_id: int | None = None
    channel: int | None = None

    def where(self) -> tuple[str, list[Any]]:
        """` AND ...` over cells."""
        sql, params = "", list[Any]()
        if self.line_id is not None:
            sql, params = sql + " AND cell.line_id = %s", [*params, self.line_id]
        if self.channel is not None:
            sql, params = sql + " AND cell.channel = %s", [*params, self.channel]
        return sql, params


@dataclass(frozen=True)
class CellRow:
    """One cell as a page shows it; `value` in the metric's unit."""

    day: date
    person_id: int | None
    person: str
    line_id: int | None
    line: str
    channel: int
    n: int
    numerator: int
    denominator: int
    value: float | None


@dataclass(frozen=True)
class Breakdown:
    """One page of cells and how many there are."""

    rows: tuple[CellRow, ...]
    total: int


def breakdown(
    metric_code: str,
    *,
    scope: Scope,
    first: date,
    end: date,
    reach: Reach | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Breakdown:
    """Day cells whose records count in the figure, newest first, then by person and slice."""
    metric = readings.metric_of(metric_code)
    if metric.is_snapshot:
        return Breakdown((), 0)
    body, params = _body(metric, Cell._meta.db_table, scope, first=first, end=end, reach=reach, within=Slice())
    tally_set = metric.tally_set
    sums = ", ".join(_amounts(tally_set, key) for key in metric.tally_keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_SLICE)}, {sums}, count(*) OVER () {body} GROUP BY {', '.join(_SLICE)} "
            f"ORDER BY start_date DESC, person_id, line_id, channel OFFSET %s LIMIT %s",
            [*params, offset, limit],
        )
        found = cursor.fetchall()
    total = found[0][-1] if found else 0
    return Breakdown(tuple(_rows(metric, found)), total)


def records_by_day(
    metric: Metric, *, scope: Scope, first: date, end: date, reach: Reach | None = None, within: Slice | None = None
) -> dict[date, Sums]:
    """Sums of each day that has records, newest day first; what tells which files a page of records needs."""
    body, params = _body(
        metric, _table(scope, reach), scope, first=first, end=end, reach=reach, within=within or Slice()
    )
    sums = ", ".join(_amounts(metric.tally_set, key) for key in metric.tally_keys)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT start_date, {sums} {body} GROUP BY start_date ORDER BY start_date DESC", params)
        return {row[0]: sums_from(metric, row[1:]) for row in cursor.fetchall()}


def sums_by(
    metric: Metric, column: str, *, scope: Scope, first: date, end: date, reach: Reach | None = None
) -> dict[Any, Sums]:
    """Sums by line_id or channel."""
    body, params = _body(metric, _table(scope, reach), scope, first=first, end=end, reach=reach, within=Slice())
    sums = ", ".join(_amounts(metric.tally_set, key) for key in metric.tally_keys)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}, {sums} {body} GROUP BY {column}", params)
        return {row[0]: sums_from(metric, row[1:]) for row in cursor.fetchall()}


def _table(scope: Scope, reach: Reach | None) -> str:
    """Cells of units serve wherever no person has to be told apart."""
    needs_persons = scope.kind == ScopeKind.PERSON or narrowing(scope, reach) is not None
    return (Cell if needs_persons else UnitCell)._meta.db_table


def _body(
    metric: Metric, table: str, scope: Scope, *, first: date, end: date, reach: Reach | None, within: Slice
) -> tuple[str, list[Any]]:
    """FROM and WHERE of the day cells that count in a figure; records not mature yet are left out as in readings."""
    last = readings.mature_until(metric)
    if metric.matures_after_days:
        end = min(end, last + ONE_DAY) if last else first
    where, params = conditions(scope, reach)
    extra, extra_params = within.where()
    place = metric.tally_set.position(metric.numerator) + 1
    sql = (
        f"FROM {table} AS cell WHERE cell.tally_set = %s AND cell.grain = 'D' AND cell.start_date >= %s "
        f"AND cell.start_date < %s AND cell.n[{place}] > 0{where}{extra}"
    )
    return sql, [metric.tally_set.name, first, end, *params, *extra_params]


def _amounts(tally_set: TallySet, key: str) -> str:
    place = tally_set.position(key) + 1
    squares = "total" if tally_set.tallies[place - 1].is_flag else "squares"
    return f"sum(n[{place}])::bigint, sum(total[{place}])::bigint, sum({squares}[{place}])"


def sums_from(metric: Metric, values: Any) -> Sums:
    """Sums of a metric from (n, total, squares) of each of its tallies."""
    return readings.sums_of(
        metric,
        {
            key: Amounts(*(int(value) for value in values[place * 3 : place * 3 + 3]))
            for place, key in enumerate(metric.tally_keys)
        },
    )


def _rows(metric: Metric, found: list[Any]) -> list[CellRow]:
    persons = {one.pk: one for one in Person.objects.filter(pk__in={row[1] for row in found})}
    lines = {one.pk: one for one in Line.objects.filter(pk__in={row[2] for row in found})}
    rows = []
    for day, person_id, line_id, channel, *values, _total in found:
        sums = sums_from(metric, values)
        value = metric.rule.value(sums)
        rows.append(
            CellRow(
                day, person_id, str(persons.get(person_id, "")), line_id, str(lines.get(line_id, "")), channel, sums.n,
                sums.numerator, sums.denominator, None if value is None else float(value),
            )
        )  # fmt: skip
    return rows
