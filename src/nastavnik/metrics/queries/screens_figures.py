"""Readings in the reader's words: value, target, state, interval, sparkline, as tiles, cells and tables show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nastavnik.kernel.logic import charts, formatting
from nastavnik.metrics.catalogue.metrics import METRICS, Metric
from nastavnik.metrics.enums import Direction, Tier, Unit, Verdict
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.logic.readings import Piece, Reading
from nastavnik.metrics.logic.rounding import telling_decimals

_STATES = {
    Verdict.MET: "met",
    Verdict.MISSED: "missed",
    Verdict.NO_TARGET: "no_target",
    Verdict.TOO_FEW: "too_few_data",
}
TIER_ICONS = {Tier.ABOVE: "up", Tier.WITHIN: "no_target", Tier.BELOW: "down", Tier.TOO_FEW: "too_few_data"}


def lang() -> str:
    return get_language() or "en"


def all_metrics() -> dict[str, Metric]:
    """Every metric by its code, in the catalogue's order."""
    return METRICS


def amount(metric: Metric, value: float | None, *, unit: bool = True, decimals: int | None = None) -> str:
    """A value of the metric as text: 4,87; 92,4 %; 4:32. Percent and time carry their unit in themselves."""
    places = metric.decimals if decimals is None else decimals
    if value is None:
        return formatting.NOTHING
    if metric.unit == Unit.SECONDS:
        return formatting.duration(round(value * 1000))
    if metric.unit == Unit.PERCENT and unit:
        return formatting.percent_points(value, places, lang())
    return formatting.number(value, places, lang())


def goal(metric: Metric, target: float | None, floor: float | None = None) -> str:
    """The target with its direction: ≥ 4,85; ≤ 10 %; 4:00–5:30. Empty without a target."""
    if target is None:
        return ""
    if metric.direction == Direction.BAND:
        return f"{amount(metric, floor, unit=False)}–{amount(metric, target)}"
    sign = "≤" if metric.direction == Direction.LOWER else "≥"
    return f"{sign}{formatting.NBSP}{target_amount(metric, target)}"


def target_amount(metric: Metric, target: float) -> str:
    """A target is a number somebody chose: zeros after the comma are left out (95 %, not 95,0 %)."""
    if metric.unit != Unit.PERCENT:
        return amount(metric, target)
    whole = abs(target - round(target)) < 0.5 * 10**-metric.decimals
    return formatting.percent_points(target, 0 if whole else metric.decimals, lang())


def day_words(day: date) -> str:
    """3 окт. 2023"""
    return formatting.day(day, lang())


def day_month(day: date) -> str:
    """3 окт."""
    return str(format_date(day, f"d{formatting.NBSP}MMM", locale="ru" if formatting.is_russian(lang()) else "en"))


def month_words(first: date, *, with_year: bool) -> str:
    """окт.; with its year where an axis needs it."""
    text = formatting.month(first, lang(), width="abbreviated")
    return text if with_year else text.rsplit(formatting.NBSP, 1)[0]


def decimals_of(metric: Metric, judged: Reading | Piece) -> int:
    """The metric's decimals, or more where rounding would contradict the verdict."""
    return telling_decimals(
        judged.value, judged.target, verdict=judged.verdict, direction=metric.direction, decimals=metric.decimals
    )


def gap_words(metric: Metric, reading: Reading) -> str:
    """How far beyond the target (+) or short of it (−), in the metric's unit."""
    gap = reading.gap
    if gap is None:
        return ""
    if metric.unit == Unit.SECONDS:
        return ("+" if gap >= 0 else formatting.MINUS) + formatting.duration(round(abs(gap) * 1000))
    return formatting.signed(gap, decimals_of(metric, reading), lang())


def chart_format(metric: Metric) -> charts.Format:
    """How charts write the metric's values."""
    if metric.unit == Unit.SECONDS:
        return charts.Format(lang=lang(), scale=1000, kind="duration")
    return charts.Format(lang=lang(), decimals=metric.decimals, unit="%" if metric.unit == Unit.PERCENT else "")


def limits_of(metric: Metric) -> tuple[float, float] | None:
    """The natural ends of the metric's scale."""
    return None if metric.least is None or metric.most is None else (float(metric.least), float(metric.most))


def axis_of(metric: Metric) -> str:
    """Times count from zero; ratings and shares near their end are cut, and the chart says so."""
    return "zero" if metric.unit == Unit.SECONDS else "cut"


def unit_words(metric: Metric) -> str:
    """The unit where it stands alone (a table's head)."""
    return _("min:s") if metric.unit == Unit.SECONDS else str(Unit(metric.unit).label)


@dataclass(frozen=True)
class Figure:
    """One reading, ready to be shown. Texts are in the active language; `state` is a code of kernel.web.states."""

    code: str
    title: str
    value: str
    bare: str
    state: str
    target: str
    n: int
    need: int
    interval_text: str = ""
    interval: charts.Interval | None = None
    spark: charts.Spark | None = None
    gap: str = ""
    url: str = ""
    period: str = ""
    note: str = ""
    tip: str = ""
    words: str = ""
    open: bool = False
    reading: Reading | None = None

    @property
    def is_judged(self) -> bool:
        return self.state in ("met", "missed")


def state_of(reading: Reading) -> str:
    """The state's code; a reading without records has no data whatever its target."""
    return "no_data" if reading.n == 0 or reading.value is None else _STATES[reading.verdict]


def _interval(metric: Metric, reading: Reading) -> charts.Interval | None:
    """The thin bar under a tile: the interval with some air, and the target where it is near."""
    if reading.value is None or reading.low is None or reading.high is None:
        return None
    seen = [reading.low, reading.high, *([reading.target] if reading.target is not None else [])]
    air = max(max(seen) - min(seen), abs(reading.value) * 0.005) * 0.35
    floor, ceiling = min(seen) - air, max(seen) + air
    if metric.least is not None:
        floor = max(floor, float(metric.least))
    if metric.most is not None:
        ceiling = min(ceiling, float(metric.most))
    return charts.interval(
        value=reading.value, low=reading.low, high=reading.high, floor=floor, ceiling=ceiling,
        target=None if metric.direction == Direction.BAND else reading.target, text=interval_words(metric, reading),
    )  # fmt: skip


def interval_words(metric: Metric, reading: Reading) -> str:
    """4,81–4,95; empty without an interval."""
    if reading.low is None or reading.high is None:
        return ""
    return f"{amount(metric, reading.low, unit=False)}–{amount(metric, reading.high)}"


def spark_of(readings: Sequence[Reading]) -> charts.Spark | None:
    """The trend of the readings with the step of their target; None when fewer than two have a value."""
    if sum(one.value is not None for one in readings) < 2:
        return None
    return charts.sparkline(
        values=[one.value for one in readings],
        target=[one.target for one in readings],
        incomplete_last=readings[-1].incomplete,
    )


def figure(
    metric: Metric,
    reading: Reading,
    *,
    url: str = "",
    trend: Sequence[Reading] = (),
    period: str = "",
    note: str = "",
) -> Figure:
    """A reading in the reader's words, with interval and sparkline."""
    plain = cell(metric, reading, url=url)
    return Figure(
        **{name: getattr(plain, name) for name in ("code", "title", "value", "bare", "state", "target", "n", "need")},
        interval_text=interval_words(metric, reading), interval=_interval(metric, reading), spark=spark_of(trend),
        gap=gap_words(metric, reading), url=url, period=period, note=note, tip=plain.tip, words=plain.words,
        open=reading.incomplete, reading=reading,
    )  # fmt: skip


def cell(metric: Metric, reading: Reading, *, url: str = "", hatch: bool = False) -> Figure:
    """The short form for dense tables: no interval, no sparkline; `hatch` marks a period that is not over."""
    state = state_of(reading)
    target = goal(metric, reading.target, reading.floor)
    n = formatting.number(reading.n, 0, lang())
    places = decimals_of(metric, reading)
    return Figure(
        code=metric.code, title=str(metric.title), value=amount(metric, reading.value, decimals=places),
        bare=amount(metric, reading.value, unit=False, decimals=places), state=state, target=target, n=reading.n,
        need=reading.min_n,
        url=url, tip=" · ".join(part for part in (f"{_('target')} {target}" if target else "", f"n = {n}") if part),
        words=state_words(state), open=hatch and reading.incomplete, reading=reading,
    )  # fmt: skip


def nothing(metric: Metric) -> Figure:
    """The cell of somebody without records."""
    return Figure(
        code=metric.code, title=str(metric.title), value=formatting.NOTHING, bare=formatting.NOTHING, state="no_data",
        target="", n=0, need=metric.min_n, words=state_words("no_data"),
    )  # fmt: skip


def state_words(state: str) -> str:
    """The state as a word inside a sentence."""
    return {
        "met": _("met"), "missed": _("missed"), "no_target": _("no target"), "too_few_data": _("too few data"),
        "no_data": _("no data"),
    }[state]  # fmt: skip


def piece_words(metric: Metric, piece: Piece) -> str:
    """One piece of a period whose target changed: days, value, target, n, verdict."""
    sign = goal(metric, piece.target) if metric.direction != Direction.BAND else amount(metric, piece.target)
    return _("{days}: {value}, target {target}, n = {n}: {verdict}").format(
        days=formatting.day_range(piece.first, piece.end - ONE_DAY, lang()),
        value=amount(metric, piece.value, decimals=decimals_of(metric, piece)),
        target=sign or _("none"),
        n=formatting.number(piece.n, 0, lang()),
        verdict=state_words(_STATES[piece.verdict]),
    )
