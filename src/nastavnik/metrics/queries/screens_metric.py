"""One metric for one scope: the figure, its trend with the steps of its target, its teams, its periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.kernel.logic import charts
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.enums import Direction, Period, ScopeKind
from nastavnik.metrics.logic import presets
from nastavnik.metrics.logic.periods import end_of, start_of
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import readings, scopes
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.screens_board import export_line, period_title
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame

TREND_PERIODS = 12
MOST_PERIODS = 60
MOST_MULTIPLES = 12
MOST_ROWS = 40


@dataclass(frozen=True)
class PeriodRow:
    """One period as a line of the table; pieces where the target changed inside it."""

    title: str
    figure: Figure
    url: str
    open: bool
    pieces: list[str]


@dataclass(frozen=True)
class MetricScreen:
    """The metric page without the parts that load by themselves (people, slices)."""

    title: str
    statement: str
    lead: str
    help: str
    denominator: str
    unit: str
    direction: str
    participation: str
    counted: str
    figure: Figure
    target_note: str
    mature_until: date | None
    pieces: list[str]
    trend: charts.Chart
    trend_title: str
    multiples: list[charts.Chart]
    teams: charts.Chart | None
    periods: list[PeriodRow]
    series: list[Reading]

    def export_rows(self) -> Iterator[list[Any]]:
        """One line per period."""
        for row, reading in zip(reversed(self.periods), self.series, strict=True):
            yield export_line(self.title, reading.first, reading.end, reading, row.figure.words)


def metric_screen(frame: Frame, metric: Metric) -> MetricScreen:
    """The figure over the frame's days; its trend over twelve periods that end with them."""
    first, end = trend_days(frame)
    code = metric.code
    whole = readings.read(
        [code], scope=frame.scope, first=frame.first, end=frame.end, per=Period.WHOLE, reach=frame.reach
    )[code][0]
    series = begun(
        readings.read([code], scope=frame.scope, first=first, end=end, per=frame.per, reach=frame.reach)[code]
    )
    figure = figures.figure(metric, whole)
    multiples, teams = _teams(frame, metric, first, end)
    return MetricScreen(
        title=str(metric.title), statement=_statement(metric, figure), lead=_lead(frame), help=str(metric.help),
        denominator=str(metric.denominator_text), unit=figures.unit_words(metric),
        direction=str(Direction(metric.direction).label), participation=str(metric.participation),
        counted=_("n {denominator}").format(denominator=metric.denominator_text),
        figure=figure, target_note=_target_note(metric, whole),
        mature_until=whole.mature_until if whole.mature_until and whole.mature_until < frame.last else None,
        pieces=_pieces(metric, whole), trend=_trend(frame, metric, series), trend_title=_trend_title(frame, metric),
        multiples=multiples, teams=teams, periods=[_period(frame, metric, one) for one in reversed(series)],
        series=series,
    )  # fmt: skip


def begun(series: list[Reading]) -> list[Reading]:
    """The series from its first period with records on: what came before says nothing. At least the last two stay."""
    start = next((index for index, one in enumerate(series) if one.n), len(series))
    return series[min(start, max(len(series) - 2, 0)) :]


def trend_days(frame: Frame) -> tuple[date, date]:
    """Whole periods: those of the frame, and before them as many as make twelve."""
    end = end_of(frame.per, frame.last)
    usual = presets.back(frame.per, frame.last, TREND_PERIODS - 1)
    earliest = presets.back(frame.per, frame.last, MOST_PERIODS - 1)
    return max(min(usual, start_of(frame.per, frame.first)), earliest), end


def _statement(metric: Metric, figure: Figure) -> str:
    if figure.state == "no_data":
        return _("{metric}: no records in these days").format(metric=metric.title)
    return _("{metric}: {value}, {state}").format(
        metric=metric.title,
        value=figure.value,
        state={
            "met": _("the target is met"), "missed": _("the target is missed"), "no_target": _("no target is set"),
            "too_few_data": _("too few records to judge"),
        }[figure.state],
    )  # fmt: skip


def _lead(frame: Frame) -> str:
    return f"{frame.scope_title} · {frame.days_words}"


def _target_note(metric: Metric, reading: Reading) -> str:
    notes = []
    if len([piece for piece in reading.pieces if piece.target is not None and piece.n]) > 1:
        notes.append(_("weighted by n over its changes"))
    if reading.floor is not None and metric.direction != Direction.BAND:
        notes.append(_("floor {value}").format(value=figures.target_amount(metric, reading.floor)))
    if reading.stretch is not None:
        notes.append(_("stretch {value}").format(value=figures.target_amount(metric, reading.stretch)))
    return ", ".join(notes)


def _pieces(metric: Metric, reading: Reading) -> list[str]:
    """Sentences of the pieces when there is more than one of them with records."""
    pieces = [piece for piece in reading.pieces if piece.n]
    return [figures.piece_words(metric, piece) for piece in pieces] if len(pieces) > 1 else []


def _trend_title(frame: Frame, metric: Metric) -> str:
    by = {
        Period.WEEK: _("{metric} by week"), Period.MONTH: _("{metric} by month"),
        Period.QUARTER: _("{metric} by quarter"),
    }[frame.per]  # fmt: skip
    return by.format(metric=metric.title)


def points(frame: Frame, metric: Metric, series: Sequence[Reading]) -> list[charts.Point]:
    """Readings as points of a chart; each opens its own days."""
    return [
        charts.Point(
            label=_short(frame.per, one.first), full_label=period_title(frame.per, one.first, short=False),
            value=one.value, n=one.n, low=one.low, high=one.high, incomplete=one.incomplete,
            url=frame.during(one.first, one.end).url("metric-detail", metric.code),
        )
        for one in series
    ]  # fmt: skip


def _short(per: Period, first: date) -> str:
    """The label under the axis: the year only where it turns."""
    if per == Period.WEEK:
        return figures.day_month(first)
    if per == Period.MONTH:
        return figures.month_words(first, with_year=first.month == 1)
    return period_title(per, first)


def steps(series: Sequence[Reading]) -> list[charts.TargetStep]:
    """The dated target as the chart draws it: a step where it changes."""
    found: list[charts.TargetStep] = []
    for index, one in enumerate(series):
        if not found or found[-1].value != one.target:
            found.append(charts.TargetStep(index, one.target))
    return found


def _changes(metric: Metric, series: Sequence[Reading]) -> list[charts.Event]:
    """Ticks where another version of the target came into force."""
    found: list[charts.Event] = []
    before: float | None = None
    for index, one in enumerate(series):
        targets = [piece.target for piece in one.pieces if piece.target is not None]
        if before is not None and targets and targets[-1] != before:
            label = _("target {value}").format(value=figures.goal(metric, targets[-1], one.floor))
            found.append(charts.Event(index, label))
        before = targets[-1] if targets else before
    return found


def _trend(frame: Frame, metric: Metric, series: Sequence[Reading]) -> charts.Chart:
    return charts.line(
        title=_trend_title(frame, metric), fmt=figures.chart_format(metric), axis=figures.axis_of(metric),
        points=points(frame, metric, series), target=steps(series), events=_changes(metric, series),
        better="lower" if metric.direction == Direction.LOWER else "higher", limits=figures.limits_of(metric),
    )  # fmt: skip


def _teams(frame: Frame, metric: Metric, first: date, end: date) -> tuple[list[charts.Chart], charts.Chart | None]:
    """Few teams as small multiples on one axis; more of them as rows with intervals; a team or person has none."""
    if frame.scope.kind not in (ScopeKind.ORGANISATION, ScopeKind.LINE, ScopeKind.PARTNER):
        return [], None
    found = readings.by(
        [metric.code], by=ScopeKind.TEAM, within=frame.scope, first=frame.first, end=frame.end, reach=frame.reach
    )[metric.code]
    held = [pk for pk, series in found.items() if any(one.n for one in series)]
    if len(held) < 2:
        return [], None
    names = scopes.titles(ScopeKind.TEAM, held)
    held.sort(key=lambda pk: names.get(pk, ""))
    if len(held) <= MOST_MULTIPLES:
        return _multiples(frame, metric, first, end, {pk: names[pk] for pk in held}), None
    return [], _rows(frame, metric, {names[pk]: found[pk][0] for pk in held})


def _multiples(frame: Frame, metric: Metric, first: date, end: date, names: dict[Any, str]) -> list[charts.Chart]:
    series = readings.by(
        [metric.code], by=ScopeKind.TEAM, within=frame.scope, first=first, end=end, per=frame.per, reach=frame.reach
    )[metric.code]
    # One horizontal axis for all: from the first period in which any team has records.
    start = min(len(one) - len(begun(one)) for one in series.values())
    found = {pk: one[start:] for pk, one in series.items()}
    texts = scopes.texts(ScopeKind.TEAM, list(names))
    specs = [
        {
            "title": title,
            "points": points(frame.of(scopes.Scope(ScopeKind.TEAM, pk), texts[pk], title), metric, found[pk]),
            "target": steps(found[pk]),
        }
        for pk, title in names.items()
        if pk in found
    ]
    return charts.multiples(
        specs=specs, fmt=figures.chart_format(metric), axis=figures.axis_of(metric), limits=figures.limits_of(metric)
    )


def _rows(frame: Frame, metric: Metric, found: dict[str, Reading]) -> charts.Chart:
    """The teams furthest from the best first, at most forty: the rest is in the export."""
    worst_first = sorted(
        found.items(), key=lambda one: one[1].value or 0.0, reverse=metric.direction == Direction.LOWER
    )
    bars = [
        charts.Bar(
            label=title, value=one.value, n=one.n, low=one.low, high=one.high, target=one.target,
            state=figures.state_of(one), url=frame.url("metric-detail", metric.code, scope=one.scope),
        )
        for title, one in worst_first[:MOST_ROWS]
    ]  # fmt: skip
    return charts.dots(title=_("By team"), fmt=figures.chart_format(metric), bars=bars, axis="cut")


def _records_url(frame: Frame, metric: Metric, reading: Reading) -> str:
    """The records of one period; a snapshot has none."""
    return "" if metric.is_snapshot else frame.during(reading.first, reading.end).url("record-list", metric.code)


def _period(frame: Frame, metric: Metric, reading: Reading) -> PeriodRow:
    return PeriodRow(
        title=period_title(frame.per, reading.first, short=False), figure=figures.figure(metric, reading),
        url=_records_url(frame, metric, reading), open=reading.end > frame.today,
        pieces=_pieces(metric, reading),
    )  # fmt: skip
