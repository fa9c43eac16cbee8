"""The last 120 days of everybody's records: DuckDB draws them from hashes, so equal seeds and days give equal records.

Nothing is random at run time: `u(salt, a, b, c)` is a uniform number made of one hash of its numbers (each under a
million) and of the salt. DuckDB's hash of several arguments would not do: it correlates rows of one person.
What is true of whom comes from `truth`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import duckdb

from nastavnik.demo import truth
from nastavnik.demo.calendar import holidays
from nastavnik.demo.careers import Career, Centre
from nastavnik.demo.topics import REFUND_REASONS, TOPICS
from nastavnik.people.enums import ClearanceMode

LEARNING_DAYS = 14  # newcomers take no contacts before
# Contacts a shift, mean handling and waiting in ms, pattern of shifts, shares of telephone and chat (else letters).
LINE_WORK: dict[str, tuple[float, int, int, str, float, float]] = {
    "inbound": (25, 290_000, 9_500, "two", 1.0, 0.0),
    "outbound": (23, 240_000, 0, "two", 1.0, 0.0),
    "chat": (30, 380_000, 9_500, "two", 0.0, 0.78),
    "internal": (14, 420_000, 9_000, "five", 0.0, 0.0),
    "crisis": (16, 540_000, 8_500, "two", 0.65, 0.25),
    "premium": (15, 430_000, 7_000, "two", 0.60, 0.25),
}
WEEKDAYS = (1.15, 1.08, 1.02, 1.0, 0.98, 0.90, 0.85)  # Monday to Sunday
HOLIDAY = 0.7

_PREPARE = """
CREATE MACRO u(salt, a, b, c) AS
    (hash(xor((a::UBIGINT << 40) + (b::UBIGINT << 20) + c::UBIGINT, hash(salt || '{seed}'))) >> 11)::DOUBLE
    / 9007199254740992;
CREATE MACRO normal(salt, a, b, c) AS
    sqrt(-2 * ln(1 - u(salt || '1', a, b, c))) * cos(2 * pi() * u(salt || '2', a, b, c));
"""

_DUTY = """
CREATE TABLE duty AS
SELECT s.*, d.day, d.factor, (s.written_from IS NOT NULL AND d.day >= s.written_from) AS written,
       (s.improved AND d.day >= DATE '{improved}') AS better, datediff('day', DATE '2000-01-03', d.day) AS number
FROM stays s JOIN days d ON d.day >= s.first AND d.day < s.last
WHERE CASE s.shifts WHEN 'five' THEN isodow(d.day) < 6
                    ELSE (datediff('day', DATE '2000-01-03', d.day) + s.idx) % 4 < 2 END
  AND u('off', s.idx, datediff('day', DATE '2000-01-03', d.day), 0) > 0.04
"""

_ANSWERED = """
CREATE TABLE answered AS
SELECT idx, code, line, day, number, i, written, better, fives, response, handling, waiting, phone, chat, pace,
       'w' || strftime(day, '%y%m%d') || '-' || code || '-' || i AS id,
       day::TIMESTAMP + to_seconds((32400 + 43200 * (0.35 * u('h1', idx, number, i) + 0.65 *
           abs(u('h2', idx, number, i) + u('h3', idx, number, i) - 1 + 0.15)) % 43200)::BIGINT) AS moment,
       day > DATE '{first}' + {days} AND u('back', idx, number, i) < {returns} AS back
FROM duty, unnest(range((volume * factor * (0.8 + 0.4 * u('n', idx, number, 0)) + u('n', idx, number, 1))::BIGINT)) r(i)
"""

_CUSTOMERS = """
CREATE TABLE fresh AS
SELECT id, line, day, idx, number, i, row_number() OVER (PARTITION BY line, day ORDER BY id) - 1 AS place,
       count(*) OVER (PARTITION BY line, day) AS of_day,
       (SELECT 1) AS one
FROM answered WHERE NOT back;
CREATE TABLE named AS
SELECT f.id, f.line, f.day, f.place, f.of_day, 'k' || f.id AS customer, t.topic
FROM fresh f JOIN topics t ON t.line = f.line
 AND u('topic', f.idx, f.number, f.i) >= t.low AND u('topic', f.idx, f.number, f.i) < t.high;
CREATE TABLE sizes AS SELECT line, day, max(of_day) AS of_day FROM named GROUP BY ALL;
CREATE TABLE linked AS
SELECT id, customer, topic FROM named
UNION ALL
SELECT a.id, coalesce(n.customer, 'k' || a.id), coalesce(n.topic, 'Другое')
FROM (SELECT *, day - (1 + floor({days} * u('ago', idx, number, i)))::INT AS then_day FROM answered WHERE back) a
LEFT JOIN sizes s ON s.line = a.line AND s.day = a.then_day
LEFT JOIN named n ON n.line = a.line AND n.day = a.then_day
 AND n.place = floor(s.of_day * u('who', a.idx, a.number, a.i))::BIGINT
"""

_CONTACTS = """
CREATE TABLE contacts AS
WITH waits AS (
    SELECT *, (-ln(1 - u('wait', idx, number, i)) * waiting)::BIGINT AS waited,
           u('rate', idx, number, i) AS luck, u('worse', idx, number, i) AS worse, u('way', idx, number, i) AS way
    FROM answered
)
SELECT w.id, code AS person, moment AS started_at,
       CASE WHEN line = 'internal' THEN 'internal' WHEN written THEN CASE WHEN way < 0.5 THEN 'chat' ELSE 'email' END
            WHEN way < phone THEN 'phone' WHEN way < phone + chat THEN 'chat'
            WHEN way < phone + chat + 0.08 THEN 'messenger' ELSE 'email' END AS channel,
       line, topic, TRUE AS answered, CASE WHEN waiting > 0 THEN waited END AS waited_ms,
       CASE WHEN waiting > 0 THEN waited + (1500 + 4000 * u('start', idx, number, i))::BIGINT END AS start_delay_ms,
       (handling * pace * CASE WHEN better THEN {handling} ELSE 1 END
        * exp(0.45 * normal('length', idx, number, i) - 0.10125))::BIGINT AS handled_ms,
       line <> 'outbound' AND u('ask', idx, number, i) < {survey} AS survey_sent,
       CASE WHEN NOT (line <> 'outbound' AND u('ask', idx, number, i) < {survey}) THEN NULL
            WHEN u('answer', idx, number, i) >= response THEN NULL
            WHEN luck < fives THEN 5 WHEN worse < {four} THEN 4 WHEN worse < {three} THEN 3
            WHEN worse < {two} THEN 2 ELSE 1 END::INTEGER AS rating,
       customer, u('solved', idx, number, i) < 0.94 AS resolved
FROM waits w JOIN linked USING (id);
INSERT INTO contacts
SELECT 'x' || strftime(day, '%y%m%d') || '-' || line || '-' || i, NULL,
       day::TIMESTAMP + to_seconds((32400 + 43200 * u('lost', ascii(line) * 16 + length(line), number, i))::BIGINT),
       CASE line WHEN 'internal' THEN 'internal' WHEN 'chat' THEN 'chat' ELSE 'phone' END, line, NULL, FALSE,
       (3000 - ln(1 - u('patience', ascii(line) * 16 + length(line), number, i)) * 60000)::BIGINT, NULL, NULL, FALSE,
       NULL,
       'y' || strftime(day, '%y%m%d') || '-' || line || '-' || i, FALSE
FROM (SELECT line, day, number, (count(*) * {abandoned})::BIGINT AS lost FROM answered WHERE line <> 'outbound'
      GROUP BY ALL), unnest(range(lost)) r(i)
"""

_REVIEWS = """
CREATE TABLE reviews AS
WITH drawn AS (
    SELECT *, u('kind', idx, number, 0) AS kind, [100, 100, 100, 95, 90][1 + floor(5 * u('size', idx, number, 0))::INT]
           AS possible
    FROM duty WHERE u('review', idx, number, 0) < 0.5
)
SELECT 'q' || strftime(day, '%y%m%d') || '-' || code AS id, code AS person,
       day::TIMESTAMP + to_seconds((34000 + 40000 * u('when', idx, number, 0))::BIGINT) AS reviewed_at,
       CASE WHEN line = 'internal' THEN 'internal' WHEN phone > 0 AND NOT written THEN 'phone' ELSE 'chat' END
           AS channel,
       line, greatest(0, possible - round(possible / 100.0 * (-ln(1 - u('short', idx, number, 0))
           * (CASE WHEN improved AND NOT better THEN {improved_short} ELSE qa_short END)
           + CASE WHEN kind >= {random} AND kind < {targeted} THEN {suspicion} ELSE 0 END)))::INTEGER AS earned,
       possible::INTEGER AS possible,
       CASE WHEN kind < {random} THEN 'random' WHEN kind < {targeted} THEN 'targeted'
            WHEN kind < {disputed} THEN 'disputed' ELSE 'calibration' END AS sampling
FROM drawn
"""

_RETENTION = """
CREATE TABLE retention AS
SELECT 'z' || strftime(day, '%y%m%d') || '-' || code || '-' || i AS id, code AS person,
       day::TIMESTAMP + to_seconds((34000 + 40000 * u('close', idx, number, i))::BIGINT) AS closed_at,
       CASE WHEN u('by', idx, number, i) < 0.7 AND NOT written THEN 'phone' ELSE 'chat' END AS channel, line,
       CASE WHEN u('stay', idx, number, i) < retained THEN 'retained'
            WHEN u('stay', idx, number, i) < retained + 0.01 THEN 'unresolved' ELSE 'refunded' END AS outcome,
       CASE WHEN u('stay', idx, number, i) < retained + 0.01 THEN NULL
            WHEN u('why', idx, number, i) < technical THEN 'technical'
            ELSE {reasons}[1 + floor({number_of_reasons} * u('else', idx, number, i))::INT] END AS refund_reason
FROM duty, unnest(range(2 + floor(3 * u('cases', idx, number, 0))::BIGINT)) r(i)
WHERE retained IS NOT NULL
"""

_CASES = """
CREATE TABLE cases AS
SELECT 'v' || strftime(day, '%y%m%d') || '-' || code || '-' || i AS id, code AS person,
       day::TIMESTAMP + to_seconds((34000 + 30000 * u('open', idx, number, i))::BIGINT) AS opened_at,
       'internal' AS channel, line, t.topic AS topic, u('hard', idx, number, i) < {complex} AS complex
FROM duty JOIN topics t USING (line), unnest(range(6 + floor(5 * u('many', idx, number, 0))::BIGINT)) r(i)
WHERE line = 'internal' AND u('about', idx, number, i) >= t.low AND u('about', idx, number, i) < t.high
"""


def build(connection: duckdb.DuckDBPyConnection, centre: Centre, seed: int) -> None:
    """Make tables contacts, reviews, retention and cases in the connection, with the streams' own columns.

    Moments are local times without a zone.
    """
    window = truth.window(centre.today)
    four, three, two = truth.OTHER_RATINGS
    random, targeted, disputed = truth.SAMPLING
    values = {
        "seed": seed, "first": window.first, "end": window.end, "improved": truth.improved_since(centre.today),
        "days": truth.RETURN_DAYS, "returns": truth.RETURN_SHARE, "handling": truth.IMPROVED_HANDLING,
        "survey": truth.SURVEY_SHARE, "four": four, "three": four + three, "two": four + three + two,
        "abandoned": truth.ABANDONED_SHARE, "improved_short": 100 - truth.QA_IMPROVED_BEFORE, "random": random,
        "targeted": random + targeted, "disputed": random + targeted + disputed, "suspicion": truth.QA_TARGETED,
        "reasons": list(REFUND_REASONS), "number_of_reasons": len(REFUND_REASONS), "complex": truth.COMPLEX_SHARE,
    }  # fmt: skip
    connection.execute(_PREPARE.format(**values))
    _fill_days(connection, window.first, window.end)
    _fill(connection, "topics", "line VARCHAR, topic VARCHAR, low DOUBLE, high DOUBLE", _topic_bounds())
    _fill(connection, "stays", _STAY_COLUMNS, _stays(centre, window, Random(f"persons {seed}")))
    for statement in (_DUTY, _ANSWERED, _CUSTOMERS, _CONTACTS, _REVIEWS, _RETENTION, _CASES):
        connection.execute(statement.format(**values))


def _fill(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
    found = list(rows)
    marks = ", ".join("?" for _ in columns.split(","))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608 - names of our own


def _fill_days(connection: duckdb.DuckDBPyConnection, first: date, end: date) -> None:
    """Each day with its share of the usual number of contacts."""
    free = holidays(first, end)
    days = (first + timedelta(days=ahead) for ahead in range((end - first).days))
    rows = ((day, WEEKDAYS[day.weekday()] * (HOLIDAY if day in free else 1.0)) for day in days)
    _fill(connection, "days", "day DATE, factor DOUBLE", iter(rows))


def _topic_bounds() -> Iterator[tuple[str, str, float, float]]:
    for line, topics in TOPICS.items():
        whole, low = sum(weight for _, weight in topics), 0
        for topic, weight in topics:
            yield line, topic, low / whole, (low + weight) / whole
            low += weight


_STAY_COLUMNS = """idx INTEGER, code VARCHAR, team VARCHAR, line VARCHAR, first DATE, last DATE, written_from DATE,
    improved BOOLEAN, fives DOUBLE, response DOUBLE, qa_short DOUBLE, pace DOUBLE, retained DOUBLE, technical DOUBLE,
    volume DOUBLE, handling DOUBLE, waiting DOUBLE, shifts VARCHAR, phone DOUBLE, chat DOUBLE"""


def _stays(centre: Centre, window: truth.Window, dice: Random) -> Iterator[tuple[Any, ...]]:
    """Each person's time in each team inside the window, with what is true of the person."""
    for idx, career in enumerate(centre.careers):
        place, quality, pace = (dice.gauss(0, 1) for _ in range(3))
        if not career.handles_contacts:
            continue
        for first, last, team in _spans(career, window):
            line = centre.team(team).line
            volume, handling, waiting, shifts, phone, chat = LINE_WORK[line]
            written = [r.since for r in career.restrictions if r.mode == ClearanceMode.WRITTEN_ONLY]
            yield (
                idx, career.code, team, line, first, last, min(written, default=None),
                team == truth.IMPROVED_TEAM, truth.share_of_fives(career.code, place),
                truth.RESPONSE_SHARE.get(line, truth.RESPONSE_ELSEWHERE),
                100 - truth.QA_MEAN + truth.QA_BETWEEN * quality, 1 + truth.HANDLING_SPREAD * pace,
                truth.RETAINED_SHARE.get(line), truth.TECHNICAL_SHARE.get(line), volume, handling, waiting, shifts,
                phone, chat,
            )  # fmt: skip


def _spans(career: Career, window: truth.Window) -> Iterator[tuple[date, date, str]]:
    begun = max(window.first, career.joined + timedelta(days=LEARNING_DAYS))
    over = min(window.end, career.left or window.end)
    starts = [*[since for since, _ in career.teams[1:]], date.max]
    for (since, team), until in zip(career.teams, starts, strict=True):
        first, last = max(begun, since), min(over, until)
        if first < last:
            yield first, last, team
