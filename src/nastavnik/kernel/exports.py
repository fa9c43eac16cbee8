"""Tables as files: CSV (UTF-8 with a byte-order mark, so that Excel reads Cyrillic) and XLSX.

Text that a spreadsheet would run as a formula is written as text: in CSV with a leading apostrophe (OWASP's rule
for `= + - @` and control characters), in XLSX as a string cell.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

KINDS = ("csv", "xlsx")
XLSX_ROWS = 1_048_575
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_text(value: str) -> str:
    """The text, made harmless for a spreadsheet that opens a CSV."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value


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
    """The file, line by line."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([safe_text(head) for head in heads]))
    for row in rows:
        yield str(writer.writerow([_csv_value(value) for value in row]))


def write_xlsx(target: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a workbook of one sheet to a file object; memory stays constant."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        if number > XLSX_ROWS:
            break
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, column, float(value) if isinstance(value, Decimal) else value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
            else:
                text = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
                sheet.write_string(number, column, text[:32_767])
    book.close()


def response(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """A download of `name`.csv or `name`.xlsx."""
    if kind == "csv":
        streamed = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        streamed["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return streamed
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it after sending
    write_xlsx(spool, heads, rows)
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=f"{name}.xlsx")
