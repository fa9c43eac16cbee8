"""Readings by any column of the records: topic, reason, channel. Lines and channels come from cells, the rest from
facts.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.catalogue.streams import STREAMS, Column, Kind
from nastavnik.metrics.enums import Channel
from nastavnik.metrics.logic.periods import parse
from nastavnik.metrics.queries import cells, readings, records, scopes
from nastavnik.metrics.queries.readings import ColumnReading
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.people.models import Line
from nastavnik.people.permissions import Reach

_SLICED = {Kind.LINE: "line_id", Kind.CHANNEL: "channel"}
_PRIVATE = frozenset({"id", "customer"})


def columns_of(metric: Metric) -> list[Column]:
    """Columns a metric can be split by: few values, nobody's identity."""
    if metric.is_snapshot:
        return []
    kinds = (Kind.LINE, Kind.CHANNEL, Kind.TEXT, Kind.FLAG)
    return [one for one in STREAMS[metric.tally_set.stream] if one.kind in kinds and one.name not in _PRIVATE]


def by_column(
    metric_code: str,
    *,
    column: str,
    scope: Scope,
    first: date,
    end: date,
    reach: Reach | None = None,
    limit: int = 50,
) -> list[ColumnReading]:
    """Readings of the records with each value of a column, most records first. No targets: those are for scopes."""
    metric = readings.metric_of(metric_code)
    known = next((one for one in columns_of(metric) if one.name == column), None)
    if known is None or end <= first:
        return []
    if known.kind in _SLICED:
        found = cells.sums_by(metric, _SLICED[known.kind], scope=scope, first=first, end=end, reach=reach)
    else:
        found = records.sums_by(metric, known.stored, scope=scope, first=first, end=end, reach=reach)
    span = parse(f"{first.isoformat()}..{date.fromordinal(end.toordinal() - 1).isoformat()}")
    text, titles = scopes.text_of(scope), _titles(known, list(found))
    rows = [
        ColumnReading(value, titles.get(value, ""), readings.reading_of(metric, text, span, one))
        for value, one in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.reading.n, row.title))[:limit]


def _titles(column: Column, values: list[Any]) -> dict[Any, str]:
    """What people read for each value."""
    match column.kind:
        case Kind.LINE:
            titles = {line.pk: str(line) for line in Line.objects.filter(pk__in=[one for one in values if one])}
        case Kind.CHANNEL:
            return {one: str(Channel(one or 0).label) for one in values}
        case Kind.FLAG:
            titles = {True: _("yes"), False: _("no")}
        case _:
            titles = {one: str(one) for one in values if one}
    return titles | {one: _("not stated") for one in values if one is None or one == ""}
