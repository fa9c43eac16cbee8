"""Comparing cells with a recount from the facts. Private to the tallies' actions."""

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from nastavnik.metrics.actions import _cells
from nastavnik.metrics.actions._cells import ARRAYS, CELLS, KEYS, UNITS
from nastavnik.metrics.actions._counting import Counter
from nastavnik.metrics.catalogue.tallies import TallySet
from nastavnik.metrics.enums import Grain
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.queries import attribution

_RECOUNT = "_recount"


@dataclass(frozen=True)
class Difference:
    """A cell that is not what the facts give. `stored` and `expected` are its arrays as text, None for no cell."""

    tally_set: str
    table: str
    grain: str
    start_date: date
    keys: tuple[tuple[str, int | None], ...]
    stored: str | None
    expected: str | None

    def __str__(self) -> str:
        where = ", ".join(f"{name.removesuffix('_id')} {value}" for name, value in self.keys if value is not None)
        return (
            f"{self.table} {self.tally_set} {self.grain} {self.start_date} ({where}): "
            f"stored {self.stored or 'nothing'}, expected {self.expected or 'nothing'}"
        )


def differences(tally_set: TallySet, days: Collection[date], limit: int) -> list[Difference]:
    """Differences in the day rows of these days and in the month rows of their months, at most `limit` of each kind."""
    first, last = min(days), max(days)
    with Counter(tally_set) as counter, tempfile.TemporaryDirectory(prefix="nastavnik-check-") as folder:
        counted = counter.count(days)
        counter.attribute(attribution.spans(first, last + ONE_DAY))
        cells, units = Path(folder) / "cells", Path(folder) / "units"
        counter.write(counted, cells, units)
        for table, source in ((CELLS, cells), (UNITS, units)):
            _cells.execute(f"DROP TABLE IF EXISTS {table}{_RECOUNT}")
            _cells.execute(f"CREATE TEMP TABLE {table}{_RECOUNT} (LIKE {table})")
            _cells.execute(f"ALTER TABLE {table}{_RECOUNT} DROP COLUMN id")
            _cells.copy_in(f"{table}{_RECOUNT}", source, KEYS[table])
    months = sorted({day.replace(day=1) for day in days})
    found: list[Difference] = []
    for table in (CELLS, UNITS):
        found += _days(table, tally_set, list(days), limit)
        found += _months(table, tally_set, months, limit)
    return found


def _columns(table: str) -> str:
    return ", ".join(("start_date", *KEYS[table], *ARRAYS))


def _days(table: str, tally_set: TallySet, days: list[date], limit: int) -> list[Difference]:
    stored = f"SELECT {_columns(table)} FROM {table} WHERE tally_set = %s AND grain = 'D' AND start_date = ANY(%s)"  # noqa: S608
    recount = f"SELECT {_columns(table)} FROM {table}{_RECOUNT}"  # noqa: S608 - own names
    return _compare(table, tally_set, Grain.DAY, (stored, [tally_set.name, days]), (recount, []), limit=limit)


def _months(table: str, tally_set: TallySet, months: list[date], limit: int) -> list[Difference]:
    """Month rows against the sums of the stored day rows."""
    keys = ", ".join(KEYS[table])
    stored = f"SELECT {_columns(table)} FROM {table} WHERE tally_set = %s AND grain = 'M' AND start_date = ANY(%s)"  # noqa: S608
    sums = (
        f"SELECT month, {keys}, {_cells.array_sums(tally_set)} FROM (SELECT *, "  # noqa: S608 - own names
        f"date_trunc('month', start_date)::date AS month FROM {table} WHERE tally_set = %s AND grain = 'D' "
        f"AND start_date >= %s) AS day WHERE month = ANY(%s) GROUP BY month, {keys}"
    )
    wanted = (sums, [tally_set.name, min(months), months])
    return _compare(table, tally_set, Grain.MONTH, (stored, [tally_set.name, months]), wanted, limit=limit)


def _compare(
    table: str,
    tally_set: TallySet,
    grain: Grain,
    stored: tuple[str, list[Any]],
    wanted: tuple[str, list[Any]],
    *,
    limit: int,
) -> list[Difference]:
    """Rows on one side only, paired up by their keys."""
    sides: dict[tuple[Any, ...], dict[str, str]] = {}
    with connection.cursor() as cursor:
        for side, one, other in (("stored", stored, wanted), ("expected", wanted, stored)):
            cursor.execute(
                f"SELECT * FROM (({one[0]}) EXCEPT ({other[0]})) AS different ORDER BY 1, 2 LIMIT %s",  # noqa: S608
                [*one[1], *other[1], limit],
            )
            for row in cursor.fetchall():
                sides.setdefault(row[:-3], {})[side] = _text(row[-3:])
    return [
        Difference(
            tally_set.name, table, grain.value, key[0], tuple(zip(KEYS[table], key[1:], strict=True)),
            side.get("stored"), side.get("expected"),
        )
        for key, side in sides.items()
    ]  # fmt: skip


def _text(arrays: tuple[list[Any], ...]) -> str:
    return " ".join("{" + ",".join("" if value is None else str(value) for value in array) + "}" for array in arrays)
