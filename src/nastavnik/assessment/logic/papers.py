"""The paper a taker gets: questions without keys, in an order of their own. Pure.

`question` strips a body to what may be shown. The places of options and steps would tell the key of an ordering and of
a matching, so a page never names them: it names places of the taker's own order, and `told` turns an answer given in
those into the one `logic.scoring` understands.

A layout is plain JSON: for each question of the paper `{"p": position in the form, "o": order}`. The order of a case is
a list of its parts' orders; None means as written.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.items import Body, Case, Gap, Matching, Multiple, Ordering, Single, maximum
from nastavnik.assessment.logic.scoring import ANSWER_LETTERS
from nastavnik.assessment.logic.texts import Text, TextFormat, clean

Order = list[Any] | None
Fields = Mapping[str, Sequence[str]]


def question(item: Body) -> dict[str, Any]:
    """What may be shown of an item before the attempt is closed, as JSON values."""
    found: dict[str, Any] = {"kind": item.kind.value, "stem": _written(item.stem), "points": str(maximum(item))}
    match item:
        case Single() | Multiple():
            found["options"] = [_written(one.text) for one in item.choices]
        case Matching():
            # Sorted: the author's order of the right sides may be that of the left ones.
            found["lefts"] = [_written(pair.left) for pair in item.asked]
            found["options"] = sorted(item.rights)
        case Ordering():
            found["options"] = [_written(step) for step in item.steps]
        case Gap():
            found["gaps"] = len(item.gaps)
        case Case():
            found["parts"] = [question(part) for part in item.parts]
        case _:
            pass
    return found


def _written(text: Text) -> list[str]:
    return [text.text, text.format.value]


def text_of(written: Sequence[str]) -> Text:
    """The text of a frozen question."""
    return Text(written[0], TextFormat(written[1]))


def layout(
    questions: Sequence[Mapping[str, Any]], *, seed: int, shuffles_items: bool, shuffles_options: bool
) -> list[dict[str, Any]]:
    """The order of questions and options for one taker; the same seed gives the same one."""
    lot = random.Random(seed)
    positions = list(range(1, len(questions) + 1))
    if shuffles_items:
        lot.shuffle(positions)
    return [{"p": place, "o": _order(questions[place - 1], lot, shuffles_options)} for place in positions]


def _order(question_: Mapping[str, Any], lot: random.Random, shuffles: bool) -> Order:
    kind = question_["kind"]
    if kind == ItemKind.CASE:
        return [_order(part, lot, shuffles) for part in question_["parts"]]
    always = kind in (ItemKind.ORDERING, ItemKind.MATCHING)
    if not (always or (shuffles and kind in (ItemKind.SINGLE, ItemKind.MULTIPLE))):
        return None
    order = list(range(len(question_["options"])))
    lot.shuffle(order)
    return order


def told(question_: Mapping[str, Any], order: Order, fields: Fields, name: str) -> Any:
    """The answer in posted fields, as scoring takes it; None where nothing usable was given."""
    match question_["kind"]:
        case ItemKind.CASE:
            orders = order or [None] * len(question_["parts"])
            parts = [
                told(part, orders[place], fields, f"{name}-{place}") for place, part in enumerate(question_["parts"])
            ]
            return parts if any(one is not None for one in parts) else None
        case ItemKind.SINGLE:
            return _source(order, _first(fields, name), len(question_["options"]))
        case ItemKind.MULTIPLE:
            size = len(question_["options"])
            places = {_source(order, one, size) for one in fields.get(name, ())} - {None}
            return sorted(place for place in places if place is not None) or None
        case ItemKind.TRUE_FALSE:
            return {"true": True, "false": False}.get(_first(fields, name))
        case ItemKind.MATCHING:
            return _matched(question_, order, fields, name)
        case ItemKind.ORDERING:
            return _ordered(question_, order, fields, name)
        case ItemKind.GAP:
            typed = [_typed(_first(fields, f"{name}-{place}")) for place in range(question_["gaps"])]
            return typed if any(typed) else None
        case _:
            return _typed(_first(fields, name)) or None


def _first(fields: Fields, name: str) -> str:
    given = fields.get(name) or ("",)
    return given[-1]


def _typed(text: str) -> str:
    return clean(text[:ANSWER_LETTERS])


def _number(text: str, size: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        return None
    return int(text) if int(text) < size else None


def _source(order: Order, text: str, size: int) -> int | None:
    """The place in the item of what stands at a place of the page."""
    shown = _number(text, size)
    if shown is None:
        return None
    return shown if order is None else int(order[shown])


def _matched(question_: Mapping[str, Any], order: Order, fields: Fields, name: str) -> list[str] | None:
    options: list[str] = question_["options"]
    places = [_source(order, _first(fields, f"{name}-{n}"), len(options)) for n in range(len(question_["lefts"]))]
    texts = [options[place] if place is not None else "" for place in places]
    return texts if any(texts) else None


def _ordered(question_: Mapping[str, Any], order: Order, fields: Fields, name: str) -> list[int] | None:
    """The steps by the numbers given to them; None unless each number was given once."""
    size = len(question_["options"])
    given = {_number(_first(fields, f"{name}-{shown}"), size + 1): shown for shown in range(size)}
    if set(given) != set(range(1, size + 1)):
        return None
    steps = order or list(range(size))
    return [int(steps[given[number]]) for number in range(1, size + 1)]


def shown(question_: Mapping[str, Any], order: Order, answer: Any) -> Any:
    """The reverse of `told` for what a page marks as chosen: places of the page for places of the item."""
    kind = question_["kind"]
    if answer is None or (order is None and kind not in (ItemKind.MATCHING, ItemKind.CASE)):
        return answer
    match kind:
        case ItemKind.CASE:
            orders = order or [None] * len(question_["parts"])
            return [shown(*one) for one in zip(question_["parts"], orders, answer, strict=True)]
        case ItemKind.SINGLE:
            return order.index(answer) if order else answer
        case ItemKind.MULTIPLE:
            return [order.index(place) for place in answer] if order else answer
        case ItemKind.MATCHING:
            options = question_["options"]
            seats = order or list(range(len(options)))
            return [seats.index(options.index(text)) if text else None for text in answer]
        case ItemKind.ORDERING:
            return [order.index(step) for step in answer] if order else answer
        case _:
            return answer
