"""Targets as lists and as the history of one metric and scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.query import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.catalogue.metrics import METRICS, Metric
from nastavnik.metrics.enums import Direction, ScopeKind
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.models import Target
from nastavnik.metrics.permissions import figures_reach, may_see_people_behind_figures
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.targets import scope_of
from nastavnik.people.models import Person

_UNITS = ("line", "partner", "team", "grade__ladder", "person")


@dataclass(frozen=True)
class TargetRow:
    """One version as a line of the list."""

    metric_title: str
    scope_title: str
    floor: str
    target: str
    stretch: str
    days: str
    state: str
    history_url: str


@dataclass(frozen=True)
class Entry:
    """One version as an entry of the timeline."""

    day: date
    title: str
    text: str
    by: str
    icon: str = "target"
    url: str = ""
    at: Any = None


@dataclass(frozen=True)
class TargetHistory:
    """All versions of one metric and scope, newest first; `open_id` is the version without an end."""

    title: str
    lead: str
    set_url: str
    entries: list[Entry]
    open_id: int | None
    closing: str
    close_from: date


def scope_title(target: Target) -> str:
    """«organisation», or the kind and the unit's name (the units must be loaded)."""
    kind = ScopeKind(target.scope_kind)
    if kind == ScopeKind.ORGANISATION:
        return _("the whole organisation")
    return f"{kind.label} · {getattr(target, kind.value)}"


def all_targets(
    today: date, *, viewer: Person, metric: str = "", kind: str = "", state: str = "current"
) -> QuerySet[Target]:
    """Versions by metric, kind of scope and state: current, future, past; anything else gives all.

    Targets of one person, team or partner centre show to those whose reach holds it.
    """
    rows = _within_reach(viewer).select_related(*_UNITS).order_by("metric", "scope_kind", "-active_from", "pk")
    if metric:
        rows = rows.filter(metric=metric)
    if kind:
        rows = rows.filter(scope_kind=kind)
    over = Q(active_to__isnull=False, active_to__lte=today)
    by_state = {
        "current": ~over & Q(active_from__lte=today), "future": Q(active_from__gt=today), "past": over,
    }  # fmt: skip
    return rows.filter(by_state[state]) if state in by_state else rows


def _within_reach(viewer: Person) -> QuerySet[Target]:
    reach = figures_reach(viewer)
    if reach is None:
        rows = Target.objects.all()
        return rows if may_see_people_behind_figures(viewer) else rows.exclude(scope_kind=ScopeKind.PERSON)
    return Target.objects.filter(
        Q(scope_kind__in=(ScopeKind.ORGANISATION, ScopeKind.LINE, ScopeKind.GRADE))
        | Q(partner_id__in=reach.partner_ids)
        | Q(team_id__in=reach.team_ids)
        | Q(team__partner_id__in=reach.partner_ids)
        | Q(person__in=Person.objects.visible_to(viewer))
    )


def rows_of(targets: Sequence[Target], today: date) -> list[TargetRow]:
    """The lines of one page, in one more query for the scopes' texts per kind."""
    texts = _texts(targets)
    return [_row(one, texts[one.pk], today) for one in targets]


def _texts(targets: Sequence[Target]) -> dict[int, str]:
    """Scope texts of the targets; the units are loaded already, but a grade's text names its ladder."""
    found: dict[int, str] = {}
    for kind in {ScopeKind(one.scope_kind) for one in targets}:
        of_kind = [one for one in targets if one.scope_kind == kind]
        texts = scopes.texts(kind, {scope_of(one).id for one in of_kind})
        found |= {one.pk: texts[scope_of(one).id] for one in of_kind}
    return found


def amounts(metric: Metric, target: Target) -> tuple[str, str, str]:
    """Floor, target and stretch as text; empty where there is none. A band's floor is its lower bound."""
    floor = figures.target_amount(metric, target.floor / Target.SCALE) if target.floor is not None else ""
    goal = figures.goal(metric, target.target / Target.SCALE, (target.floor or 0) / Target.SCALE)
    stretch = figures.target_amount(metric, target.stretch / Target.SCALE) if target.stretch is not None else ""
    return "" if metric.direction == Direction.BAND else floor, goal, stretch


def days_words(target: Target) -> str:
    """с 1 июл. 2026; 1 янв. – 30 июн. 2026"""
    if target.active_to is None:
        return _("from {day}").format(day=figures.day_words(target.active_from))
    return formatting.day_range(target.active_from, target.active_to - ONE_DAY, figures.lang())


def _state(target: Target, today: date) -> str:
    if target.active_from > today:
        return "future"
    return "current" if target.is_active_on(today) else "past"


def history_url(code: str, scope_text: str) -> str:
    """Where the versions of a metric and scope stand."""
    return reverse("metrics:target-history", args=[code]) + "?" + urlencode({"scope": scope_text})


def _row(target: Target, text: str, today: date) -> TargetRow:
    metric = METRICS.get(target.metric)
    floor, goal, stretch = amounts(metric, target) if metric else ("", str(target.target / Target.SCALE), "")
    return TargetRow(
        metric_title=str(metric.title) if metric else target.metric,
        scope_title=scope_title(target),
        floor=floor,
        target=goal,
        stretch=stretch,
        days=days_words(target),
        state=_state(target, today),
        history_url=history_url(target.metric, text),
    )


def versions(code: str, scope: Scope) -> QuerySet[Target]:
    """All versions of one metric and scope, newest first."""
    rows = Target.objects.filter(metric=code, scope_kind=scope.kind).select_related(*_UNITS).order_by("-active_from")
    return rows if scope.kind == ScopeKind.ORGANISATION else rows.filter(**{f"{scope.kind.value}_id": scope.id})


def history(metric: Metric, scope: Scope, scope_text: str, today: date) -> TargetHistory:
    """The timeline: each version with who set it and why."""
    rows = list(versions(metric.code, scope))
    authors = _authors(rows)
    current = next((one for one in rows if one.active_to is None), None)
    title = scopes.title_of(scope) if scope.kind != ScopeKind.ORGANISATION else _("the whole organisation")
    return TargetHistory(
        title=_("Targets of {metric}").format(metric=metric.title),
        lead=_("For: {scope}").format(scope=title),
        set_url=reverse("metrics:target-set") + "?" + urlencode({"metric": metric.code, "scope": scope_text}),
        entries=[_entry(metric, one, authors.get(one.pk, "")) for one in rows],
        open_id=current.pk if current else None,
        closing=_closing(metric, current),
        close_from=max(today + ONE_DAY, current.active_from + ONE_DAY) if current else today,
    )


def _entry(metric: Metric, target: Target, author: str) -> Entry:
    floor, goal, stretch = amounts(metric, target)
    parts = [
        days_words(target),
        _("floor {value}").format(value=floor) if floor else "",
        _("stretch {value}").format(value=stretch) if stretch else "",
        target.reason,
    ]
    return Entry(target.active_from, goal, ". ".join(part for part in parts if part), author)


def _authors(targets: Sequence[Target]) -> dict[int, str]:
    """Who set each version, from the journal: the first entry about it."""
    entries = JournalEntry.objects.filter(
        subject_kind=Target._meta.label_lower, subject_id__in=[one.pk for one in targets]
    ).order_by("-at", "-pk")
    return {entry.subject_id: entry.actor_name for entry in entries if entry.subject_id}


def _closing(metric: Metric, target: Target | None) -> str:
    if target is None:
        return ""
    _floor, goal, _stretch = amounts(metric, target)
    text = _("{metric} {goal} is in force from {day}. From the day you choose on nothing is judged by it.")
    return text.format(metric=metric.title, goal=goal, day=figures.day_words(target.active_from))


def list_crumb() -> tuple[str, str]:
    """The list of targets in a path."""
    return _("Targets"), reverse("metrics:target-list")


def export_heads() -> list[str]:
    return [
        _("Metric"), _("For"), _("From"), _("Until, this day not included"), _("Floor"), _("Target"), _("Stretch"),
        _("Least number of records"), _("Why"),
    ]  # fmt: skip


def export_rows(targets: QuerySet[Target]) -> Iterator[list[Any]]:
    """Amounts as numbers in the metric's unit."""
    for one in targets.iterator(chunk_size=1000):
        metric = METRICS.get(one.metric)
        scaled = [None if value is None else value / Target.SCALE for value in (one.floor, one.target, one.stretch)]
        title = str(metric.title) if metric else one.metric
        yield [title, scope_title(one), one.active_from, one.active_to, *scaled, one.min_n, one.reason]
