"""Options of an item of choice as the statistics need them: who ticked what, which of them is the key."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.assessment.logic.items import Body, Multiple, Single, TrueFalse
from nastavnik.assessment.logic.psychometrics.bands import guess_share
from nastavnik.assessment.logic.psychometrics.distractors import KeyDoubt, Option, key_doubt, options
from nastavnik.assessment.logic.rich_text import words

SURE = 1.96
"""Standard errors of a correlation, 1 / sqrt(n), from which it is not put down to chance."""

Ticks = list[set[str] | None]


@dataclass(frozen=True)
class OptionLine:
    """One option with its text and its figures."""

    text: str
    figures: Option


@dataclass(frozen=True)
class Options:
    """All options of an item; none for kinds without options."""

    lines: list[OptionLine]
    doubt: KeyDoubt | None
    answers: int = 0

    @property
    def is_suspect(self) -> bool:
        """Whether the doubt is beyond chance: another option draws the strong, or the key repels them for sure.

        An item that nearly everybody knows has a correlation about nought, and half of those are below it.
        """
        if self.doubt is None:
            return False
        return self.doubt.instead is not None or self.doubt.key_rest < -SURE / math.sqrt(self.answers)

    @property
    def instead(self) -> str:
        """The text of the option that the answers suggest as the key."""
        wanted = self.doubt.instead if self.doubt else None
        return next((line.text for line in self.lines if line.figures.code == wanted), "")


def texts_of(body: Body) -> list[tuple[str, str, bool]]:
    """Code, text and whether it is right, of every option; codes are what answers are kept as."""
    match body:
        case Single() | Multiple():
            return [(str(n), words(one.text), one.share > 0) for n, one in enumerate(body.choices)]
        case TrueFalse():
            return [("true", _("True"), body.is_true), ("false", _("False"), not body.is_true)]
        case _:
            return []


def ticked(body: Body, answers: Sequence[Any]) -> Ticks:
    """What each taker ticked; nothing for an answer left empty."""
    if isinstance(body, Multiple):
        return [{str(place) for place in answer or ()} for answer in answers]
    if isinstance(body, TrueFalse):
        return [set() if answer is None else {"true" if answer else "false"} for answer in answers]
    return [set() if answer is None else {str(answer)} for answer in answers]


def options_of(body: Body, answers: Sequence[Any], rest: Sequence[float | None]) -> Options:
    """Figures of the options, and whether the key is to be doubted."""
    known = texts_of(body)
    if not known or not answers:
        return Options([], None)
    keys = {code for code, _text, is_right in known if is_right}
    found = options(ticked(body, answers), rest, keys=keys, codes=[code for code, _text, _right in known])
    lines = [OptionLine(text, figures) for (_code, text, _right), figures in zip(known, found, strict=True)]
    counted = sum(one is not None for one in rest)
    return Options(lines, None if isinstance(body, Multiple) else key_doubt(found, counted), counted)


def guess_of(body: Body) -> float | None:
    """Expected share of points by guessing; None where guessing is hopeless or unknown."""
    if isinstance(body, TrueFalse):
        return 0.5
    if isinstance(body, Single) and body.choices:
        return guess_share(len(body.choices), sum(one.share > 0 for one in body.choices) or 1)
    return None
