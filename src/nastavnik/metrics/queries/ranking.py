"""Fair ranking of persons or teams by a metric, with names, places and a funnel, from one pass over cells.

Rows come in tiers, alphabetical inside a tier. Months in first place go by the shrunk estimate among those with
enough records of the month, so that a lucky handful of ratings wins nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.cache import caches
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.logic.days import add_months
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.enums import Period, ScopeKind, Tier
from nastavnik.metrics.logic import funnel as funnels
from nastavnik.metrics.logic import ranking
from nastavnik.metrics.logic.ranking import FirstPlace, Refusal, Shrunk, Unit
from nastavnik.metrics.logic.readings import FACTORS
from nastavnik.metrics.models import CellEdition
from nastavnik.metrics.queries import readings, scopes
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.people.models import Person
from nastavnik.people.permissions import Reach
from nastavnik.people.reach import today

_REFUSALS: dict[Refusal, Any] = {
    Refusal.TOO_FEW_UNITS: _("Fewer than five have records: too few to say who stands out."),
    Refusal.ALL_ALIKE: _("All records are alike: there is nothing to rank."),
    Refusal.NO_SPREAD: _("One record each: nothing says how far chance reaches."),
}
# Read again after an hour even if no cell has changed, lest memory fills with questions nobody asks twice.
_REMEMBERED_S = 3600
_ORDER = {Tier.ABOVE: 0, Tier.WITHIN: 1, Tier.BELOW: 2, Tier.TOO_FEW: 3}


@dataclass(frozen=True)
class Ranked:
    """One row. Values are in the metric's unit; `tier` is None where there is no ranking; ABOVE is clearly better."""

    unit_id: int
    name: str
    value: float
    n: int
    raw_place: int | None
    estimate: float | None
    tier: Tier | None
    hides_rank: bool = False
    standing: ranking.Standing | None = None

    @property
    def probability(self) -> float | None:
        """P(better than the average); worked out when asked for."""
        return self.standing.probability if self.standing else None


@dataclass(frozen=True)
class FunnelView:
    """A funnel in the metric's unit. Curve rows are (n, low alarm, low alert, high alert, high alarm)."""

    average: float
    points: tuple[funnels.Point, ...]
    curve: tuple[tuple[int, float, float, float, float], ...]
    overdispersion: float
    is_widened: bool
    min_n: int


@dataclass(frozen=True)
class Ranking:
    """The comparison as a page shows it; `note` says why there is none, or that nobody stands out."""

    metric: Metric
    rows: tuple[Ranked, ...]
    average: float | None
    is_ranked: bool
    no_difference: bool
    note: Any
    min_n: int
    funnel: FunnelView | None = None


def rank(
    metric_code: str, *, by: ScopeKind, within: Scope, first: date, end: date, reach: Reach | None = None
) -> Ranking:
    """Rank all units of a kind that have records within the scope on [first, end)."""
    metric = readings.metric_of(metric_code)
    asked = _Asked(metric_code, by, within, first, end, reach)
    if not metric.is_ranked:
        units = asked.units()
        names = _names(by, [unit.id for unit in units])
        return Ranking(metric, _unranked(metric, units, names), None, False, False, _no_ranking(metric), metric.min_n)
    units, shrunk = _compared(metric, asked)
    names = _names(by, [unit.id for unit in units])
    if shrunk.refusal:
        rows = _unranked(metric, units, names)
        return Ranking(metric, rows, None, False, False, _REFUSALS[shrunk.refusal], metric.min_n)
    return _ranking(metric, shrunk, units, names)


@dataclass(frozen=True)
class _Asked:
    """Which units are compared, by records of which days."""

    metric_code: str
    by: ScopeKind
    within: Scope
    first: date
    end: date
    reach: Reach | None

    def units(self) -> list[Unit]:
        """Those with records, with their sums."""
        found = readings.sums_by(
            self.metric_code, by=self.by, within=self.within, first=self.first, end=self.end, reach=self.reach
        )
        return [Unit(unit, sums) for span in found for unit, sums in span.items()]


def _compared(metric: Metric, asked: _Asked) -> tuple[list[Unit], Shrunk]:
    """The units and where they stand: the dear part of a ranking, remembered until cells change."""
    edition = CellEdition.objects.values_list("number", flat=True).first() or 0
    key = f"metrics.ranking.{hashlib.sha256(repr((edition, today(), asked)).encode()).hexdigest()}"
    remembered: tuple[list[Unit], Shrunk] | None = caches["local"].get(key)
    if remembered is None:
        units = asked.units()
        shrunk = ranking.rank(units, is_share=metric.is_share, direction=metric.direction, min_n=metric.min_n)
        remembered = units, shrunk
        caches["local"].set(key, remembered, _REMEMBERED_S)
    return remembered


def for_agents(found: Ranking, person_id: int, limit: int) -> Ranking:
    """What an agent may see: no one who opted out, no raw place beyond the limit; one's own row always."""
    rows = [
        row
        for row in found.rows
        if row.unit_id == person_id or (not row.hides_rank and row.raw_place is not None and row.raw_place <= limit)
    ]
    shown = {row.unit_id for row in rows}
    view = found.funnel
    if view is not None:
        view = replace(view, points=tuple(point for point in view.points if point.unit_id in shown))
    return replace(found, rows=tuple(rows), funnel=view)


def months_in_first_place(
    metric_code: str, *, by: ScopeKind, within: Scope, end: date, months: int = 12, reach: Reach | None = None
) -> dict[int, FirstPlace]:
    """For whoever came first in any of the last whole months before `end`: how many in a row, how many in all."""
    metric = readings.metric_of(metric_code)
    if not metric.is_ranked:
        return {}
    last = end.replace(day=1)
    first = add_months(last, -months)
    found = readings.sums_by(metric_code, by=by, within=within, first=first, end=last, per=Period.MONTH, reach=reach)
    winners = []
    for month in found:
        units = [Unit(unit, sums) for unit, sums in month.items()]
        shrunk = ranking.rank(units, is_share=metric.is_share, direction=metric.direction, min_n=metric.min_n)
        winners.append(ranking.first_of(shrunk))
    return ranking.months_first(winners)


def _ranking(metric: Metric, shrunk: Shrunk, units: list[Unit], names: dict[int, "_Name"]) -> Ranking:
    factor = _factor(metric)
    rows = [
        Ranked(
            one.id, names[one.id].text, one.raw * factor, one.n, one.raw_place, one.estimate * factor, one.tier,
            names[one.id].hides_rank, one,
        )
        for one in shrunk.standings
    ]  # fmt: skip
    rows.sort(key=lambda row: (_ORDER[row.tier or Tier.TOO_FEW], names[row.unit_id].sort))
    nobody = not any(row.tier in (Tier.ABOVE, Tier.BELOW) for row in rows)
    return Ranking(
        metric, tuple(rows), shrunk.average * factor, True, nobody,
        _("Within noise: the differences seen are those chance alone would give.") if nobody else "",
        metric.min_n, _funnel(metric, shrunk, units),
    )  # fmt: skip


def _funnel(metric: Metric, shrunk: Shrunk, units: list[Unit]) -> FunnelView:
    factor = _factor(metric)
    plot = funnels.of(
        units, average=shrunk.average, within=shrunk.within, is_share=metric.is_share, direction=metric.direction,
        min_n=metric.min_n, factor=factor,
    )  # fmt: skip
    curve = tuple((at.n, at.low_alarm, at.low_alert, at.high_alert, at.high_alarm) for at in plot.curve)
    return FunnelView(plot.average, plot.points, curve, plot.overdispersion, plot.is_widened, plot.min_n)


def _factor(metric: Metric) -> float:
    over, under = FACTORS[metric.unit]
    return over / under


def _no_ranking(metric: Metric) -> Any:
    if metric.is_snapshot:
        return format_lazy(_("{metric} counts people: there is no ranking by it."), metric=metric.title)
    return format_lazy(_("{metric} is good inside a band: there is no ranking by it."), metric=metric.title)


@dataclass(frozen=True)
class _Name:
    text: str
    sort: str
    hides_rank: bool = False


def _names(kind: ScopeKind, ids: Iterable[int]) -> dict[int, _Name]:
    """Names with the key they sort by; persons say too whether they want to be on boards."""
    if kind != ScopeKind.PERSON:
        found = scopes.titles(kind, list(ids))
        return {unit: _Name(found.get(unit, ""), found.get(unit, "").casefold()) for unit in ids}
    rows = Person.objects.filter(pk__in=list(ids)).values_list(
        "pk", "family_name", "given_name", "sort_key", "hides_rank"
    )
    known = {pk: _Name(f"{family} {given}".strip(), key, hides) for pk, family, given, key, hides in rows}
    return {unit: known.get(unit, _Name("", "")) for unit in ids}


def _unranked(metric: Metric, units: Iterable[Unit], names: dict[int, _Name]) -> tuple[Ranked, ...]:
    factor = _factor(metric)
    rows = [
        Ranked(one.id, names[one.id].text, one.raw * factor, one.n, None, None, None, names[one.id].hides_rank)
        for one in units
    ]
    return tuple(sorted(rows, key=lambda row: names[row.unit_id].sort))
