"""The letters of GIFT: escapes, marks, formats. Everything works on the source of one question and keeps positions."""

import re
from collections.abc import Iterator

from nastavnik.assessment.logic.texts import Text, TextFormat, rich

_ESCAPE = re.compile(r"\\(.)", re.S)
_ESCAPED = {**{mark: mark for mark in "~=#{}:\\"}, "n": "\n"}
_MARKER = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_UNSAFE = re.compile(r"[~=#{}:\\]")
_RUNS = re.compile(r"[ \t\n]+")


def unescape(text: str) -> str:
    r"""`\~ \= \# \{ \} \: \\` are the characters, `\n` is a line break; any other backslash stays."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[0]), text)


def escape(text: str) -> str:
    """The opposite: on one line, safe anywhere in a question."""
    return _UNSAFE.sub(r"\\\g<0>", text).replace("\n", r"\n")


def positions(text: str, marks: str, start: int = 0) -> Iterator[int]:
    """Places of the marks that are not escaped."""
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in marks:
            yield at
        at += 1


def first(text: str, mark: str, start: int = 0) -> int:
    """Place of the first unescaped mark (one or more characters), -1 when there is none."""
    return next((at for at in positions(text, mark[0], start) if text.startswith(mark, at)), -1)


def read_text(source: str, default: TextFormat) -> Text:
    """A text with an optional format marker. Running text loses its line breaks; `\\n` stays one in every format."""
    found = _MARKER.match(source)
    kind = TextFormat(found[1]) if found else default
    raw = source[found.end() :] if found else source
    if kind.runs_on:
        raw = _RUNS.sub(" ", raw)
    return rich(unescape(raw.strip()), kind)


def marker_of(source: str, default: TextFormat) -> TextFormat:
    """The format a text announces, else the default."""
    found = _MARKER.match(source)
    return TextFormat(found[1]) if found else default


def plain_text(source: str) -> str:
    """A text without a format: a title, the right side of a pair."""
    return rich(unescape(_RUNS.sub(" ", source).strip()), TextFormat.PLAIN).text


_NEEDS_MARKER = ("//", "[", "$CATEGORY")


def write_text(text: Text, default: TextFormat) -> str:
    """The text with a marker where it is needed to read the same text back."""
    needed = text.format != default or text.text.startswith(_NEEDS_MARKER)
    return (f"[{text.format.value}]" if needed else "") + escape(text.text)
