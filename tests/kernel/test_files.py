"""Tables people bring: what they are, how they read, what is refused."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from django.utils import translation

from nastavnik.kernel import files, workbooks
from nastavnik.kernel.encodings import BrokenEncoding, broken_byte
from nastavnik.kernel.files import BrokenTable, EmptyTable, NotATable, open_table
from nastavnik.kernel.workbooks import BrokenWorkbook, NoSuchSheet, WorkbookTooLarge

TEXT = "Имя;Дата\nАнна Ёлкина;2020-01-01\n\n;\n«Борис»;\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table"


def read(path: Path) -> list[tuple[int, list[str | None]]]:
    with open_table(path) as table:
        return list(table.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_rows_keep_the_numbers_a_spreadsheet_shows_in_every_encoding(path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    assert read(path) == [(2, ["Анна Ёлкина", "2020-01-01"]), (5, ["«Борис»", None])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_text_for_duckdb_is_utf8_and_unchanged_where_it_was(path: Path, tmp_path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    with open_table(path) as table:
        found = files.as_csv_for_duckdb(table, tmp_path)
    assert (found.read_text("utf-8"), found == path) == (TEXT, encoding == "utf-8")


def test_headings_become_distinct(path: Path) -> None:
    path.write_text('\n"Call\nId",Time,,Time\n1,2,3,4\n')
    with open_table(path) as table:
        assert (table.headings, table.header_row) == (("Call Id", "Time", "column 3", "Time (2)"), 2)


def test_what_the_caller_says_of_the_text_counts(path: Path) -> None:
    path.write_bytes("a|b,c\nЯ|1\n".encode("koi8-r"))
    with open_table(path, encoding="koi8-r", delimiter="|") as table:
        assert list(table.rows()) == [(2, ["Я", "1"])]
    with pytest.raises(BrokenTable, match="no encoding called klingon"):
        open_table(path, encoding="klingon")


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", EmptyTable, "empty"),
        (b" \n\n", EmptyTable, "empty"),
        (b"\x89PNG\r\n", NotATable, "a PNG picture"),
        (b"\x00\x01\x02abc", NotATable, "binary data"),
        (b"PK\x05\x06" + bytes(18), BrokenWorkbook, "damaged"),
        (b"PAR1PAR1", BrokenTable, "Parquet"),
        ("Имя".encode() + b"\xff" + "Имя\n".encode(), BrokenEncoding, "byte 7 "),
        (",".join("a" * 1001).encode(), BrokenTable, "1001 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(path: Path, content: bytes, error: type[Exception], words: str) -> None:
    path.write_bytes(content)
    with translation.override("en"), pytest.raises(error, match=words):
        open_table(path, name="october.csv")


def test_an_encoding_that_breaks_late_is_named_by_its_byte(path: Path) -> None:
    path.write_bytes("Имя\n".encode() * 300_000 + b"\xd0")
    assert broken_byte(path, "utf-8") == 7 * 300_000
    with pytest.raises(BrokenEncoding, match="byte 2100001 "):
        open_table(path)


def test_a_workbook_reads_as_a_person_would_type_it(path: Path) -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    book.add_worksheet("Пустой")
    sheet = book.add_worksheet("Звонки")
    clock = book.add_format({"num_format": "hh:mm:ss"})
    long = book.add_format({"num_format": "[h]:mm:ss"})
    sheet.write_row(1, 0, ["id", "moment", "clock", "long", "share", "flag"])
    sheet.write_row(2, 0, [7.0, datetime(2026, 10, 1, 9, 30)])  # noqa: DTZ001 - a cell has no zone
    sheet.write(2, 2, time(0, 2, 23), clock)
    sheet.write(2, 3, timedelta(hours=30, seconds=5), long)
    sheet.write_row(2, 4, [0.5, True])
    book.close()
    with open_table(path, sheet="Звонки") as table:
        rows = list(table.rows())
        assert (table.sheet_names, table.sheet, table.header_row) == (("Пустой", "Звонки"), "Звонки", 2)
    assert rows == [(3, ["7", "2026-10-01 09:30:00", "00:02:23", "30:00:05", "0.5", "true"])]
    with pytest.raises(EmptyTable):
        open_table(path)
    with pytest.raises(NoSuchSheet, match="Пустой, Звонки"):
        open_table(path, sheet="Писем")


def test_cells_are_written_plainly() -> None:
    assert [workbooks.cell_text(value) for value in (1e300, -timedelta(seconds=5), date(2026, 1, 2), "a\x00b")] == [
        "1e+300", "-0:00:05", "2026-01-02", "ab",
    ]  # fmt: skip


def test_a_bomb_is_refused_by_its_declared_sizes(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 1024**2))
    with pytest.raises(WorkbookTooLarge):
        open_table(path)


def test_a_sheet_of_two_far_cells_costs_the_child_process_not_us(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")
    book.close()
    with pytest.raises(WorkbookTooLarge):
        open_table(path)


def test_a_zip_of_something_else_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(BrokenWorkbook):
        open_table(path)


def test_parquet_reads_as_text(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS id, DATE '2026-01-02' AS day, NULL AS x) TO '{path}' (FORMAT parquet)")
    assert read(path) == [(2, ["1", "2026-01-02", None])]
    with open_table(path) as table, pytest.raises(ValueError, match="no conversion"):
        files.as_csv_for_duckdb(table, path.parent)
