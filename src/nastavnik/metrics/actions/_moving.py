"""Charging existing cells to other teams, grades and partner centres. Private to the tallies' actions."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from nastavnik.metrics.actions._cells import ARRAYS, CELLS, UNIT_KEYS, UNITS, array_sums, execute, sum_months
from nastavnik.metrics.catalogue.tallies import TALLY_SETS
from nastavnik.metrics.queries import attribution

_MOVED = "metrics_moved_cells"
_WHOSE = ("team_id", "grade_id", "partner_id")


def move(person_ids: Collection[int], since: date) -> int:
    """Give the day cells of these people their attribution anew and follow up every sum; answers how many moved."""
    moved = _find(person_ids, since)
    if moved:
        execute(
            f"UPDATE {CELLS} AS cell SET team_id = moved.new_team_id, grade_id = moved.new_grade_id, "  # noqa: S608
            f"partner_id = moved.new_partner_id FROM {_MOVED} AS moved WHERE cell.id = moved.id"
        )
        for name, months in _months().items():
            _sum_units(name)
            sum_months(TALLY_SETS[name], months, person_ids)
    execute(f"DROP TABLE {_MOVED}")
    return moved


def _find(person_ids: Collection[int], since: date) -> int:
    """List the day cells whose attribution is no longer right, with the old one and the new one."""
    spans = attribution.spans(None if since == date.min else since, None, person_ids=person_ids)
    olds = ", ".join(f"cell.{key} AS old_{key}" for key in _WHOSE)
    news = ", ".join(f"span.{key} AS new_{key}" for key in _WHOSE)
    differs = " OR ".join(f"cell.{key} IS DISTINCT FROM span.{key}" for key in _WHOSE)
    return execute(
        f"CREATE TEMP TABLE {_MOVED} AS SELECT cell.id, cell.tally_set, cell.start_date, {olds}, {news} "  # noqa: S608
        f"FROM {CELLS} AS cell LEFT JOIN unnest(%s::bigint[], %s::date[], %s::date[], %s::bigint[], %s::bigint[], "
        f"%s::bigint[]) AS span (who, first, until, {', '.join(_WHOSE)}) "
        f"ON span.who = cell.person_id AND cell.start_date >= span.first AND cell.start_date < span.until "
        f"WHERE cell.person_id = ANY(%s) AND cell.grain = 'D' AND cell.start_date >= %s AND ({differs})",
        [*attribution.as_columns(spans), list(person_ids), since],
    )


def _months() -> dict[str, list[date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tally_set, array_agg(DISTINCT date_trunc('month', start_date)::date) FROM {_MOVED} "  # noqa: S608
            "GROUP BY tally_set"
        )
        return dict(cursor.fetchall())


def _sum_units(tally_set: str) -> None:
    """Sum anew the day rows of the units that lost or gained cells."""
    sides = " UNION ".join(
        f"SELECT start_date, {', '.join(f'{side}_{key} AS {key}' for key in _WHOSE)} FROM {_MOVED} "  # noqa: S608
        "WHERE tally_set = %s"
        for side in ("old", "new")
    )
    same = " AND ".join(f"row.{key} IS NOT DISTINCT FROM touched.{key}" for key in _WHOSE)
    where = f"row.tally_set = %s AND row.grain = 'D' AND row.start_date = touched.start_date AND {same}"
    params = [tally_set, tally_set, tally_set]
    execute(f"DELETE FROM {UNITS} AS row USING ({sides}) AS touched WHERE {where}", params)  # noqa: S608 - own names
    keys = ", ".join(f"row.{key}" for key in UNIT_KEYS)
    execute(
        f"INSERT INTO {UNITS} (tally_set, grain, start_date, {', '.join(UNIT_KEYS)}, {', '.join(ARRAYS)}) "  # noqa: S608
        f"SELECT row.tally_set, 'D', row.start_date, {keys}, {array_sums(TALLY_SETS[tally_set])} "
        f"FROM {CELLS} AS row JOIN ({sides}) AS touched ON {where} "
        f"GROUP BY row.tally_set, row.start_date, {keys}",
        params,
    )
