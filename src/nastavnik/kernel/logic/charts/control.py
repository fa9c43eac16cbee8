"""Control chart: a series between limits of its own chance; points that signal are ringed and named."""

from collections.abc import Collection, Sequence

from nastavnik.kernel.logic.charts.line import (
    HEIGHT,
    WIDTH,
    Slots,
    facts_of,
    interval_text,
    period_ticks,
    polyline,
    shown,
    stepped,
    tip_of,
)
from nastavnik.kernel.logic.charts.model import Chart, Facts, Frame, Label, Mark, Point, Row
from nastavnik.kernel.logic.charts.scale import Format, Scale, axis_ticks, domain, text_width

Limit = float | Sequence[float | None] | None


def _spread_out(limit: Limit, count: int, fmt: Format) -> list[float | None]:
    """One limit for all points, or one per point (they differ with n), in the units of the axis."""
    if limit is None:
        return [None] * count
    if isinstance(limit, (int, float)):
        return [fmt.shown(limit)] * count
    return [None if value is None else fmt.shown(value) for value in limit]


def _rows(points: Sequence[Point], lower: Sequence[float | None], upper: Sequence[float | None],
          flagged: Collection[int], fmt: Format) -> list[Row]:  # fmt: skip
    return [
        Row(p.name, fmt.text(p.value), p.n, interval_text(fmt, low, high), incomplete=p.incomplete,
            flagged=i in flagged, url=p.url)
        for i, (p, low, high) in enumerate(zip(points, lower, upper, strict=True))
    ]  # fmt: skip


def _marks(
    points: Sequence[Point], slots: Slots, y: Scale, *, flagged: Collection[int], fmt: Format, middle: float
) -> list[Mark]:
    marks: list[Mark] = []
    for index, point in enumerate(points):
        if point.value is None:
            continue
        spot, signal = y.at(point.value), index in flagged
        above = spot < middle
        marks.append(
            Mark(slots.middle(index), spot, tip_of(point, fmt), point.url, point.incomplete, signal,
                 point.label if signal else "", round(spot - 12 if above else spot + 21, 1), "middle")
        )  # fmt: skip
    return marks


def control(
    *,
    title: str,
    points: Sequence[Point],
    centre: float,
    lower: Limit,
    upper: Limit,
    flagged: Collection[int] = (),
    fmt: Format | None = None,
    axis: str = "cut",
    better: str = "higher",
    limits: tuple[float, float] | None = None,
) -> Chart:
    """A series with its centre and control limits. `flagged`: indices of points that signal, by the caller's rule."""
    fmt = fmt or Format()
    seen, middle = shown(points, fmt), fmt.shown(centre)
    lows, highs = _spread_out(lower, len(seen), fmt), _spread_out(upper, len(seen), fmt)
    values = [v for v in [*(p.value for p in seen), *lows, *highs, middle] if v is not None]
    bounds = None if limits is None else (fmt.shown(limits[0]), fmt.shown(limits[1]))
    reach = max(abs(value - middle) for value in values) * 1.12  # room for the names of what is flagged
    low, high = domain([*values, middle - reach], axis=axis, limits=bounds, duration=fmt.kind == "duration")
    top, bottom = 18.0, HEIGHT - 40
    y = Scale(low, high, bottom, top)
    ticks = axis_ticks(y, fmt)
    left = round(max(text_width(tick.text) for tick in ticks) + 10, 1)
    right = WIDTH - max(text_width(fmt.text(value), 13) for value in values) - 12
    slots = Slots(left, round(right, 1), len(seen))
    base = facts_of(seen, fmt)
    names = tuple(p.name for i, p in enumerate(seen) if i in flagged)
    ends = [(highs, "limit"), (lows, "limit")]
    labels = [Label(slots.right + 8, y.at(value) + 4, fmt.text(value), anchor)
              for series, anchor in ends if series and (value := series[-1]) is not None]  # fmt: skip
    return Chart(
        kind="control", title=title, better=better,
        frame=Frame(WIDTH, HEIGHT, left, top, slots.right, bottom, ticks, period_ticks(seen, slots),
                    ticks[0].text if low > 0 or axis == "cut" else ""),
        rows=_rows(seen, lows, highs, flagged, fmt),
        facts=Facts(**{**base.__dict__, "centre": fmt.text(middle), "flagged": names}),
        lines=polyline([None if p.value is None else (slots.middle(i), y.at(p.value)) for i, p in enumerate(seen)]),
        target=[*stepped(highs, slots, y), *stepped(lows, slots, y)],
        marks=_marks(seen, slots, y, flagged=flagged, fmt=fmt, middle=y.at(middle)),
        centre=y.at(middle), centre_text=fmt.text(middle),
        labels=[*labels, Label(slots.right + 8, y.at(middle) + 4, fmt.text(middle), "centre")],
    )  # fmt: skip
