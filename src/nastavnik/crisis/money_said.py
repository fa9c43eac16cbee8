"""Sentences of the pure money logic in the reader's language, amounts as money."""

from django.utils.translation import get_language, gettext

from nastavnik.crisis.logic.authority import NO_TRAINING
from nastavnik.crisis.logic.money_words import Said
from nastavnik.kernel.logic.formatting import money


def sentence(said: Said, currency: str) -> str:
    """The clause as the reader sees it; parameters named `*amount` are minor units of `currency`."""
    lang = (get_language() or "ru")[:2]
    filled = {
        name: money(value, currency, lang) if name.endswith("amount") else _word(value) for name, value in said.params
    }
    return gettext(said.message).format(**filled)


def _word(value: object) -> object:
    return gettext(NO_TRAINING) if value == NO_TRAINING else value
