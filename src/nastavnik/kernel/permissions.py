"""Rights are predicates named as sentences, registered here with a human text.

    @permission(_("edit the targets"))
    def may_edit_targets(person: Person) -> bool: ...

    require(may_edit_targets, person)          # raises Forbidden with a plain reason

Predicates that filter lists live beside them as `visible_to(person)` on the QuerySet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from nastavnik.kernel.errors import Forbidden

P = TypeVar("P", bound=Callable[..., bool])


@dataclass(frozen=True)
class Permission:
    """A registered predicate: its sentence completes «A person may ...»."""

    name: str
    meaning: Any
    check: Callable[..., bool]


_permissions: dict[str, Permission] = {}


class NotPermitted(Forbidden):
    """You do not have the right to {meaning}. Ask an administrator for a role that has it."""


def permission(meaning: Any) -> Callable[[P], P]:
    """Register a predicate `(person, *objects) -> bool`."""

    def register(check: P) -> P:
        name = f"{check.__module__.split('.')[1]}.{check.__name__}"
        _permissions[name] = Permission(name=name, meaning=meaning, check=check)
        return check

    return register


def all_permissions() -> list[Permission]:
    """Every registered right, by name."""
    return [_permissions[name] for name in sorted(_permissions)]


def require(check: Callable[..., bool], person: Any, *objects: Any) -> None:
    """Raise NotPermitted unless the predicate holds."""
    if not check(person, *objects):
        known = [p for p in _permissions.values() if p.check is check]
        raise NotPermitted(meaning=known[0].meaning if known else check.__name__)
