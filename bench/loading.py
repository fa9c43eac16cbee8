"""(a) Contacts from CSV into an empty centre, beside DuckDB reading the same file into the same typed columns."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.homes import LINES, centre, postgres
from bench.rows import Row
from bench.timing import took
from nastavnik.kernel import clock

PEOPLE, DAYS = 2_000, 90


def run(quick: bool) -> Iterator[Row]:
    """Load, load the same again, and DuckDB alone; all in one process on one machine, one after another."""
    number = 200_000 if quick else 2_000_000
    with centre(PEOPLE) as home:
        file = home / "contacts.csv"
        _write(file, number)
        baseline, cpu = _duckdb(file)
        yield from _load(home, file, number, baseline, cpu)


def _write(file: Path, number: int) -> None:
    """Every documented column filled, as a rich export would; the last day is yesterday."""
    import duckdb

    lines = ", ".join(f"'{line}'" for line in LINES)
    first = clock.now().date() - timedelta(days=DAYS)
    with duckdb.connect() as connection:
        connection.execute(f"""COPY (
            SELECT 'c' || i AS id, printf('N-%05d', i % {PEOPLE}) AS person,
                   strftime(TIMESTAMP '{first}' + to_seconds(i // {PEOPLE} % {DAYS} * 86400 + 32400
                       + (hash(i) % 43200)::BIGINT), '%Y-%m-%d %H:%M:%S') AS started_at,
                   ['phone', 'chat', 'email'][1 + (hash(i + 1) % 3)::INT] AS channel,
                   [{lines}][1 + (i % {PEOPLE} // 25) % 6] AS line, 'topic ' || hash(i + 2) % 12 AS topic,
                   CASE WHEN hash(i + 3) % 20 = 0 THEN 'no' ELSE 'yes' END AS answered,
                   hash(i + 4) % 60000 AS waited_ms,
                   hash(i + 5) % 60000 AS start_delay_ms, hash(i + 6) % 900000 AS handled_ms, 'yes' AS survey_sent,
                   CASE WHEN hash(i + 7) % 3 = 0 THEN 1 + hash(i + 8) % 5 END AS rating,
                   'k' || hash(i + 9) % 1000000 AS customer, 'yes' AS resolved
            FROM range({number}) r(i)) TO '{file}' (FORMAT csv, HEADER)""")


_TYPES = {
    "id": "VARCHAR", "person": "VARCHAR", "started_at": "TIMESTAMP", "channel": "VARCHAR", "line": "VARCHAR",
    "topic": "VARCHAR", "answered": "BOOLEAN", "waited_ms": "BIGINT", "start_delay_ms": "BIGINT",
    "handled_ms": "BIGINT", "survey_sent": "BOOLEAN", "rating": "INTEGER", "customer": "VARCHAR", "resolved": "BOOLEAN",
}  # fmt: skip


def _duckdb(file: Path) -> tuple[float, float]:
    """The best of three readings (wall, CPU seconds), with the threads the product allows itself."""
    from nastavnik.metrics import store

    best = (1e9, 1e9)
    for _ in range(3):
        with store.connect() as connection, took() as time_:
            connection.execute(f"CREATE TABLE t AS FROM read_csv('{file}', header=true, columns={_TYPES})")
        best = min(best, (time_.wall, time_.cpu))
    return best


def _load(home: Path, file: Path, number: int, baseline: float, baseline_cpu: float) -> Iterator[Row]:
    from nastavnik.metrics.actions import facts

    stages: dict[str, float] = {}
    last = ["", time.monotonic()]

    def progress(done: int, total: int, note: str) -> None:
        if note != last[0]:
            now = time.monotonic()
            stages[str(last[0])] = stages.get(str(last[0]), 0) + now - float(last[1])
            last[:] = [note, now]

    with took(postgres(home)) as first:
        done = facts.load(stream="contacts", source=file, spec=None, by=None, at=clock.now(), progress=progress)
    assert (done.read, done.accepted, done.rejected) == (number, number, 0), done
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in stages.items() if name)
    beside = f"DuckDB reads {number / baseline:,.0f} rows/s ({baseline_cpu:.1f} CPU s)"
    ratio = baseline / first.wall
    yield Row(
        f"load {number:,} contacts from CSV", f"{number / first.wall:,.0f} rows/s, {first}", beside, ratio, ">= 0.50",
        ratio >= 0.5, f"cells and Parquet files included; {parts}",
    )  # fmt: skip
    for name, notes in (
        ("  of it reading and checking", ("reading", "checking")),
        ("  of it all but counting the cells", ("reading", "checking", "writing")),
    ):
        if seconds := sum(stages.get(note, 0.0) for note in notes):
            yield Row(name, f"{number / seconds:,.0f} rows/s, {seconds:.1f} s", beside, baseline / seconds)
    with took(postgres(home)) as again:
        same = facts.load(stream="contacts", source=file, spec=None, by=None, at=clock.now())
    assert (same.accepted, same.unchanged) == (0, number), same
    ratio = baseline / again.wall
    yield Row("  the same file again (nothing changes)", f"{number / again.wall:,.0f} rows/s, {again}", beside, ratio)
