"""Funnel plot: units by how much evidence they have, inside limits of chance. Only what lies outside is named."""

from collections.abc import Sequence

from nastavnik.kernel.logic.charts.line import fmt_count
from nastavnik.kernel.logic.charts.model import Chart, Facts, Frame, FunnelCurve, FunnelDot, Label, Mark, Row
from nastavnik.kernel.logic.charts.scale import Format, Scale, Tick, axis_ticks, domain, text_width, ticks_between

WIDTH, HEIGHT = 720.0, 320.0


def _curve(points: Sequence[tuple[float, float, float]], x: Scale, y: Scale, fmt: Format, side: int) -> str:
    inside = [p for p in points if x.low <= p[0] <= x.high]
    return "M" + "L".join(f"{x.at(p[0])} {y.at(fmt.shown(p[side]))}" for p in inside) if len(inside) > 1 else ""


def _marks(dots: Sequence[FunnelDot], x: Scale, y: Scale, fmt: Format) -> list[Mark]:
    """Circles; names of the flagged only, on the side with room, and never over another name."""
    taken: list[tuple[float, float, float]] = []
    marks: list[Mark] = []
    for dot in sorted(dots, key=lambda d: d.flagged):
        shown = fmt.shown(dot.value)
        px, py = x.at(dot.n), y.at(shown)
        tip = f"{dot.label}: {fmt.text(shown)} · n = {fmt_count(dot.n, fmt)}"
        width = text_width(dot.label)
        flip = px + 9 + width > WIDTH - 8
        start = px - 9 - width if flip else px + 9
        label_y = py + 4
        while dot.flagged and any(abs(label_y - t[1]) < 13 and start < t[2] and t[0] < start + width for t in taken):
            label_y += 13
        if dot.flagged:
            taken.append((start, label_y, start + width))
        marks.append(
            Mark(px, py, tip, dot.url, flagged=dot.flagged, label=dot.label if dot.flagged else "",
                 label_y=round(label_y, 1), anchor="end" if flip else "start")
        )  # fmt: skip
    return marks


def _span(dots: Sequence[FunnelDot], curves: Sequence[FunnelCurve], centre: float, fmt: Format,
          limits: tuple[float, float] | None) -> tuple[float, float]:  # fmt: skip
    """The vertical span: the units fully, the limits of chance as far as they do not dwarf them."""
    values = [fmt.shown(v) for v in (*(d.value for d in dots), centre)]
    least = min((d.n for d in dots), default=0)
    spread = [fmt.shown(end) for c in curves for n, low, high in c.points if n >= least for end in (low, high)]
    bounds = None if limits is None else (fmt.shown(limits[0]), fmt.shown(limits[1]))
    return domain(values, axis="cut", spread=spread, limits=bounds, duration=fmt.kind == "duration")


def funnel(
    *,
    title: str,
    dots: Sequence[FunnelDot],
    centre: float,
    curves: Sequence[FunnelCurve],
    fmt: Format | None = None,
    better: str = "higher",
    limits: tuple[float, float] | None = None,
) -> Chart:
    """Units as circles at (n, value) between the limits of chance around `centre`."""
    fmt = fmt or Format()
    low, high = _span(dots, curves, centre, fmt, limits)
    most = max((d.n for d in dots), default=1)
    top, bottom = 14.0, HEIGHT - 44
    y = Scale(low, high, bottom, top)
    y_ticks = axis_ticks(y, fmt)
    left = round(max(text_width(tick.text) for tick in y_ticks) + 10, 1)
    right = WIDTH - 60.0
    x = Scale(0.0, most * 1.04, left, right)
    x_ticks = [Tick(x.at(v), fmt_count(round(v), fmt)) for v in ticks_between(0, x.high, 5)]
    paths = [(c.level, side, _curve(c.points, x, y, fmt, side)) for c in curves for side in (1, 2)]
    middle = fmt.shown(centre)
    return Chart(
        kind="funnel", title=title, better=better,
        frame=Frame(WIDTH, HEIGHT, left, top, right, bottom, y_ticks, x_ticks, y_ticks[0].text if low > 0 else ""),
        rows=[Row(d.label, fmt.text(fmt.shown(d.value)), d.n, flagged=d.flagged, url=d.url) for d in dots],
        facts=Facts(count=len(dots), centre=fmt.text(middle), flagged=tuple(d.label for d in dots if d.flagged)),
        target=[path for _, _, path in paths if path], marks=_marks(dots, x, y, fmt), centre=y.at(middle),
        centre_text=fmt.text(middle),
        labels=[Label(right + 6, y.at(middle) + 4, fmt.text(middle), "centre"), *_levels(curves, x, y, fmt)],
    )  # fmt: skip


def _levels(curves: Sequence[FunnelCurve], x: Scale, y: Scale, fmt: Format) -> list[Label]:
    """The level of each curve at its right end: the first above, the next below, so that they do not touch."""
    found: list[Label] = []
    for index, curve in enumerate(curves):
        for point in [p for p in curve.points if p[0] <= x.high][-1:]:
            side = 2 if index % 2 == 0 else 1
            places = len(curve.level.partition(".")[2])
            text = Format(lang=fmt.lang, decimals=places, unit="%").text(float(curve.level))
            found.append(Label(x.end + 6, round(y.at(fmt.shown(point[side])) + 4, 1), text, "limit"))
    return found
