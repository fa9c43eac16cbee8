# ruff: noqa: S608 - names of our own; texts of the file never become SQL
"""The file's rows, typed and judged, in a table of DuckDB: `stage`, one row per row of the file and in its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from nastavnik.metrics.catalogue.streams import Kind, Stream
from nastavnik.metrics.loading import names
from nastavnik.metrics.loading.source import REJECTS, Source, check_encoding, explain
from nastavnik.metrics.logic import zones
from nastavnik.metrics.logic.column_sql import ColumnRule, ColumnSql, column_sql, trimmed, zoned
from nastavnik.metrics.logic.problems import BITS

ALIAS_LIMIT = 200
BLANK = -1


@dataclass(frozen=True)
class Staged:
    """What lies in the connection after staging. `newcomers`: names nobody bears yet -> the negative number that stands
    for them in `person_ids` until somebody is hired.
    """

    connection: duckdb.DuckDBPyConnection
    stream: Stream
    source: Source
    rules: tuple[ColumnRule, ...]
    read: int
    broken: tuple[tuple[int, str, str], ...]  # row, kind of fault, the line's beginning
    newcomers: dict[str, int]
    scratch: Path

    def count(self, sql: str) -> int:
        found = self.connection.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def first_days(self) -> dict[str, date]:
        """Newcomers with at least one good row, and the day of their first."""
        if not self.newcomers:
            return {}
        found = self.connection.execute(
            "SELECT p.id, min(day) FROM stage s JOIN person_ids p ON p.code = s.person_id "
            "WHERE problems = 0 AND p.id < 0 GROUP BY ALL"
        ).fetchall()
        spelled = {number: name for name, number in self.newcomers.items()}
        return {spelled[number]: day for number, day in sorted(found, reverse=True)}

    def settle(self, ids: dict[str, int]) -> None:
        """Put hired newcomers' real ids in place of the negative numbers."""
        for name, person_id in ids.items():
            self.connection.execute("UPDATE person_ids SET id = ? WHERE id = ?", [person_id, self.newcomers[name]])

    def rejects(self) -> Iterator[tuple[int, int, list[str | None]]]:
        """Place in the file (from 0), packed problems and texts of every row with a problem, in the file's order."""
        cursor = self.connection.cursor()
        cursor.execute("SELECT rowid, problems, texts FROM stage WHERE problems > 0 ORDER BY rowid")
        while rows := cursor.fetchmany(5000):
            yield from rows


def rules_of(stream: Stream) -> tuple[ColumnRule, ...]:
    """The stream's columns as the pure part of the loader takes them."""
    channels = names.channel_names()
    return tuple(
        ColumnRule(
            name=column.name,
            stored=column.stored,
            kind=str(column.kind),
            sql_type=column.kind.sql_type,
            required=column.required,
            least=column.least,
            most=column.most,
            choices=column.choices,
            default=None if column.default is None else str(column.default).lower(),
            names=channels if column.kind is Kind.CHANNEL else {},
        )
        for column in stream
    )


def stage(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    stream: Stream,
    *,
    scratch: Path,
    zone: str,
    at: datetime,
    create_people: bool = False,
    keep_blank: bool = False,
) -> Staged:
    """Read the whole file once. Raises BrokenTable or BrokenEncoding; bad rows are kept, marked with their problems."""
    now = at.astimezone(UTC).replace(tzinfo=None)
    rules = rules_of(stream)
    sqls = [column_sql(rule, source.columns.get(rule.name), zone, now) for rule in rules]
    try:
        newcomers = _prepare_names(connection, source, sqls, create_people)
        connection.execute(
            f"CREATE TABLE stage AS {_select(sqls, source, stream, zone=zone, now=now, keep_blank=keep_blank)}"
        )
        check_encoding(connection, source.table)
        broken = _broken_lines(connection, source)
        counted = connection.execute(f"SELECT count(*) FROM stage WHERE problems <> {BLANK}").fetchone()
    except duckdb.Error as error:
        raise explain(error, source.table) from error
    read = (int(counted[0]) if counted else 0) + len(broken)
    return Staged(connection, stream, source, rules, read, broken, newcomers, scratch)


def _prepare_names(
    connection: duckdb.DuckDBPyConnection, source: Source, sqls: list[ColumnSql], create_people: bool
) -> dict[str, int]:
    known = names.person_names()
    newcomers: dict[str, int] = {}
    person = next((one for one in sqls if one.rule.kind == Kind.PERSON), None)
    if create_people and person is not None and person.rule.name in source.columns:
        found = connection.execute(
            f"SELECT DISTINCT lower(t), first(t) FROM (SELECT {person.text} AS t FROM {source.relation}) "
            f"WHERE t IS NOT NULL AND length(t) <= {ALIAS_LIMIT} GROUP BY ALL"
        ).fetchall()
        connection.execute(f"DROP TABLE IF EXISTS {REJECTS}")
        connection.execute(f"DROP TABLE IF EXISTS {REJECTS}_scans")
        strange = sorted({lowered: spelled for lowered, spelled in found if lowered not in known}.items())
        newcomers = {spelled: -number for number, (_lowered, spelled) in enumerate(strange, start=1)}
    stand_ins = {spelled.lower(): number for spelled, number in newcomers.items()}
    names.create_lookup(connection, "person", known | stand_ins)
    names.create_lookup(connection, "line", names.line_names())
    return newcomers


def _select(
    sqls: list[ColumnSql], source: Source, stream: Stream, *, zone: str, now: datetime, keep_blank: bool
) -> str:
    """Texts, then what values are made of, then values, then problems: each step names what the next one needs."""
    texts = [f"t_{one.rule.name}" for one in sqls]
    step = "SELECT " + ", ".join(f"({one.text})::VARCHAR AS t_{one.rule.name}" for one in sqls)
    if not keep_blank:
        whole = ", ".join(trimmed(cell) for cell in source.cells)
        step += f", CASE WHEN t_id IS NULL THEN coalesce({whole}, NULL) IS NULL ELSE false END AS is_blank"
    step += f" FROM {source.relation}"
    step = "SELECT *, " + ", ".join(f"{one.half} AS h_{one.rule.name}" for one in sqls) + f" FROM ({step})"
    step = "SELECT *, " + ", ".join(f"{one.value} AS v_{one.rule.name}" for one in sqls) + f" FROM ({step})"
    stored = ", ".join(f"v_{one.rule.name} AS {one.rule.stored}" for one in sqls)
    packed = " + ".join(f"({one.problem})::BIGINT * {1 << (BITS * place)}" for place, one in enumerate(sqls))
    if not keep_blank:
        packed = f"CASE WHEN is_blank THEN {BLANK} ELSE {packed} END"
    moment = stream.moment
    far = zones.to_local_sql(f"v_{moment}", zone, now.year + 1)
    day = f"CASE WHEN {zoned(f't_{moment}')} THEN ({far})::DATE ELSE h_{moment}::DATE END"
    return (
        f"SELECT {stored}, ({day})::DATE AS day, ({packed})::BIGINT AS problems, "
        f"CASE WHEN problems > 0 THEN [{', '.join(texts)}] END AS texts FROM ({step})"
    )


def _broken_lines(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[tuple[int, str, str], ...]:
    if source.table.text_path is None:
        return ()
    found = connection.execute(
        f"SELECT line, any_value(error_type::VARCHAR), any_value(trim(csv_line, E' \\r\\n')[:200]) FROM {REJECTS} "
        "GROUP BY line ORDER BY line"
    ).fetchall()
    return tuple((int(line), str(kind), str(text or "")) for line, kind, text in found)
