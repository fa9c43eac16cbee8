"""Questions of the exam room as HTML, written without templates: a page of five costs well under a millisecond.

Everything of a text goes through `format_html`. Names and values are places of the taker's own order, so nothing of the
key shows (`logic.papers`).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic import papers
from nastavnik.assessment.logic.texts import Text, TextFormat
from nastavnik.assessment.web import rich

Question = Mapping[str, Any]


@lru_cache(maxsize=20_000)
def _block(text: str, format: str) -> SafeString:
    return rich.html(Text(text, TextFormat(format)))


@lru_cache(maxsize=50_000)
def _line(text: str, format: str) -> SafeString:
    return rich.line(Text(text, TextFormat(format)))


def question(asked: Question, order: papers.Order, answer: Any, name: str) -> SafeString:
    """Stem and controls of one question, with what was answered."""
    given = papers.shown(asked, order, answer)
    return format_html('<div class="prose">{}</div>{}', _block(*asked["stem"]), _controls(asked, order, given, name))


def _controls(asked: Question, order: papers.Order, given: Any, name: str) -> SafeString:
    match asked["kind"]:
        case ItemKind.SINGLE:
            choices = _options(asked, order)
            return _choices("radio", name, [(n, text, given == n) for n, text in enumerate(choices)])
        case ItemKind.MULTIPLE:
            chosen = given or []
            return _choices("checkbox", name, [(n, text, n in chosen) for n, text in enumerate(_options(asked, order))])
        case ItemKind.TRUE_FALSE:
            said = (("true", gettext("True"), given is True), ("false", gettext("False"), given is False))
            return _choices("radio", name, said)
        case ItemKind.MATCHING | ItemKind.ORDERING:
            return _selects(asked, order, given, name)
        case ItemKind.GAP:
            texts = given or [""] * asked["gaps"]
            rows = ((f"{name}-{n}", gettext("Gap {n}").format(n=n + 1), text or "") for n, text in enumerate(texts))
            return format_html_join("", _INPUT, ((field, label, field, field, text) for field, label, text in rows))
        case ItemKind.CASE:
            return _parts(asked, order, given, name)
        case ItemKind.ESSAY:
            return format_html(_AREA, name, gettext("Your answer"), name, name, given or "")
        case _:
            return format_html(_INPUT, name, gettext("Your answer"), name, name, given or "")


_CHOICE = '<label class="check"><input type="{}" name="{}" value="{}"{}><span>{}</span></label>'
_INPUT = (
    '<div class="field"><label for="{}">{}</label>'
    '<input class="input" name="{}" id="{}" value="{}" maxlength="20000" autocomplete="off"></div>'
)
_AREA = (
    '<div class="field"><label for="{}">{}</label>'
    '<textarea class="input" name="{}" id="{}" rows="8" maxlength="20000">{}</textarea></div>'
)
_SELECT = '<div class="field"><label for="{}">{}</label><select class="input" name="{}" id="{}">{}</select></div>'
_OPTION = '<option value="{}"{}>{}</option>'
_CHECKED = format_html(" {}", "checked")
_SELECTED = format_html(" {}", "selected")


def _options(asked: Question, order: papers.Order) -> list[SafeString]:
    options: Sequence[Sequence[str]] = asked["options"]
    return [_line(*options[place]) for place in (order if order is not None else range(len(options)))]


def _choices(kind: str, name: str, rows: Sequence[tuple[object, object, bool]]) -> SafeString:
    legend = gettext("Choose one") if kind == "radio" else gettext("Choose all that are right")
    labels = format_html_join("", _CHOICE, ((kind, name, n, _CHECKED if on else "", text) for n, text, on in rows))
    return format_html(
        '<fieldset class="field"><legend class="visually-hidden">{}</legend>{}</fieldset>', legend, labels
    )


def _selects(asked: Question, order: papers.Order, given: Any, name: str) -> SafeString:
    if asked["kind"] == ItemKind.ORDERING:
        size = len(asked["options"])
        offered: list[tuple[object, object]] = [(number, number) for number in range(1, size + 1)]
        places = {step: number for number, step in enumerate(given or (), start=1)}
        lefts = [(n, text, places.get(n, "")) for n, text in enumerate(_options(asked, order))]
        nothing = gettext("place")
    else:
        options = asked["options"]
        offered = [(n, options[place]) for n, place in enumerate(order or range(len(options)))]
        chosen = given or [None] * len(asked["lefts"])
        lefts = [(n, _line(*left), chosen[n]) for n, left in enumerate(asked["lefts"])]
        nothing = gettext("choose")
    rows = []
    for n, label, value in lefts:
        field = f"{name}-{n}"
        choices = format_html_join(
            "", _OPTION, ((one, _SELECTED if one == value else "", text) for one, text in (("", nothing), *offered))
        )
        rows.append((field, label, field, field, choices))
    return format_html_join("", _SELECT, rows)


def _parts(asked: Question, order: papers.Order, given: Any, name: str) -> SafeString:
    parts: Sequence[Question] = asked["parts"]
    orders = order or [None] * len(parts)
    answers = given or [None] * len(parts)
    rows = (
        (
            gettext("Question {n}").format(n=n + 1),
            _block(*part["stem"]),
            _controls(part, orders[n], answers[n], f"{name}-{n}"),
        )
        for n, part in enumerate(parts)
    )
    return format_html_join("", '<section class="stack-s"><h3>{}</h3><div class="prose">{}</div>{}</section>', rows)
