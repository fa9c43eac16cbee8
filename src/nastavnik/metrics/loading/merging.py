# ruff: noqa: S608 - names of our own
"""What a load changes: repeated ids inside the file, records we have already, and the days to be written anew.

After `prepare`, `kept` holds the rows that count (valid, and the last of their id), `good` the same with real ids of
persons and lines. After `compare`, `olds` holds our records with the same ids: their day, and whether the new row says
the same.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from nastavnik.metrics import store
from nastavnik.metrics.catalogue.streams import Kind, Stream
from nastavnik.metrics.loading.staging import Staged
from nastavnik.metrics.models import FactDay

# A file is taken for one in order of days when reading it day by day would cost at most this many times one reading.
DISORDER = 4
ROW_GROUP = 122_880
SYNCING = 8  # files on their way to the disk at once
MANY = 10  # from so many new days on, one partitioned write is quicker than one after another ...
LARGE = 20_000  # ... unless a day has so many rows: cutting them apart costs more than the days' own beginnings


@dataclass(frozen=True)
class Comparison:
    """Counts of good rows by what becomes of them, and the days whose files change."""

    good: int
    collapsed: int  # the same row again inside the file
    superseded: int  # another row of the same id follows
    unchanged: int
    replaced: int
    days: tuple[date, ...]

    @property
    def accepted(self) -> int:
        return self.good - self.unchanged


@dataclass(frozen=True)
class WrittenDay:
    day: date
    version: int
    file_name: str
    rows: int


def prepare(staged: Staged) -> None:
    """Make `losers` (earlier rows of repeated ids) and the view `good`."""
    run = staged.connection.execute
    columns = _stored(staged.stream)
    twins = staged.count(
        "SELECT count(*) FROM (SELECT id FROM stage WHERE problems = 0 GROUP BY id HAVING count(*) > 1)"
    )
    run("CREATE TABLE losers (place BIGINT, winner BIGINT, same BOOLEAN)")
    if twins:
        whole = f"row({', '.join(columns)})"
        run(
            "INSERT INTO losers SELECT place, winner, said IS NOT DISTINCT FROM last_said FROM ("
            f"SELECT rowid AS place, {whole} AS said, max(rowid) OVER same_id AS winner, "
            f"arg_max({whole}, rowid) OVER same_id AS last_said FROM stage WHERE problems = 0 AND id IN ("
            "SELECT id FROM stage WHERE problems = 0 GROUP BY id HAVING count(*) > 1) "
            "WINDOW same_id AS (PARTITION BY id)) WHERE place <> winner"
        )
    without = "AND place NOT IN (SELECT place FROM losers)" if twins else ""
    run(f"CREATE VIEW kept AS SELECT * FROM {_ordered(staged)} WHERE problems = 0 {without}")
    run("CREATE TABLE good_days AS SELECT day, count(*) AS rows FROM kept GROUP BY day")
    stored = [_resolved(column.stored, column.kind) for column in staged.stream]
    run(f"CREATE VIEW good AS SELECT {', '.join(stored)}, s.day FROM kept s {_lookups(staged.stream)}")


def compare(staged: Staged) -> Comparison:
    """Find our records with the file's ids. Reads the id column of the whole stream, and more only where ids meet."""
    files = store.current_files(staged.stream.name)
    same = " AND ".join(f"o.{name} IS NOT DISTINCT FROM g.{name}" for name in [*_stored(staged.stream), "day"])
    if files:
        staged.connection.execute(
            f"CREATE TABLE olds AS SELECT o.id, o.day, g.day AS new_day, {same} AS same "
            f"FROM {store.files_sql(staged.stream.name, files)} o JOIN good g ON g.id = o.id"
        )
    else:
        staged.connection.execute("CREATE TABLE olds (id VARCHAR, day DATE, new_day DATE, same BOOLEAN)")
    counted = staged.connection.execute(
        "SELECT (SELECT coalesce(sum(rows), 0) FROM good_days), (SELECT count(*) FROM losers WHERE same), "
        "(SELECT count(*) FROM losers WHERE NOT same), count(*) FILTER (same), count(*) FILTER (NOT same) FROM olds"
    ).fetchone()
    good, collapsed, superseded, unchanged, replaced = (int(number) for number in counted or (0, 0, 0, 0, 0))
    fresh = "kept ANTI JOIN (SELECT id FROM olds WHERE same) k USING (id)" if unchanged else "good_days"
    changed = staged.connection.execute(
        f"SELECT DISTINCT day FROM {fresh} UNION SELECT day FROM olds WHERE NOT same ORDER BY 1"
    ).fetchall()
    return Comparison(good, collapsed, superseded, unchanged, replaced, tuple(row[0] for row in changed))


def write(staged: Staged, days: Sequence[date], progress: Callable[[int], None]) -> list[WrittenDay]:
    """Write the new files of the days; none of them counts until its row does.

    Many small days without a file so far are written in one pass over `good`, others two at a time. On a failure the
    files written so far are removed.
    """
    known = {row.day: row for row in FactDay.objects.filter(stream=staged.stream.name, day__in=days)}
    written: list[WrittenDay] = []

    def one(day: date) -> WrittenDay:
        cursor = staged.connection.cursor()
        try:
            return _write_one(cursor, staged.stream, day, known.get(day))
        finally:
            cursor.close()

    try:
        fresh = [day for day in days if day not in known]
        if len(fresh) >= MANY and staged.read < LARGE * len(fresh):
            written += _write_fresh(staged, fresh)
            progress(len(written))
        done = {day.day for day in written}
        with ThreadPoolExecutor(store.THREADS) as pool, _single_threaded(staged):
            for finished in pool.map(one, [day for day in days if day not in done]):
                written.append(finished)
                progress(len(written))
        if written:
            store.flush(store.facts_dir() / staged.stream.name)
    except BaseException:
        discard(staged.stream.name, written)
        raise
    return written


@contextmanager
def _single_threaded(staged: Staged) -> Iterator[None]:
    """Two small queries side by side beat one after another on two threads."""
    staged.connection.execute("SET threads = 1")
    try:
        yield
    finally:
        staged.connection.execute(f"SET threads = {store.THREADS}")


def _write_fresh(staged: Staged, days: Sequence[date]) -> list[WrittenDay]:
    """One partitioned write. A day that DuckDB cut into several files is left out: it is written by itself then."""
    stream, run = staged.stream, staged.connection.execute
    folder = staged.scratch / "days"
    run("CREATE TABLE fresh_days AS SELECT unnest($1::DATE[]) AS day", [list(days)])
    columns = ", ".join(f"{name}::{sql_type} AS {name}" for name, sql_type in store.schema(stream).items())
    target = str(folder).replace("'", "''")
    run(
        f"COPY (SELECT {columns}, day AS part FROM good SEMI JOIN fresh_days USING (day)) "
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))"
    )
    counted = dict(run("SELECT day, rows FROM good_days").fetchall())
    whole = {day: files[0] for day in days if len(files := list((folder / f"part={day}").iterdir())) == 1}
    with ThreadPoolExecutor(SYNCING) as pool:  # a disk syncs many files at once sooner than one after another
        names = pool.map(lambda one: store.adopt(stream.name, one[0], 1, one[1]), whole.items())
        return [WrittenDay(day, 1, name, counted[day]) for day, name in zip(whole, names, strict=True)]


def discard(stream: str, written: Sequence[WrittenDay]) -> None:
    """Remove files that came to nothing. One left over after a crash is found by the clean-up job."""
    for day in written:
        store.path_of(stream, day.file_name).unlink(missing_ok=True)


def _write_one(cursor: duckdb.DuckDBPyConnection, stream: Stream, day: date, old: FactDay | None) -> WrittenDay:
    columns = ", ".join([*_stored(stream), "day"])
    select = f"SELECT {columns} FROM good WHERE day = DATE '{day}'"
    if old is not None and old.rows:
        kept = store.files_sql(stream.name, [store.path_of(stream.name, old.file_name)])
        select += (
            f" UNION ALL SELECT {columns} FROM {kept} o WHERE o.id NOT IN "
            f"(SELECT id FROM olds WHERE olds.day = DATE '{day}')"
        )
    version = old.version + 1 if old is not None else 1
    name = store.write_day(cursor, stream.name, day, version, select)
    path = store.path_of(stream.name, name)
    return WrittenDay(day, version, name, _rows_in(cursor, path))


def _rows_in(cursor: duckdb.DuckDBPyConnection, path: Path) -> int:
    found = cursor.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchone()
    return int(found[0]) if found else 0


def _stored(stream: Stream) -> list[str]:
    return [column.stored for column in stream]


def _resolved(stored: str, kind: Kind) -> str:
    return f"{kind}_of.id AS {stored}" if kind in (Kind.PERSON, Kind.LINE) else f"s.{stored}"


def _lookups(stream: Stream) -> str:
    return " ".join(
        f"LEFT JOIN {column.kind}_ids {column.kind}_of ON {column.kind}_of.code = s.{column.stored}"
        for column in stream
        if column.kind in (Kind.PERSON, Kind.LINE)
    )


def _ordered(staged: Staged) -> str:
    """The table to read day by day: `stage` itself where its days lie together, else a copy in order of days."""
    mixed = staged.count(f"SELECT count(*) FROM (SELECT DISTINCT day, rowid // {ROW_GROUP} FROM stage)")
    days = staged.count("SELECT count(DISTINCT day) FROM stage")
    groups = staged.read // ROW_GROUP + 1
    if mixed <= DISORDER * (days + groups):
        return "(SELECT *, rowid AS place FROM stage)"
    staged.connection.execute(
        "CREATE TABLE by_day AS SELECT *, rowid AS place FROM stage WHERE problems = 0 ORDER BY day"
    )
    return "by_day"
