"""Tables people bring: CSV in any usual encoding, XLSX, Parquet. Opened with a look inside, never by the name's ending.

    with open_table(path, name="agents.xlsx") as table:
        table.headings                      # ("Name", "Team", ...)
        for number, cells in table.rows():  # 2, ["Anna", None, ...]; the heading row is row 1

Row numbers are those a spreadsheet shows: the heading is row 1 of a file without blank rows above it. Empty cells are
None. Every failure is a DomainError that says what the file is and what to do.
"""

import codecs
import csv
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import duckdb
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import workbooks
from nastavnik.kernel.encodings import BrokenEncoding, broken_byte, decoded, is_utf16, sniff_encoding
from nastavnik.kernel.errors import InvalidInput

COLUMNS_LIMIT = 1000
DELIMITERS = (",", ";", "\t", "|")
_SIGNATURES = {
    b"\x89PNG": _("a PNG picture"),
    b"\xff\xd8\xff": _("a JPEG picture"),
    b"GIF8": _("a GIF picture"),
    b"%PDF": _("a PDF document"),
    b"\x1f\x8b": _("a gzip archive"),
    b"\xd0\xcf\x11\xe0": _("an old XLS workbook or another old Office document"),
    b"{\\rtf": _("an RTF document"),
    b"\x7fELF": _("a program"),
    b"7z\xbc\xaf": _("a 7z archive"),
    b"Rar!": _("a RAR archive"),
}


class TableKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class EmptyTable(InvalidInput):
    """The file "{name}" is empty: it has no headings and no rows."""


class NotATable(InvalidInput):
    """The file "{name}" is not a table. Bring a CSV, XLSX or Parquet file."""


class ForeignKind(NotATable):
    """The file "{name}" is no table but {kind}. Bring a CSV, XLSX or Parquet file."""


class BrokenTable(InvalidInput):
    """The file "{name}" cannot be read as a table: {problem}"""


@dataclass
class TableFile:
    """An open table. `text_path` is CSV text in `encoding` (None for Parquet); `header_row` numbers the headings."""

    path: Path
    name: str
    kind: TableKind
    headings: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    sheet_names: tuple[str, ...] = ()
    text_path: Path | None = None
    header_row: int = 1
    _folder: Path | None = None
    _close: "weakref.finalize[[Path], TableFile] | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self._folder is not None:
            self._close = weakref.finalize(self, _remove, self._folder)

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was unpacked."""
        if self._close is not None:
            self._close()

    def rows(self) -> Iterator[tuple[int, list[str | None]]]:
        """Row number and cells (as many as headings, trimmed, None where empty); rows without any cell are left out."""
        width = len(self.headings)
        for number, cells in self._records():
            trimmed = [cell.strip() or None for cell in cells[:width]]
            if any(trimmed):
                yield number, trimmed + [None] * (width - len(trimmed))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        if self.text_path is None:
            yield from _parquet_records(self.path)
            return
        for number, cells in _csv_records(self.text_path, self.name, self.encoding, self.delimiter):
            if number > self.header_row:
                yield number, cells


def open_table(
    path: Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> TableFile:
    """Open a table; `name` is what messages call it. Raises EmptyTable, NotATable, BrokenEncoding, BrokenTable or an
    error of `kernel.workbooks`.
    """
    name = name or path.name
    kind = sniff_kind(path, name)
    if kind is TableKind.PARQUET:
        return TableFile(path, name, kind, _named(_parquet_headings(path, name), name))
    if kind is TableKind.XLSX:
        return _open_workbook(path, name, sheet)
    encoding = _known(encoding, name) if encoding else sniff_encoding(path, name)
    delimiter = delimiter or sniff_delimiter(path, name, encoding)
    header_row, headings = _headings(path, name, encoding, delimiter)
    return TableFile(
        path, name, kind, headings, encoding=encoding, delimiter=delimiter, text_path=path, header_row=header_row
    )


def as_csv_for_duckdb(table: TableFile, folder: Path) -> Path:
    """The text of a CSV or XLSX table as UTF-8 that DuckDB reads: the file itself where it is that already."""
    if table.text_path is None:
        raise ValueError("a Parquet file needs no conversion")
    if table.encoding in ("utf-8", "utf-8-sig"):
        return table.text_path
    target = folder / "as-utf8.csv"
    with target.open("wb") as out:
        for text in decoded(table.text_path, table.name, table.encoding):
            out.write(text.encode("utf-8"))
    return target


def sniff_kind(path: Path, name: str) -> TableKind:
    """What the file is, from its first bytes."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise EmptyTable(name=name)
    if head.startswith(b"PK"):
        return TableKind.XLSX
    if head.startswith(b"PAR1"):
        return TableKind.PARQUET
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise ForeignKind(name=name, kind=kind)
    if b"\x00" in head and not is_utf16(head):
        raise ForeignKind(name=name, kind=_("binary data"))
    return TableKind.CSV


def sniff_delimiter(path: Path, name: str, encoding: str) -> str:
    """The separator that cuts the first rows into the most columns, the same number in each."""
    lines: list[str] = []
    for text in decoded(path, name, encoding):
        lines = [line for line in text.splitlines()[:50] if line.strip()]
        break

    def weight(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        return (widths.count(widths[0]) if widths[0] > 1 else 0, widths[0])

    try:
        return max(DELIMITERS, key=weight) if lines else ","
    except csv.Error as error:
        raise BrokenTable(name=name, problem=str(error)) from error


def _known(encoding: str, name: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise BrokenTable(name=name, problem=f"there is no encoding called {encoding}.") from error


def _csv_records(path: Path, name: str, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Record number (from 1) and its fields; blank lines count and are left out."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter), start=1):
                if row:
                    yield number, row
    except UnicodeDecodeError as error:
        position = broken_byte(path, encoding)
        raise BrokenEncoding(name=name, encoding=encoding.upper(), position=(position or 0) + 1) from error
    except csv.Error as error:
        raise BrokenTable(name=name, problem=str(error)) from error


def _headings(path: Path, name: str, encoding: str, delimiter: str) -> tuple[int, tuple[str, ...]]:
    for number, row in _csv_records(path, name, encoding, delimiter):
        if any(cell.strip() for cell in row):
            return number, _named(row, name)
    raise EmptyTable(name=name)


def _named(raw: list[str], name: str) -> tuple[str, ...]:
    """Headings made distinct: blank ones are numbered, repeated ones counted."""
    if len(raw) > COLUMNS_LIMIT:
        raise BrokenTable(name=name, problem=f"it has {len(raw)} columns, more than {COLUMNS_LIMIT}.")
    headings: list[str] = []
    for place, text in enumerate(raw, start=1):
        plain = " ".join(text.split()) or f"column {place}"
        repeated = sum(given == plain or given.startswith(f"{plain} (") for given in headings)
        headings.append(f"{plain} ({repeated + 1})" if plain in headings else plain)
    return tuple(headings)


def _open_workbook(path: Path, name: str, sheet: str | None) -> TableFile:
    folder = Path(tempfile.mkdtemp(prefix="nastavnik-sheet-"))
    try:
        target = folder / "sheet.csv"
        used, sheets = workbooks.to_csv(path, name, sheet, target)
        header_row, headings = _headings(target, name, "utf-8", ",")
    except BaseException:
        _remove(folder)
        raise
    return TableFile(
        path, name, TableKind.XLSX, headings, sheet=used, sheet_names=sheets, text_path=target,
        header_row=header_row, _folder=folder,
    )  # fmt: skip


def _parquet_headings(path: Path, name: str) -> list[str]:
    try:
        with duckdb.connect() as connection:
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise BrokenTable(name=name, problem="it is not a valid Parquet file.") from error
    return [str(row[0]) for row in described]


def _parquet_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)])
        number = 1
        while chunk := found.fetchmany(2000):
            for row in chunk:
                number += 1
                yield number, ["" if value is None else value for value in row]


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
