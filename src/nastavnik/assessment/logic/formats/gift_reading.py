"""GIFT files as the list of JSON objects described in docs/how-to/import-questions.md, with problems by line.

A blank line separates questions; a bad one never stops the file. Lines that begin with `//` are comments, and those
before a question may carry `[id:x]` and `[tag:y]`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nastavnik.assessment.logic.formats.gift_answers import Answers, BadQuestion, Json, rich_json
from nastavnik.assessment.logic.formats.gift_text import first, marker_of, plain_text, positions, read_text
from nastavnik.assessment.logic.items import GAP
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat

CATEGORY = "$CATEGORY:"
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])+)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")

UNCLOSED_TITLE = gettext_noop("The title that begins with :: is not closed with ::.")
UNCLOSED = gettext_noop("The answers begin with an opening brace, and there is no closing one before the blank line.")
UNOPENED = gettext_noop(
    "There is a closing brace without an opening one. A brace of the text has a backslash before it."
)
NESTED = gettext_noop("There is a second opening brace in the answers. A brace of the text has a backslash before it.")
TWO_BLOCKS = gettext_noop("The question has more than one block of answers in braces.")
MESSAGES = (UNCLOSED_TITLE, UNCLOSED, UNOPENED, NESTED, TWO_BLOCKS)


@dataclass
class Block:
    """Lines of the file between blank lines, comments apart."""

    source: str
    lines: list[int]
    id: str | None = None
    tags: list[str] = field(default_factory=list)

    def line_at(self, position: int) -> int:
        """The file's line of a position in the source."""
        starts = [0]
        for text in self.source.split("\n")[:-1]:
            starts.append(starts[-1] + len(text) + 1)
        return self.lines[max(0, bisect_right(starts, position) - 1)]


@dataclass(frozen=True)
class Found:
    """One object of the file with its line, or why there is none."""

    line: int
    question: Json | None
    message: str = ""
    params: tuple[tuple[str, Any], ...] = ()


def read(text: str) -> Iterator[Found]:
    """Every category, description and question in the order of the file."""
    for block in _blocks(text):
        try:
            yield Found(block.lines[0], _object(block))
        except BadQuestion as bad:
            yield Found(block.line_at(bad.at), None, bad.message, bad.params)


def _blocks(text: str) -> Iterator[Block]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    given: list[str] = []
    numbers: list[int] = []
    comments: list[str] = []

    def flush() -> Iterator[Block]:
        if given:
            said = "\n".join(comments)
            ids, tags = _ID.findall(said), [_plain(tag) for tag in _TAG.findall(said)]
            yield Block("\n".join(given), list(numbers), _plain(ids[-1]) if ids else None, tags)
            comments.clear()
        given.clear()
        numbers.clear()

    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare:
            yield from flush()
        elif bare.startswith("//"):
            if not given:  # after the question's first line nothing is said about it any more
                comments.append(bare)
        elif bare.startswith(CATEGORY):
            yield from flush()
            comments.clear()
            yield Block(bare, [number])
        else:
            given.append(line)
            numbers.append(number)
    yield from flush()


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _object(block: Block) -> Json:
    source = block.source
    if source.startswith(CATEGORY):
        return {"type": "Category", "title": source.removeprefix(CATEGORY).strip()}
    title, start = _title(source)
    kind = marker_of(source[start:], TextFormat.MOODLE)
    opened = first(source, "{", start)
    closed = first(source, "}", start)
    common: Json = {"id": block.id, "tags": block.tags or None, "title": title}
    if closed >= 0 and (opened < 0 or closed < opened):
        raise BadQuestion(closed, UNOPENED)
    if opened < 0:
        alone = rich_json(read_text(source[start:], kind))
        return {**common, "type": "Description", "stem": alone, "hasEmbeddedAnswers": False}
    if closed < 0:
        raise BadQuestion(opened, UNCLOSED)
    _refuse_braces(source, opened, closed)
    before, after = read_text(source[start:opened], kind), read_text(source[closed + 1 :], kind)
    answers = Answers(source, opened + 1, closed, kind).parse()
    stem = _joined(before, after, kind)
    return {**common, "stem": rich_json(stem), "hasEmbeddedAnswers": bool(after), **answers}


def _refuse_braces(source: str, opened: int, closed: int) -> None:
    second = first(source, "{", opened + 1)
    if 0 <= second < closed:
        raise BadQuestion(second, NESTED)
    for at in positions(source, "{}", closed + 1):
        raise BadQuestion(at, TWO_BLOCKS if source[at] == "{" else UNOPENED)


def _joined(before: Text, after: Text, kind: TextFormat) -> Text:
    """The stem; an answer inside it leaves a gap."""
    if not after:
        return before
    return Text(" ".join(part for part in (before.text, GAP, after.text) if part), kind)


def _title(source: str) -> tuple[str | None, int]:
    """The title and where the text begins."""
    start = len(source) - len(source.lstrip())
    if not source.startswith("::", start):
        return None, start
    end = first(source, "::", start + 2)
    if end < 0:
        raise BadQuestion(start, UNCLOSED_TITLE)
    return plain_text(source[start + 2 : end]) or None, end + 2
