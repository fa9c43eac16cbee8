"""Exports a spreadsheet opens without running anything, with every value as it was."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import FileResponse, StreamingHttpResponse
from python_calamine import CalamineWorkbook

from nastavnik.kernel import exports
from nastavnik.kernel.exports import TooManyRows

DANGEROUS = [
    "=1+1", "+7 900 000-00-00", "-2", "@SUM(A1)", "|calc", "%path", "\tx", "\rx", "\nx", "\0x",
    "=cmd|' /C calc'!A0", "  =1+1", "\u00a0=1+1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x",
]  # fmt: skip
HARMLESS = ["Анна", "a=b", "1", "'quoted", "м-р", "", "5 %", "почта@пример"]


def csv_rows(rows: list[list[Any]], heads: list[str] | None = None) -> list[list[str]]:
    text = "".join(exports.csv_lines(heads or ["a"], rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def xlsx_rows(rows: list[list[Any]]) -> list[list[Any]]:
    target = io.BytesIO()
    exports.write_xlsx(target, ["=a", "b"], rows)
    target.seek(0)
    return list(CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python())


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_written_as_text(text: str) -> None:
    assert csv_rows([[text]], ["=head"]) == [["'=head"], [f"'{text}"]]
    assert xlsx_rows([[text, "x"]])[1] == [text, "x"]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert csv_rows([[text, "x"]])[1] == [text, "x"]
    assert xlsx_rows([[text, "x"]])[1] == [text, "x"]


def test_figures_days_and_moments_keep_their_kind() -> None:
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    row = [None, -5, 4.89, Decimal("-0.5"), True, date(2026, 11, 23), moment]
    assert csv_rows([row])[1] == ["", "-5", "4.89", "-0.5", "True", "2026-11-23", "2026-11-23T09:30:00+00:00"]
    assert xlsx_rows([row])[1] == ["", -5.0, 4.89, -0.5, True, date(2026, 11, 23), "2026-11-23T09:30:00+00:00"]


def test_what_a_worksheet_cannot_hold_as_a_number_is_text() -> None:
    assert xlsx_rows([[float("nan"), 12345678901234567890], [float("inf"), Decimal("NaN")]])[1:] == [
        ["nan", "12345678901234567890"], ["inf", "NaN"],
    ]  # fmt: skip


def test_a_list_longer_than_a_worksheet_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "XLSX_ROWS", 2)
    assert len(xlsx_rows([[1, 2], [3, 4]])) == 3
    with pytest.raises(TooManyRows, match="A worksheet holds 2 rows"):
        exports.response("xlsx", "people", ["a"], [[1], [2], [3]])


def test_a_csv_streams_while_its_rows_are_read() -> None:
    taken = 0

    def rows() -> Iterator[list[int]]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield [number]

    answer = exports.response("csv", "people", ["a"], rows())
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert next(iter(answer)).startswith("\ufeffa\r\n0\r\n".encode())
    assert 0 < taken <= exports.CHUNK_LINES


@pytest.mark.django_db  # closing an answer looks after the connections
def test_a_workbook_is_a_download_that_opens() -> None:
    answer = exports.response("xlsx", "people", ["Имя"], [["Анна"], ["Ёлка"]])
    assert isinstance(answer, FileResponse)
    assert answer["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0)
    assert sheet.to_python() == [["Имя"], ["Анна"], ["Ёлка"]]
    answer.close()
