"""Counting facts into cells, in DuckDB. Private to the tallies' actions."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from nastavnik.metrics import store
from nastavnik.metrics.catalogue import compiling
from nastavnik.metrics.catalogue.tallies import TallySet
from nastavnik.metrics.enums import Grain
from nastavnik.metrics.logic.attribution import Attribution
from nastavnik.metrics.queries import attribution

_TEXT_FORMAT = r"(FORMAT csv, HEADER false, DELIMITER '\t', QUOTE '', ESCAPE '', NULLSTR '\N')"


class Counter(AbstractContextManager["Counter"]):
    """One DuckDB session that counts days of a tally set and writes them as PostgreSQL's COPY reads them."""

    def __init__(self, tally_set: TallySet) -> None:
        self.tally_set = tally_set
        self.compiled = compiling.duckdb()[tally_set.name]
        self._db: duckdb.DuckDBPyConnection = store.connect()
        flags = [tally.is_flag for tally in tally_set.tallies]
        self._n = [f"n{i}" for i in range(len(flags))]
        self._t = [f"t{i}" for i in range(len(flags))]
        self._s = [None if is_flag else f"s{i}" for i, is_flag in enumerate(flags)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def attribute(self, spans: Sequence[Attribution]) -> None:
        """Say whose the facts are, before `count`."""
        self._db.execute(
            attribution.AS_DUCKDB_TABLE,
            attribution.as_columns(spans),
        )

    def count(self, days: Collection[date]) -> dict[date, str]:
        """Count the facts of these days; answers each day's fingerprint. Days without cells are left out."""
        ahead = timedelta(days=1)
        reach = range(self.tally_set.lookback_days + 1)
        relation = store.relation_sql(self.tally_set.stream, {day + ahead * n for day in days for n in reach})
        counted = compiling.over(relation, self.tally_set.stream, self.compiled.cells)
        counts = " OR ".join(f"{name} > 0" for name in self._n)
        self._db.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest($1::DATE[]) AS day", [sorted(days)])
        wanted = "AND day IN (FROM wanted)" if self.tally_set.lookback_days else ""
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE counted AS SELECT * FROM ({counted}) WHERE ({counts}) {wanted}"  # noqa: S608
        )
        everything = ", ".join(["person_id", "line_id", "channel", *self._n, *self._t, *filter(None, self._s)])
        found = self._db.execute(
            f"SELECT day, count(*), bit_xor(hash({everything})) FROM counted GROUP BY day"  # noqa: S608 - own names
        ).fetchall()
        return {day: f"{self.compiled.fingerprint}-{cells}-{mark:016x}" for day, cells, mark in found}

    def write(self, days: Iterable[date], cells: Path, units: Path) -> int:
        """Write the cells of these counted days, and their sums over persons, as text files; answers how many cells."""
        self._db.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest($1::DATE[]) AS day", [list(days)])
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE attributed AS SELECT counted.*, team_id, grade_id, partner_id FROM counted "
            "SEMI JOIN wanted USING (day) LEFT JOIN attribution ON person_id = who AND day >= first AND day < until"
        )
        keys = ("day", "line_id", "channel", "team_id", "grade_id", "partner_id")
        self._copy(f"SELECT {self._columns(('day', 'person_id', *keys[1:]), '{}')} FROM attributed", cells)  # noqa: S608
        summed = f"SELECT {self._columns(keys, 'sum({})')} FROM attributed GROUP BY ALL"  # noqa: S608
        self._copy(summed, units)
        row = self._db.execute("SELECT count(*) FROM attributed").fetchone()
        return int(row[0]) if row else 0

    def _columns(self, keys: Sequence[str], each: str) -> str:
        arrays = [
            _array([each.format(f"coalesce({name}, 0)") if name else "'NULL'" for name in names])
            for names in (self._n, self._t, self._s)
        ]
        return ", ".join([f"'{self.tally_set.name}'", f"'{Grain.DAY.value}'", *keys, *arrays])

    def _copy(self, select: str, target: Path) -> None:
        quoted = str(target).replace("'", "''")
        self._db.execute(f"COPY ({select}) TO '{quoted}' {_TEXT_FORMAT}")


def _array(values: Sequence[str]) -> str:
    """A PostgreSQL array as text: `{1,2,NULL}`."""
    return "'{' || " + " || ',' || ".join(values) + " || '}'"
