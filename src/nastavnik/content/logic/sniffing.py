"""What a file is by its content, never by its name; and how long a video is, read from its container. Pure.

Only the head (and for MP4 the `moov` box) is looked at. What could run in a browser on our origin (HTML, SVG, scripts)
or on somebody's computer is named, so that it can be refused with a reason.
"""

import re
import struct
from dataclasses import dataclass

from nastavnik.content.enums import FileKind
from nastavnik.content.logic.messages import gettext_noop

HEAD = 8192


@dataclass(frozen=True)
class Known:
    """A file that courses take."""

    kind: FileKind
    media_type: str


_SIGNATURES: tuple[tuple[bytes, Known], ...] = (
    (b"\x89PNG\r\n\x1a\n", Known(FileKind.IMAGE, "image/png")),
    (b"\xff\xd8\xff", Known(FileKind.IMAGE, "image/jpeg")),
    (b"GIF87a", Known(FileKind.IMAGE, "image/gif")),
    (b"GIF89a", Known(FileKind.IMAGE, "image/gif")),
    (b"%PDF-", Known(FileKind.PDF, "application/pdf")),
    (b"\x1aE\xdf\xa3", Known(FileKind.VIDEO, "video/webm")),
    (b"PK\x03\x04", Known(FileKind.OTHER, "application/zip")),
    (b"\xd0\xcf\x11\xe0", Known(FileKind.OTHER, "application/octet-stream")),
    (b"ID3", Known(FileKind.OTHER, "audio/mpeg")),
    (b"OggS", Known(FileKind.OTHER, "audio/ogg")),
    (b"{\\rtf", Known(FileKind.OTHER, "application/rtf")),
)
HTML = gettext_noop("a web page or a drawing with code in it")
PROGRAM = gettext_noop("a program or a script")
_DANGEROUS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM), (b"#!", PROGRAM),
)  # fmt: skip
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
_SCRIPT_NAMES = (".js", ".mjs", ".bat", ".cmd", ".ps1", ".vbs", ".sh", ".py", ".html", ".htm", ".svg", ".xhtml", ".xml")
_MP4_BRANDS = re.compile(rb"^(isom|iso\d|mp4\d|avc1|M4V |MSNV|dash)")


def danger(head: bytes, name: str) -> str:
    """Why the file is not taken whatever it is for; empty when nothing speaks against it."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, reason in _DANGEROUS:
        if head.startswith(signature):
            return reason
    if _MARKUP.match(start) or (_is_text(head) and _MARKUP.search(head)):
        return HTML
    return PROGRAM if name.lower().endswith(_SCRIPT_NAMES) else ""


def sniff(head: bytes) -> Known | None:
    """What the file is; None when it is nothing a course takes."""
    for signature, known in _SIGNATURES:
        if head.startswith(signature):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Known(FileKind.IMAGE, "image/webp")
    if head[4:8] == b"ftyp" and _MP4_BRANDS.match(head[8:12]):
        return Known(FileKind.VIDEO, "video/mp4")
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return Known(FileKind.CAPTIONS, "text/vtt")
    return Known(FileKind.OTHER, "text/plain") if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head[: HEAD - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True


def mp4_duration_ms(moov: bytes) -> int | None:
    """The length told by the `mvhd` box inside `moov`."""
    at = moov.find(b"mvhd")
    if at < 0:
        return None
    try:
        if moov[at + 4] == 1:
            scale, ticks = struct.unpack_from(">IQ", moov, at + 24)
        else:
            scale, ticks = struct.unpack_from(">II", moov, at + 16)
    except (struct.error, IndexError):
        return None
    return round(1000 * ticks / scale) if scale and ticks not in (0, 0xFFFFFFFF) else None


_SCALE, _DURATION = b"\x2a\xd7\xb1", b"\x44\x89"


def webm_duration_ms(head: bytes) -> int | None:
    """The length told by the `Info` element of a WebM file; live recordings tell none."""
    at = head.find(_DURATION)
    if at < 0:
        return None
    scale = 1_000_000
    found = head.find(_SCALE)
    if found >= 0 and found + 4 < len(head):
        size = head[found + 3] & 0x7F
        scale = int.from_bytes(head[found + 4 : found + 4 + size], "big") or scale
    size = head[at + 2] & 0x7F if at + 2 < len(head) else 0
    raw = head[at + 3 : at + 3 + size]
    if size not in (4, 8) or len(raw) != size:
        return None
    ticks = struct.unpack(">f" if size == 4 else ">d", raw)[0]
    milliseconds = ticks * scale / 1_000_000
    return round(milliseconds) if 0 < milliseconds < 1e9 else None
