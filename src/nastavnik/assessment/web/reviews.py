"""A finished attempt question by question, with right answers. Only for after the window."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nastavnik.assessment.actions import results
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
    Span,
    TrueFalse,
)
from nastavnik.assessment.logic.scoring import Score, UnfitAnswer, multiple_shares, score
from nastavnik.assessment.models import Attempt, ItemResult
from nastavnik.assessment.web import rich

_LINES = "<ul>{}</ul>"


@dataclass(frozen=True)
class Reviewed:
    """One question of the review; a case has its parts."""

    stem: SafeString
    given: SafeString | str
    right: SafeString | str
    feedback: list[SafeString]
    points: Any = None
    maximum: Any = None
    source: str = ""
    is_full: bool = False
    position: int = 0
    parts: list["Reviewed"] = field(default_factory=list)


def questions(attempt: Attempt) -> list[Reviewed]:
    """In the order the person had them; three queries."""
    result = results.first_result(attempt)
    rows = ItemResult.objects.filter(result=result).select_related("version", "item")
    by_position = {row.position: row for row in rows}
    laid = [by_position[one["p"]] for one in attempt.layout if one["p"] in by_position]
    return [_row(row) for row in laid]


def _row(row: ItemResult) -> Reviewed:
    body = row.version.content
    parts: list[Reviewed] = []
    if isinstance(body, Case):
        answers = row.answer if isinstance(row.answer, list) else [None] * len(body.parts)
        parts = [_one(part, answer) for part, answer in zip(body.parts, answers, strict=True)]
    one = _one(body, row.answer)
    return Reviewed(
        one.stem, one.given, one.right, one.feedback, row.points, row.max_points, row.item.source,
        row.points == row.max_points, row.position, parts,
    )  # fmt: skip


def _one(body: Body, answer: Any) -> Reviewed:
    found = _score(body, answer)
    feedback = [rich.html(text) for text in (*found.feedbacks, body.feedback) if text]
    return Reviewed(rich.html(body.stem), given(body, answer), right(body), feedback, is_full=found.is_full)


def _score(body: Body, answer: Any) -> Score:
    try:
        return score(body, answer)
    except UnfitAnswer:
        return score(body, None)


def _list(texts: Any) -> SafeString:
    return format_html(_LINES, format_html_join("", "<li>{}</li>", ((text,) for text in texts)))


def given(body: Body, answer: Any) -> SafeString | str:
    """What was answered, in words."""
    if answer is None:
        return gettext("no answer")
    match body:
        case Single():
            return rich.line(body.choices[answer].text)
        case Multiple():
            return _list(rich.line(body.choices[place].text) for place in answer)
        case TrueFalse():
            return gettext("True") if answer else gettext("False")
        case Matching():
            return _pairs((pair.left, text or "–") for pair, text in zip(body.asked, answer, strict=True))
        case Ordering():
            return _list(rich.line(body.steps[step]) for step in answer)
        case Gap():
            return _list(text or "–" for text in answer)
        case Case():
            return ""
        case _:
            return str(answer)


def _pairs(rows: Any) -> SafeString:
    return _list(format_html("{} — {}", rich.line(left), text) for left, text in rows)


def right(body: Body) -> SafeString | str:
    """The right answer, in words; nothing for an open one."""
    match body:
        case Single():
            return _best(body.choices)
        case Multiple():
            shares = multiple_shares(body)
            return _list(rich.line(one.text) for one, share in zip(body.choices, shares, strict=True) if share > 0)
        case TrueFalse():
            return gettext("True") if body.is_true else gettext("False")
        case Matching():
            return _pairs((pair.left, pair.right) for pair in body.asked)
        case Ordering():
            return _list(rich.line(step) for step in body.steps)
        case Gap():
            return _list(_best(gap) for gap in body.gaps)
        case Short():
            return _best(body.answers)
        case Number():
            return ", ".join(_number(one) for one in body.numbers if one.share > 0)
        case Essay() | Case():
            return ""


def _best(choices: tuple[Choice, ...]) -> SafeString | str:
    best = max(choices, key=lambda one: one.share, default=None)
    return rich.line(best.text) if best else ""


def _number(one: NumberChoice) -> str:
    if one.span == Span.ANY:
        return gettext("any number")
    if one.span == Span.BETWEEN:
        return f"{one.number} … {one.high}"
    return f"{one.number} ± {one.tolerance}" if one.tolerance else str(one.number)
