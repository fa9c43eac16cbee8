"""The columns of a workbook of items, and how a mark, a number and a list of variants stand in a cell."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.items import Choice, NumberChoice, Span
from nastavnik.assessment.logic.messages import gettext_noop

COLUMNS = (
    "Case", "Kind", "Topic", "Tags", "Title", "Text", "Format", "Points", "Feedback", "In text", "Id", "Source",
)  # fmt: skip
NUMBERED = ("Answer", "Value", "Feedback")
_RUSSIAN = {
    "кейс": "Case", "вид": "Kind", "тема": "Topic", "метки": "Tags", "название": "Title", "текст": "Text",
    "формат": "Format", "баллы": "Points", "пояснение": "Feedback", "в тексте": "In text", "номер": "Id",
    "источник": "Source", "ответ": "Answer", "значение": "Value",
}  # fmt: skip
_KINDS_RU = {
    "один из нескольких": ItemKind.SINGLE,
    "несколько из нескольких": ItemKind.MULTIPLE,
    "верно или неверно": ItemKind.TRUE_FALSE,
    "соответствие": ItemKind.MATCHING,
    "порядок": ItemKind.ORDERING,
    "пропуски в тексте": ItemKind.GAP,
    "короткий текст": ItemKind.SHORT,
    "число": ItemKind.NUMBER,
    "открытый ответ": ItemKind.ESSAY,
    "кейс": ItemKind.CASE,
}
TRUE = {"true", "yes", "+", "1", "да", "верно"}
FALSE = {"false", "no", "-", "0", "нет", "неверно"}
_HEADING = re.compile(r"(.*?)\s*(\d{1,3})?")
_MARK = re.compile(r"(?P<right>\+?)(?P<weight>-?\d+(?:[.,]\d+)?)?%?")
_NUMBER = r"-?\d+(?:\.\d+)?"
_SPAN = re.compile(rf"(?P<number>{_NUMBER})(?:\s*(?:±|:)\s*(?P<within>\d+(?:\.\d+)?)|\s*\.\.\s*(?P<high>{_NUMBER}))?")


class BadCell(Exception):
    """A cell cannot be read; the message is an English sentence."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


BAD_MARK = gettext_noop("The value “{text}” is no mark: + for a right answer, or a share from -100 to 100.")
BAD_NUMBER = gettext_noop("“{text}” is no number, no 5±0.1 and no 1..5.")
MESSAGES = (BAD_MARK, BAD_NUMBER)


def heading(text: str) -> tuple[str, int | None]:
    """The column a heading names, in either language, and its number."""
    found = _HEADING.fullmatch(" ".join(text.lower().split()))
    name, number = (found[1], found[2]) if found else (text, None)
    known = {column.lower(): column for column in (*COLUMNS, *NUMBERED)} | _RUSSIAN
    return known.get(name, ""), int(number) if number else None


def kind_of(text: str) -> ItemKind | None:
    """The kind a cell names, by code or by its Russian name."""
    plain = " ".join(text.lower().split())
    return _KINDS_RU.get(plain) or next((kind for kind in ItemKind if kind.value == plain.replace(" ", "_")), None)


def mark_of(one: Choice | NumberChoice, *, usual: bool) -> str:
    """`+` right, `+50` or `50` a share, `-` wrong; nothing where it is what the kind expects."""
    if one.weight is None and one.is_right == usual:
        return ""
    if one.weight is None:
        return "+" if one.is_right else "-"
    return f"{'+' if one.is_right else ''}{one.weight:f}"


def read_mark(text: str, *, usual: bool) -> dict[str, Any]:
    """What a mark says. Raises BadCell."""
    plain = text.strip().lower()
    if not plain:
        return {"is_right": usual}
    if plain in TRUE - {"1"} or plain in FALSE - {"0"}:
        return {"is_right": plain in TRUE}
    found = _MARK.fullmatch(plain)
    if found is None or found["weight"] is None:
        raise BadCell(BAD_MARK, text=text[:40])
    weight = Decimal(found["weight"].replace(",", "."))
    if not -100 <= weight <= 100:
        raise BadCell(BAD_MARK, text=text[:40])
    return {"is_right": bool(found["right"]), "weight": weight}


def span_of(one: NumberChoice) -> str:
    """An accepted number as a cell."""
    if one.span == Span.ANY:
        return "*"
    if one.span == Span.BETWEEN:
        return f"{one.number:f}..{one.high:f}"
    return f"{one.number:f}" + (f"±{one.tolerance:f}" if one.span == Span.RANGE else "")


def read_span(text: str) -> dict[str, Any]:
    """The opposite. Raises BadCell."""
    plain = text.strip().replace("\u2212", "-").replace(",", ".")
    if plain == "*":
        return {"span": Span.ANY}
    found = _SPAN.fullmatch(plain) if len(plain) < 100 else None
    if found is None:
        raise BadCell(BAD_NUMBER, text=text[:40])
    number = Decimal(found["number"])
    if found["high"]:
        return {"span": Span.BETWEEN, "number": number, "high": Decimal(found["high"])}
    if found["within"]:
        return {"span": Span.RANGE, "number": number, "tolerance": Decimal(found["within"])}
    return {"span": Span.SIMPLE, "number": number}


def variants(texts: Sequence[str]) -> str:
    """Several accepted texts in one cell."""
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def read_variants(cell: str) -> list[str]:
    """The opposite."""
    parts = re.findall(r"(?:\\.|[^\\|])+", cell, re.S)
    return [found for part in parts if (found := re.sub(r"\\(.)", r"\1", part, flags=re.S).strip())]
