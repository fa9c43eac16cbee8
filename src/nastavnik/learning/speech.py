"""Stored sentences in the reader's language: days, figures, metrics and roles written as people write them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from nastavnik.kernel.logic import formatting
from nastavnik.learning.logic.messages import Words
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.people.enums import Role


def _day(value: Any) -> str:
    return formatting.day(date.fromisoformat(value), get_language() or "ru") if value else ""


def day(value: date) -> str:
    """A day as the reader's language writes it."""
    return formatting.day(value, get_language() or "ru")


def _metric(value: Any) -> str:
    return str(METRICS[value].title) if value in METRICS else str(value)


def _role(value: Any) -> str:
    return str(Role(value).label) if value in Role.values else str(value)


_SAID: dict[str, Callable[[Any], str]] = {
    "day": _day, "starts": _day, "joined": _day, "metric": _metric, "role": _role,
}  # fmt: skip


def figure(value: Any) -> str:
    """A number with at most two decimals, as the reader's language writes it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    decimals = next((places for places in (0, 1, 2) if round(value, places) == round(value, 2)), 2)
    return formatting.number(value, decimals, get_language() or "ru")


def say(words: Words) -> str:
    """The sentence, translated and filled in."""
    filled = {name: _SAID.get(name, figure)(value) for name, value in words.params}
    return gettext(words.template).format(**filled)


def say_stored(stored: dict[str, Any] | None) -> str:
    """The same of a stored sentence; nothing was said: an empty text."""
    return say(Words.from_json(stored)) if stored else ""
