"""Where facts lie: one Parquet file per stream and day, the current one of each day named by a FactDay row.

Columns are the stream's `Column.stored` names with `Kind.sql_type`, plus `day` (the local date of the stream's moment
in the organisation's zone). Moments are UTC. Readers rely on no order of the rows inside a file.
A file's name ends with a fingerprint of its columns, so that a stream may gain columns while old files stay.
"""

# ruff: noqa: S608 - names of our own columns and files only
import hashlib
import os
import secrets
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import duckdb
from django.conf import settings

from nastavnik.metrics.catalogue.streams import STREAMS, Stream
from nastavnik.metrics.models import FactDay

THREADS = 2
MEMORY_LIMIT = "2GB"
SCRATCH = ".scratch"


def facts_dir() -> Path:
    """The folder of all facts."""
    return Path(settings.FACTS_DIR)


def scratch_dir() -> Path:
    """A new folder for what does not fit in memory, on the facts' own disk; the caller removes it."""
    folder = facts_dir() / SCRATCH / f"{os.getpid()}-{secrets.token_hex(6)}"
    folder.mkdir(parents=True, mode=0o700)
    return folder


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory, bounded in memory and threads; spills to `scratch` (given by who removes it) or a folder of
    its own, which DuckDB makes only when needed and removes itself. Nothing is ever downloaded.
    """
    spill = scratch / "spill" if scratch else facts_dir() / SCRATCH / f"{os.getpid()}-{secrets.token_hex(6)}"
    spill.parent.mkdir(parents=True, exist_ok=True)  # DuckDB makes the last folder only
    connection = duckdb.connect(
        config={
            "threads": getattr(settings, "DUCKDB_THREADS", THREADS),
            "memory_limit": getattr(settings, "DUCKDB_MEMORY", MEMORY_LIMIT),
            "temp_directory": str(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def schema(stream: Stream) -> dict[str, str]:
    """Stored column -> SQL type, `day` last."""
    return {column.stored: column.kind.sql_type for column in stream} | {"day": "DATE"}


def fingerprint(stream: Stream) -> str:
    """Changes when the stored columns change."""
    return hashlib.sha256(repr(list(schema(stream).items())).encode()).hexdigest()[:6]


def file_name(stream: Stream, day: date, version: int) -> str:
    """A name no other writer takes: `2025-01-31-000002-9f3c1a7b-c0ffee.parquet`."""
    return f"{day.isoformat()}-{version:06}-{secrets.token_hex(4)}-{fingerprint(stream)}.parquet"


def path_of(stream: str, name: str) -> Path:
    return facts_dir() / stream / name


def current_files(stream: str, first: date | None = None, end: date | None = None) -> list[Path]:
    """Files of the days in [first, end), in order of the day; days without rows are left out."""
    days = FactDay.objects.filter(stream=stream, rows__gt=0)
    days = days.filter(day__gte=first) if first else days
    days = days.filter(day__lt=end) if end else days
    return [path_of(stream, name) for name in days.order_by("day").values_list("file_name", flat=True)]


def files_of(stream: str, days: Collection[date]) -> list[Path]:
    """Files of just these days."""
    found = FactDay.objects.filter(stream=stream, rows__gt=0, day__in=days).order_by("day")
    return [path_of(stream, name) for name in found.values_list("file_name", flat=True)]


def relation_sql(stream: str, days: Collection[date] | None = None) -> str:
    """What stands after FROM to read a stream's current facts; an empty, typed relation where there are none."""
    return files_sql(stream, current_files(stream) if days is None else files_of(stream, days))


def files_sql(stream: str, files: Sequence[Path]) -> str:
    """As `relation_sql`, over files one has chosen (for instance those of a span of days)."""
    known = STREAMS[stream]
    if not files:
        return f"({_empty(known)})"
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    mark = f"-{fingerprint(known)}.parquet"
    if all(path.name.endswith(mark) for path in files):
        return f"read_parquet([{listed}], hive_partitioning=false)"
    columns = ", ".join(schema(known))
    old = f"SELECT * FROM read_parquet([{listed}], hive_partitioning=false, union_by_name=true)"
    return f"(SELECT {columns} FROM ({_empty(known)} UNION ALL BY NAME {old}))"


def write_day(
    connection: duckdb.DuckDBPyConnection, stream: str, day: date, version: int, select: str, *, sync: bool = True
) -> str:
    """Write the rows of `select` (all stored columns) as the day's new file; answer its name.

    The file counts only once a FactDay row names it; it is on the disk (fsync) before this returns, unless the caller
    syncs by itself.
    """
    known = STREAMS[stream]
    name = file_name(known, day, version)
    target = path_of(stream, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    columns = ", ".join(f"{column}::{sql_type} AS {column}" for column, sql_type in schema(known).items())
    quoted = str(target).replace("'", "''")
    connection.execute(
        f"COPY (SELECT {columns} FROM ({select}) ORDER BY {known.moment}, id) "
        f"TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)"
    )
    if sync:
        flush(target)
    return name


def adopt(stream: str, day: date, version: int, written: Path) -> str:
    """Move a file that lies on the same disk into its place as the day's new one, synced; answer its name."""
    name = file_name(STREAMS[stream], day, version)
    target = path_of(stream, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    flush(written)
    written.rename(target)
    return name


def flush(path: Path) -> None:
    """Make a file (or folder) outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _empty(stream: Stream) -> str:
    columns = ", ".join(f"NULL::{sql_type} AS {name}" for name, sql_type in schema(stream).items())
    return f"SELECT {columns} WHERE false"
