"""XLSX workbooks, read safely: the archive is weighed first, then a process of its own with a memory limit unpacks it.

A hostile workbook can lie about its sizes, or name one cell in the last row and column so that a dense table of
17 thousand million cells is asked for. The child process dies of that, we do not.

Run as `python -m nastavnik.kernel.workbooks FILE SHEET OUT`: writes the sheet as CSV (UTF-8, one line per sheet row,
from row 1) to OUT and prints `{"sheets": [...], "sheet": "..."}`. Free of Django, so that it starts quickly.
"""

import csv
import json
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from nastavnik.kernel.errors import InvalidInput

UNPACKED_LIMIT = 1024**3
RATIO_LIMIT = 200
RATIO_FROM = 32 * 1024**2  # small members compress by any factor without harm
MEMBERS_LIMIT = 5000
MEMORY_LIMIT = 3 * 1024**3
CPU_SECONDS = 900
_FAILED, _NO_SHEET = 3, 4


class WorkbookTooLarge(InvalidInput):
    """The workbook "{name}" unpacks to more than a spreadsheet reasonably holds. Save the sheet as CSV instead."""


class BrokenWorkbook(InvalidInput):
    """The file "{name}" cannot be read as an XLSX workbook: it is damaged or protected by a password."""


class NoSuchSheet(InvalidInput):
    """The workbook "{name}" has no sheet "{sheet}". It has: {sheets}."""


def weigh(path: Path, name: str) -> None:
    """Refuse archives that are no workbook or whose declared contents are out of proportion."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise BrokenWorkbook(name=name) from error
    if not any(member.filename.lstrip("/").startswith("xl/") for member in members):
        raise BrokenWorkbook(name=name)
    swollen = any(
        member.file_size > RATIO_FROM and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)
        for member in members
    )
    if swollen or len(members) > MEMBERS_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise WorkbookTooLarge(name=name)


def to_csv(path: Path, name: str, sheet: str | None, target: Path) -> tuple[str, tuple[str, ...]]:
    """Write one sheet (the first by default) to `target`; answer its name and the names of all sheets."""
    weigh(path, name)
    done = subprocess.run(
        [sys.executable, "-m", "nastavnik.kernel.workbooks", str(path), sheet or "", str(target)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limit,  # only sets limits, takes no lock
    )
    if done.returncode == _NO_SHEET:
        raise NoSuchSheet(name=name, sheet=sheet, sheets=", ".join(json.loads(done.stdout)["sheets"]))
    if done.returncode == _FAILED:
        raise BrokenWorkbook(name=name)
    if done.returncode:
        raise WorkbookTooLarge(name=name)  # killed by a limit, or the allocator gave up
    told = json.loads(done.stdout)
    return told["sheet"], tuple(told["sheets"])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(value: Any) -> str:
    """A cell as a person would type it: whole numbers without a point, moments and times in ISO form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        whole = int(abs(seconds))
        text = f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
        return f"-{text}" if seconds < 0 else text
    return str(value).replace("\x00", "")


def _convert(path: str, wanted: str, target: str) -> int:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only the child process needs it

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = list(book.sheet_names)
        if (wanted and wanted not in sheets) or not sheets:
            print(json.dumps({"sheets": sheets}))  # noqa: T201 - the answer to the parent process
            return _NO_SHEET
        sheet = book.get_sheet_by_name(wanted or sheets[0])
        with open(target, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([cell_text(value) for value in row] for row in sheet.iter_rows())
    except MemoryError:
        raise
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - shown in the parent's log
        return _FAILED
    print(json.dumps({"sheets": sheets, "sheet": wanted or sheets[0]}))  # noqa: T201 - the answer to the parent
    return 0


if __name__ == "__main__":
    raise SystemExit(_convert(*sys.argv[1:4]))
