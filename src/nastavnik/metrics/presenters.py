"""Sentences of the journal about metrics."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nastavnik.kernel import journal
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.models import Target
from nastavnik.metrics.queries import screens_figures as figures


def _goal(data: dict[str, Any]) -> str:
    metric = METRICS.get(str(data.get("metric")))
    if metric is None:
        return str(data.get("metric", ""))
    floor = data.get("floor")
    goal = figures.goal(metric, data["target"] / Target.SCALE, None if floor is None else floor / Target.SCALE)
    return f"{metric.title} {goal}"


def _scope(data: dict[str, Any]) -> str:
    """«organisation», «team in-1»: the kind in words; a unit by its code, for it may be renamed."""
    kind, _colon, code = str(data.get("scope", "")).partition(":")
    label = str(ScopeKind(kind).label) if kind in ScopeKind.values else kind
    return f"{label} {code}".strip()


def _day(text: Any) -> str:
    return figures.day_words(date.fromisoformat(text)) if text else ""


@journal.presents("metrics.target_set")
def target_set(entry: JournalEntry) -> str:
    """«set the target CSAT ≥ 4.85 for organisation from 1 Jan 2026»"""
    return _("set the target {goal} ({scope}) from {day}").format(
        goal=_goal(entry.data), scope=_scope(entry.data), day=_day(entry.data.get("since"))
    )


@journal.presents("metrics.target_closed")
def target_closed(entry: JournalEntry) -> str:
    """«closed the target …»"""
    return _("closed the target {goal} ({scope}) from {day}").format(
        goal=_goal(entry.data), scope=_scope(entry.data), day=_day(entry.data.get("since"))
    )


@journal.presents("metrics.facts_loaded")
def facts_loaded(entry: JournalEntry) -> str:
    """How many records of which days, and how many of them replaced older ones."""
    data = entry.data
    stream = STREAMS.get(str(data.get("stream")))
    accepted = int(data.get("accepted", 0))
    text = ngettext("loaded {n} record ({stream}, {days})", "loaded {n} records ({stream}, {days})", accepted)
    first, last = data.get("first_day"), data.get("last_day")
    days = (
        formatting.day_range(date.fromisoformat(first), date.fromisoformat(last), figures.lang())
        if first and last
        else ""
    )
    n = formatting.number(accepted, 0, figures.lang())
    return text.format(n=n, stream=str(stream.title).lower() if stream else data.get("stream", ""), days=days)


@journal.presents("metrics.mapping_saved")
def mapping_saved(entry: JournalEntry) -> str:
    """A mapping kept under a name."""
    return _("saved the mapping «{name}»").format(name=entry.data.get("name", ""))
