"""(b) Counting 20 million contacts of 2,001 agents and 365 days into cells, beside bare DuckDB over the same files."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.homes import postgres
from bench.rows import Row
from bench.timing import Took, took
from nastavnik.kernel import clock

PEOPLE, DAYS = 2_001, 365
TOPICS = 12


def fill(home: Path, number: int) -> None:
    """Write the facts in the store's own layout (not measured): the same number for everybody and every day."""
    from nastavnik.metrics import store
    from nastavnik.metrics.models import FactDay
    from nastavnik.people.models import Person, TeamMembership

    teams = dict(TeamMembership.objects.values_list("person_id", "team__line_id"))
    people = list(Person.objects.filter(pk__in=teams).order_by("pk").values_list("pk", flat=True))
    a_day = number // DAYS
    rows, now = [], clock.now()
    with store.connect() as connection:
        connection.execute("CREATE TABLE who (place BIGINT, person_id BIGINT, line_id BIGINT)")
        connection.executemany("INSERT INTO who VALUES (?, ?, ?)", [(i, pk, teams[pk]) for i, pk in enumerate(people)])
        for n, day in enumerate(days()):
            select = _a_day(day, n * a_day, a_day, len(people))
            name = store.write_day(connection, "contacts", day, 1, select, sync=False)
            rows.append(FactDay(stream="contacts", day=day, file_name=name, rows=a_day, written_at=now))
    FactDay.objects.bulk_create(rows)


def days() -> list[date]:
    """The 365 days before today."""
    first = clock.now().date() - timedelta(days=DAYS)
    return [first + timedelta(days=n) for n in range(DAYS)]


def _a_day(day: date, base: int, number: int, people: int) -> str:
    return f"""
        SELECT 'c' || i AS id, person_id,
               TIMESTAMP '{day} 06:00:00' + to_milliseconds((hash(i) % 43200000)::BIGINT) AS started_at,
               (1 + place % 3)::UTINYINT AS channel, line_id, 'topic ' || hash(i + 1) % {TOPICS} AS topic,
               hash(i + 2) % 20 <> 0 AS answered, (hash(i + 3) % 60000)::BIGINT AS waited_ms,
               (hash(i + 3) % 60000 + 1500)::BIGINT AS start_delay_ms, (hash(i + 4) % 900000)::BIGINT AS handled_ms,
               true AS survey_sent,
               CASE WHEN hash(i + 5) % 3 = 0 THEN 5 - (hash(i + 6) % 20 // 16) END::INTEGER AS rating,
               'k' || hash(i + 7) % 5000000 AS customer, hash(i + 8) % 20 <> 0 AS resolved, DATE '{day}' AS day
        FROM (SELECT {base} + j AS i, j % {people} AS p FROM range({number}) r(j)) JOIN who ON place = p"""


def run(home: Path, number: int) -> Iterator[Row]:
    """First tally (cells written), verification (nothing changes), and the two bare queries."""
    from nastavnik.metrics.actions import tallies
    from nastavnik.metrics.models import Cell

    bare, repeat, one_pass = _bare(_GROUPED), _bare(_REPEATS), _bare(_ONE_PASS)
    beside = f"bare group-bys {bare.wall + repeat.wall:.1f} s ({bare.cpu + repeat.cpu:.1f} CPU s)"
    note = f"sums {bare.wall:.1f} s, repeat contacts {repeat.wall:.1f} s; one decoded pass over the columns {one_pass}"
    for name, aim in (("first tally", False), ("full re-tally", True)):
        with took(postgres(home)) as time_:
            tallies.retally(stream="contacts", days=None, at=clock.now())
        ratio = time_.wall / (bare.wall + repeat.wall)
        cells = f", {Cell.objects.count():,} cell rows in the database" if not aim else ""
        yield Row(
            f"{name} of {number:,} contacts", f"{time_}{cells}", beside, ratio, "<= 1.50" if aim else "",
            ratio <= 1.5 if aim else None, note if aim else "",
        )  # fmt: skip
    yield Row("  the one-pass limit", str(one_pass), beside, one_pass.wall / (bare.wall + repeat.wall))


# The same integers as the cells hold, written by hand.
_GROUPED = """
CREATE TABLE t AS SELECT person_id, day, line_id, channel,
    count(rating), sum(rating), sum(rating * rating),
    count(*) FILTER (rating IS NOT NULL AND rating = 5), count(*) FILTER (rating <= 3),
    count(*) FILTER (survey_sent OR rating IS NOT NULL),
    count(handled_ms) FILTER (answered), sum(handled_ms) FILTER (answered),
    sum(handled_ms::HUGEINT * handled_ms) FILTER (answered),
    count(*) FILTER (answered AND delay IS NOT NULL), count(*) FILTER (answered AND delay <= 20000),
    count(delay), count(*) FILTER (answered OR delay > 20000), count(*) FILTER (delay <= 20000)
FROM (SELECT *, CASE WHEN answered THEN coalesce(start_delay_ms, waited_ms) ELSE waited_ms END AS delay FROM {files})
GROUP BY person_id, day, line_id, channel
"""
_REPEATS = """
CREATE TABLE t AS SELECT person_id, day, line_id, channel, count(*) FILTER (resolved),
    count(*) FILTER (resolved AND (next_at IS NULL OR next_at > started_at + INTERVAL 7 DAY))
FROM (SELECT *, lead(started_at) OVER (PARTITION BY customer, topic ORDER BY started_at, id) AS next_at
      FROM {files} WHERE customer IS NOT NULL)
GROUP BY person_id, day, line_id, channel
"""
_ONE_PASS = """
SELECT sum(person_id), count(day), sum(line_id), sum(channel), sum(rating), sum(handled_ms), sum(start_delay_ms),
    sum(waited_ms), count(survey_sent), count(answered) FROM {files}
"""


def _bare(sql: str) -> Took:
    """The better of two runs; the repeat query goes month by month, as the product bounds its memory likewise."""
    from nastavnik.metrics import store

    spans = [(None, None)] if sql is not _REPEATS else _months()
    best: Took | None = None
    for _ in range(2):
        with took() as time_:
            for first, end in spans:
                with store.connect() as connection:
                    files = store.files_sql("contacts", store.current_files("contacts", first, end))
                    connection.execute(sql.format(files=files)).fetchall()
        if best is None or time_.wall < best.wall:
            best = time_
    assert best is not None
    return best


def _months() -> list[tuple[date | None, date | None]]:
    """Spans of three months and the week ahead that decides about repeats."""
    every = days()
    return [(every[start], every[start] + timedelta(days=98)) for start in range(0, DAYS, 91)]
