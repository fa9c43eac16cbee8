"""Trend: one series over periods, its stepped target, intervals as a band, open periods hatched, events named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik.kernel.logic.charts.model import Chart, Event, Facts, Frame, Label, Mark, Point, Row, Strip, TargetStep
from nastavnik.kernel.logic.charts.scale import Format, Scale, Tick, axis_ticks, domain, text_width

WIDTH, HEIGHT = 720.0, 264.0
EVENT_ROW = 15.0


@dataclass(frozen=True)
class Slots:
    """The horizontal axis of periods: equal slots, a point in the middle of each."""

    left: float
    right: float
    count: int

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(self.count, 1)

    def middle(self, index: int) -> float:
        return round(self.left + (index + 0.5) * self.step, 1)

    def edge(self, index: int) -> float:
        return round(self.left + index * self.step, 1)


def interval_text(fmt: Format, low: float | None, high: float | None) -> str:
    """`4,85–4,91`, empty without an interval; ends are in the units of the axis."""
    if low is None or high is None:
        return ""
    return f"{fmt.text(low, unit=False)}–{fmt.text(high)}"


def shown(points: Iterable[Point], fmt: Format) -> list[Point]:
    """The same points in the units of the axis."""

    def up(value: float | None) -> float | None:
        return None if value is None else fmt.shown(value)

    return [Point(p.label, up(p.value), p.n, up(p.low), up(p.high), p.incomplete, p.url, p.full_label) for p in points]


def per_point(target: Sequence[TargetStep], count: int, fmt: Format) -> list[float | None]:
    """The target of each point, in the units of the axis."""
    found: list[float | None] = [None] * count
    for step in sorted(target, key=lambda s: s.start):
        for index in range(max(step.start, 0), count):
            found[index] = None if step.value is None else fmt.shown(step.value)
    return found


def values_of(points: Sequence[Point], targets: Sequence[float | None]) -> list[float]:
    """All values the axis must show."""
    return [v for v in [*(p.value for p in points), *targets] if v is not None]


def ends_of(points: Sequence[Point]) -> list[float]:
    """All ends of intervals."""
    return [end for p in points for end in (p.low, p.high) if end is not None]


def polyline(spots: Sequence[tuple[float, float] | None]) -> list[str]:
    """Path data per unbroken run of spots. A run of one is drawn by its mark alone."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return ["M" + "L".join(f"{x} {y}" for x, y in run) for run in runs if len(run) > 1]


def stepped(values: Sequence[float | None], slots: Slots, y: Scale) -> list[str]:
    """A line of steps over whole slots, broken where there is no value."""
    paths: list[str] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        left, right, level = slots.edge(index), slots.edge(index + 1), y.at(value)
        if index and values[index - 1] is not None:
            paths[-1] += f"H{right}" if values[index - 1] == value else f"V{level}H{right}"
        else:
            paths.append(f"M{left} {level}H{right}")
    return paths


def band(points: Sequence[Point], slots: Slots, y: Scale) -> list[str]:
    """Intervals as areas, one per unbroken run of two or more."""
    areas: list[str] = []
    run: list[tuple[float, float, float]] = []
    for index, point in enumerate([*points, None]):
        if point is not None and point.low is not None and point.high is not None and point.value is not None:
            run.append((slots.middle(index), y.at(point.low), y.at(point.high)))
            continue
        if len(run) > 1:
            upper = "L".join(f"{x} {high}" for x, _, high in run)
            lower = "L".join(f"{x} {low}" for x, low, _ in reversed(run))
            areas.append(f"M{upper}L{lower}Z")
        run = []
    return areas


def hatched(x: float, top: float, width: float, height: float, gap: float = 7.0) -> Strip:
    """An area with slanted lines cut at its edges: no pattern, so no ids that could clash on a page."""
    pieces: list[str] = []
    offset = gap
    while offset < width + height:
        x0, y0 = (x + offset, top) if offset <= width else (x + width, top + offset - width)
        x1, y1 = (x, top + offset) if offset <= height else (x + offset - height, top + height)
        pieces.append(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}")
        offset += gap
    return Strip(x, top, round(width, 1), round(height, 1), "".join(pieces))


def period_ticks(points: Sequence[Point], slots: Slots) -> list[Tick]:
    """Labels of periods, thinned so that they do not touch; the last one is always there."""
    widest = max((text_width(p.label) for p in points), default=0) + 10
    stride = max(1, -(-int(widest) // max(int(slots.step), 1)))
    last = len(points) - 1
    return [Tick(slots.middle(i), p.label) for i, p in enumerate(points) if (last - i) % stride == 0]


def facts_of(points: Sequence[Point], fmt: Format, targets: Sequence[float | None] = ()) -> Facts:
    """What the summary of a series says. An incomplete period is no extreme."""
    known = [p for p in points if p.value is not None]
    if not known:
        return Facts()
    whole = [p for p in known if not p.incomplete] or known
    low = min(whole, key=lambda p: p.value or 0.0)
    high = max(whole, key=lambda p: p.value or 0.0)
    target = next((t for t in reversed(targets) if t is not None), None)
    return Facts(
        count=len(known),
        first_label=known[0].name, first=fmt.text(known[0].value),
        last_label=known[-1].name, last=fmt.text(known[-1].value),
        lowest_label=low.name, lowest=fmt.text(low.value),
        highest_label=high.name, highest=fmt.text(high.value),
        target="" if target is None else fmt.text(target),
    )  # fmt: skip


def rows_of(points: Sequence[Point], fmt: Format, targets: Sequence[float | None]) -> list[Row]:
    """The table behind the line."""
    return [
        Row(
            label=p.name, value=fmt.text(p.value), n=p.n, interval=interval_text(fmt, p.low, p.high),
            target="" if t is None else fmt.text(t), incomplete=p.incomplete, url=p.url,
        )
        for p, t in zip(points, targets, strict=True)
    ]  # fmt: skip


def tip_of(point: Point, fmt: Format) -> str:
    """What a point says under the pointer."""
    parts = [f"{point.name}: {fmt.text(point.value)}", interval_text(fmt, point.low, point.high)]
    if point.n is not None:
        parts.append(f"n = {fmt_count(point.n, fmt)}")
    return " · ".join(part for part in parts if part)


def fmt_count(n: int, fmt: Format) -> str:
    """A number of records in the chart's language."""
    return Format(lang=fmt.lang).text(n)


def target_labels(targets: Sequence[float | None], slots: Slots, y: Scale, fmt: Format) -> list[Label]:
    """The value at the beginning of each step, above its line; the step in force is labelled at the right edge."""
    starts = [i for i, t in enumerate(targets) if t is not None and (i == 0 or targets[i - 1] != t)]
    found: list[Label] = []
    for number, index in enumerate(starts):
        value = targets[index]
        runs_to_end = number == len(starts) - 1 and targets[-1] is not None
        if value is not None and not runs_to_end:
            found.append(Label(slots.edge(index) + 3, y.at(value) - 5, fmt.text(value)))
    return found


def _end_labels(
    points: Sequence[Point], targets: Sequence[float | None], y: Scale, right: float, fmt: Format
) -> list[Label]:
    """The last value and the target in force, beside the plot, moved apart when they would touch."""
    last = next((p.value for p in reversed(points) if p.value is not None), None)
    target = targets[-1] if targets else None
    places = {
        "value": None if last is None else y.at(last) + 4,
        "target": None if target is None else y.at(target) + 4,
    }
    value_y, target_y = places["value"], places["target"]
    if value_y is not None and target_y is not None and abs(value_y - target_y) < 15:
        middle = (value_y + target_y) / 2
        sign = 1 if value_y > target_y else -1
        value_y, target_y = middle + sign * 7.5, middle - sign * 7.5
    found = []
    if value_y is not None:
        found.append(Label(right + 8, round(value_y, 1), fmt.text(last), "value"))
    if target_y is not None:
        found.append(Label(right + 8, round(target_y, 1), fmt.text(target), "target"))
    return found


def _event_labels(events: Sequence[Event], slots: Slots, top: float) -> list[Label]:
    """Names of events on rows above the plot; one that would run into its neighbour goes a row up."""
    ends: list[float] = []
    found: list[Label] = []
    for event in sorted(events, key=lambda e: e.at):
        x = slots.edge(event.at)  # with the beginning of the period, where its target changes too
        width = text_width(event.label, 12.5)
        flip = x + width > slots.right + 60
        start = x - width if flip else x
        row = next((i for i, end in enumerate(ends) if start > end + 6), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = start + width
        found.append(Label(x, round(top - 5 - row * EVENT_ROW, 1), event.label, "end" if flip else "start"))
    return found


def _event_rows(labels: Sequence[Label]) -> int:
    return len({label.y for label in labels})


def line(
    *,
    title: str,
    points: Sequence[Point],
    fmt: Format | None = None,
    axis: str = "zero",
    target: Sequence[TargetStep] = (),
    events: Sequence[Event] = (),
    better: str = "higher",
    limits: tuple[float, float] | None = None,
    width: float = WIDTH,
    height: float = HEIGHT,
    span: tuple[float, float] | None = None,
) -> Chart:
    """A trend. `axis` is "zero" or "cut"; `limits` are the natural ends of the scale, in the units of the values.

    `span` fixes the ends of the axis, in its own units (small multiples share an axis this way).
    """
    fmt = fmt or Format()
    seen = shown(points, fmt)
    targets = per_point(target, len(seen), fmt)
    bounds = None if limits is None else (fmt.shown(limits[0]), fmt.shown(limits[1]))
    values = values_of(seen, targets)
    low, high = span or domain(values, axis=axis, spread=ends_of(seen), limits=bounds, duration=fmt.kind == "duration")
    end_width = max((text_width(fmt.text(v), 13) for v in values), default=30.0) + 12
    rows = _event_rows(_event_labels(events, Slots(40.0, width - end_width, len(seen)), 0))
    top, bottom = 12.0 + EVENT_ROW * rows, height - 28
    y = Scale(low, high, bottom, top)
    ticks = axis_ticks(y, fmt)
    left = round(max(text_width(tick.text) for tick in ticks) + 10, 1)
    slots = Slots(left, round(width - end_width, 1), len(seen))
    spots = [None if p.value is None else (slots.middle(i), y.at(p.value)) for i, p in enumerate(seen)]
    whole = [None if p.incomplete else spot for p, spot in zip(seen, spots, strict=True)]
    return Chart(
        kind="line", title=title, better=better,
        frame=Frame(width, height, left, top, slots.right, bottom, ticks, period_ticks(seen, slots),
                    ticks[0].text if low > 0 or axis == "cut" else ""),
        rows=rows_of(seen, fmt, targets), facts=facts_of(seen, fmt, targets),
        lines=polyline(whole), tail=_tail(seen, spots), bands=band(seen, slots, y),
        target=stepped(targets, slots, y), target_labels=target_labels(targets, slots, y, fmt),
        marks=[Mark(*spot, tip_of(p, fmt), p.url, p.incomplete)
               for p, spot in zip(seen, spots, strict=True) if spot is not None],
        strips=[hatched(slots.edge(i), top, slots.step, bottom - top) for i, p in enumerate(seen) if p.incomplete],
        events=_event_labels(events, slots, top), labels=_end_labels(seen, targets, y, slots.right, fmt),
    )  # fmt: skip


def _tail(points: Sequence[Point], spots: Sequence[tuple[float, float] | None]) -> str:
    """The dashed way from the last whole period through the incomplete ones."""
    first = next((i for i, p in enumerate(points) if p.incomplete), None)
    if not first:
        return ""
    paths = polyline([spot for spot in spots[first - 1 :] if spot is not None])
    return paths[0] if paths and spots[first - 1] is not None else ""
