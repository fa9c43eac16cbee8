"""Texts of items: what they hold, and how two answers are compared.

Pure values. A text keeps the format its author wrote in; `moodle` and `plain` are read as running text, where blanks do
not count; `html` and `markdown` keep their white space.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_BLANKS = re.compile(r"[ \t]+")
_AROUND_NEWLINE = re.compile(r" *\n *")
# Characters no text needs: control characters but tab and newline (PostgreSQL refuses NUL), lone surrogates.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans("«»„“”‟’‘`–—−‐‑", '""""""\'\'\'-----')
_EDGES = " .,;:!?…\"'"


class TextFormat(StrEnum):
    """How a text is written; the names are those of GIFT."""

    MOODLE = "moodle"
    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"

    @property
    def runs_on(self) -> bool:
        """Whether line breaks of the source are mere blanks."""
        return self in (TextFormat.MOODLE, TextFormat.PLAIN)


@dataclass(frozen=True)
class Text:
    """A text with its format. Made by `rich`, so that equal texts are equal values."""

    text: str
    format: TextFormat = TextFormat.MARKDOWN

    def __bool__(self) -> bool:
        return bool(self.text)


def clean(text: str) -> str:
    """Line ends as LF, without control characters and blanks around."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def rich(text: str, format: TextFormat | str = TextFormat.MARKDOWN) -> Text:
    """A text in its normal form: cleaned; running text without runs of blanks."""
    kind = TextFormat(format)
    plain = clean(text)
    if kind.runs_on:
        plain = _AROUND_NEWLINE.sub("\n", _BLANKS.sub(" ", plain)).strip()
    return Text(plain, kind)


def line_of(text: str) -> str:
    """The text on one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def answer_form(text: str) -> str:
    """The form in which typed answers are compared: case, ё = е, blanks, kinds of quotes and dashes, marks around.

    >>> answer_form("  «Ещё  раз»! ") == answer_form("еще раз")
    True
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().replace("ё", "е")
    spaced = _SPACES.sub(" ", folded).strip()
    # Only marks: then they are the answer («What ends a question?» «?»).
    return spaced.strip(_EDGES) or spaced


def matches(typed: str, accepted: str) -> bool:
    """Whether what was typed is the accepted answer; `*` in the accepted one stands for anything."""
    pattern = answer_form(accepted.replace(r"\*", "\x00"))
    given = answer_form(typed)
    if "*" not in pattern:
        return given == pattern.replace("\x00", "*")
    return _in_order([part.replace("\x00", "*") for part in pattern.split("*")], given)


def _in_order(parts: list[str], given: str) -> bool:
    """Whether the parts follow one another in the text, the first at its start and the last at its end."""
    first, *middle, last = parts
    if len(given) < len(first) + len(last) or not (given.startswith(first) and given.endswith(last)):
        return False
    at, end = len(first), len(given) - len(last)
    for part in middle:
        at = given.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
