# ruff: noqa: S608 - names made here and quoted paths only
"""A foreign file as something DuckDB selects from: text columns c0, c1, ... in the order of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from nastavnik.kernel import files
from nastavnik.kernel.encodings import BrokenEncoding, broken_byte
from nastavnik.kernel.files import BrokenTable, TableFile
from nastavnik.metrics.catalogue.streams import Stream
from nastavnik.metrics.logic.mapping import ColumnMapping, MappingSpec, resolve, suggest

REJECTS = "broken_lines"
LINE_LIMIT = 4 * 1024**2


@dataclass(frozen=True)
class Source:
    """The open table, its columns' mapping (sources renamed to c0, c1, ...) and the SQL that reads it."""

    table: TableFile
    columns: Mapping[str, ColumnMapping]
    relation: str
    first_row: int

    @property
    def cells(self) -> list[str]:
        """Names of the columns anything is read from."""
        return sorted({source for column in self.columns.values() for source in column.sources})


def open_source(path: Path, name: str, stream: Stream, spec: MappingSpec | None, scratch: Path) -> Source:
    """Look into the file, match the mapping with its headings. Raises the errors of `kernel.files` and `logic.mapping`
    before a single row is read.
    """
    table = files.open_table(
        path,
        name=name,
        sheet=spec.sheet if spec else None,
        encoding=spec.encoding if spec else None,
        delimiter=spec.delimiter if spec else None,
    )
    try:
        mapping = resolve(spec or suggest(table.headings, stream), table.headings, stream)
        place = {heading: f"c{number}" for number, heading in enumerate(table.headings)}
        columns = {
            key: replace(column, sources=tuple(place[source] for source in column.sources))
            for key, column in mapping.items()
        }
        return Source(table, columns, _relation(table, scratch), table.header_row + 1)
    except BaseException:
        table.close()
        raise


def explain(error: duckdb.Error, table: TableFile) -> BrokenTable:
    """DuckDB's complaint about a file, as one of ours."""
    first = str(error).splitlines()[0] if str(error) else "it is damaged."
    return BrokenTable(name=table.name, problem=first[:300])


def check_encoding(connection: duckdb.DuckDBPyConnection, table: TableFile) -> None:
    """Raise BrokenEncoding when lines were left out as not being UTF-8: that is the file's fault, not a row's."""
    if table.text_path is None:
        return
    broken = connection.execute(f"SELECT count(*) FROM {REJECTS} WHERE error_type = 'INVALID ENCODING'").fetchone()
    if broken and broken[0]:
        position = broken_byte(table.text_path, "utf-8") or 0
        raise BrokenEncoding(name=table.name, encoding="UTF-8", position=position + 1)


def _relation(table: TableFile, scratch: Path) -> str:
    if table.text_path is None:
        path = _quoted(table.path)
        names = ", ".join(f'"{heading}"' for heading in _parquet_columns(table))
        cells = ", ".join(f"t.c{number}::VARCHAR AS c{number}" for number in range(len(table.headings)))
        renamed = ", ".join(f"c{number}" for number in range(len(table.headings)))
        return f"(SELECT {cells} FROM (SELECT {names} FROM read_parquet({path})) AS t({renamed}))"
    path = _quoted(files.as_csv_for_duckdb(table, scratch))
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(table.headings)))
    delimiter = table.delimiter.replace("'", "''")
    return (
        f"read_csv({path}, auto_detect=false, header=true, skip={table.header_row - 1}, delim='{delimiter}', "
        f"""quote='"', escape='"', max_line_size={LINE_LIMIT}, columns={{{columns}}}, store_rejects=true, """
        f"rejects_table='{REJECTS}', rejects_scan='{REJECTS}_scans', rejects_limit=0)"
    )


def _parquet_columns(table: TableFile) -> list[str]:
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(table.path)]).fetchall()
    return [str(row[0]).replace('"', '""') for row in described]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
