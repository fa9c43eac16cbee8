"""The source documents' figures, which the demo's records must reproduce (their people are numbered, not named).

Copied from `facts/kpi_quarterly.csv` of the project's sources. The last column there, the unit, is the metric's own.
The academy's two goals are targets of metrics that later floors bring, so no record stands behind them here.
"""

from dataclasses import dataclass
from decimal import Decimal

_ROWS = """
agent-1,csat,2022-Q4,4.85,4.88
agent-1,csat,2023-Q1,4.85,4.87
agent-1,csat,2023-Q2,4.85,4.93
agent-1,csat,2023-Q3,4.85,4.89
agent-1,csat,2023-10,4.85,4.89
agent-1,qa,2022-Q4,92,93.0
agent-1,qa,2023-Q1,92,93.1
agent-1,qa,2023-Q2,92,94.2
agent-1,qa,2023-Q3,95,95.8
agent-1,qa,2023-10,95,98.2
agent-1,retention,2022-Q4,70,82.9
agent-1,retention,2023-Q1,70,78.4
agent-1,retention,2023-Q2,70,81.1
agent-1,retention,2023-Q3,70,74.0
agent-1,retention,2023-10,70,76.9
agent-2,qa,2022-Q4,92,85.3
agent-2,qa,2023-Q1,92,93.5
agent-2,qa,2023-Q2,92,92.6
agent-2,qa,2023-Q3,92,94.0
agent-2,qa,2023-10,92,94.5
agent-3,csat,2022-Q4,4.85,4.73
agent-3,csat,2023-Q1,4.85,4.86
agent-3,csat,2023-Q2,4.85,4.80
agent-3,csat,2023-Q3,4.85,4.87
agent-3,csat,2023-10,4.85,4.88
team-middle-crisis,qa,2022-Q3,92,89
team-middle-crisis,qa,2022-Q4,92,94
team-middle-crisis,csat,2022-Q3,4.85,4.84
team-middle-crisis,csat,2022-Q4,4.85,4.85
team-crisis,qa,2023-Q2,92,89
team-crisis,qa,2023-Q3,95,94
team-crisis,junior_share,2023-Q2,,50
team-crisis,junior_share,2023-Q3,,18
team-premium,technical_refund_share,2023-Q2,,12
team-premium,technical_refund_share,2023-Q3,7,7
team-premium,technical_refund_share,2023-Q4,7,4
team-internal-support,complex_case_share,before-workshop,,11.78
team-internal-support,complex_case_share,after-workshop,,7.04
"""

# The workshop of internal support lay inside the third quarter of 2023: a quarter that is neither before nor after.
BEFORE_WORKSHOP, AFTER_WORKSHOP = "2023-Q2", "2023-Q4"
_PERIODS = {"before-workshop": BEFORE_WORKSHOP, "after-workshop": AFTER_WORKSHOP}


@dataclass(frozen=True)
class Figure:
    """One printed figure. `printed` keeps the precision of print: 93.0 is one decimal, 89 is none."""

    subject: str
    metric: str
    label: str
    target: Decimal | None
    printed: Decimal

    @property
    def period(self) -> str:
        """The calendar period: "2022-Q4" or "2023-10"."""
        return _PERIODS.get(self.label, self.label)

    @property
    def scope(self) -> str:
        """The subject as `metrics show --scope` names it: agent-1 is person A-001, team-crisis is team crisis."""
        kind, _, rest = self.subject.partition("-")
        return f"team:{rest}" if kind == "team" else f"person:A-{int(rest):03d}"

    @property
    def decimals(self) -> int:
        """Digits printed after the point."""
        exponent = self.printed.as_tuple().exponent
        return -exponent if isinstance(exponent, int) else 0


def _read(line: str) -> Figure:
    subject, metric, label, target, printed = line.split(",")
    return Figure(subject, metric, label, Decimal(target) if target else None, Decimal(printed))


FIGURES: tuple[Figure, ...] = tuple(_read(line) for line in _ROWS.split())


def figure(scope: str, metric: str, period: str) -> Figure | None:
    """The printed figure of a scope, metric and period, or None when the sources say nothing."""
    for one in FIGURES:
        if (one.scope, one.metric, one.period) == (scope, metric, period):
            return one
    return None
