"""What a chart is given and what a template draws: texts are ready, places are in the units of the viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nastavnik.kernel.logic.charts.scale import Tick


@dataclass(frozen=True)
class Point:
    """One period of a series. `value` None is a gap; an `incomplete` period is still being counted."""

    label: str
    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    incomplete: bool = False
    url: str = ""
    full_label: str = ""

    @property
    def name(self) -> str:
        """The label in full, for the table and the tooltip."""
        return self.full_label or self.label


@dataclass(frozen=True)
class TargetStep:
    """The target from the point with index `start` on, until the next step; None: no target from here."""

    start: int
    value: float | None


@dataclass(frozen=True)
class Event:
    """Something that happened at a point: a training, a new target."""

    at: int
    label: str


@dataclass(frozen=True)
class Bar:
    """One row of a bar or dot chart. `state` is a state code of figures (met, missed, too_few_data ...)."""

    label: str
    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class FunnelDot:
    """One unit in a funnel plot: how much evidence (n) and what it says."""

    label: str
    n: int
    value: float
    flagged: bool = False
    url: str = ""


@dataclass(frozen=True)
class FunnelCurve:
    """Limits of chance at one level: (n, low, high), n ascending."""

    level: str
    points: Sequence[tuple[float, float, float]]


@dataclass(frozen=True)
class Row:
    """A line of the table behind a chart, as text."""

    label: str
    value: str
    n: int | None = None
    interval: str = ""
    target: str = ""
    incomplete: bool = False
    state: str = ""
    flagged: bool = False
    url: str = ""


@dataclass(frozen=True)
class Facts:
    """What the text summary says. Empty strings where the chart has no such fact."""

    count: int = 0
    first_label: str = ""
    first: str = ""
    last_label: str = ""
    last: str = ""
    lowest_label: str = ""
    lowest: str = ""
    highest_label: str = ""
    highest: str = ""
    target: str = ""
    centre: str = ""
    flagged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """The drawing area and its axes."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    y_ticks: Sequence[Tick] = ()
    x_ticks: Sequence[Tick] = ()
    cut_at: str = ""

    @property
    def size_class(self) -> str:
        """The class that scales the letters: charts drawn wide or small differ from the rest."""
        return " is-wide" if self.width > 800 else " is-small" if self.width < 400 else ""


@dataclass(frozen=True)
class Mark:
    """A point that is drawn: a circle with a tooltip and, where there are records behind it, a link."""

    x: float
    y: float
    tip: str
    url: str = ""
    incomplete: bool = False
    flagged: bool = False
    label: str = ""
    label_y: float = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Label:
    """Text at a place."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Strip:
    """A hatched area: the incomplete period."""

    x: float
    y: float
    width: float
    height: float
    hatch: str


@dataclass(frozen=True)
class Lane:
    """One row of a bar or dot chart: its texts and places."""

    y: float
    middle: float
    height: float
    label: str
    full_label: str
    x: float
    width: float
    name_x: float
    value_x: float
    n_x: float
    value: str
    n: str
    tip: str
    low: float | None = None
    high: float | None = None
    target: float | None = None
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn. Each kind fills what it needs."""

    kind: str
    title: str
    frame: Frame
    rows: Sequence[Row]
    facts: Facts = Facts()
    lines: Sequence[str] = ()
    tail: str = ""
    bands: Sequence[str] = ()
    target: Sequence[str] = ()
    target_labels: Sequence[Label] = ()
    marks: Sequence[Mark] = ()
    strips: Sequence[Strip] = ()
    events: Sequence[Label] = ()
    labels: Sequence[Label] = ()
    lanes: Sequence[Lane] = ()
    centre: float | None = None
    centre_text: str = ""
    better: str = "higher"
    states: tuple[str, ...] = field(default=())

    @cached_property
    def has_n(self) -> bool:
        """Whether the table needs a column for n."""
        return any(row.n is not None for row in self.rows)

    @cached_property
    def has_interval(self) -> bool:
        """Whether the table needs a column for the interval."""
        return any(row.interval for row in self.rows)

    @cached_property
    def has_target(self) -> bool:
        """Whether the table needs a column for the target."""
        return any(row.target for row in self.rows)

    @cached_property
    def has_state(self) -> bool:
        """Whether the table needs a column for the state."""
        return any(row.state for row in self.rows)


@dataclass(frozen=True)
class Spark:
    """A sparkline: the line, its target and the last point, without axes."""

    width: float
    height: float
    lines: Sequence[str]
    target: Sequence[str]
    last: tuple[float, float] | None
    incomplete: bool


@dataclass(frozen=True)
class Interval:
    """A thin bar: the whole scale, the interval on it, the value and the target as ticks. Places are 0..100."""

    value: float
    low: float
    high: float
    target: float | None
    text: str = ""

    @property
    def width(self) -> float:
        """The length of the interval, never so short that it vanishes."""
        return round(max(self.high - self.low, 0.8), 1)
