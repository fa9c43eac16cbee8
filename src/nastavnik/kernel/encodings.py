"""Which encoding a text file is in, and where it stops being readable."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from nastavnik.kernel.errors import InvalidInput

SNIFF_BYTES = 64 * 1024**2
_CHUNK = 1024**2
_MARKS_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class BrokenEncoding(InvalidInput):
    """The file "{name}" is not valid {encoding} text: byte {position} cannot be read. Save it as UTF-8."""


def sniff_encoding(path: Path, name: str) -> str:
    """UTF-8 (with or without a mark), UTF-16 or Windows-1251; BrokenEncoding names the first unreadable byte."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith(_MARKS_UTF16):
        return "utf-16"
    if bare := _bare_utf16(head):
        return bare
    broken = broken_byte(path, "utf-8", SNIFF_BYTES)
    if broken is None:
        return "utf-8"
    if _reads_as_cyrillic(path, broken):
        return "cp1251"
    raise BrokenEncoding(name=name, encoding="UTF-8", position=broken + 1)


def is_utf16(head: bytes) -> bool:
    """Whether a file that begins like this is UTF-16 text."""
    return head.startswith(_MARKS_UTF16) or bool(_bare_utf16(head))


def decoded(path: Path, name: str, encoding: str) -> Iterator[str]:
    """The text of the file in pieces; BrokenEncoding names the first unreadable byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        position = broken_byte(path, encoding)
        raise BrokenEncoding(name=name, encoding=encoding.upper(), position=(position or 0) + 1) from error


def broken_byte(path: Path, encoding: str, limit: int | None = None) -> int | None:
    """Offset (from 0) of the first byte that is not valid in `encoding`, or None; reads at most about `limit` bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen, pending = 0, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return seen - pending + error.start
            seen += len(chunk)
            pending = len(decoder.getstate()[0])
            if limit is not None and seen >= limit:
                return None
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return seen - pending
    return None


def _bare_utf16(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of the Latin part (separators, digits) is zero."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) < max(8, len(head) // 8) or min(odd, even) > max(odd, even) // 20:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _reads_as_cyrillic(path: Path, start: int) -> bool:
    """Whether the bytes above ASCII are letters of Windows-1251, as in Russian text; half are in broken UTF-8."""
    with path.open("rb") as file:
        file.seek(max(0, start - 4096))
        high = [byte for byte in file.read(_CHUNK) if byte > 127]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8, 0xB9, 0xAB, 0xBB, 0x96, 0x97, 0xA0) for byte in high)
    return 0x98 not in high and letters >= 0.9 * len(high)
