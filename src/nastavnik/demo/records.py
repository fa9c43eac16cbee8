"""One Parquet file per stream for the loader: the archive and the window of 120 days, in the streams' own columns."""

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb

from nastavnik.demo import window
from nastavnik.demo.archive import HEADINGS, Archive, Row
from nastavnik.demo.careers import Centre

# Types of the archive's columns that are not text.
_TYPES = {
    "started_at": "TIMESTAMP", "reviewed_at": "TIMESTAMP", "closed_at": "TIMESTAMP", "opened_at": "TIMESTAMP",
    "answered": "BOOLEAN", "survey_sent": "BOOLEAN", "resolved": "BOOLEAN", "complex": "BOOLEAN",
    "waited_ms": "BIGINT", "start_delay_ms": "BIGINT", "handled_ms": "BIGINT", "rating": "INTEGER",
    "earned": "INTEGER", "possible": "INTEGER",
}  # fmt: skip


def write(centre: Centre, seed: int, old: Archive, folder: Path, progress: Callable[[float], None]) -> dict[str, Path]:
    """Write `<stream>.parquet` into the folder; answers the files by stream. Moments are local, without a zone."""
    progress(0.1)
    files: dict[str, Path] = {}
    with duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": "false"}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        window.build(connection, centre, seed)
        progress(0.7)
        for stream, rows in old.rows.items():
            files[stream] = folder / f"{stream}.parquet"
            _write_stream(connection, stream, _as_csv(folder / f"{stream}.csv", rows), files[stream])
    progress(1.0)
    return files


def _as_csv(path: Path, rows: list[Row]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _write_stream(connection: duckdb.DuckDBPyConnection, stream: str, old: Path, target: Path) -> None:
    columns = {name: _TYPES.get(name, "VARCHAR") for name in HEADINGS[stream]}
    listed = ", ".join(columns)
    connection.execute(
        f"COPY (SELECT {listed} FROM {stream} UNION ALL SELECT {listed} FROM "  # noqa: S608 - names of our own
        f"read_csv('{old}', header=false, nullstr='', columns={columns})) TO '{target}' (FORMAT parquet)"
    )
