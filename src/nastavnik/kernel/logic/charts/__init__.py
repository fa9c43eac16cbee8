"""Charts as pure geometry: frozen dataclasses in, a model out that a template draws as SVG.

No Django, no fonts, no clock. One module per family: `line` (trend), `rows` (bars, dots), `control`, `funnel`,
`small` (sparkline, interval, small multiples); `scale` holds the axes, `model` what goes in and comes out.
"""

from nastavnik.kernel.logic.charts.control import control
from nastavnik.kernel.logic.charts.funnel import funnel
from nastavnik.kernel.logic.charts.line import line
from nastavnik.kernel.logic.charts.model import (
    Bar,
    Chart,
    Event,
    Facts,
    FunnelCurve,
    FunnelDot,
    Interval,
    Point,
    Row,
    Spark,
    TargetStep,
)
from nastavnik.kernel.logic.charts.rows import bar, dots
from nastavnik.kernel.logic.charts.scale import Format
from nastavnik.kernel.logic.charts.small import interval, multiples, sparkline

__all__ = [
    "Bar",
    "Chart",
    "Event",
    "Facts",
    "Format",
    "FunnelCurve",
    "FunnelDot",
    "Interval",
    "Point",
    "Row",
    "Spark",
    "TargetStep",
    "bar",
    "control",
    "dots",
    "funnel",
    "interval",
    "line",
    "multiples",
    "sparkline",
]
