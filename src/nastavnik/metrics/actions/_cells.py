"""Writing cells into PostgreSQL. Private to the tallies' actions; everything happens in the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from nastavnik.metrics.catalogue.tallies import TallySet
from nastavnik.metrics.enums import Grain
from nastavnik.metrics.models import Cell, CellEdition, UnitCell

CELLS = Cell._meta.db_table
UNITS = UnitCell._meta.db_table
UNIT_KEYS = ("line_id", "channel", "team_id", "grade_id", "partner_id")
CELL_KEYS = ("person_id", *UNIT_KEYS)
KEYS = {CELLS: CELL_KEYS, UNITS: UNIT_KEYS}
ARRAYS = ("n", "total", "squares")
# One writer of cells at a time: a load's tally and a move of people would otherwise sum half of each other's rows.
_LOCK = 7_316_042_2101
_ANALYZE_FROM = 20_000
_CHUNK = 1 << 20


def lock() -> None:
    """Wait until no other transaction writes cells; held until the end of this one."""
    execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def count_edition() -> None:
    """Say that cells have changed: whoever remembers what cells said forgets it. Belongs under `lock`."""
    execute(
        f"INSERT INTO {CellEdition._meta.db_table} AS edition (id, number) VALUES (1, 1) "  # noqa: S608 - own name
        "ON CONFLICT (id) DO UPDATE SET number = edition.number + 1"
    )


def execute(sql: str, params: Sequence[Any] = ()) -> int:
    """Run one statement; answers how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def copy_in(table: str, source: Path, keys: Sequence[str]) -> None:
    """Append the rows of a text file that `Counter.write` made."""
    columns = ", ".join(("tally_set", "grain", "start_date", *keys, *ARRAYS))
    with (
        connection.cursor() as cursor,
        source.open("rb") as file,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        while block := file.read(_CHUNK):
            copy.write(block)


def delete_days(tally_set: str, days: Collection[date]) -> None:
    """Remove the day rows of these days."""
    for table in (CELLS, UNITS):
        execute(
            f"DELETE FROM {table} WHERE tally_set = %s AND grain = 'D' AND start_date = ANY(%s)",  # noqa: S608 - own name
            [tally_set, list(days)],
        )


def sum_months(tally_set: TallySet, months: Collection[date], person_ids: Collection[int] | None = None) -> None:
    """Make the month rows the sums of their day rows; of some persons' cells only, where they are given."""
    whose, extra = ("AND person_id = ANY(%s)", [list(person_ids)]) if person_ids is not None else ("", [])
    for table in (CELLS, UNITS):
        narrowed, params = (whose, extra) if table == CELLS else ("", [])
        execute(
            f"DELETE FROM {table} WHERE tally_set = %s AND grain = 'M' AND start_date = ANY(%s) {narrowed}",  # noqa: S608
            [tally_set.name, list(months), *params],
        )
        execute(
            f"INSERT INTO {table} (tally_set, grain, start_date, {', '.join(KEYS[table])}, n, total, squares) "
            f"{month_sums(table, tally_set)} AND date_trunc('month', start_date)::date = ANY(%s) {narrowed} "
            f"GROUP BY date_trunc('month', start_date), {', '.join(KEYS[table])}",
            [tally_set.name, min(months), _after(max(months)), list(months), *params],
        )


def month_sums(table: str, tally_set: TallySet) -> str:
    """SELECT ... WHERE of month rows from day rows; takes the set's name and the first and end day."""
    return (
        f"SELECT '{tally_set.name}', '{Grain.MONTH.value}', date_trunc('month', start_date)::date, "  # noqa: S608
        f"{', '.join(KEYS[table])}, {array_sums(tally_set)} FROM {table} "
        "WHERE tally_set = %s AND grain = 'D' AND start_date >= %s AND start_date < %s"
    )


def array_sums(tally_set: TallySet) -> str:
    """Sums of the three arrays, position by position."""
    places = range(1, len(tally_set.tallies) + 1)
    numbers = ", ".join(f"sum(n[{i}])" for i in places)
    totals = ", ".join(f"sum(total[{i}])" for i in places)
    squares = ", ".join("NULL" if tally_set.tallies[i - 1].is_flag else f"sum(squares[{i}])" for i in places)
    return f"ARRAY[{numbers}]::bigint[], ARRAY[{totals}]::bigint[], ARRAY[{squares}]::numeric[]"


def refresh_statistics(written: int) -> None:
    """After a large change readings must not wait for autovacuum to learn what the tables hold."""
    if written >= _ANALYZE_FROM:
        execute(f"ANALYZE {CELLS}, {UNITS}")


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
