"""Reads the filter of a page of figures from the URL: the unreadable falls back, what is out of reach is not there."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.errors import NotFound
from nastavnik.metrics.enums import Period, ScopeKind
from nastavnik.metrics.logic import presets as days_of
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.permissions import may_see_board, may_see_scope
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_frame import Frame, When, frame_for_all, frame_for_person, scope_choices
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.people.permissions import today

PERS = (Period.WEEK, Period.MONTH, Period.QUARTER)
EARLIEST = date(2000, 1, 1)
MOST_PAGES = 100_000
LONGEST = timedelta(days=366 * 5)
PRESET_TITLES = {
    "30d": _("30 days"), "90d": _("90 days"), "month": _("This month"), "last-month": _("Last month"),
    "quarter": _("This quarter"), "last-quarter": _("Last quarter"), "12m": _("12 months"),
}  # fmt: skip


class FrameForm(forms.Form):
    """The filter bar of figures; `from` is a word of Python, hence the fields are added by name."""

    def __init__(self, frame: Frame, *, with_scope: bool = True, with_days: bool = True, with_per: bool = True) -> None:
        data: dict[str, Any] = {
            "scope": frame.scope_text, "per": frame.per.value, "from": frame.first.isoformat(),
            "to": frame.last.isoformat(),
        }  # fmt: skip
        super().__init__(data, auto_id="filter_%s")
        if with_scope:
            self.fields["scope"] = forms.ChoiceField(label=_("Whose"), choices=_with_current(frame))
        if with_per:
            self.fields["per"] = forms.ChoiceField(label=_("Periods"), choices=[(per.value, per.label) for per in PERS])
        if with_days:
            for name, label in (("from", _("From")), ("to", _("To, this day included"))):
                field = forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))
                self.fields[name] = field


def _with_current(frame: Frame) -> list[Any]:
    """The scopes on offer, with the one in force even when it is a person."""
    groups = scope_choices(frame.viewer)
    known = {text for _title, options in groups for text, _name in options}
    if frame.scope_text not in known:
        groups = [(gettext("Chosen"), [(frame.scope_text, frame.scope_title)]), *groups]
    return list(groups)


@dataclass(frozen=True)
class Preset:
    """A usual stretch of days as a link."""

    title: Any
    url: str
    active: bool


def presets_of(frame: Frame, query: QueryDict) -> list[Preset]:
    """Links to the usual stretches of days, other filters kept."""
    found = []
    for key, (first, end) in days_of.presets(frame.today).items():
        changed = query.copy()
        for name in ("page", "export"):
            changed.pop(name, None)
        changed["from"], changed["to"] = first.isoformat(), (end - ONE_DAY).isoformat()
        active = (first, end) == (frame.first, frame.end)
        found.append(Preset(PRESET_TITLES[key], "?" + changed.urlencode(), active))
    return found


def frame_of(request: PersonRequest, *, days: str = "90d", scope: tuple[Scope, str, str] | None = None) -> Frame:
    """The frame of this request. `scope` is what the address names already (a team's or a person's page)."""
    now = today()
    first, end = _days(request.GET, now, days)
    when = When(now, first, end, _per(request.GET))
    if not may_see_board(request.user):
        own = frame_for_person(request.user, request.user, when)
    else:
        own = frame_for_all(request.user, when)
    if scope is not None:
        return own.of(*scope)
    text = request.GET.get("scope", "")
    if not text or text == own.scope_text:
        return own
    found = scopes.parse(text[:120])
    if not may_see_scope(request.user, found.kind, found.id):
        raise NotFound
    if found.kind == ScopeKind.ORGANISATION:
        return own
    return own.of(found, text, scopes.title_of(found))


def _per(query: QueryDict) -> Period:
    with suppress(ValueError):
        per = Period(query.get("per", ""))
        return per if per in PERS else Period.MONTH
    return Period.MONTH


def _date(text: str) -> date | None:
    with suppress(ValueError):
        found = date.fromisoformat(text)
        return found if EARLIEST <= found < date(2200, 1, 1) else None
    return None


def _days(query: QueryDict, now: date, usual: str) -> tuple[date, date]:
    """Days [first, end) of the URL; reversed days are turned round, too long a stretch is cut at its start."""
    first, end = days_of.presets(now)[usual]
    first, last = _date(query.get("from", "")) or first, _date(query.get("to", "")) or end - ONE_DAY
    first, last = min(first, last), max(first, last)
    return max(first, last - LONGEST), last + ONE_DAY


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1; what is no number is the first."""
    text = query.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isdecimal() and len(text) < 9 else 1
