"""Moodle's embedded answers, `{1:SHORTANSWER:=a#right~%50%b}`: gaps in a text, or one answer inside it.

Only SHORTANSWER, MULTICHOICE and NUMERICAL in their plain forms; several gaps are all typed texts.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nastavnik.assessment.logic.items import GAP, Body, Choice, Gap, Number, NumberChoice, Single, Span
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat, rich

_SPOT = re.compile(r"\{(?P<points>\d{0,6}):(?P<type>[A-Z_]+):(?P<answers>(?:\\.|[^\\{}])*)\}", re.S)
_ANSWER = re.compile(r"(?P<mark>=|%(?P<weight>-?\d+(?:\.\d+)?)%)?(?P<text>(?:\\.|[^\\#])*)(?:#(?P<feedback>.*))?", re.S)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?")
_SHORT = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_CHOICE = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"}
_NUMERICAL = {"NUMERICAL", "NM"}
NO_SPOT = gettext_noop("The embedded answers cannot be found in the text.")
MIXED = gettext_noop("A text with embedded answers of several types cannot be taken over.")
BAD_ANSWER = gettext_noop("The embedded answer “{text}” cannot be read.")
MESSAGES = (NO_SPOT, MIXED, BAD_ANSWER)
_SHOWN = 40


class BadCloze(Exception):
    """The embedded answers cannot be taken over; the message is an English sentence."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


def read(common: dict[str, Any]) -> Body:
    """The item of a cloze question whose text still holds the answers. Raises BadCloze."""
    stem: Text = common["stem"]
    spots = list(_SPOT.finditer(stem.text))
    if not spots:
        raise BadCloze(NO_SPOT)
    total = sum(int(spot["points"] or 1) for spot in spots)
    said = {**common, "stem": rich(_SPOT.sub(GAP, stem.text), stem.format), "points": Fraction(total or 1)}
    types = {spot["type"] for spot in spots}
    if types <= _SHORT:
        return Gap(**said, gaps=tuple(tuple(_choices(spot, stem.format, typed=True)) for spot in spots))
    if len(spots) == 1 and types <= _CHOICE:
        return Single(**said, choices=tuple(_choices(spots[0], stem.format, typed=False)), embedded=True)
    if len(spots) == 1 and types <= _NUMERICAL:
        return Number(**said, numbers=tuple(_numbers(spots[0], stem.format)), embedded=True)
    raise BadCloze(MIXED)


def _answers(spot: re.Match[str]) -> list[re.Match[str]]:
    found = []
    for part in re.split(r"(?<!\\)~", spot["answers"]):
        if part:
            answer = _ANSWER.fullmatch(part)
            if answer is None:
                raise BadCloze(BAD_ANSWER, text=part[:_SHOWN])
            found.append(answer)
    return found


def _said(answer: re.Match[str], format: TextFormat, *, typed: bool) -> dict[str, Any]:
    """Mark, weight and feedback; every typed answer is an accepted one, of whatever share."""
    weight = Decimal(answer["weight"]) if answer["weight"] else None
    if weight is not None and not -100 <= weight <= 100:
        raise BadCloze(BAD_ANSWER, text=answer[0][:_SHOWN])
    feedback = rich(_bare(answer["feedback"] or ""), format) or None
    if answer["mark"] == "=" or weight == 100:
        return {"is_right": True, "feedback": feedback}
    if typed:
        return {"is_right": True, "weight": weight or Decimal(0), "feedback": feedback}
    return {"is_right": False, "weight": weight or None, "feedback": feedback}


def _bare(text: str) -> str:
    return re.sub(r"\\([{}~#\\=])", r"\1", text)


def _choices(spot: re.Match[str], format: TextFormat, *, typed: bool) -> list[Choice]:
    return [Choice(rich(_bare(one["text"]), format), **_said(one, format, typed=typed)) for one in _answers(spot)]


def _numbers(spot: re.Match[str], format: TextFormat) -> list[NumberChoice]:
    found = []
    for one in _answers(spot):
        text, said = one["text"].strip(), _said(one, format, typed=True)
        if text == "*":
            found.append(NumberChoice(Span.ANY, **said))
            continue
        number = _NUMBER.fullmatch(text)
        if number is None:
            raise BadCloze(BAD_ANSWER, text=text[:_SHOWN])
        within = Decimal(number[2] or 0)
        found.append(NumberChoice(Span.RANGE if within else Span.SIMPLE, Decimal(number[1]), within, **said))
    return found


def write(gaps: list[tuple[str, list[tuple[str, Choice | NumberChoice]]]], stem: str, points: Fraction) -> str | None:
    """The stem with its gaps filled; each gap is a type and its answers as text. None where points cannot be shared."""
    each = points / len(gaps)
    parts = stem.split(GAP)
    if each.denominator != 1 or len(parts) != len(gaps) + 1:
        return None
    spots = [f"{{{each.numerator}:{kind}:{'~'.join(_written(*one) for one in answers)}}}" for kind, answers in gaps]
    return "".join(part + spot for part, spot in zip(parts, [*spots, ""], strict=True))


def _written(text: str, one: Choice | NumberChoice) -> str:
    mark = "=" if one.is_right and one.weight is None else "" if one.weight is None else f"%{one.weight:f}%"
    feedback = f"#{_escaped(one.feedback.text)}" if one.feedback else ""
    return mark + _escaped(text) + feedback


def _escaped(text: str) -> str:
    return re.sub(r"[{}~#\\=]", r"\\\g<0>", text)
