"""Sentences of the pure money logic in the reader's language, amounts as money."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from nastavnik.crisis.logic.authority import NO_TRAINING
from nastavnik.crisis.logic.money_words import Said
from nastavnik.kernel.logic.formatting import money
from nastavnik.procedures.refusals import Violation


def sentence(said: Said, currency: str) -> str:
    """The clause as the reader sees it; parameters named `*amount` are minor units of `currency`."""
    lang = (get_language() or "ru")[:2]
    filled = {
        name: money(value, currency, lang) if name.endswith("amount") else _word(value) for name, value in said.params
    }
    return gettext(said.message).format(**filled)


def evidence(payload: Mapping[str, Any]) -> list[str]:
    """What the toolkit noted of a violation, in sentences; nothing for events of another sort."""
    code, money_of = payload.get("violation"), payload.get("currency", "")
    lang = (get_language() or "ru")[:2]
    if code == Violation.OUTSIDE_AUTHORITY:
        wish = gettext("Wanted to offer: {kind}, {amount}.")
        clauses = [Said(one, said, tuple(params.items())) for one, said, params in payload["clauses"]]
        said = wish.format(kind=payload["kind"], amount=money(payload["amount"], money_of, lang))
        return [said, *(sentence(one, money_of) for one in clauses)]
    if code == Violation.BELOW_DUE:
        text = gettext("Due: {due}. Set: {amount}. The customer does not get the calculation.")
        due, amount = (money(payload[name] or 0, money_of, lang) for name in ("due", "amount"))
        return [text.format(due=due, amount=amount)]
    return []


def _word(value: object) -> object:
    return gettext(NO_TRAINING) if value == NO_TRAINING else value
