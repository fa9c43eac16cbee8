"""Drafts to Moodle XML, in the form Moodle itself writes, so that its import reads it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.formats import cloze
from nastavnik.assessment.logic.formats.drafts import NO_KIND, Draft, Unwritable, Writing, by_topic, category_of
from nastavnik.assessment.logic.formats.moodle_read import FORMATS
from nastavnik.assessment.logic.items import (
    Body,
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
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.scoring import multiple_shares
from nastavnik.assessment.logic.texts import Text, TextFormat

_NAMES = {kind: name for name, kind in FORMATS.items()}
NO_SHARE = gettext_noop("Moodle cannot share these points equally among the gaps.")
RUBRIC = gettext_noop("Moodle XML has no rubrics.")
EMBEDDED = gettext_noop("Moodle cannot write this answer inside the text.")
OTHER_FORMAT = gettext_noop("Moodle writes embedded answers in the format of their text.")
MESSAGES = (NO_SHARE, RUBRIC, EMBEDDED, OTHER_FORMAT, NO_KIND)


def write(drafts: Sequence[Draft]) -> Writing:
    """A <quiz> with a category question before the items of each topic."""
    parts, left_out, topic = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], [], tuple[str, ...]()
    for draft in by_topic(drafts):
        try:
            question = _question(draft)
        except Unwritable as error:
            left_out.append((draft, str(error)))
            continue
        if draft.topic != topic:
            topic = draft.topic
            path = escape(category_of(topic))
            parts.append(f'<question type="category"><category><text>{path}</text></category></question>')
        parts.append(question)
    return Writing("\n".join([*parts, "</quiz>"]) + "\n", tuple(left_out))


def _question(draft: Draft) -> str:
    item = draft.item
    if isinstance(item, Gap) or getattr(item, "embedded", False):
        kind, stem, lines = "cloze", _embedded(item), []
    else:
        kind, lines = _WRITERS[item.kind](item) if item.kind in _WRITERS else _refused()
        stem = item.stem
    head = [
        f'<question type="{kind}">',
        f"<name><text>{escape(item.title)}</text></name>",
        _rich("questiontext", stem),
        _rich("generalfeedback", item.feedback) if item.feedback else "",
        f"<defaultgrade>{_points(item)}</defaultgrade>",
        f"<idnumber>{escape(draft.external_id)}</idnumber>" if draft.external_id else "",
    ]
    tags = "".join(f"<tag><text>{escape(tag)}</text></tag>" for tag in draft.tags)
    return "\n".join(filter(None, [*head, *lines, f"<tags>{tags}</tags>" if tags else "", "</question>"]))


def _refused() -> Any:
    raise Unwritable(NO_KIND)


def _points(item: Body) -> str:
    return format(Decimal(item.points.numerator) / Decimal(item.points.denominator), "f")


def _inner(text: Text) -> str:
    return f"<text>{escape(text.text)}</text>"


def _rich(tag: str, text: Text, **attributes: str) -> str:
    said = {**attributes, "format": _NAMES[text.format]}
    return f"<{tag}{''.join(f' {name}={quoteattr(value)}' for name, value in said.items())}>{_inner(text)}</{tag}>"


def _answer(weight: Decimal, text: Text, feedback: Text | None, more: str = "") -> str:
    said = _rich("feedback", feedback) if feedback else ""
    return f'<answer fraction="{weight:f}" format="{_NAMES[text.format]}">{_inner(text)}{said}{more}</answer>'


def weight_of(one: Choice | NumberChoice) -> Decimal:
    """Per cent of an option that may have no weight of its own."""
    return one.weight if one.weight is not None else Decimal(100 if one.is_right else 0)


def _single(item: Single) -> tuple[str, list[str]]:
    answers = [_answer(weight_of(one), one.text, one.feedback) for one in item.choices]
    return "multichoice", ["<single>true</single>", *answers]


def _multiple(item: Multiple) -> tuple[str, list[str]]:
    if any(one.weight is not None for one in item.choices):
        weights = [weight_of(one) for one in item.choices]
    else:
        weights = [round(Decimal(s.numerator * 100) / s.denominator, 5) for s in multiple_shares(item)]
    answers = [_answer(w, one.text, one.feedback) for w, one in zip(weights, item.choices, strict=True)]
    return "multichoice", ["<single>false</single>", *answers]


def _true_false(item: TrueFalse) -> tuple[str, list[str]]:
    said = ((True, "true", item.if_true), (False, "false", item.if_false))
    return "truefalse", [
        _answer(Decimal(100 if truth == item.is_true else 0), Text(word, TextFormat.MOODLE), feedback)
        for truth, word, feedback in said
    ]


def _short(item: Short) -> tuple[str, list[str]]:
    return "shortanswer", ["<usecase>0</usecase>"] + [
        _answer(weight_of(one), one.text, one.feedback) for one in item.answers
    ]


def numbers_of(one: NumberChoice) -> tuple[str, Decimal]:
    """A number with its tolerance; an interval is its middle and half its width."""
    if one.span == Span.ANY:
        return "*", Decimal(0)
    if one.span == Span.BETWEEN:
        return f"{(one.number + one.high) / 2:f}", (one.high - one.number) / 2
    return f"{one.number:f}", one.tolerance


def _number(item: Number) -> tuple[str, list[str]]:
    lines = []
    for one in item.numbers:
        number, tolerance = numbers_of(one)
        more = f"<tolerance>{tolerance:f}</tolerance>"
        lines.append(_answer(weight_of(one), Text(number, TextFormat.MOODLE), one.feedback, more))
    return "numerical", lines


def _matching(item: Matching) -> tuple[str, list[str]]:
    return "matching", [
        f'<subquestion format="{_NAMES[pair.left.format]}">{_inner(pair.left)}'
        f"<answer><text>{escape(pair.right)}</text></answer></subquestion>"
        for pair in item.pairs
    ]


def _ordering(item: Ordering) -> tuple[str, list[str]]:
    steps = [_answer(Decimal(place), step, None) for place, step in enumerate(item.steps, start=1)]
    return "ordering", ["<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>", *steps]


def _essay(item: Essay) -> tuple[str, list[str]]:
    if item.rubric:
        raise Unwritable(RUBRIC)
    return "essay", ["<responseformat>editor</responseformat>"]


def _embedded(item: Body) -> Text:
    """The stem with its answers inside."""
    gaps: list[tuple[str, list[tuple[str, Choice | NumberChoice]]]]
    match item:
        case Gap():
            gaps = [("SHORTANSWER", [(one.text.text, one) for one in gap]) for gap in item.gaps]
        case Single():
            gaps = [("MULTICHOICE", [(one.text.text, one) for one in item.choices])]
        case Number():
            said = [(numbers_of(one), one) for one in item.numbers]
            gaps = [("NUMERICAL", [(n + (f":{t:f}" if t else ""), one) for (n, t), one in said])]
        case _:
            raise Unwritable(EMBEDDED)
    _same_format(item.stem, [one for _kind, answers in gaps for _text, one in answers])
    text = cloze.write(gaps, item.stem.text, item.points) if gaps and all(answers for _kind, answers in gaps) else None
    if text is None:
        raise Unwritable(NO_SHARE)
    return Text(text, item.stem.format)


def _same_format(stem: Text, answers: Sequence[Choice | NumberChoice]) -> None:
    texts = [one.feedback for one in answers if one.feedback] + [one.text for one in answers if isinstance(one, Choice)]
    if any(text.format != stem.format for text in texts) or "{" in stem.text or "}" in stem.text:
        raise Unwritable(OTHER_FORMAT)


_WRITERS: dict[ItemKind, Callable[[Any], tuple[str, list[str]]]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.SHORT: _short,
    ItemKind.NUMBER: _number,
    ItemKind.MATCHING: _matching,
    ItemKind.ORDERING: _ordering,
    ItemKind.ESSAY: _essay,
}
