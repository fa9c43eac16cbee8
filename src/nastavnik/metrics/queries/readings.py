"""Readings of metrics: by period, by unit, by a column of the records. A constant number of queries, whatever is asked.

A reading of a team is judged by targets of its own level and wider ones, each record by the narrowest that fits the
record's line, partner centre and team (metrics-and-planning.md, section 3).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from nastavnik.metrics.catalogue.metrics import METRICS, Metric
from nastavnik.metrics.enums import Grain, Period, ScopeKind
from nastavnik.metrics.errors import UnknownMetric
from nastavnik.metrics.logic import periods, readings, sums
from nastavnik.metrics.logic.periods import ONE_DAY, Span
from nastavnik.metrics.logic.readings import Part, Reading
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.logic.targets import TargetBook, TargetVersion
from nastavnik.metrics.models import FactDay
from nastavnik.metrics.queries import scopes, snapshots, targets
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.sums import Amounts, Question, fetch
from nastavnik.people.permissions import Reach, today

Units = dict[int | None, list[Reading]]


def metric_of(code: str) -> Metric:
    """The metric of a code; raises UnknownMetric."""
    if code not in METRICS:
        raise UnknownMetric(code=code)
    return METRICS[code]


def read(
    metric_codes: Sequence[str], *, scope: Scope, first: date, end: date, per: Period, reach: Reach | None = None
) -> dict[str, list[Reading]]:
    """Readings of one scope on [first, end), period by period; periods without records have n = 0."""
    found = _readings(metric_codes, _Asked(scope, None, tuple(periods.split(first, end, per)), reach))
    return {code: units[scope.id] for code, units in found.items()}


def by(
    metric_codes: Sequence[str],
    *,
    by: ScopeKind,
    within: Scope,
    first: date,
    end: date,
    per: Period = Period.WHOLE,
    reach: Reach | None = None,
) -> dict[str, dict[int, list[Reading]]]:
    """Readings of every unit of a kind that has records within the scope: persons of a team, teams of a line."""
    found = _readings(metric_codes, _Asked(within, by, tuple(periods.split(first, end, per)), reach))
    return {
        code: {unit: readings_ for unit, readings_ in units.items() if unit is not None}
        for code, units in found.items()
    }


def sums_by(
    metric_code: str,
    *,
    by: ScopeKind,
    within: Scope,
    first: date,
    end: date,
    per: Period = Period.WHOLE,
    reach: Reach | None = None,
) -> list[dict[int, Sums]]:
    """Exact sums of every unit with records, period by period: for comparing units with one another, targets apart."""
    metric = metric_of(metric_code)
    asked = _Asked(within, by, tuple(periods.split(first, end, per)), reach)
    parts = _Parts(asked, {metric.code: TargetBook()})
    if metric.is_snapshot:
        _add_snapshot(metric, asked, parts)
    else:
        mature = _mature_days([metric] if metric.matures_after_days else [])
        _add_cells([metric], asked, parts.books, mature, parts)
    return [
        {
            unit: sum((part.sums for part in spans[number]), Sums())
            for unit, spans in parts.found[metric.code].items()
            if unit is not None and number in spans
        }
        for number in range(len(asked.spans))
    ]


@dataclass(frozen=True)
class ColumnReading:
    """The reading of the records with one value of a column; `value` is None where the column is empty."""

    value: Any
    title: str
    reading: Reading


def reading_of(metric: Metric, scope: str, span: Span, found: Sums) -> Reading:
    """A reading of sums from elsewhere than cells; it has no target."""
    return readings.build(metric.rule, scope, span, [Part(span.first, span.end, found, None)], today=today())


@dataclass(frozen=True)
class _Asked:
    scope: Scope
    by: ScopeKind | None
    spans: tuple[Span, ...]
    reach: Reach | None

    @property
    def kind(self) -> ScopeKind:
        """The kind of unit the readings are about."""
        return self.by or self.scope.kind


def _readings(codes: Sequence[str], asked: _Asked) -> dict[str, Units]:
    metrics = [metric_of(code) for code in codes]
    if not asked.spans:
        return {metric.code: {asked.scope.id: []} for metric in metrics}
    found = targets.versions(codes, asked.spans[0].first, asked.spans[-1].end)
    books = {metric.code: TargetBook.of(found, metric.code, asked.kind) for metric in metrics}
    mature = _mature_days([metric for metric in metrics if metric.matures_after_days])
    parts = _Parts(asked, books)
    for metrics_of_set in _with_cells(_by_set(metrics), asked):
        _add_cells(metrics_of_set, asked, books, mature, parts)
    for metric in metrics:
        if metric.is_snapshot:
            _add_snapshot(metric, asked, parts)
    return parts.readings(metrics, mature)


class _Parts:
    """Sums gathered per metric, unit and span, and what is needed to make readings of them."""

    def __init__(self, asked: _Asked, books: dict[str, TargetBook]) -> None:
        self.asked = asked
        self.books = books
        self.found: dict[str, dict[int | None, dict[int, list[Part]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self.used: set[TargetVersion] = set()

    def add(
        self, code: str, unit: int | None, days: tuple[date, date], ids: dict[ScopeKind, int | None], found: Sums
    ) -> None:
        """Add sums of [days) with one attribution to the span they lie in."""
        first, end = days
        version = self.books[code].at(first, ids)
        number = next(n for n, span in enumerate(self.asked.spans) if span.first <= first < span.end)
        self.found[code][unit][number].append(Part(first, end, found, version))
        if version:
            self.used.add(version)

    def readings(self, metrics: Iterable[Metric], mature: dict[str, date | None]) -> dict[str, Units]:
        """One reading per unit and span; of a scope without any records too."""
        day = today()
        texts = self._texts()
        known: dict[str, Units] = {}
        for metric in metrics:
            units, rule = self.found[metric.code], metric.rule
            if self.asked.by is None:
                units.setdefault(self.asked.scope.id, defaultdict(list))
            known[metric.code] = {
                unit: [
                    readings.build(
                        rule,
                        texts.get(self.asked.kind, {}).get(unit, ""),
                        span,
                        self._parts(metric, unit, spans.get(number, []), span, texts),
                        today=day,
                        mature_until=mature.get(metric.code),
                    )
                    for number, span in enumerate(self.asked.spans)
                ]
                for unit, spans in units.items()
            }
        return known

    def _parts(
        self,
        metric: Metric,
        unit: int | None,
        parts: list[Part],
        span: Span,
        texts: dict[ScopeKind, dict[int | None, str]],
    ) -> list[Part]:
        """Parts with their targets' scopes in words; the targets of an empty span, so that a chart can draw them."""
        if not parts:
            book = self.books[metric.code]
            ids = {self.asked.scope.kind: self.asked.scope.id, self.asked.kind: unit}
            cuts = periods.cut(span.first, span.end, book.boundaries())
            parts = [Part(first, end, Sums(), book.at(first, ids)) for first, end in cuts]
        return [
            Part(
                p.first,
                p.end,
                p.sums,
                p.version,
                texts[p.version.kind].get(p.version.scope_id, "") if p.version else "",
            )
            for p in parts
        ]

    def _texts(self) -> dict[ScopeKind, dict[int | None, str]]:
        """Texts of all units and target scopes, one query per kind."""
        wanted: dict[ScopeKind, set[int | None]] = defaultdict(set)
        wanted[self.asked.kind] |= {unit for units in self.found.values() for unit in units} | {self.asked.scope.id}
        for book in self.books.values():
            for version in book.versions:
                if (
                    version.kind in (ScopeKind.ORGANISATION, self.asked.scope.kind, self.asked.kind)
                    or version in self.used
                ):
                    wanted[version.kind].add(version.scope_id)
        return {kind: scopes.texts(kind, ids) for kind, ids in wanted.items()}


def _by_set(metrics: Iterable[Metric]) -> list[list[Metric]]:
    found: dict[str, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if not metric.is_snapshot:
            found[metric.tally_set.name].append(metric)
    return list(found.values())


_HELD = """
SELECT name FROM unnest(%s::text[]) AS name WHERE EXISTS (
    SELECT 1 FROM metrics_cell
    WHERE person_id = %s AND tally_set = name AND grain = %s AND start_date >= %s AND start_date < %s
)
"""


def _with_cells(sets: list[list[Metric]], asked: _Asked) -> list[list[Metric]]:
    """Those with a record of the person asked about. One work gives few kinds of records; a newcomer has none."""
    if asked.scope.kind != ScopeKind.PERSON or asked.by is not None or len(sets) < 2:
        return sets
    names = [metrics[0].tally_set.name for metrics in sets]
    days = (asked.spans[0].first, asked.spans[-1].end)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [names, asked.scope.id, Grain.DAY, *days])
        held = {row[0] for row in cursor.fetchall()}
    return [metrics for metrics in sets if metrics[0].tally_set.name in held]


def _add_cells(
    metrics: Sequence[Metric],
    asked: _Asked,
    books: dict[str, TargetBook],
    mature: dict[str, date | None],
    parts: _Parts,
) -> None:
    """One query for all metrics of a tally set: spans cut wherever a target of any of them changes."""
    cuts = {day for metric in metrics for day in books[metric.code].boundaries()}
    limits = [mature[metric.code] for metric in metrics if metric.code in mature]
    cuts |= {limit + ONE_DAY for limit in limits if limit}
    segments = [piece for span in asked.spans for piece in periods.cut(span.first, span.end, cuts)]
    question = Question(
        tally_set=metrics[0].tally_set,
        keys=sorted({key for metric in metrics for key in metric.tally_keys}),
        segments=segments,
        scope=asked.scope,
        by=asked.by,
        split=frozenset(kind for metric in metrics for kind in books[metric.code].kinds),
        reach=asked.reach,
    )
    for row in fetch(question):
        days = segments[row.segment]
        unit = row.unit_id if asked.by else asked.scope.id
        for metric in metrics:
            if metric.code in mature and not _is_mature(days[0], mature[metric.code]):
                continue
            found = sums_of(metric, row.amounts)
            if found.n:
                parts.add(metric.code, unit, days, row.ids, found)


def sums_of(metric: Metric, amounts: dict[str, Amounts]) -> Sums:
    """The sums a metric's figure and interval are made of."""
    x = amounts[metric.numerator]
    if metric.denominator is None:
        return sums.of_mean(x.n, x.total, x.squares)
    y = amounts[metric.denominator]
    both = amounts[metric.cross].squares if metric.cross else 0
    return sums.of_ratio(x.n, (x.total, x.squares), (y.total, y.squares), both)


def _mature_days(metrics: Collection[Metric]) -> dict[str, date | None]:
    """The last day whose records can be judged, per metric that needs days to pass; None before any records."""
    if not metrics:
        return {}
    streams = {metric.tally_set.stream for metric in metrics}
    rows = FactDay.objects.filter(stream__in=streams, rows__gt=0).values_list("stream").annotate(Max("day"))
    last = dict(rows)
    return {
        metric.code: last[stream] - timedelta(days=metric.matures_after_days)
        if (stream := metric.tally_set.stream) in last
        else None
        for metric in metrics
    }


def mature_until(metric: Metric) -> date | None:
    """The last day whose records count already; None for a metric that need not wait."""
    return _mature_days([metric])[metric.code] if metric.matures_after_days else None


def _is_mature(day: date, last: date | None) -> bool:
    return last is not None and day <= last


def _add_snapshot(metric: Metric, asked: _Asked, parts: _Parts) -> None:
    """A headcount on the last day of each period that has begun; today's of a period that is not over."""
    day = today()
    begun = [span for span in asked.spans if span.first <= day]
    last_days = {min(span.end - ONE_DAY, day): span for span in begun}
    for (last, unit), found in snapshots.junior_share(asked.scope, asked.by, list(last_days), asked.reach).items():
        unit_id = unit if asked.by else asked.scope.id
        ids = {asked.scope.kind: asked.scope.id, asked.kind: unit_id}
        parts.add(metric.code, unit_id, (last, last_days[last].end), ids, found)
