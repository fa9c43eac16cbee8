"""(a) Contacts from CSV into a centre that knows its people, beside DuckDB reading the same file into the same types.

The aim is about the load itself: reading, checking and writing the files of the days. Counting the cells, which DuckDB
does not do, is a row of its own, and so is all of it together.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.homes import LINES, TEAM, centre, postgres
from bench.rows import Row
from bench.timing import Took, cpu_of, took
from nastavnik.kernel import clock

DAYS, A_DAY = 37, 27  # 27 contacts are a full day of one person


def run(quick: bool) -> Iterator[Row]:
    """DuckDB alone, a load, and the same again; all in one process on one machine, one after another."""
    number = 200_000 if quick else 2_000_000
    people = number // (DAYS * A_DAY) + 1
    with centre(people) as home:
        file = home / "contacts.csv"
        _write(file, number, people)
        yield from _load(home, file, number, _duckdb(file))


def _write(file: Path, number: int, people: int) -> None:
    """Every documented column filled, as a rich export would, in order of time; the last day is yesterday."""
    import duckdb

    lines = ", ".join(f"'{line}'" for line in LINES)
    first, daily = clock.now().date() - timedelta(days=DAYS), number // DAYS + 1
    with duckdb.connect() as connection:
        connection.execute(f"""COPY (
            SELECT 'c' || i AS id, printf('N-%05d', who) AS person,
                   strftime(TIMESTAMP '{first}' + to_seconds(i // {daily} * 86400 + 32400
                       + i % {daily} * 43200 // {daily}), '%Y-%m-%d %H:%M:%S') AS started_at,
                   ['phone', 'chat', 'email'][1 + (hash(i + 1) % 3)::INT] AS channel,
                   [{lines}][1 + (who // {TEAM}) % 6] AS line, 'topic ' || hash(i + 2) % 12 AS topic,
                   CASE WHEN hash(i + 3) % 20 = 0 THEN 'no' ELSE 'yes' END AS answered,
                   hash(i + 4) % 60000 AS waited_ms,
                   hash(i + 5) % 60000 AS start_delay_ms, hash(i + 6) % 900000 AS handled_ms, 'yes' AS survey_sent,
                   CASE WHEN hash(i + 7) % 3 = 0 THEN 1 + hash(i + 8) % 5 END AS rating,
                   'k' || hash(i + 9) % 1000000 AS customer, 'yes' AS resolved
            FROM (SELECT i, (hash(i + 11) % {people})::INT AS who FROM range({number}) r(i))
            ORDER BY i) TO '{file}' (FORMAT csv, HEADER)""")


_TYPES = {
    "id": "VARCHAR", "person": "VARCHAR", "started_at": "TIMESTAMP", "channel": "VARCHAR", "line": "VARCHAR",
    "topic": "VARCHAR", "answered": "BOOLEAN", "waited_ms": "BIGINT", "start_delay_ms": "BIGINT",
    "handled_ms": "BIGINT", "survey_sent": "BOOLEAN", "rating": "INTEGER", "customer": "VARCHAR", "resolved": "BOOLEAN",
}  # fmt: skip


def _duckdb(file: Path) -> Took:
    """The best of three readings, with the threads the product allows itself."""
    from nastavnik.metrics import store

    readings = []
    for _ in range(3):
        with store.connect() as connection, took() as reading:
            connection.execute(f"CREATE TABLE t AS FROM read_csv('{file}', header=true, columns={_TYPES})")
        readings.append(reading)
    return Took(min(one.wall for one in readings), min(one.cpu for one in readings))


@dataclass
class _Stages:
    """What each stage of a load took, by what the load says of its progress; the database's work is counted in."""

    home: Path
    spent: dict[str, Took] = field(default_factory=dict)
    note: str = "opening"

    def __post_init__(self) -> None:
        self.processes = postgres(self.home)
        self.begun = self._now()

    def _now(self) -> tuple[float, float]:
        return time.monotonic(), time.process_time() + cpu_of(self.processes)

    def __call__(self, _done: int, _total: int, note: str) -> None:
        if note == self.note:
            return
        now = self._now()
        self.spent[self.note] = Took(now[0] - self.begun[0], now[1] - self.begun[1])
        self.note, self.begun = note, now

    def together(self, *notes: str) -> Took:
        found = [self.spent[note] for note in notes]
        return Took(sum(one.wall for one in found), sum(one.cpu for one in found))


def _load(home: Path, file: Path, number: int, baseline: Took) -> Iterator[Row]:
    from nastavnik.metrics.actions import facts

    stages = _Stages(home)
    with took(postgres(home)) as first:
        done = facts.load(stream="contacts", source=file, spec=None, by=None, at=clock.now(), progress=stages)
    assert (done.read, done.accepted, done.created_people) == (number, number, 0), done
    beside = f"DuckDB reads {number / baseline.wall:,.0f} rows/s, {baseline}"

    def row(name: str, spent: Took, aim: float | None = None) -> Row:
        ratio = baseline.wall / spent.wall
        told = f"share of DuckDB's rate by CPU seconds {baseline.cpu / spent.cpu:.2f}"
        said, met = (f">= {aim:.2f}", ratio >= aim) if aim else ("", None)
        return Row(name, f"{number / spent.wall:,.0f} rows/s, {spent}", beside, ratio, said, met, told)

    loading = stages.together("opening", "reading", "checking", "writing")
    yield row(f"load {number:,} contacts from CSV: read, check, write", loading, 0.5)
    yield row("  of it reading and checking", stages.together("opening", "reading", "checking"))
    yield Row("  then counting the cells", str(stages.together("tallying")))
    yield row("  all of it", first)
    with took(postgres(home)) as again:
        same = facts.load(stream="contacts", source=file, spec=None, by=None, at=clock.now())
    assert (same.accepted, same.unchanged) == (0, number), same
    yield row("  the same file again (nothing changes)", again)
