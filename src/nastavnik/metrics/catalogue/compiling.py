"""Tallies as SQL. Ibis compiles them for any of its engines; DuckDB's texts are kept in a file beside the data.

Importing Ibis takes a second, so whoever only reads cells never does it, and whoever opens records or tallies does it
once per change of the catalogue. Compiled texts read from a table named as the stream; put one in front of them with
`over(relation, sql)`.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from nastavnik.metrics.catalogue import streams, tallies
from nastavnik.metrics.catalogue.streams import STREAMS, Stream
from nastavnik.metrics.catalogue.tallies import TALLY_SETS, TallySet

KEYS = ("day", "person_id", "line_id", "channel")
_IBIS_TYPES = {
    "BIGINT": "int64", "UTINYINT": "int16", "INTEGER": "int32", "TIMESTAMP": "timestamp", "BOOLEAN": "boolean",
    "VARCHAR": "string",
}  # fmt: skip
_FORMAT = 1


@dataclass(frozen=True)
class Compiled:
    """SQL of one tally set: `cells` groups by KEYS into n0, t0, s0, n1, ...; `records` adds v0, v1, ... to rows."""

    cells: str
    records: str

    @property
    def fingerprint(self) -> str:
        """Changes when the definition of any tally of the set does."""
        return hashlib.sha256(self.cells.encode()).hexdigest()[:16]


def over(relation: str, stream: str, sql: str) -> str:
    """The compiled query reading from `relation` (anything that can follow FROM)."""
    return f'WITH "{stream}" AS (SELECT * FROM {relation}) {sql}'  # noqa: S608 - both are our own texts


def compile_for(dialect: str, tally_set: TallySet) -> Compiled:
    """Texts for an engine: duckdb, postgres or pyspark."""
    from ibis.backends.sql import compilers  # noqa: PLC0415 - a second that readers of cells need not spend

    compiler = {
        "duckdb": compilers.DuckDBCompiler,
        "postgres": compilers.PostgresCompiler,
        "pyspark": compilers.PySparkCompiler,
    }[dialect]  # fmt: skip
    records = _records(tally_set)
    return Compiled(
        cells=compiler().to_sqlglot(_cells(tally_set, records)).sql(compiler.dialect),
        records=compiler().to_sqlglot(records).sql(compiler.dialect),
    )


def schema_of(stream: Stream) -> dict[str, str]:
    """Stored columns of a stream with their Ibis types, the local day last."""
    return {column.stored: _IBIS_TYPES[column.kind.sql_type] for column in stream} | {"day": "date"}


def _records(tally_set: TallySet) -> Any:
    import ibis  # noqa: PLC0415 - as above

    facts = ibis.table(schema_of(STREAMS[tally_set.stream]), name=tally_set.stream)
    prepared = tally_set.prepare(facts.mutate(channel=facts.channel.fill_null(0)))
    return prepared.mutate(
        # A flag's squares are not summed, so only the others need room for them.
        **{
            f"v{position}": tally.value(prepared) if tally.is_flag else tally.value(prepared).cast("int64")
            for position, tally in enumerate(tally_set.tallies)
        }
    )


def _cells(tally_set: TallySet, records: Any) -> Any:
    sums = {}
    for position, tally in enumerate(tally_set.tallies):
        value = records[f"v{position}"]
        sums[f"n{position}"] = value.count()
        sums[f"t{position}"] = value.sum()
        if not tally.is_flag:
            sums[f"s{position}"] = (value * value).sum()
    return records.group_by(list(KEYS)).agg(**sums)


@lru_cache(maxsize=1)
def duckdb() -> Mapping[str, Compiled]:
    """The texts DuckDB runs, by tally set: from the kept file, or compiled now and kept."""
    path = Path(settings.HOME_DIR) / "cache" / f"tallies-{_version()}.json"
    try:
        kept = json.loads(path.read_text())
        return {name: Compiled(**kept[name]) for name in TALLY_SETS}
    except (OSError, ValueError, KeyError, TypeError):
        compiled = {name: compile_for("duckdb", one) for name, one in TALLY_SETS.items()}
        _keep(path, {name: {"cells": one.cells, "records": one.records} for name, one in compiled.items()})
        return compiled


def _version() -> str:
    """Of everything the texts depend on: the definitions, this module, and the installed Ibis."""
    from importlib.metadata import version  # noqa: PLC0415 - needed here only

    digest = hashlib.sha256(f"{_FORMAT} {version('ibis-framework')} {version('sqlglot')}".encode())
    for source in (streams.__file__, tallies.__file__, __file__):
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()[:16]


def _keep(path: Path, texts: dict[str, dict[str, str]]) -> None:
    """Write whole or not at all; a home we may not write to only costs the second again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            json.dump(texts, file)
        Path(draft).replace(path)
    except OSError:
        return
