"""What an answer is worth: exact points as fractions, with partial credit. Pure.

An answer is what a page posts, as plain values: the place of an option (single), places (multiple, ordering), texts
(gap, matching: the right side put to each left one), a bool, a text, one answer per part (case). None or an empty
answer is no answer and brings nothing. What cannot be an answer of the kind raises UnfitAnswer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.items import (
    Body,
    Case,
    Choice,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Ordering,
    Short,
    Single,
    TrueFalse,
    maximum,
)
from nastavnik.assessment.logic.texts import Text, matches
from nastavnik.kernel.errors import InvalidInput

ANSWER_LETTERS = 20_000
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
_NUMBER_LETTERS = 60


class UnfitAnswer(InvalidInput):
    """The answer does not fit the question. Load the page again and answer once more."""


@dataclass(frozen=True)
class Score:
    """Points of `maximum`; `to_mark` of them wait for a person. `feedbacks` belong to what was answered."""

    points: Fraction
    maximum: Fraction
    to_mark: Fraction = Fraction(0)
    feedbacks: tuple[Text, ...] = ()
    parts: tuple["Score", ...] = ()

    @property
    def is_full(self) -> bool:
        return self.points == self.maximum


def score(item: Body, answer: Any) -> Score:
    """The worth of one answer. Raises UnfitAnswer."""
    if answer is None or answer in ("", [], ()):
        return _empty(item)
    return _SCORERS[item.kind](item, answer)


def _empty(item: Body) -> Score:
    if isinstance(item, Case):
        return _case(item, [None] * len(item.parts))
    return Score(Fraction(0), item.points)


def _scored(item: Body, share: Fraction, *feedbacks: Text | None) -> Score:
    """A share of the item's points, never below nothing and never above all."""
    whole = maximum(item)
    return Score(whole * min(max(share, Fraction(0)), Fraction(1)), whole, feedbacks=tuple(f for f in feedbacks if f))


def _places(answer: Any, size: int) -> list[int]:
    """Different places of existing options."""
    if not isinstance(answer, list | tuple) or not all(type(one) is int and 0 <= one < size for one in answer):
        raise UnfitAnswer
    if len(set(answer)) != len(answer):
        raise UnfitAnswer
    return list(answer)


def _text(answer: Any) -> str:
    if not isinstance(answer, str) or len(answer) > ANSWER_LETTERS:
        raise UnfitAnswer
    return answer


def _texts(answer: Any, size: int) -> list[str]:
    if not isinstance(answer, list | tuple) or len(answer) != size:
        raise UnfitAnswer
    return [_text("" if one is None else one) for one in answer]


def _single(item: Single, answer: Any) -> Score:
    (place,) = _places([answer], len(item.choices))
    chosen = item.choices[place]
    return _scored(item, chosen.share, chosen.feedback)


def _multiple(item: Multiple, answer: Any) -> Score:
    chosen = [item.choices[place] for place in sorted(_places(answer, len(item.choices)))]
    shares = multiple_shares(item)
    total = sum((shares[place] for place in _places(answer, len(item.choices))), Fraction(0))
    return _scored(item, total, *(one.feedback for one in chosen))


def multiple_shares(item: Multiple) -> list[Fraction]:
    """The share of each option. Where the author gave no weights, right ones share the points equally and each wrong
    one takes as much away, so that marking everything brings nothing.
    """
    if any(one.weight is not None for one in item.choices):
        return [one.share for one in item.choices]
    right = sum(one.is_right for one in item.choices)
    each = Fraction(1, right) if right else Fraction(0)
    return [each if one.is_right else -each for one in item.choices]


def _true_false(item: TrueFalse, answer: Any) -> Score:
    if not isinstance(answer, bool):
        raise UnfitAnswer
    return _scored(item, Fraction(int(answer == item.is_true)), item.if_true if answer else item.if_false)


def _matching(item: Matching, answer: Any) -> Score:
    asked = item.asked
    given = _texts(answer, len(asked))
    if any(one and one not in item.rights for one in given):
        raise UnfitAnswer
    right = sum(one == pair.right for one, pair in zip(given, asked, strict=True))
    return _scored(item, Fraction(right, len(asked) or 1))


def _ordering(item: Ordering, answer: Any) -> Score:
    """The share of neighbours in the right order: one step moved costs little, the reverse order brings nothing."""
    places = _places(answer, len(item.steps))
    if len(places) != len(item.steps):
        raise UnfitAnswer
    texts = [item.steps[place] for place in places]
    if texts == list(item.steps):
        return _scored(item, Fraction(1))
    pairs = len(places) - 1
    kept = sum(second == first + 1 for first, second in pairwise(places))
    return _scored(item, Fraction(kept, pairs) if pairs else Fraction(1))


def best(answers: Sequence[Choice], typed: str) -> Choice | None:
    """The accepted answer of the largest share that what was typed matches."""
    found = [one for one in answers if matches(typed, one.text.text)]
    return max(found, key=lambda one: one.share, default=None)


def _gap(item: Gap, answer: Any) -> Score:
    found = [
        best(gap, typed) if typed.strip() else None
        for gap, typed in zip(item.gaps, _texts(answer, len(item.gaps)), strict=True)
    ]
    total = sum((max(one.share, Fraction(0)) for one in found if one), Fraction(0))
    return _scored(item, total / (len(item.gaps) or 1), *(one.feedback for one in found if one))


def _short(item: Short, answer: Any) -> Score:
    found = best(item.answers, _text(answer))
    return _scored(item, found.share, found.feedback) if found else _scored(item, Fraction(0))


def number_of(typed: str) -> Fraction | None:
    """The number somebody typed: a comma or a point, blanks between thousands, any minus; None when it is none.

    >>> number_of("1 234,5"), number_of("−3"), number_of("many")
    (Fraction(2469, 2), Fraction(-3, 1), None)
    """
    plain = re.sub(r"\s", "", typed).replace("\u2212", "-").replace(",", ".").lower()
    if len(plain) > _NUMBER_LETTERS or not plain.isascii() or not _NUMBER.fullmatch(plain):
        return None
    return Fraction(plain)


def _number(item: Number, answer: Any) -> Score:
    given = number_of(_text(answer))
    found: list[NumberChoice] = [one for one in item.numbers if given is not None and one.accepts(given)]
    counted = max(found, key=lambda one: one.share, default=None)
    return _scored(item, counted.share, counted.feedback) if counted else _scored(item, Fraction(0))


def _essay(item: Essay, answer: Any) -> Score:
    return Score(Fraction(0), item.points, to_mark=item.points if _text(answer).strip() else Fraction(0))


def _case(item: Case, answer: Any) -> Score:
    if not isinstance(answer, list | tuple) or len(answer) != len(item.parts):
        raise UnfitAnswer
    parts = tuple(score(part, one) for part, one in zip(item.parts, answer, strict=True))
    points = sum((one.points for one in parts), Fraction(0))
    to_mark = sum((one.to_mark for one in parts), Fraction(0))
    return Score(points, maximum(item), to_mark=to_mark, parts=parts)


_SCORERS: dict[ItemKind, Callable[[Any, Any], Score]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.MATCHING: _matching,
    ItemKind.ORDERING: _ordering,
    ItemKind.GAP: _gap,
    ItemKind.SHORT: _short,
    ItemKind.NUMBER: _number,
    ItemKind.ESSAY: _essay,
    ItemKind.CASE: _case,
}
