"""Horizontal charts, a row a unit: bars from zero, and dots with intervals for comparing people or teams."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.kernel.logic.charts.line import fmt_count, interval_text
from nastavnik.kernel.logic.charts.model import Bar, Chart, Facts, Frame, Lane, Row
from nastavnik.kernel.logic.charts.scale import Format, Scale, axis_ticks, domain, shorten, text_width

WIDTH = 720.0
LANE = 30.0
TOP, FOOT = 20.0, 28.0
LABEL_MAX = 200.0
GAP = 12.0


def _shown(bars: Sequence[Bar], fmt: Format) -> list[Bar]:
    def up(value: float | None) -> float | None:
        return None if value is None else fmt.shown(value)

    return [Bar(b.label, up(b.value), b.n, up(b.low), up(b.high), up(b.target), b.state, b.url) for b in bars]


def _n_text(bar: Bar, fmt: Format) -> str:
    return "" if bar.n is None else fmt_count(bar.n, fmt)


def _tip(bar: Bar, fmt: Format) -> str:
    parts = [f"{bar.label}: {fmt.text(bar.value)}", interval_text(fmt, bar.low, bar.high)]
    if bar.n is not None:
        parts.append(f"n = {fmt_count(bar.n, fmt)}")
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Columns:
    """Right edges of the columns of text left of the plot: figures stand first so that a phone shows them."""

    name: float
    value: float
    end: float


def _columns(bars: Sequence[Bar], fmt: Format) -> Columns:
    widest = {
        "name": min(max((text_width(b.label, 15) for b in bars), default=40.0), LABEL_MAX),
        "value": max((text_width(fmt.text(b.value), 15) for b in bars), default=30.0),
        "n": max((text_width(_n_text(b, fmt)) for b in bars), default=0.0),
    }
    name = widest["name"]
    value = name + GAP + widest["value"]
    return Columns(name, value, value + GAP + widest["n"] if widest["n"] else value)


def _lane(index: int, bar: Bar, x: Scale, columns: Columns, fmt: Format) -> Lane:
    """Places of one row. The texts stand left of the plot, so that no bar or interval runs through them."""
    top = TOP + index * LANE
    zero = x.at(max(x.low, 0.0))
    end = zero if bar.value is None else x.at(bar.value)
    return Lane(
        y=top + 7, middle=top + LANE / 2, height=LANE - 14,
        label=shorten(bar.label, columns.name, 15), full_label=bar.label,
        x=end, width=round(max(end - zero, 0.0), 1), name_x=round(columns.name, 1), value_x=round(columns.value, 1),
        n_x=round(columns.end, 1),
        value=fmt.text(bar.value),
        n=_n_text(bar, fmt), tip=_tip(bar, fmt),
        low=None if bar.low is None or bar.value is None else x.at(bar.low),
        high=None if bar.high is None or bar.value is None else x.at(bar.high),
        target=None if bar.target is None else x.at(bar.target), state=bar.state, url=bar.url,
    )  # fmt: skip


def _rows(bars: Sequence[Bar], fmt: Format) -> list[Row]:
    return [
        Row(
            label=b.label, value=fmt.text(b.value), n=b.n, interval=interval_text(fmt, b.low, b.high),
            target="" if b.target is None else fmt.text(b.target), state=b.state, url=b.url,
        )
        for b in bars
    ]  # fmt: skip


def _facts(bars: Sequence[Bar], fmt: Format, centre: float | None) -> Facts:
    known = [b for b in bars if b.value is not None]
    if not known:
        return Facts()
    low, high = (pick(known, key=lambda b: b.value or 0.0) for pick in (min, max))
    return Facts(
        count=len(known), lowest_label=low.label, lowest=fmt.text(low.value),
        highest_label=high.label, highest=fmt.text(high.value), centre="" if centre is None else fmt.text(centre),
    )  # fmt: skip


def _chart(
    kind: str, title: str, bars: Sequence[Bar], fmt: Format, *, axis: str, better: str,
    centre: float | None, limits: tuple[float, float] | None,
) -> Chart:  # fmt: skip
    seen = _shown(bars, fmt)
    middle = None if centre is None else fmt.shown(centre)
    values = [v for b in seen for v in (b.value, b.target) if v is not None]
    values += [] if middle is None else [middle]
    spread = [end for b in seen for end in (b.low, b.high) if end is not None and b.value is not None]
    bounds = None if limits is None else (fmt.shown(limits[0]), fmt.shown(limits[1]))
    low, high = domain(values, axis=axis, spread=spread, limits=bounds, duration=fmt.kind == "duration")
    columns = _columns(seen, fmt)
    left, right = round(columns.end + GAP, 1), WIDTH - 24.0
    bottom = TOP + max(len(seen), 1) * LANE
    x = Scale(low, high, left, right)
    ticks = axis_ticks(x, fmt, count=5)
    return Chart(
        kind=kind, title=title, better=better,
        frame=Frame(WIDTH, bottom + FOOT, left, TOP, right, bottom, (), ticks,
                    ticks[0].text if low > 0 or axis == "cut" else ""),
        rows=_rows(seen, fmt), facts=_facts(seen, fmt, middle),
        lanes=[_lane(i, b, x, columns, fmt) for i, b in enumerate(seen)],
        centre=None if middle is None else x.at(middle), centre_text="" if middle is None else fmt.text(middle),
        states=tuple(dict.fromkeys(b.state for b in seen if b.state)),
    )  # fmt: skip


def bar(
    *,
    title: str,
    bars: Sequence[Bar],
    fmt: Format | None = None,
    axis: str = "zero",
    better: str = "higher",
    limits: tuple[float, float] | None = None,
) -> Chart:
    """Bars from zero (a length means its value, so a cut axis is refused), target ticks, intervals as thin lines.

    Raises ValueError for another axis than "zero": draw `dots` instead.
    """
    if axis != "zero":
        raise ValueError("A bar begins at zero; draw dots where the axis must be cut.")
    return _chart("bar", title, bars, fmt or Format(), axis=axis, better=better, centre=None, limits=limits)


def dots(
    *,
    title: str,
    bars: Sequence[Bar],
    fmt: Format | None = None,
    axis: str = "cut",
    centre: float | None = None,
    better: str = "higher",
    limits: tuple[float, float] | None = None,
) -> Chart:
    """Dots with their intervals around a common centre, for a ranking that does not pretend."""
    return _chart("dots", title, bars, fmt or Format(), axis=axis, better=better, centre=centre, limits=limits)
