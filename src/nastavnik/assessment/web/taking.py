"""A question as its taker sees it, and what comes back. No key, share or feedback is in what is drawn."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.items import (
    Body,
    Case,
    Gap,
    Matching,
    Multiple,
    Ordering,
    Single,
    TrueFalse,
    maximum,
)
from nastavnik.assessment.web import rich
from nastavnik.assessment.web.common import points_text

_LONGEST = 20_000


@dataclass(frozen=True)
class Field:
    """One control: its name, what stands beside it, what may be chosen, what was chosen."""

    name: str
    label: SafeString | str
    choices: list[tuple[str, str]] = field(default_factory=list)
    value: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Taking:
    """One question on a page."""

    kind: str
    name: str
    stem: SafeString
    points: str
    fields: list[Field] = field(default_factory=list)
    value: str = ""
    parts: list["Taking"] = field(default_factory=list)


def taking(item: Body, given: Any = None, *, name: str = "a", seed: str = "") -> Taking:
    """The question with the answer given so far. `seed` fixes the order in which sides and steps are offered."""
    fields = _fields(item, given, name, seed)
    parts: list[Taking] = []
    if isinstance(item, Case):
        answers = given if isinstance(given, list) else [None] * len(item.parts)
        parts = [
            taking(part, one, name=f"{name}-{place}", seed=seed)
            for place, (part, one) in enumerate(zip(item.parts, answers, strict=True))
        ]
    value = given if isinstance(given, str) else ""
    return Taking(item.kind.value, name, rich.html(item.stem), points_text(maximum(item)), fields, value, parts)


def _fields(item: Body, given: Any, name: str, seed: str) -> list[Field]:
    match item:
        case Single():
            return [Field(name, rich.line(one.text), value=str(i), checked=given == i) for i, one in _numbered(item)]
        case Multiple():
            chosen = given if isinstance(given, list) else []
            return [Field(name, rich.line(one.text), value=str(i), checked=i in chosen) for i, one in _numbered(item)]
        case TrueFalse():
            said = ((gettext("True"), "true", True), (gettext("False"), "false", False))
            return [Field(name, label, value=value, checked=given is truth) for label, value, truth in said]
        case Matching():
            return _matching(item, given, name, seed)
        case Ordering():
            return _ordering(item, given, name, seed)
        case Gap():
            texts = given if isinstance(given, list) else [""] * len(item.gaps)
            labels = [gettext("Gap {n}").format(n=number) for number in range(1, len(texts) + 1)]
            return [Field(f"{name}-{i}", labels[i], value=text or "") for i, text in enumerate(texts)]
        case _:
            return []


def _numbered(item: Single | Multiple) -> Any:
    return enumerate(item.choices)


def _shuffled(size: int, seed: str) -> list[int]:
    order = list(range(size))
    random.Random(f"{seed}:{size}").shuffle(order)
    return order


def _matching(item: Matching, given: Any, name: str, seed: str) -> list[Field]:
    rights = item.rights
    order = _shuffled(len(rights), seed)
    offered = [(str(place), rights[place]) for place in order]
    texts = given if isinstance(given, list) else [None] * len(item.asked)
    return [
        Field(f"{name}-{i}", rich.line(pair.left), offered, str(rights.index(text)) if text in rights else "")
        for i, (pair, text) in enumerate(zip(item.asked, texts, strict=True))
    ]


def _ordering(item: Ordering, given: Any, name: str, seed: str) -> list[Field]:
    places = [(str(place), str(place)) for place in range(1, len(item.steps) + 1)]
    at = {step: str(place) for place, step in enumerate(given, start=1)} if isinstance(given, list) else {}
    return [
        Field(f"{name}-{step}", rich.line(item.steps[step]), places, at.get(step, ""))
        for step in _shuffled(len(item.steps), seed)
    ]


def answer_of(item: Body, data: QueryDict, name: str = "a") -> Any:
    """What was posted, as `logic.scoring` takes it; None where nothing was."""
    match item:
        case Case():
            return [answer_of(part, data, f"{name}-{place}") for place, part in enumerate(item.parts)]
        case Single():
            return _place(data.get(name))
        case Multiple():
            return [place for one in data.getlist(name) if (place := _place(one)) is not None]
        case TrueFalse():
            return {"true": True, "false": False}.get(data.get(name, ""))
        case Matching():
            found = [_place(data.get(f"{name}-{i}")) for i in range(len(item.asked))]
            texts = [item.rights[at] if at is not None and at < len(item.rights) else "" for at in found]
            return texts if any(texts) else None
        case Ordering():
            return _order(data, name, len(item.steps))
        case Gap():
            typed = [data.get(f"{name}-{i}", "")[:_LONGEST] for i in range(len(item.gaps))]
            return typed if any(one.strip() for one in typed) else None
        case _:
            return data.get(name, "")[:_LONGEST].strip() or None


def _place(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else None


def _order(data: Mapping[str, Any], name: str, size: int) -> list[int] | None:
    """Steps by the numbers given to them; None unless each number was given once."""
    found = {_place(str(data.get(f"{name}-{step}", ""))): step for step in range(size)}
    return [found[place] for place in range(1, size + 1)] if set(found) == set(range(1, size + 1)) else None


def is_open(kind: str) -> bool:
    """Whether a person marks it."""
    return kind == ItemKind.ESSAY
