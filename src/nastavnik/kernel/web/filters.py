"""Active filters of a list as chips: what is filtered and the link that takes the filter away."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form, HiddenInput
from django.http import QueryDict


@dataclass(frozen=True)
class Chip:
    """One active filter: «Line: Chat», and the query string of the page without it."""

    label: str
    value: str
    without: str


def _words(form: Form, name: str, raw: list[str]) -> str:
    """Raw values as the person chose them: the labels of choices, else the text itself."""
    choices: Any = getattr(form.fields[name], "choices", None)
    if choices is None:
        return ", ".join(raw)
    flat: dict[str, str] = {}
    for key, label in choices:
        pairs = label if isinstance(label, (list, tuple)) else [(key, label)]
        flat.update((str(value), str(text)) for value, text in pairs)
    return ", ".join(flat.get(value, value) for value in raw)


def chips_of(form: Form, query: QueryDict) -> list[Chip]:
    """The form's filters that are in force, in the form's order. Empty values and hidden fields are no filters."""
    found: list[Chip] = []
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        raw = [value for value in query.getlist(key) if value]
        if not raw or isinstance(field.widget, HiddenInput):
            continue
        rest = query.copy()
        rest.pop(key)
        rest.pop("page", None)
        words = "" if raw == ["on"] else _words(form, name, raw)
        found.append(Chip(label=str(form[name].label), value=words, without="?" + rest.urlencode()))
    return found
