"""Axes: which span a chart shows, where its ticks stand, how a value becomes a place. Pure geometry."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik.kernel.logic import formatting

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
# Steps people count time in, in milliseconds: seconds, minutes, hours, days.
_NICE_MS = tuple(
    1000.0 * s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)
)


@dataclass(frozen=True)
class Format:
    """How a chart writes its values.

    `scale` multiplies before writing (100 with unit "%" for shares 0..1). `kind` "duration": ms as 4:32.
    """

    lang: str = "en"
    decimals: int = 0
    unit: str = ""
    scale: float = 1.0
    kind: str = "number"

    def shown(self, value: float) -> float:
        """The value in the units of the axis."""
        return value * self.scale

    def text(self, shown: float | None, decimals: int | None = None, *, unit: bool = True) -> str:
        """A value already in the units of the axis, as text, by default with its unit."""
        if shown is None:
            return formatting.NOTHING
        if self.kind == "duration":
            return formatting.duration(round(shown))
        places = self.decimals if decimals is None else decimals
        if unit and self.unit == "%":
            return formatting.percent_points(shown, places, self.lang)
        text = formatting.number(shown, places, self.lang)
        return f"{text}{formatting.NBSP}{self.unit}" if unit and self.unit else text


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """A linear map from values to places: `start` is the place of `low`, `end` that of `high`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value, kept inside the axis."""
        inside = min(max(value, self.low), self.high)
        return round(self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def step_for(span: float, count: int, *, duration: bool = False) -> float:
    """The smallest nice step that cuts `span` in at most `count` parts."""
    raw = span / count
    if duration:
        return next((step for step in _NICE_MS if step >= raw), math.ceil(raw / 86_400_000) * 86_400_000.0)
    power = 10.0 ** math.floor(math.log10(raw))
    # The tolerance keeps 0.30000000000000004 / 3 from asking for the next step.
    return next(nice * power for nice in _NICE if nice * power >= raw * (1 - 1e-9))


def decimals_of(step: float) -> int:
    """How many decimals a tick needs to be told from its neighbour: 0.05 needs 2, 2.5 needs 1."""
    return next(places for places in range(12) if abs(round(step, places) - step) < step * 1e-6)


def ticks_between(low: float, high: float, count: int = 4, *, duration: bool = False) -> list[float]:
    """Nice values inside [low, high]; the list is never empty and never has more than `count + 1` members."""
    step = step_for(high - low, count, duration=duration)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    places = 0 if duration else decimals_of(step)
    return [round(index * step, places) for index in range(first, last + 1)] or [low]


def axis_ticks(scale: Scale, fmt: Format, count: int = 4) -> list[Tick]:
    """Ticks of an axis with their texts; the decimals follow the step, not the format."""
    duration = fmt.kind == "duration"
    values = ticks_between(scale.low, scale.high, count, duration=duration)
    places = fmt.decimals if duration or len(values) < 2 else decimals_of(round(values[1] - values[0], 9))
    return [Tick(scale.at(value), fmt.text(value, places)) for value in values]


def domain(
    values: Iterable[float],
    *,
    axis: str,
    spread: Sequence[float] = (),
    limits: tuple[float, float] | None = None,
    duration: bool = False,
) -> tuple[float, float]:
    """The span of an axis.

    `values` (and targets) must be seen; `spread` (ends of intervals) may widen the span by at most its own size.
    axis "zero" starts at 0 (shares, counts, times); "cut" starts below the lowest value and the chart says so.
    Neither leaves `limits`.
    """
    seen = list(values) or [0.0, 1.0]
    low, high = min(seen), max(seen)
    size = max(high - low, abs(high) * 0.02, 1e-9)
    low = max(min([low, *spread]), low - size)
    high = min(max([high, *spread]), high + size)
    if axis == "zero":
        low, high = min(0.0, low), max(0.0, high)
    if high - low < 1e-9:
        low, high = (low - size, high + size) if axis == "cut" else (low, high + 1)
    pad = (high - low) * 0.06
    low, high = (low if axis == "zero" and low == 0 else low - pad), high + pad
    low, high = _to_ticks(low, high, axis, duration=duration)
    if limits:
        low, high = max(low, limits[0]), min(high, limits[1])
    return (low, high) if high > low else (low, low + size)


def _to_ticks(low: float, high: float, axis: str, *, duration: bool) -> tuple[float, float]:
    """Widen to half steps, so that the axis begins and ends near a tick without wasting height."""
    half = step_for(high - low, 4, duration=duration) / 2
    bottom = low if axis == "zero" and low == 0 else math.floor(low / half + 1e-9) * half
    return round(bottom, 9), round(math.ceil(high / half - 1e-9) * half, 9)


def text_width(text: str, size: float = 14.0) -> float:
    """A generous estimate of the width of a text, for margins; no font is measured on the server.

    14 is the largest size the style sheet gives the letters of a chart (in a narrow box).
    """
    return len(text) * size * 0.56


def shorten(text: str, width: float, size: float = 14.0) -> str:
    """The text, or its beginning with an ellipsis, so that it fits."""
    fits = int(width / (size * 0.56))
    return text if len(text) <= fits else text[: max(fits - 1, 1)].rstrip() + "…"
