"""The left rail: places the apps register, grouped as the loop, filtered by right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.slots import everybody

WORK, DECIDE, LEARN, RUN = "work", "decide", "learn", "run"
GROUP_TITLES = {WORK: _("Work"), DECIDE: _("Decide"), LEARN: _("Learn"), RUN: _("Run")}


@dataclass(frozen=True)
class Place:
    """One line of the rail. `icon` names a symbol of the kernel's icon sprite."""

    group: str
    title: Any
    url_name: str
    icon: str
    order: int = 100
    shown_to: Callable[..., bool] = everybody


@dataclass(frozen=True)
class Item:
    title: Any
    url: str
    icon: str


@dataclass(frozen=True)
class Group:
    title: Any
    items: list[Item]


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Add a place; the same URL name replaces."""
    _places[place.url_name] = place


def places(person: Any) -> tuple[str, ...]:
    """The URL names of what this person's rail shows, in order."""
    shown = [place for place in _places.values() if place.shown_to(person)]
    return tuple(place.url_name for place in sorted(shown, key=lambda place: (place.order, place.url_name)))


@cache
def url_of(name: str) -> str:
    """The address of a place: looked for once, addresses do not change while the program runs."""
    return reverse(name)


def groups(person: Any) -> list[Group]:
    """What this person's rail shows; groups without a place are left out."""
    return groups_of(places(person))


def groups_of(names: Iterable[str]) -> list[Group]:
    """These places in their groups; groups without a place are left out."""
    found = [_places[name] for name in names]
    return [
        Group(title, [Item(p.title, url_of(p.url_name), p.icon) for p in found if p.group == key])
        for key, title in GROUP_TITLES.items()
        if any(p.group == key for p in found)
    ]
