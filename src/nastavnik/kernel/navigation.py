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


@dataclass(frozen=True)
class Tool:
    """An icon of the top bar with a number: how much of what lies behind it is new to the person."""

    title: Any
    url_name: str
    icon: str
    count: Callable[[Any], int]
    order: int = 100


@dataclass(frozen=True)
class Counted:
    """A tool as one person sees it."""

    title: Any
    url: str
    icon: str
    count: int


_places: dict[str, Place] = {}
_tools: dict[str, Tool] = {}


def register(place: Place) -> None:
    """Add a place; the same URL name replaces."""
    _places[place.url_name] = place


def register_tool(tool: Tool) -> None:
    """Add an icon to the top bar; the same URL name replaces."""
    _tools[tool.url_name] = tool


def tools(person: Any) -> list[Counted]:
    """The icons of the top bar, each with its number."""
    found = sorted(_tools.values(), key=lambda tool: (tool.order, tool.url_name))
    return [Counted(one.title, url_of(one.url_name), one.icon, one.count(person)) for one in found]


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
