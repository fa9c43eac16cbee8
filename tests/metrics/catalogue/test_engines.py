"""The tallies' expressions give the same integers on every engine, and what each counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.metrics import store
from nastavnik.metrics.catalogue import compiling
from nastavnik.metrics.catalogue.streams import STREAMS, Kind
from nastavnik.metrics.catalogue.tallies import TALLY_SETS, TallySet, set_of

START = datetime(2026, 10, 1, tzinfo=UTC).replace(tzinfo=None)  # moments are kept without a zone, in UTC
_PG_TYPES = {
    "BIGINT": "bigint", "UTINYINT": "smallint", "INTEGER": "integer", "TIMESTAMP": "timestamp", "BOOLEAN": "boolean",
    "VARCHAR": "text", "DATE": "date",
}  # fmt: skip
_TEXTS = {
    "topic": st.sampled_from(["a", "b", None]),
    "customer": st.sampled_from(["x", "y", None]),
    "kind": st.sampled_from(["course", "exam"]),
    "title": st.sampled_from(["a", "b"]),
    "exam": st.sampled_from(["monthly", "admission"]),
    "sampling": st.sampled_from(["random", "targeted"]),
    "outcome": st.sampled_from(["retained", "refunded", "unresolved"]),
    "refund_reason": st.sampled_from(["technical", "price", None]),
}
_KINDS = {
    Kind.PERSON: st.sampled_from([1, 2, None]),
    Kind.LINE: st.sampled_from([1, 2, None]),
    Kind.CHANNEL: st.sampled_from([1, 2, None]),
    Kind.FLAG: st.sampled_from([True, False, None]),
    Kind.MS: st.sampled_from([None, 0, 19_999, 20_000, 20_001, 31 * 86_400_000]),
}


def rows_of(stream: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Random facts of a stream, over three weeks."""
    columns: dict[str, st.SearchStrategy[Any]] = {}
    for column in STREAMS[stream]:
        if column.kind == Kind.INT:
            columns[column.stored] = st.integers(1, 5) if column.name == "rating" else st.integers(1, 1_000_000)
        elif column.kind not in (Kind.ID, Kind.MOMENT):
            columns[column.stored] = _KINDS[column.kind] if column.kind in _KINDS else _TEXTS[column.name]
    if "rating" in columns:
        columns["rating"] = st.none() | columns["rating"]
    moments = st.integers(0, 21 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
    return st.lists(st.fixed_dictionaries({**columns, STREAMS[stream].moment: moments}), max_size=25)


def _finished(stream: str, rows: list[dict[str, Any]]) -> list[list[Any]]:
    schema = store.schema(STREAMS[stream])
    moment = STREAMS[stream].moment
    return [
        [{"id": f"{number:04}", "day": row[moment].date(), **row}[name] for name in schema]
        for number, row in enumerate(rows)
    ]


def _on_duckdb(tally_set: TallySet, rows: list[list[Any]]) -> set[tuple[Any, ...]]:
    schema = store.schema(STREAMS[tally_set.stream])
    with store.connect() as db:
        db.execute(f"CREATE TABLE given ({', '.join(f'{name} {kind}' for name, kind in schema.items())})")
        if rows:
            db.executemany(f"INSERT INTO given VALUES ({', '.join('?' for _name in schema)})", rows)
        sql = compiling.over("given", tally_set.stream, compiling.duckdb()[tally_set.name].cells)
        return {_whole(row) for row in db.execute(sql).fetchall()}


def _on_postgresql(tally_set: TallySet, rows: list[list[Any]]) -> set[tuple[Any, ...]]:
    schema = store.schema(STREAMS[tally_set.stream])
    columns = ", ".join(f"{name} {_PG_TYPES[kind]}" for name, kind in schema.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS given; CREATE TEMP TABLE given ({columns})")
        if rows:
            cursor.executemany(f"INSERT INTO given VALUES ({', '.join(['%s'] * len(schema))})", rows)
        sql = compiling.compile_for("postgres", tally_set).cells
        cursor.execute(compiling.over("given", tally_set.stream, sql))
        return {_whole(row) for row in cursor.fetchall()}


def _whole(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers as integers: PostgreSQL answers sums as decimals. Equal as integers or not at all."""
    return (row[0], *(None if value is None else int(value) for value in row[1:]))


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(TALLY_SETS))
def test_duckdb_and_postgresql_tally_the_same_integers(name: str) -> None:
    tally_set = TALLY_SETS[name]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rows_of(tally_set.stream))
    def compare(rows: list[dict[str, Any]]) -> None:
        finished = _finished(tally_set.stream, rows)
        assert _on_duckdb(tally_set, finished) == _on_postgresql(tally_set, finished)

    compare()


@pytest.mark.parametrize("name", list(TALLY_SETS))
def test_every_tally_compiles_for_spark(name: str) -> None:
    compiled = compiling.compile_for("pyspark", TALLY_SETS[name])
    assert compiled.cells.startswith("SELECT")
    assert f"`{TALLY_SETS[name].stream}`" in compiled.records


def test_compiled_texts_are_read_back_from_the_kept_file() -> None:
    compiling.duckdb.cache_clear()
    first = compiling.duckdb()
    compiling.duckdb.cache_clear()
    assert dict(compiling.duckdb()) == dict(first)


def value(tally: str, **fact: Any) -> int | None:
    """What one contact counts for."""
    return values(tally, [fact])[0]


def values(tally: str, facts: list[dict[str, Any]]) -> list[int | None]:
    """What each fact counts for, in order of their ids; facts a tally set leaves out are None."""
    tally_set = set_of(tally)
    stream = STREAMS[tally_set.stream]
    blank = {column.stored: None for column in stream if column.name != "id"} | {stream.moment: START}
    rows = _finished(stream.name, [blank | fact for fact in facts])
    schema = store.schema(stream)
    with store.connect() as db:
        db.execute(f"CREATE TABLE given ({', '.join(f'{name} {kind}' for name, kind in schema.items())})")
        db.executemany(f"INSERT INTO given VALUES ({', '.join('?' for _name in schema)})", rows)
        sql = compiling.over("given", stream.name, compiling.duckdb()[tally_set.name].records)
        place = tally_set.position(tally)
        found = dict(db.execute(f"SELECT id, v{place} FROM ({sql})").fetchall())
    return [found.get(f"{number:04}") for number in range(len(facts))]


@pytest.mark.parametrize(
    ("answered", "waited", "delay", "expected"),
    [
        # answered, offered, offered less short abandons (default), late abandons fail
        (True, 20_000, None, (1, 1, 1, 1)),
        (True, 20_001, None, (0, 0, 0, 0)),
        (None, 5_000, 30_000, (0, 0, 0, 0)),
        (True, 90_000, 10_000, (1, 1, 1, 1)),
        (False, 20_000, None, (None, 0, None, 1)),
        (False, 20_001, 5, (None, 0, 0, 0)),
        (True, None, None, (None, None, None, None)),
        (False, None, None, (None, None, None, None)),
    ],
)
def test_service_level_has_four_denominators(
    answered: bool | None, waited: int | None, delay: int | None, expected: tuple[int | None, ...]
) -> None:
    found = tuple(
        value(tally, answered=answered, waited_ms=waited, start_delay_ms=delay)
        for tally in ("start_of_answered", "start_of_offered", "start_main", "start_late_abandons_fail")
    )
    assert found == expected


def test_ratings_count_where_there_are_any() -> None:
    assert [value("rating", rating=one) for one in (None, 1, 5)] == [None, 1, 5]
    assert [value("rating_top", rating=one) for one in (None, 4, 5)] == [None, 0, 1]
    assert [value("rating_low", rating=one) for one in (None, 4, 3)] == [None, 0, 1]


def test_a_rating_shows_that_the_survey_was_sent() -> None:
    assert [value("rated", survey_sent=sent, rating=rating) for sent, rating in (
        (True, None), (True, 3), (None, 3), (False, None), (None, None),
    )] == [0, 1, 1, None, None]  # fmt: skip


def test_handling_counts_for_answered_contacts_with_a_time() -> None:
    assert value("handled", answered=True, handled_ms=5) == 5
    assert value("handled", answered=False, handled_ms=5) is None
    assert value("handled", answered=True) is None


def test_only_random_reviews_count() -> None:
    review = {"earned": 90, "possible": 100}
    assert [value("earned", sampling=one, **review) for one in ("random", "targeted", "calibration")] == [
        90,
        None,
        None,
    ]
    assert value("earned_possible", sampling="random", **review) == 190


def test_an_exam_counts_its_points_and_is_passed_or_failed_once_decided() -> None:
    sat = {"earned": 25_500, "possible": 30_000}
    results = [sat | {"passed": one} for one in (True, False, None)]
    assert values("exam_passed", results) == [1, 0, None]
    assert values("exam_earned", results) == [25_500] * 3
    assert values("exam_possible", results) == [30_000] * 3
    assert values("exam_earned_possible", results) == [55_500] * 3


def test_refunds_and_cases_are_two_denominators_of_technical_refunds() -> None:
    wishes = [
        {"outcome": "retained"}, {"outcome": "refunded", "refund_reason": "technical"},
        {"outcome": "refunded", "refund_reason": "price"}, {"outcome": "refunded"},
    ]  # fmt: skip
    assert values("retained", wishes) == [1, 0, 0, 0]
    assert values("technical_of_refunds", wishes) == [None, 1, 0, 0]
    assert values("technical_of_cases", wishes) == [0, 1, 0, 0]


def _repeat(days: float, **fact: Any) -> dict[str, Any]:
    moment = START + timedelta(days=days)
    return {"customer": "x", "topic": "a", "resolved": True, "started_at": moment} | fact


def test_a_repeat_within_seven_days_about_the_same_topic_is_charged_to_the_first_contact() -> None:
    assert values("solved_at_once", [_repeat(0), _repeat(7), _repeat(14.001)]) == [0, 1, 1]
    assert values("solved_at_once", [_repeat(0), _repeat(1, topic="b")]) == [1, 1]
    assert values("solved_at_once", [_repeat(0), _repeat(1, customer="y")]) == [1, 1]
    assert values("solved_at_once", [_repeat(0, topic=None), _repeat(1, topic=None, resolved=False)]) == [0, None]


def test_contacts_of_unknown_customers_do_not_count_for_fcr() -> None:
    assert values("solved_at_once", [_repeat(0, customer=None), _repeat(1, customer=None)]) == [None, None]
