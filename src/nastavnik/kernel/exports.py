"""Tables as files: CSV (UTF-8 with a byte-order mark, so that Excel reads Cyrillic) and XLSX.

Text that a spreadsheet would run as a formula is written as text: in CSV with a leading apostrophe (OWASP's rule
for `= + - @` and control characters), in XLSX as a string cell.
"""

import csv
import io
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from nastavnik.kernel.errors import InvalidInput

KINDS = ("csv", "xlsx")
XLSX_ROWS = 1_048_575
XLSX_TEXT = 32_767
XLSX_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number; a longer one (an id) is written as text
CHUNK_LINES = 200
# The full-width forms are read as formulas by East Asian editions.
_DANGEROUS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = ("\t", "\r", "\n", "\0")


class TooManyRows(InvalidInput):
    """A worksheet holds {limit} rows, and this list has more. Narrow it by its filters, or take CSV."""


def safe_text(value: str) -> str:
    """The text, made harmless for a spreadsheet that opens a CSV."""
    return f"'{value}" if value.startswith(_CONTROL) or value.lstrip().startswith(_DANGEROUS) else value


def _csv_value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return safe_text(str(value))


class _Echo(io.StringIO):
    """A file that hands back what is written, for streaming."""

    def write(self, text: str) -> str:  # type: ignore[override]  # csv passes on what write() returns
        return text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file, a few hundred lines at a time."""
    writer = csv.writer(_Echo())
    waiting = ["\ufeff" + str(writer.writerow([safe_text(head) for head in heads]))]
    for row in rows:
        waiting.append(str(writer.writerow([_csv_value(value) for value in row])))
        if len(waiting) >= CHUNK_LINES:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def write_xlsx(target: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a workbook of one sheet to a file object; memory stays constant. Raises TooManyRows."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        _write_sheet(book, heads, rows)
    finally:
        book.close()  # gives its temporary files back, also when the rows were too many


def _write_sheet(book: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        if number > XLSX_ROWS:
            raise TooManyRows(limit=XLSX_ROWS)
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, day)


def _write_cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        exact = math.isfinite(value) and abs(float(value)) < XLSX_EXACT
        if exact:
            sheet.write_number(row, column, float(value))
        else:
            sheet.write_string(row, column, str(value))
    elif isinstance(value, datetime):
        sheet.write_string(row, column, value.astimezone(UTC).isoformat())
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time.min), day)
    else:
        sheet.write_string(row, column, str(value)[:XLSX_TEXT])


def response(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """A download of `name`.csv or `name`.xlsx."""
    if kind == "csv":
        streamed = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        streamed["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return streamed
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it after sending
    try:
        write_xlsx(spool, heads, rows)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=f"{name}.xlsx")
