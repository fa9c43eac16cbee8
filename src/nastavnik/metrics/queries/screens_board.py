"""The board: metrics by periods. One row a metric, one column a period, the period now running last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nastavnik.kernel.logic import charts, formatting
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Period, ScopeKind
from nastavnik.metrics.logic import presets
from nastavnik.metrics.logic.periods import ONE_DAY, end_of
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame

PERIODS_BACK = 6
# Other ways to count what a metric of the board counts already: shown on request, always on the metric's own page.
VARIANTS = frozenset(
    {"csat_top", "csat_low", "sla_answered", "sla_offered", "sla_abandoned_fail", "technical_refund_share_of_cases"}
)
MAIN = tuple(code for code in METRICS if code not in VARIANTS)


def told_of(kind: ScopeKind, codes: Iterable[str]) -> list[str]:
    """Of these metrics those that say something of such a scope: a headcount says nothing of one person."""
    return [code for code in codes if not (kind == ScopeKind.PERSON and METRICS[code].is_snapshot)]


@dataclass(frozen=True)
class Column:
    """One period."""

    title: str
    first: date
    end: date
    open: bool


@dataclass(frozen=True)
class BoardRow:
    """One metric over the columns."""

    code: str
    title: str
    unit: str
    url: str
    target: str
    spark: charts.Spark | None
    spark_words: str
    figures: list[Figure]


@dataclass(frozen=True)
class Board:
    """The whole screen."""

    statement: str
    lead: str
    scope_title: str
    columns: list[Column]
    rows: list[BoardRow]

    def export_rows(self) -> Iterator[list[Any]]:
        """One line per metric and period, values as numbers."""
        for row in self.rows:
            for column, figure in zip(self.columns, row.figures, strict=True):
                reading = figure.reading
                if reading is not None:
                    yield export_line(row.title, column.first, column.end, reading, figure.words)


def export_heads() -> list[str]:
    """Heads of every export of readings."""
    return [
        _("Metric"), _("First day"), _("Last day"), _("Value"), _("Unit"), "n", _("Low"), _("High"), _("Target"),
        _("State"), _("Sum above"), _("Sum below"),
    ]  # fmt: skip


def export_line(title: str, first: date, end: date, reading: Reading, words: str) -> list[Any]:
    """A reading as a line of a file."""
    return [
        title, first, end - ONE_DAY, reading.value, str(reading.unit.label), reading.n, reading.low, reading.high,
        reading.target, words, reading.numerator, reading.denominator,
    ]  # fmt: skip


def period_title(per: Period, first: date, *, short: bool = True) -> str:
    """нояб. 2026; III кв. 2026; 16 нояб. (the week's Monday)."""
    lang = figures.lang()
    if per == Period.QUARTER:
        number = (first.month - 1) // 3 + 1
        return _("Q{number} {year}").format(number=number, year=first.year)
    if per == Period.YEAR:
        return str(first.year)
    if per == Period.MONTH:
        return formatting.month(first, lang, width="abbreviated" if short else "wide")
    day = formatting.day(first, lang)
    return day if per == Period.DAY else _("week of {day}").format(day=day)


def board(frame: Frame, *, with_variants: bool = False, codes: Sequence[str] | None = None) -> Board:
    """Six periods and the current one of every metric that has records or a target, for the frame's scope."""
    wanted = told_of(frame.scope.kind, codes or (METRICS if with_variants else MAIN))
    first, end = presets.back(frame.per, frame.today, PERIODS_BACK), end_of(frame.per, frame.today)
    found = readings.read(wanted, scope=frame.scope, first=first, end=end, per=frame.per, reach=frame.reach)
    rows = [row for code in wanted if (row := _row(frame, code, found[code])) is not None]
    columns = _columns(frame, found[wanted[0]] if wanted else [])
    return Board(
        statement=_statement(rows),
        lead=_lead(frame, rows),
        scope_title=frame.scope_title,
        columns=columns if rows else [],
        rows=rows,
    )


def _columns(frame: Frame, series: Sequence[Reading]) -> list[Column]:
    return [Column(period_title(frame.per, one.first), one.first, one.end, one.end > frame.today) for one in series]


def _row(frame: Frame, code: str, series: Sequence[Reading]) -> BoardRow | None:
    if not any(one.n for one in series):
        return None
    metric = METRICS[code]
    last = series[-1]
    cells = [figures.cell(metric, one, url=_days_url(frame, one), hatch=one.end > frame.today) for one in series]
    return BoardRow(
        code=code, title=str(metric.title), unit=str(metric.denominator_text), url=frame.url("metric-detail", code),
        target=figures.goal(metric, last.target, last.floor), spark=figures.spark_of(series),
        spark_words=_("{metric}: trend").format(metric=metric.title), figures=cells,
    )  # fmt: skip


def _days_url(frame: Frame, reading: Reading) -> str:
    """The metric over the cell's own days."""
    return frame.during(reading.first, reading.end).url("metric-detail", reading.metric) if reading.n else ""


def _judged(rows: Sequence[BoardRow]) -> tuple[int, list[Figure]]:
    """The newest column in which anything could be judged: how far back, and its judged figures."""
    for back in range(1, len(rows[0].figures) + 1 if rows else 0):
        judged = [row.figures[-back] for row in rows if row.figures[-back].is_judged]
        if judged:
            return back, judged
    return 0, []


def met_words(met: int, of: int) -> str:
    """5 of 7 targets are met."""
    if met == of:
        return ngettext("The one target is met", "All {n} targets are met", of).format(n=of)
    return ngettext("{met} of {n} target is met", "{met} of {n} targets are met", of).format(met=met, n=of)


def _statement(rows: Sequence[BoardRow]) -> str:
    if not rows:
        return _("Metric board")
    _back, judged = _judged(rows)
    if not judged:
        return _("No target can be judged yet")
    return met_words(sum(one.state == "met" for one in judged), len(judged))


def _lead(frame: Frame, rows: Sequence[BoardRow]) -> str:
    back, judged = _judged(rows)
    if not judged:
        return _("Records without targets are shown without a judgement.") if rows else ""
    reading = judged[0].reading
    period = period_title(frame.per, reading.first, short=False) if reading else ""
    if back == 1:
        period = _("{period} so far").format(period=period)
    missed = ", ".join(one.title for one in judged if one.state == "missed")
    period = period[:1].upper() + period[1:]
    return _("{period}. Missed: {missed}.").format(period=period, missed=missed) if missed else f"{period}."
