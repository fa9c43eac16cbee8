"""The records and the cells behind a figure, with the sums that show they are the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.kernel.logic import formatting
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.catalogue.streams import STREAMS, Column, Kind
from nastavnik.metrics.enums import Channel, Period, ScopeKind, Unit
from nastavnik.metrics.logic.readings import FACTORS, Reading
from nastavnik.metrics.permissions import may_see_people_behind_figures
from nastavnik.metrics.queries import cells, readings, records
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.columns import by_column, columns_of
from nastavnik.metrics.queries.records import RecordColumn, RecordFilters
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.people.models import Line, Person

_NUMBERS = frozenset({Kind.MS, Kind.INT})
# Words of the streams' closed lists: files carry the codes, people read these.
CHOICES = {
    "random": gettext_lazy("random"), "targeted": gettext_lazy("targeted"), "disputed": gettext_lazy("disputed"),
    "calibration": gettext_lazy("calibration"), "retained": gettext_lazy("stayed"),
    "refunded": gettext_lazy("refunded"), "unresolved": gettext_lazy("unresolved"),
    "technical": gettext_lazy("technical"), "quality": gettext_lazy("quality"), "schedule": gettext_lazy("schedule"),
    "price": gettext_lazy("price"), "personal": gettext_lazy("personal"), "other": gettext_lazy("other"),
}  # fmt: skip


@dataclass(frozen=True)
class HeadCell:
    """A column's head; `sort` is the key it sorts by, empty where it does not."""

    key: str
    title: str
    num: bool
    sort: str = ""


@dataclass(frozen=True)
class BodyCell:
    text: str
    num: bool = False
    url: str = ""


@dataclass(frozen=True)
class RecordScreen:
    """One page of records under the figure they make."""

    title: str
    lead: str
    sums: str
    agrees: bool | None
    agreement: str
    cells_url: str
    columns: list[HeadCell]
    rows: list[list[BodyCell]]
    total: int


def record_screen(
    frame: Frame, metric: Metric, filters: RecordFilters, *, sort: str, offset: int, limit: int
) -> RecordScreen:
    """The records of the frame that count in the metric; their sums beside the reading's own."""
    page = records.of(
        metric.code, scope=frame.scope, first=frame.first, end=frame.end, reach=frame.reach, filters=filters, sort=sort,
        offset=offset, limit=limit,
    )  # fmt: skip
    reading = _reading(frame, metric)
    # A column nobody filled on this page only widens the table.
    shown = [one for one in page.columns if _is_shown(frame, one) and any(_has(row, one.key) for row in page.rows)]
    kinds = _kinds(metric)
    agrees = _agrees(reading, page.sums.n, page.numerator, page.denominator) if filters == RecordFilters() else None
    return RecordScreen(
        title=_("{metric}: the records").format(metric=metric.title),
        lead=f"{frame.scope_title} · {frame.days_words}",
        sums=sums_words(metric, page.n, page.numerator, page.denominator),
        agrees=agrees,
        agreement=_agreement(metric, reading, agrees),
        cells_url=frame.url("cell-list", metric.code),
        columns=[_head(metric, one, kinds.get(one.key)) for one in shown],
        rows=_body(frame, metric, shown, page.rows, kinds),
        total=page.total,
    )


def _has(row: dict[str, Any], key: str) -> bool:
    return row[key] is not None and row[key] != ""


def _reading(frame: Frame, metric: Metric) -> Reading:
    return readings.read(
        [metric.code], scope=frame.scope, first=frame.first, end=frame.end, per=Period.WHOLE, reach=frame.reach
    )[metric.code][0]


def _agrees(reading: Reading, n: int, numerator: int, denominator: int) -> bool:
    return (reading.n, reading.numerator, reading.denominator) == (n, numerator, denominator)


def _agreement(metric: Metric, reading: Reading, agrees: bool | None) -> str:
    value = figures.amount(metric, reading.value)
    if agrees is None:
        return _("Without these filters: {value}, n = {n}.").format(
            value=value, n=formatting.number(reading.n, 0, figures.lang())
        )
    if agrees:
        return _("The sums of these records equal the figure.")
    text = _("The figure shown elsewhere is {value}: records came in since it was counted. It will follow in a moment.")
    return text.format(value=value)


def sums_words(metric: Metric, n: int, numerator: int, denominator: int) -> str:
    """11 441 / 2 520 = 4,54 in the metric's terms."""
    lang = figures.lang()
    if not denominator:
        return _("No records count in this figure.")
    above = (
        formatting.duration_words(numerator, lang)
        if metric.unit == Unit.SECONDS
        else formatting.number(numerator, 0, lang)
    )
    over, under = FACTORS[metric.unit]
    value = numerator * over / under / denominator
    below = formatting.number(denominator, 0, lang)
    words = f"{above} / {below} = {figures.amount(metric, value)} {metric.denominator_text}"
    return words if n == denominator else f"{words}, n = {formatting.number(n, 0, lang)}"


def _is_shown(frame: Frame, column: RecordColumn) -> bool:
    """Who sees no people sees no names in the records either; one's own records are one's own."""
    own = frame.scope.kind == ScopeKind.PERSON and frame.scope.id == frame.viewer.pk
    return column.key != "person" or own or may_see_people_behind_figures(frame.viewer)


def _kinds(metric: Metric) -> dict[str, Column]:
    if metric.is_snapshot:  # counted from people: there are no records, hence no columns
        return {}
    stream = STREAMS[metric.tally_set.stream]
    return {"moment" if one.name == stream.moment else one.name: one for one in stream}


def _head(metric: Metric, column: RecordColumn, known: Column | None) -> HeadCell:
    number = column.key == "value" or (known is not None and known.kind in _NUMBERS)
    sort = column.key if column.key in ("moment", "value") else ""
    title = _("Counts as") if column.key == "value" else str(column.title)
    return HeadCell(column.key, title[:1].upper() + title[1:], number, sort)


def _body(
    frame: Frame, metric: Metric, shown: list[RecordColumn], rows: list[dict[str, Any]], kinds: dict[str, Column]
) -> list[list[BodyCell]]:
    ids = {row["person_id"] for row in rows if row.get("person_id")}
    public = dict(Person.objects.filter(pk__in=ids).values_list("pk", "public_id"))
    url = frame.url("person-figures", "ID", scope=None)
    links = {pk: url.replace("/ID/", f"/{public_id}/", 1) for pk, public_id in public.items()}
    return [[_cell(metric, column, row, kinds.get(column.key), links) for column in shown] for row in rows]


def _cell(
    metric: Metric, column: RecordColumn, row: dict[str, Any], known: Column | None, links: dict[int, str]
) -> BodyCell:
    value = row[column.key]
    if column.key == "value":
        return BodyCell(figures.amount(metric, value), num=True)
    if column.key == "person":
        return BodyCell(value, url=links.get(row["person_id"] or 0, ""))
    if value is None or value == "":
        return BodyCell("", num=known is not None and known.kind in _NUMBERS)
    if known is not None and known.kind in _NUMBERS:
        text = formatting.duration(value) if known.kind == Kind.MS else formatting.number(value, 0, figures.lang())
        return BodyCell(text, num=True)
    return BodyCell(plain(value))


def plain(value: Any) -> str:
    """A stored value as people read it: local time, yes and no, words of closed lists."""
    if isinstance(value, datetime):
        return formatting.moment(timezone.localtime(value), figures.lang())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(CHOICES.get(value, value)) if isinstance(value, str) else str(value)


def export(frame: Frame, metric: Metric, filters: RecordFilters, sort: str) -> tuple[list[str], Iterator[list[Any]]]:
    """Heads and every record, values as they are stored, without names for those who see no people."""
    columns = records.columns(metric.code)
    kept = [index for index, column in enumerate(columns) if _is_shown(frame, column)]
    rows = records.stream_rows(
        metric.code, scope=frame.scope, first=frame.first, end=frame.end, reach=frame.reach, filters=filters, sort=sort
    )
    return [str(columns[index].title) for index in kept], ([row[index] for index in kept] for row in rows)


# Cells ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CellLine:
    """One day, person and slice."""

    url: str
    day: Any
    person: str
    line: str
    channel: str
    n: int
    value: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class CellScreen:
    """Cells of a figure, newest day first, under their total."""

    title: str
    lead: str
    records_url: str
    shows_people: bool
    sums: str
    rows: list[CellLine]
    total: int


def cell_screen(frame: Frame, metric: Metric, *, offset: int, limit: int) -> CellScreen:
    """The exact sums a figure is added up from."""
    found = cells.breakdown(
        metric.code, scope=frame.scope, first=frame.first, end=frame.end, reach=frame.reach, offset=offset, limit=limit
    )
    reading = _reading(frame, metric)
    people = _is_shown(frame, RecordColumn("person", ""))
    codes = dict(Line.objects.values_list("pk", "code"))
    return CellScreen(
        title=_("{metric}: day by day").format(metric=metric.title),
        lead=f"{frame.scope_title} · {frame.days_words}",
        records_url=frame.url("record-list", metric.code),
        shows_people=people,
        sums=sums_words(metric, reading.n, reading.numerator, reading.denominator),
        rows=[_line(frame, metric, one, codes, people) for one in found.rows],
        total=found.total,
    )


def _line(frame: Frame, metric: Metric, row: cells.CellRow, codes: dict[int, str], people: bool) -> CellLine:
    day = frame.during(row.day, row.day.fromordinal(row.day.toordinal() + 1))
    url = day.url("record-list", metric.code, line=codes.get(row.line_id or 0), channel=str(row.channel))
    return CellLine(
        url=url, day=row.day, person=row.person if people else "", line=row.line or _("not stated"),
        channel=str(Channel(row.channel).label), n=row.n, value=figures.amount(metric, row.value),
        numerator=row.numerator, denominator=row.denominator,
    )  # fmt: skip


# Slices ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SliceRow:
    title: str
    value: str
    interval: str
    n: int
    url: str


@dataclass(frozen=True)
class SliceTable:
    """The metric by the values of one column."""

    title: str
    rows: list[SliceRow] = field(default_factory=list)


def slice_tables(frame: Frame, metric: Metric, most: int = 12) -> list[SliceTable]:
    """By line, channel and every text column of the records; a column with one value says nothing and is left out."""
    tables = []
    for column in columns_of(metric):
        if column.kind == Kind.FLAG or column.name == "sampling":
            continue
        found = by_column(
            metric.code, column=column.name, scope=frame.scope, first=frame.first, end=frame.end, reach=frame.reach,
            limit=most,
        )  # fmt: skip
        if len(found) > 1:
            title = str(column.title)
            rows = [_slice(frame, metric, column, one) for one in found]
            tables.append(SliceTable(title[:1].upper() + title[1:], rows))
    return tables


def _slice(frame: Frame, metric: Metric, column: Column, found: readings.ColumnReading) -> SliceRow:
    title = plain(found.value) if column.kind == Kind.TEXT and found.value else found.title
    key = {Kind.CHANNEL: "channel"}.get(column.kind, column.name if column.name == "topic" else "")
    url = frame.url("record-list", metric.code, **{key: str(found.value or "")}) if key and found.value else ""
    return SliceRow(
        title, figures.amount(metric, found.reading.value), figures.interval_words(metric, found.reading),
        found.reading.n, url,
    )  # fmt: skip
