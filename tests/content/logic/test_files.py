"""Files by their content, parts of files, words of the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.content.enums import FileKind
from nastavnik.content.logic import ranges, sniffing
from nastavnik.content.logic.search import prefix_query
from tests.factories.content import CAPTIONS, a_pdf, a_picture, an_mp4

WEBM = b"\x1aE\xdf\xa3" + b"\x2a\xd7\xb1\x83\x0f\x42\x40" + b"\x44\x89\x88" + b"\x40\xf8\x6a\x00\x00\x00\x00\x00"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_picture(), FileKind.IMAGE),
        (a_pdf("x"), FileKind.PDF),
        (an_mp4(), FileKind.VIDEO),
        (WEBM, FileKind.VIDEO),
        (CAPTIONS, FileKind.CAPTIONS),
        (b"\xef\xbb\xbf" + CAPTIONS, FileKind.CAPTIONS),
        ("памятка".encode(), FileKind.OTHER),
        (b"PK\x03\x04docx", FileKind.OTHER),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, kind: FileKind) -> None:
    known = sniffing.sniff(data)
    assert known is not None
    assert (known.kind, sniffing.danger(data, "whatever")) == (kind, "")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<!DOCTYPE html><p>", "slides.pdf"),
        (b"  \n<svg onload=x()>", "picture.png"),
        (b"<?xml version='1.0'?><svg/>", "picture.svg"),
        (b"text first <script>x()</script>", "note.txt"),
        (b"alert(1)", "note.js"),
        (b"#!/bin/sh\nrm -rf /", "note.txt"),
        (b"MZ\x90\x00", "setup.exe"),
        (b"\x7fELF", "file"),
    ],
)
def test_what_could_run_is_refused_whatever_it_is_called(data: bytes, name: str) -> None:
    assert sniffing.danger(data, name) != ""


def test_binary_of_no_known_kind_is_nothing() -> None:
    assert sniffing.sniff(b"\x00\x01\x02\x03") is None


def test_videos_tell_their_length() -> None:
    moov = an_mp4(12.5)
    assert sniffing.mp4_duration_ms(moov) == 12500
    assert sniffing.webm_duration_ms(WEBM) == 100_000
    assert (sniffing.mp4_duration_ms(b"moov"), sniffing.mp4_duration_ms(b"mvhd"), sniffing.webm_duration_ms(b"")) == (
        None, None, None,
    )  # fmt: skip


@given(st.binary(max_size=64))
def test_broken_containers_are_read_without_failing(data: bytes) -> None:
    for mark in (b"mvhd", b"\x44\x89", b"\x44\x89\x88", b"\x2a\xd7\xb1\x88\x44\x89\x84"):
        sniffing.mp4_duration_ms(mark + data)
        sniffing.webm_duration_ms(mark + data)


@given(st.integers(1, 1000), st.integers(0, 1200), st.integers(0, 1200))
def test_a_part_lies_inside_the_file(size: int, first: int, last: int) -> None:
    try:
        part = ranges.wanted(f"bytes={first}-{last}", size)
    except ranges.Unsatisfiable:
        assert first >= size
        return
    if part is None:
        assert last < first
    else:
        assert (part.first, part.last) == (first, min(last, size - 1))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None), ("bytes=-", None), ("items=0-1", None), ("bytes=0-1,4-5", None), ("bytes=a-b", None),
        ("bytes=90-", (90, 99)), ("bytes=-10", (90, 99)), ("bytes=-500", (0, 99)), ("bytes=0-0", (0, 0)),
    ],
)  # fmt: skip
def test_headers_are_read_as_the_standard_says(header: str, expected: tuple[int, int] | None) -> None:
    part = ranges.wanted(header, 100)
    assert (part and (part.first, part.last)) == expected


def test_a_part_behind_the_end_is_refused() -> None:
    for header in ("bytes=100-", "bytes=-0"):
        with pytest.raises(ranges.Unsatisfiable):
            ranges.wanted(header, 100)


def test_searched_words_are_beginnings_of_words() -> None:
    assert prefix_query("Возврат ДЁНЕГ") == "возврат:* & денег:*"
    assert prefix_query("a & b | ':* \0 ()") == "a:* & b:*"
    assert prefix_query("!!!") == ""
