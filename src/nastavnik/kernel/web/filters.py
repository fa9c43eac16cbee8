"""Active filters of a list as chips: what is filtered and the link that takes the filter away."""

from dataclasses import dataclass
from typing import Any

from django.forms import CheckboxInput, Form, HiddenInput
from django.http import QueryDict
from django.utils.translation import gettext

from nastavnik.kernel.listing import ListPage


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


def _without(query: QueryDict, key: str) -> str:
    rest = query.copy()
    for name in (key, "page"):
        rest.pop(name, None)
    return "?" + rest.urlencode()


def chips_of_form(form: Form, query: QueryDict) -> list[Chip]:
    """The form's filters that are in force, in the form's order. Empty values and hidden fields are no filters."""
    found: list[Chip] = []
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        raw = [value for value in query.getlist(key) if value]
        if raw and not isinstance(field.widget, HiddenInput):
            words = "" if isinstance(field.widget, CheckboxInput) else _words(form, name, raw)
            found.append(Chip(label=str(form[name].label), value=words, without=_without(query, key)))
    return found


def chips_of_list(page: ListPage, query: QueryDict) -> list[Chip]:
    """The filters of a Listing that are in force: the search first."""
    found = [Chip(gettext("Search"), page.search, _without(query, "q"))] if page.search else []
    return found + [Chip(str(one.title), str(one.label), _without(query, one.key)) for one in page.filters if one.value]
