"""Upward screens: a lower page names a slot, higher apps register panels for it, htmx loads them.

    slots.register("people.person.panels", Panel("metrics.figures", _("Figures"), "metrics:person-figures", order=10))

The panel's URL takes the page's object as its only argument (`args`), checks its own permission and answers a fragment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


def everybody(person: Any, *objects: Any) -> bool:
    """The predicate of a panel that anybody who sees the page may see."""
    return True


@dataclass(frozen=True)
class Panel:
    """A fragment a higher app contributes to a lower app's page."""

    name: str
    title: Any
    url_name: str
    order: int = 100
    shown_to: Callable[..., bool] = everybody


_panels: dict[str, dict[str, Panel]] = {}


def register(slot: str, panel: Panel) -> None:
    """Put a panel into a slot; the same name replaces (so that a re-import is harmless)."""
    _panels.setdefault(slot, {})[panel.name] = panel


def panels(slot: str, person: Any, *objects: Any) -> list[Panel]:
    """The panels of a slot this person sees, in order."""
    found = [panel for panel in _panels.get(slot, {}).values() if panel.shown_to(person, *objects)]
    return sorted(found, key=lambda panel: (panel.order, panel.name))


def url_of(panel: Panel, args: Sequence[Any] = ()) -> str:
    """Where the panel's fragment is loaded from."""
    return reverse(panel.url_name, args=args)


def all_slots() -> dict[str, list[str]]:
    """Slot -> names of the panels in it (documentation and tests)."""
    return {slot: sorted(found) for slot, found in sorted(_panels.items())}
