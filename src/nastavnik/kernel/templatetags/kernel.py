"""Tags and filters every template has without loading them (a builtin library): figures, days, icons, slots, URLs."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, FileInput, Form, RadioSelect, Select, Textarea
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nastavnik.kernel import slots
from nastavnik.kernel.listing import ListPage
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.web import context as frames
from nastavnik.kernel.web import icons, states, toasts
from nastavnik.kernel.web.filters import Chip, chips_of_form, chips_of_list

register = template.Library()


def _lang() -> str:
    return get_language() or "en"


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


# Figures and days -----------------------------------------------------------------------------------------------------


@register.filter
def number(value: formatting.Figure | None, decimals: int = 0) -> str:
    """`{{ x|number:2 }}`"""
    return formatting.number(value, decimals, _lang())


@register.filter
def signed(value: formatting.Figure | None, decimals: int = 0) -> str:
    """`{{ change|signed:2 }}`"""
    return formatting.signed(value, decimals, _lang())


@register.filter
def percent(value: formatting.Figure | None, decimals: int = 1) -> str:
    """`{{ share|percent }}` of a share 0..1"""
    return formatting.percent(value, decimals, _lang())


@register.filter
def percent_points(value: formatting.Figure | None, decimals: int = 1) -> str:
    """`{{ value|percent_points }}` of a value already in per cent"""
    return formatting.percent_points(value, decimals, _lang())


@register.filter
def compact(value: formatting.Figure | None) -> str:
    """`{{ n|compact }}`"""
    return formatting.compact(value, _lang())


@register.filter
def money(value: int | None, currency: str = "RUB") -> str:
    """`{{ amount|money:"RUB" }}` of integer minor units"""
    return formatting.money(value, currency, _lang())


@register.filter
def day(value: date | None) -> str:
    """`{{ x|day }}`; an aware moment gives the day in the active time zone"""
    return formatting.day(_local(value) or None, _lang())


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    """`{{ x|moment }}`, with the zone's name `{{ x|moment:"zone" }}`"""
    return formatting.moment(_local(value) or None, _lang(), zone=bool(zone))


@register.filter
def clock(value: datetime | None) -> str:
    """`{{ x|clock }}`"""
    return formatting.clock(_local(value) or None)


@register.filter
def day_range(first: date, last: date | None) -> str:
    """`{{ first|day_range:last }}`, both days included"""
    return formatting.day_range(first, last, _lang())


@register.filter
def duration(ms: int | None) -> str:
    """`{{ ms|duration }}`"""
    return formatting.duration(ms)


@register.filter
def duration_words(ms: int | None) -> str:
    """`{{ ms|duration_words }}`"""
    return formatting.duration_words(ms, _lang())


# Pieces of pages ------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """`{% icon "search" %}`"""
    return icons.icon(name, size)


@register.filter
def initials(name: str) -> str:
    """Up to two first letters, for the round sign beside a name."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.filter
def state(code: str) -> states.State:
    """The word, icon and tone of a state of a figure."""
    return states.of(str(code))


@register.filter
def toast(message: Any) -> toasts.Toast:
    """A message of Django's framework as a toast: level, text, undo URL."""
    return toasts.Toast.of(message)


@register.filter
def widget_kind(field: BoundField) -> str:
    """What the field looks like: checkbox, choices, select, textarea, file or input."""
    kinds: tuple[tuple[type, str], ...] = (
        (CheckboxInput, "checkbox"),
        (RadioSelect, "choices"),  # CheckboxSelectMultiple is one of these too
        (Select, "select"),
        (Textarea, "textarea"),
        (FileInput, "file"),
    )
    widget = field.field.widget
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


@register.simple_tag(takes_context=True)
def active_chips(context: Context, form: Form | None, page: ListPage | None) -> list[Chip]:
    """Active filters of a GET form or of a list, each with the query string that takes it away."""
    query = _query(context.get("request"))
    return (chips_of_form(form, query) if form else []) + (chips_of_list(page, query) if page else [])


@register.simple_tag(takes_context=True)
def slot_panels(context: Context, name: str, subject: Any, key: Any = None) -> SafeString:
    """Panels other apps registered for this place, each loaded by itself so that a slow one delays nobody.

    `{% slot_panels "people.person.panels" person %}`; `key` is what the panels' URLs take, the primary key by default.
    """
    request = context.get("request")
    viewer = getattr(request, "user", None)
    argument = subject.pk if key is None else key
    found = [(panel, slots.url_of(panel, [argument])) for panel in slots.panels(name, viewer, subject)]
    return render_to_string("kernel/_slot.html", {"panels": found}, request)


@register.simple_tag(takes_context=True)
def frame_part(context: Context, template: str) -> SafeString:
    """`{% frame_part "kernel/_rail.html" %}`: drawn once for all who see the same places."""
    return frames.part(template, context.get("frame_places") or (), str(context.get("frame_here", "")))


@register.filter
def page_numbers(page: Page[Any]) -> list[Any]:
    """First, last and the neighbours of this page, with ellipses between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def split(text: str) -> list[str]:
    """`"csv,xlsx"|split`"""
    return [part.strip() for part in text.split(",") if part.strip()]


# URLs -----------------------------------------------------------------------------------------------------------------


def _query(request: HttpRequest | None) -> QueryDict:
    return request.GET.copy() if request else QueryDict(mutable=True)


@register.simple_tag(takes_context=True)
def query_with(context: Context, key: str, value: Any, *drop: str) -> str:
    """This page's query string with one parameter replaced (None takes it away); a new order starts at page one."""
    query = _query(context.get("request"))
    for name in ("page", *drop) if key != "page" else drop:
        query.pop(name, None)
    if value is None:
        query.pop(key, None)
    else:
        query[key] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def sort_state(context: Context, field: str, default: str = "") -> dict[str, str]:
    """For a sortable heading: `aria` (none, ascending, descending) and `next`, the value of `sort` after a click."""
    now = _query(context.get("request")).get("sort") or default
    if now == field:
        return {"aria": "ascending", "next": "-" + field}
    return {"aria": "descending" if now == "-" + field else "none", "next": field}


@register.simple_tag
def optional_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The URL of a route, or nothing when this installation has no such route."""
    return _url(name, *args, **kwargs) if args or kwargs else _plain_url(name)


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@cache
def _plain_url(name: str) -> str:
    """Of a route without parts: the same while the program runs."""
    return _url(name)


@register.filter
def starts_with_any(path: str, prefixes: str | Iterable[str]) -> bool:
    """Whether the path lies under one of the prefixes (a string or several)."""
    return str(path).startswith((prefixes,) if isinstance(prefixes, str) else tuple(prefixes))
