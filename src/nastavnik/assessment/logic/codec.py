"""Items as JSON and back, exactly. The stored form of a version; its hash tells whether two items are the same.

Values that say nothing (None, empty, the usual points) are left out; fractions and decimals are text.
"""

import dataclasses
import hashlib
import json
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.items import KINDS, Body, Item
from nastavnik.kernel.errors import InvalidInput


class UnreadableItem(InvalidInput):
    """The stored item cannot be read: {problem}."""


def to_json(item: Body) -> dict[str, Any]:
    """The item as JSON values, with its kind."""
    return {"kind": item.kind.value, **_fields(item)}


def from_json(stored: dict[str, Any]) -> Body:
    """The item of a stored form. Raises UnreadableItem."""
    try:
        found: Body = _made(KINDS[ItemKind(stored["kind"])], stored)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise UnreadableItem(problem=f"{type(error).__name__} {error}") from error
    return found


def content_hash(item: Body) -> str:
    """The same for the same item, however it came."""
    plain = json.dumps(to_json(item), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _fields(value: Any) -> dict[str, Any]:
    return {
        field.name: _plain(given)
        for field in dataclasses.fields(value)
        if (given := getattr(value, field.name)) != field.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Item):
        return {"kind": value.kind.value, **_fields(value)}
    return _fields(value) if dataclasses.is_dataclass(value) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, stored: dict[str, Any]) -> Any:
    hints = _hints(kind)
    given = {f.name: stored[f.name] for f in dataclasses.fields(kind) if f.name in stored}
    return kind(**{name: _revived(hints[name], value) for name, value in given.items()})


def _revived(hint: Any, value: Any) -> Any:
    """A stored value as its annotated type."""
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        options = [one for one in get_args(hint) if one is not type(None)]
        # A part of a case says its kind itself.
        hint = options[0] if len(options) == 1 else next(one for one in options if one.kind == value["kind"])
    if get_origin(hint) is tuple:
        return tuple(_revived(get_args(hint)[0], one) for one in value)
    if dataclasses.is_dataclass(hint):
        return _made(hint, value)
    if hint is bool:
        return bool(value)
    return hint(value)
