"""Files of questions as bytes: which format they are in, how they are read, how the bank is written.

Not logic, because a workbook is unpacked by a process of its own; not an action, because nothing is written to tables.
"""

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nastavnik.assessment.enums import FileFormat
from nastavnik.assessment.errors import BadFormat, EmptyFile, FileTooLarge, NothingToExport, NotText, TooManyItems
from nastavnik.assessment.logic import codec
from nastavnik.assessment.logic.formats import aiken, gift, moodle_xml, workbook
from nastavnik.assessment.logic.formats.drafts import Draft, Reading, Writing
from nastavnik.kernel import exports
from nastavnik.kernel.files import open_table

LIMIT_MB = 5
ITEMS_LIMIT = 20_000
_LOOKED_AT = 20_000
NOTHING = "// no questions\n"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Written:
    """A file ready to be sent or stored."""

    data: bytes
    name: str
    content_type: str
    left_out: tuple[tuple[Draft, str], ...]


def sniff(data: bytes, name: str) -> FileFormat:
    """The format, by content first. Raises BadFormat, EmptyFile, FileTooLarge."""
    refuse_size(data, name)
    head = data[:_LOOKED_AT]
    if head.startswith(b"PK"):
        return FileFormat.XLSX
    text = _decoded(data, name)[:_LOOKED_AT].lstrip()
    if text.startswith("<") and ("<quiz" in text or text.startswith("<?xml")):
        return FileFormat.MOODLE_XML
    if aiken.read(text).drafts and not gift.read(text).drafts:
        return FileFormat.AIKEN
    if "{" in text or "::" in text or text.startswith("$CATEGORY"):
        return FileFormat.GIFT
    ending = Path(name).suffix.lower()
    known = {".gift": FileFormat.GIFT, ".xml": FileFormat.MOODLE_XML}
    if ending in known:
        return known[ending]
    if "ANSWER" in text.upper():
        return FileFormat.AIKEN
    raise BadFormat(name=name)


def refuse_size(data: bytes, name: str) -> None:
    """Raises EmptyFile, FileTooLarge."""
    if not data.strip():
        raise EmptyFile(name=name)
    if len(data) > LIMIT_MB * 1024**2:
        raise FileTooLarge(name=name, limit=LIMIT_MB)


def read(data: bytes, name: str, format: FileFormat) -> Reading:
    """The items of a file with the problems by line. Raises NotText, TooManyItems and what `kernel.files` raises."""
    refuse_size(data, name)
    found = _READERS[format](data, name)
    if found.read > ITEMS_LIMIT:
        raise TooManyItems(name=name, limit=ITEMS_LIMIT)
    if found.shown:
        return found
    shown = tuple({**codec.to_json(draft.item), "tags": list(draft.tags) or None} for draft in found.drafts)
    return Reading(found.drafts, found.problems, shown, found.topics, found.descriptions)


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(name=name, position=error.start + 1) from error


def _read_workbook(data: bytes, name: str) -> Reading:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        with open_table(Path(file.name), name=name) as table:
            return workbook.read(table.headings, table.rows())


_READERS: dict[FileFormat, Callable[[bytes, str], Reading]] = {
    FileFormat.GIFT: lambda data, name: gift.read(_decoded(data, name)),
    FileFormat.AIKEN: lambda data, name: aiken.read(_decoded(data, name)),
    FileFormat.MOODLE_XML: lambda data, _name: moodle_xml.read(data),
    FileFormat.XLSX: _read_workbook,
}


def write(drafts: Sequence[Draft], format: FileFormat, *, topics: Sequence[tuple[str, ...]] = ()) -> Written:
    """The drafts as a file. What the format cannot hold is left out and named. Raises NothingToExport."""
    if format == FileFormat.XLSX:
        return _workbook(drafts)
    if format == FileFormat.GIFT:
        done, ending, kind = gift.write(drafts, topics), "gift", "text/plain; charset=utf-8"
    elif format == FileFormat.MOODLE_XML:
        done, ending, kind = moodle_xml.write(drafts), "xml", "application/xml"
    else:
        done, ending, kind = aiken.write(drafts), "txt", "text/plain; charset=utf-8"
    _refuse_nothing(drafts, len(done.left_out), format)
    # A file of nothing still reads as what it is.
    shown = Writing(done.text or NOTHING, done.left_out) if format == FileFormat.GIFT else done
    return _written(shown, f"questions.{ending}", kind)


def _written(done: Writing, name: str, kind: str) -> Written:
    return Written(done.text.encode(), name, kind, done.left_out)


def _refuse_nothing(drafts: Sequence[Draft], left_out: int, format: FileFormat) -> None:
    if drafts and left_out == len(drafts):
        raise NothingToExport(format=format.label)


def _workbook(drafts: Sequence[Draft]) -> Written:
    heads, rows, left_out = workbook.write(drafts)
    _refuse_nothing(drafts, len(left_out), FileFormat.XLSX)
    target = io.BytesIO()
    exports.write_xlsx(target, heads, rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Written(target.getvalue(), "questions.xlsx", kind, tuple(left_out))
