# ruff: noqa: DTZ001 - DuckDB's moments are naive UTC
"""SQL that reads a column: what each kind of text becomes."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.metrics.logic import zones
from nastavnik.metrics.logic.column_sql import ColumnRule, column_sql, identifier
from nastavnik.metrics.logic.mapping import ColumnMapping
from nastavnik.metrics.logic.problems import Problem, unpack

NOW = datetime(2026, 11, 23, 9)
TYPES = {"ms": "BIGINT", "int": "INTEGER", "flag": "BOOLEAN", "moment": "TIMESTAMP", "channel": "UTINYINT"}


def read(kind: str, cell: str | None, **said: Any) -> tuple[Any, int]:
    """Value and problem of one cell."""
    channels = {"phone": 1, "2": 2} if kind == "channel" else {}
    bounds = {"least": said.pop("least", None), "most": said.pop("most", None)}
    rule = ColumnRule(
        name="x", stored="x", kind=kind, sql_type=TYPES.get(kind, "VARCHAR"), required=said.pop("required", False),
        choices=said.pop("choices", ()), default=said.pop("own_default", None), names=channels, **bounds,
    )  # fmt: skip
    zone = said.pop("zone", "Europe/Moscow")
    sql = column_sql(rule, ColumnMapping(("c0",), **said), zone, NOW)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.execute(
            f"SELECT v_x, {sql.problem} FROM (SELECT *, {sql.value} AS v_x FROM (SELECT *, {sql.half} AS h_x FROM "
            f"(SELECT ({sql.text})::VARCHAR AS t_x FROM (SELECT $1::VARCHAR AS c0))))",
            [cell],
        ).fetchone()
    assert found is not None
    return found[0], found[1]


@pytest.mark.parametrize(
    ("cell", "said", "value"),
    [
        ("00:02:23", {"unit": "h:m:s"}, 143_000),
        ("1900-01-01 00:02:23", {"unit": "h:m:s"}, 143_000),
        ("30:00:00.5", {"unit": "h:m:s"}, 108_000_500),
        ("2:23", {"unit": "h:m:s"}, 8_580_000),
        ("2:23", {"unit": "m:s"}, 143_000),
        ("45", {"unit": "m:s"}, 45_000),
        ("1,5", {"unit": "s"}, 1500),
        ("2", {"unit": "min"}, 120_000),
        ("00:01:00", {"unit": "s"}, 60_000),
        ("109.0", {}, 109),
        ("  12 ", {}, 12),
    ],
)
def test_durations_become_milliseconds(cell: str, said: dict[str, Any], value: int) -> None:
    assert read("ms", cell, **said) == (value, 0)


@pytest.mark.parametrize("cell", ["1:2:3:4", "x", "1.5", "nan", "inf", "2:23", "9" * 30])
def test_what_is_no_duration_is_unreadable(cell: str) -> None:
    assert read("ms", cell) == (None, Problem.UNREADABLE)


@pytest.mark.parametrize(
    ("cell", "said", "value"),
    [
        ("2026-10-01 10:00:00", {}, datetime(2026, 10, 1, 7)),
        ("2026-10-01T10:00", {}, datetime(2026, 10, 1, 7)),
        ("01.10.2026 10:00", {}, datetime(2026, 10, 1, 7)),
        ("2026-10-01T10:00:00Z", {}, datetime(2026, 10, 1, 10)),
        ("2026-10-01 10:00:00+05:00", {}, datetime(2026, 10, 1, 5)),
        ("2026-10-01T10:00-03", {}, datetime(2026, 10, 1, 13)),
        ("2026-10-01T10:00:00.250-0300", {}, datetime(2026, 10, 1, 13, 0, 0, 250_000)),
        ("2013-07-01 10:00", {}, datetime(2013, 7, 1, 6)),  # Moscow was at +4 then
        ("10/01/2026 09:30 PM", {"formats": ("%m/%d/%Y %I:%M %p",)}, datetime(2026, 10, 1, 18, 30)),
    ],
)
def test_moments_become_utc(cell: str, said: dict[str, Any], value: datetime) -> None:
    assert read("moment", cell, **said) == (value, 0)


@pytest.mark.parametrize(
    ("kind", "cell", "said", "expected"),
    [
        ("flag", "Да", {}, (True, 0)),
        ("flag", "N", {}, (False, 0)),
        ("flag", "", {"default": "yes"}, (True, 0)),
        ("flag", None, {"own_default": "true"}, (True, 0)),
        ("flag", "принят", {"values": {"Принят": "yes"}}, (True, 0)),
        ("flag", "-", {"values": {"-": ""}}, (None, 0)),
        ("channel", "Phone", {}, (1, 0)),
        ("channel", "smoke", {}, (None, Problem.UNKNOWN)),
        ("text", "  a  ", {}, ("a", 0)),
        ("text", "RANDOM", {"choices": ("random",)}, ("random", 0)),
        ("text", "other", {"choices": ("random",)}, (None, Problem.UNKNOWN)),
        ("int", "4,0", {}, (4, 0)),
        ("int", "", {"required": True}, (None, Problem.MISSING)),
        ("int", "0", {"least": 1}, (0, Problem.TOO_LOW)),
        ("int", "6", {"most": 5}, (6, Problem.TOO_HIGH)),
    ],
)
def test_values_are_read_by_their_kind(kind: str, cell: str | None, said: dict[str, Any], expected: Any) -> None:
    assert read(kind, cell, **said) == expected


def test_parts_are_joined_only_when_all_are_there() -> None:
    rule = ColumnRule("x", "x", "text", "VARCHAR", False, None, None, (), None, {})
    sql = column_sql(rule, ColumnMapping(("c0", "c1"), join="T"), "UTC", NOW)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {sql.text} FROM (VALUES ('a', 'b'), ('a', ' '), (NULL, 'b')) t(c0, c1)"
        ).fetchall()
    assert found == [("aTb",), (None,), (None,)]


def test_names_and_texts_cannot_leave_their_quotes() -> None:
    assert identifier('a"b') == '"a""b"'
    assert read("text", "x", values={"o'clock": "a'b"}, default="it's") == ("x", 0)


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
@settings(max_examples=40, deadline=None)
@given(local=st.datetimes(datetime(2000, 1, 1), datetime(2027, 12, 31)))
def test_local_time_turns_to_utc_and_back_as_in_python(zone: str, local: datetime) -> None:
    local = local.replace(microsecond=0)
    expected = local.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    back = expected.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {zones.to_utc_sql('l', zone, 2027)}, {zones.to_local_sql('u', zone, 2027)} "
            "FROM (SELECT $1::TIMESTAMP AS l, $2::TIMESTAMP AS u)",
            [local, expected],
        ).fetchone()
    assert found == (expected, back)


def test_a_zones_changes_are_found_to_the_second() -> None:
    assert zones.transitions("Europe/Moscow", 2027)[-1] == (datetime(2014, 10, 25, 22), 14_400, 10_800)
    assert zones.offset_at_start("Asia/Kolkata") == timedelta(hours=5, minutes=30).total_seconds()


def test_problems_are_packed_three_bits_each() -> None:
    packed = Problem.MISSING + (Problem.TOO_LONG << 6)
    assert unpack(packed, 4) == [(0, Problem.MISSING), (2, Problem.TOO_LONG)]
