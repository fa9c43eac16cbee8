"""Small charts: sparklines, thin interval bars, small multiples on one axis."""

from collections.abc import Mapping, Sequence
from typing import Any

from nastavnik.kernel.logic.charts.line import Slots, ends_of, line, per_point, polyline, shown, stepped, values_of
from nastavnik.kernel.logic.charts.model import Chart, Interval, Spark
from nastavnik.kernel.logic.charts.scale import Format, Scale, domain

SPARK_WIDTH, SPARK_HEIGHT = 96.0, 28.0


def sparkline(
    *,
    values: Sequence[float | None],
    target: Sequence[float | None] = (),
    incomplete_last: bool = False,
    width: float = SPARK_WIDTH,
    height: float = SPARK_HEIGHT,
) -> Spark:
    """A trend without axes; `target` has one value per point."""
    goals = list(target)[: len(values)] + [None] * (len(values) - len(target))
    known = [v for v in [*values, *goals] if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if high - low < 1e-12:
        low, high = low - 1, high + 1
    y, slots = Scale(low, high, height - 4, 4.0), Slots(0.0, width, len(values))
    spots = [None if v is None else (slots.middle(i), y.at(v)) for i, v in enumerate(values)]
    last = next((spot for spot in reversed(spots) if spot is not None), None)
    return Spark(width, height, polyline(spots), stepped(goals, slots, y), last, incomplete_last)


def interval(
    *,
    value: float,
    low: float,
    high: float,
    floor: float,
    ceiling: float,
    target: float | None = None,
    text: str = "",
) -> Interval:
    """A value with its interval on the scale floor..ceiling; what lies outside is drawn at the end."""
    scale = Scale(floor, max(ceiling, floor + 1e-9), 0.0, 100.0)
    goal = None if target is None else scale.at(target)
    return Interval(scale.at(value), scale.at(low), scale.at(high), goal, text)


def multiples(
    *,
    specs: Sequence[Mapping[str, Any]],
    fmt: Format | None = None,
    axis: str = "zero",
    limits: tuple[float, float] | None = None,
    width: float = 264.0,
    height: float = 132.0,
) -> list[Chart]:
    """The same small trend for each spec (`title`, `points`, optional `target`), all on one vertical axis."""
    fmt = fmt or Format()
    series = [shown(spec["points"], fmt) for spec in specs]
    targets = [per_point(spec.get("target", ()), len(spec["points"]), fmt) for spec in specs]
    values = [v for points, goals in zip(series, targets, strict=True) for v in values_of(points, goals)]
    spread = [end for points in series for end in ends_of(points)]
    bounds = None if limits is None else (fmt.shown(limits[0]), fmt.shown(limits[1]))
    span = domain(values, axis=axis, spread=spread, limits=bounds, duration=fmt.kind == "duration")
    return [
        line(
            title=spec["title"], points=spec["points"], target=spec.get("target", ()), fmt=fmt, axis=axis,
            width=width, height=height, span=span,
        )
        for spec in specs
    ]  # fmt: skip
