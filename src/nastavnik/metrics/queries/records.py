"""The records behind a figure, straight from the facts, with the same filter: their sums equal the reading exactly.

A page sorted by time opens only the days it shows, found by the cells; other sorts and filters read every day of the
period that has records of the scope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any

import duckdb
from django.utils.translation import gettext_lazy as _

from nastavnik.metrics import store
from nastavnik.metrics.catalogue import compiling
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.catalogue.streams import STREAMS, Kind, Stream
from nastavnik.metrics.enums import Channel, ScopeKind
from nastavnik.metrics.logic.readings import FACTORS
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.queries import attribution, cells, readings
from nastavnik.metrics.queries.cells import Slice
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.sums import narrowing
from nastavnik.people.models import Employment, Grade, Line, Partner, Person, Team, TeamMembership
from nastavnik.people.permissions import Reach

NEWEST_FIRST = "-moment"
OLDEST_FIRST = "moment"
_SORTS = {
    NEWEST_FIRST: "moment DESC, id DESC", OLDEST_FIRST: "moment, id",
    "value": "value NULLS LAST, moment DESC, id DESC", "-value": "value DESC NULLS LAST, moment DESC, id DESC",
}  # fmt: skip
_FETCH = 5_000


@dataclass(frozen=True)
class RecordFilters:
    """Narrower than the figure: a slice, a topic, values from `least` to `most` in the metric's unit."""

    line_id: int | None = None
    channel: int | None = None
    topic: str | None = None
    least: float | None = None
    most: float | None = None

    @property
    def slice(self) -> Slice:
        return Slice(self.line_id, self.channel)

    @property
    def needs_reading(self) -> bool:
        """Whether cells cannot tell how many records there are."""
        return not (self.topic is None and self.least is None and self.most is None)


@dataclass(frozen=True)
class RecordColumn:
    """A column of the list and of the export."""

    key: str
    title: Any


@dataclass(frozen=True)
class RecordPage:
    """One page of records. The sums are those of all records, not of the page."""

    columns: list[RecordColumn]
    rows: list[dict[str, Any]]
    total: int
    sums: Sums = field(default_factory=Sums)

    @property
    def n(self) -> int:
        return self.sums.n

    @property
    def numerator(self) -> int:
        return self.sums.numerator

    @property
    def denominator(self) -> int:
        return self.sums.denominator


def columns(metric_code: str) -> list[RecordColumn]:
    """What a record of this metric's stream shows: its columns, whose it was that day, and what it counts for."""
    metric = readings.metric_of(metric_code)
    if metric.is_snapshot:  # counted from people: there are no records
        return [RecordColumn("value", metric.title)]
    stream = STREAMS[metric.tally_set.stream]
    own = [RecordColumn("moment" if one.name == stream.moment else one.name, one.title) for one in stream]
    whose = [
        RecordColumn("team", _("team")),
        RecordColumn("grade", _("grade")),
        RecordColumn("partner", _("partner centre")),
    ]
    return [*own, *whose, RecordColumn("value", metric.title)]


def of(
    metric_code: str,
    *,
    scope: Scope,
    first: date,
    end: date,
    reach: Reach | None = None,
    filters: RecordFilters = RecordFilters(),
    sort: str = NEWEST_FIRST,
    offset: int = 0,
    limit: int = 50,
) -> RecordPage:
    """One page of the records that count in the figure."""
    metric = readings.metric_of(metric_code)
    if metric.is_snapshot:
        return RecordPage([], [], 0)
    asked = _Asked(metric, scope, reach, filters, sort if sort in _SORTS else NEWEST_FIRST)
    days = cells.records_by_day(metric, scope=scope, first=first, end=end, reach=reach, within=filters.slice)
    with store.connect() as db:
        if filters.needs_reading:
            sums = asked.total(db, list(days))
            found = asked.rows(db, list(days), offset, limit) if sums.n else []
        else:
            sums = sum(days.values(), Sums())
            chosen, skipped = _days_of_page(days, asked.sort, offset, limit)
            found = asked.rows(db, chosen, offset - skipped, limit) if chosen else []
    return RecordPage(columns(metric_code), asked.shown(found), sums.n, sums)


def stream_rows(
    metric_code: str,
    *,
    scope: Scope,
    first: date,
    end: date,
    reach: Reach | None = None,
    filters: RecordFilters = RecordFilters(),
    sort: str = NEWEST_FIRST,
) -> Iterator[list[Any]]:
    """Every record in the order of `columns`, for an export; memory stays bounded."""
    metric = readings.metric_of(metric_code)
    if metric.is_snapshot:
        return
    keys = [column.key for column in columns(metric_code)]
    asked = _Asked(metric, scope, reach, filters, sort if sort in _SORTS else NEWEST_FIRST)
    days = cells.records_by_day(metric, scope=scope, first=first, end=end, reach=reach, within=filters.slice)
    if not days:
        return
    with store.connect() as db:
        cursor = asked.run(db, list(days), 0, None)
        while found := _dicts(cursor, _FETCH):
            for row in asked.shown(found):
                yield [row[key] for key in keys]


def sums_by(
    metric: Metric, column: str, *, scope: Scope, first: date, end: date, reach: Reach | None = None
) -> dict[Any, Sums]:
    """Sums by the values of a stored column, straight from the records."""
    asked = _Asked(metric, scope, reach, RecordFilters(), NEWEST_FIRST)
    days = list(cells.records_by_day(metric, scope=scope, first=first, end=end, reach=reach))
    if not days:
        return {}
    with store.connect() as db:
        return asked.totals(db, days, column)


@dataclass(frozen=True)
class _Asked:
    """One question to DuckDB about the records of a metric."""

    metric: Metric
    scope: Scope
    reach: Reach | None
    filters: RecordFilters
    sort: str

    @property
    def stream(self) -> Stream:
        return STREAMS[self.metric.tally_set.stream]

    @property
    def picks_by_attribution(self) -> bool:
        """Whether which records count depends on whose they were; else only those shown need to be charged."""
        by_unit = self.scope.kind in (ScopeKind.TEAM, ScopeKind.GRADE, ScopeKind.PARTNER)
        return by_unit or narrowing(self.scope, self.reach) is not None

    def rows(
        self, db: duckdb.DuckDBPyConnection, days: Sequence[date], offset: int, limit: int
    ) -> list[dict[str, Any]]:
        """Records of these days as dictionaries of stored columns, with `moment`, `value` and attribution."""
        return _dicts(self.run(db, days, offset, limit), limit)

    def run(
        self, db: duckdb.DuckDBPyConnection, days: Sequence[date], offset: int, limit: int | None
    ) -> duckdb.DuckDBPyConnection:
        """The cursor over records in order."""
        body, params = self._body(db, days)
        limited = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
        stored = ", ".join(f"f.{column.stored}" for column in self.stream if column.name != self.stream.moment)
        whose = "a.team_id, a.grade_id, a.partner_id, " if self.picks_by_attribution else ""
        return db.execute(
            f"SELECT {stored}, f.day, f.{self.stream.moment} AS moment, {whose}{self._value()} AS value {body} "
            f"ORDER BY {_SORTS[self.sort]}{limited}",
            params,
        )

    def shown(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows with whose they were and names instead of numbers, and moments that know their zone (UTC)."""
        if found and not self.picks_by_attribution:
            _charge(found)
        return _named(self.stream, found)

    def total(self, db: duckdb.DuckDBPyConnection, days: Sequence[date]) -> Sums:
        """The sums over all records of these days."""
        return self.totals(db, days, None).get(None, Sums()) if days else Sums()

    def totals(self, db: duckdb.DuckDBPyConnection, days: Sequence[date], column: str | None) -> dict[Any, Sums]:
        """Sums by a stored column, or over everything under None."""
        body, params = self._body(db, days)
        places = [self.metric.tally_set.position(key) for key in self.metric.tally_keys]
        amounts = ", ".join(f"count(v{p}), sum(v{p}::BIGINT), sum(v{p}::BIGINT * v{p}::BIGINT)" for p in places)
        by = f"f.{column}" if column else "NULL"
        found = db.execute(f"SELECT {by}, {amounts} {body} GROUP BY 1", params).fetchall()
        return {row[0]: cells.sums_from(self.metric, row[1:]) for row in found if row[1]}

    def _value(self) -> str:
        """What one record is worth, in the metric's unit."""
        over, under = FACTORS[self.metric.unit]
        tally_set = self.metric.tally_set
        below = f" / v{tally_set.position(self.metric.denominator)}" if self.metric.denominator else ""
        return f"(v{tally_set.position(self.metric.numerator)}::DOUBLE * {over} / {under}{below})"

    def _body(self, db: duckdb.DuckDBPyConnection, days: Sequence[date]) -> tuple[str, list[Any]]:
        """FROM and WHERE: the facts of these days that count, of the scope, within reach, passing the filters."""
        tally_set = self.metric.tally_set
        ahead = {day + timedelta(days=n) for day in days for n in range(tally_set.lookback_days + 1)}
        records = compiling.over(
            store.relation_sql(tally_set.stream, ahead), tally_set.stream, compiling.duckdb()[tally_set.name].records
        )
        where = [f"v{tally_set.position(self.metric.numerator)} IS NOT NULL"]
        params: list[Any] = []
        if tally_set.lookback_days:
            where.append("list_contains($days::DATE[], f.day)")
            params.append(list(days))
        for sql, value in self._conditions():
            where.append(sql)
            params.extend(value)
        whose = ""
        if self.picks_by_attribution:
            self._attribute(db, days)
            whose = "LEFT JOIN attribution AS a ON a.who = f.person_id AND f.day >= a.first AND f.day < a.until "
        text = f"FROM ({records}) AS f {whose}WHERE {' AND '.join(where)}"
        return text.replace("$days", "?"), params

    def _conditions(self) -> Iterator[tuple[str, list[Any]]]:
        names = {
            ScopeKind.PERSON: "f.person_id", ScopeKind.LINE: "f.line_id", ScopeKind.TEAM: "a.team_id",
            ScopeKind.GRADE: "a.grade_id", ScopeKind.PARTNER: "a.partner_id",
        }  # fmt: skip
        if self.scope.kind != ScopeKind.ORGANISATION:
            yield f"{names[self.scope.kind]} = ?", [self.scope.id]
        limited = narrowing(self.scope, self.reach)
        if limited is not None:
            yield (
                "(f.person_id = ? OR list_contains(?::BIGINT[], a.team_id) "
                "OR list_contains(?::BIGINT[], a.partner_id))",
                [limited.person_id, sorted(limited.team_ids), sorted(limited.partner_ids)],
            )
        if self.filters.line_id is not None:
            yield "f.line_id = ?", [self.filters.line_id]
        if self.filters.channel is not None:
            yield "f.channel = ?", [self.filters.channel]
        if self.filters.topic is not None:
            yield "coalesce(f.topic, '') = ?", [self.filters.topic]
        if self.filters.least is not None:
            yield f"{self._value()} >= ?", [self.filters.least]
        if self.filters.most is not None:
            yield f"{self._value()} <= ?", [self.filters.most]

    def _attribute(self, db: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
        """Whose the records are, for the persons who may be asked about."""
        first, end = min(days), max(days) + timedelta(days=1)
        spans = attribution.spans(first, end, person_ids=self._persons(first, end))
        db.execute(
            attribution.AS_DUCKDB_TABLE,
            attribution.as_columns(spans),
        )

    def _persons(self, first: date, end: date) -> set[int] | None:
        """Those who may have records of the scope; None for everybody."""
        if self.scope.kind == ScopeKind.PERSON and self.scope.id is not None:
            return {self.scope.id}
        if self.scope.kind == ScopeKind.TEAM:
            rows = TeamMembership.objects.filter(team_id__in=[self.scope.id]).within(first, end)
            return set(rows.values_list("person_id", flat=True))
        if self.scope.kind == ScopeKind.PARTNER:
            employed = Employment.objects.filter(partner_id__in=[self.scope.id]).within(first, end)
            return set(employed.values_list("person_id", flat=True))
        return None


def _days_of_page(days: dict[date, Sums], sort: str, offset: int, limit: int) -> tuple[list[date], int]:
    """The days a page of records shows, and how many records come before the first of them."""
    if sort not in (NEWEST_FIRST, OLDEST_FIRST):
        return list(days), 0
    chosen, before, skipped = list[date](), 0, 0
    for day in sorted(days, reverse=sort == NEWEST_FIRST):
        n = days[day].n
        if before + n <= offset:
            skipped = before + n
        elif before < offset + limit:
            chosen.append(day)
        before += n
    return chosen, skipped


def _dicts(cursor: duckdb.DuckDBPyConnection, size: int) -> list[dict[str, Any]]:
    names = [one[0] for one in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchmany(size)]


def _charge(found: list[dict[str, Any]]) -> None:
    """Give each row the team, grade and partner centre of its person on its day."""
    days = [row["day"] for row in found]
    people = {row["person_id"] for row in found}
    spans = attribution.spans(min(days), max(days) + timedelta(days=1), person_ids=people)
    of_person = attribution.by_person(spans)
    for row in found:
        whose = attribution.on(of_person.get(row["person_id"], ()), row["day"])
        for key in ("team_id", "grade_id", "partner_id"):
            row[key] = getattr(whose, key, None)


def _named(stream: Stream, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {
        key: {one.pk: str(one) for one in model._default_manager.filter(pk__in={row[f"{key}_id"] for row in found})}
        for key, model in _NAMED.items()
    }
    kinds = {column.name: column.kind for column in stream}
    for row in found:
        row["moment"] = row["moment"].replace(tzinfo=UTC)
        for key in _NAMED:
            row[key] = names[key].get(row[f"{key}_id"], "")
        if "channel" in kinds and kinds["channel"] == Kind.CHANNEL:
            row["channel"] = Channel(row["channel"] or 0).label
    return found


_NAMED: dict[str, Any] = {"person": Person, "line": Line, "team": Team, "grade": Grade, "partner": Partner}
