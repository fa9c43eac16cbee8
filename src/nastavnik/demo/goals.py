"""The demo centre's targets, among them those of the source documents: 92 then 95 for QA, 4.85 for CSAT, 70, 7."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nastavnik.demo import truth
from nastavnik.demo.settle import Parts, at
from nastavnik.kernel import clock
from nastavnik.metrics.actions.targets import set_target
from nastavnik.metrics.queries import scopes


@dataclass(frozen=True)
class TargetPlan:
    """A target in the metric's own unit, from a day on; `scope` as in `metrics show --scope`."""

    metric: str
    scope: str
    since: date
    target: str
    floor: str | None = None
    reason: str = ""


def targets(today: date) -> tuple[TargetPlan, ...]:
    """Every target in the order in which they were set."""
    early, year = date(2022, 1, 1), date(today.year, 1, 1)
    whole = "organisation"
    plans = (
        TargetPlan("csat", whole, early, "4.85", "4.6", "Цель службы на шкале от 1 до 5"),
        TargetPlan("qa", whole, early, "92", "85", "Цель службы"),
        TargetPlan("retention", whole, early, "70", "60", "Цель кризисной линии"),
        TargetPlan("qa", whole, date(2023, 7, 1), "95", "85", "Порог повышен с третьего квартала"),
        TargetPlan("technical_refund_share", "team:premium", date(2023, 7, 1), "7", "12", "Первая цель по доле"),
        TargetPlan("fcr", whole, date(2024, 1, 1), "80", "70", "Четыре из пяти с первого обращения"),
        TargetPlan("complex_case_share", "line:internal", date(2024, 1, 1), "8", "12", "После воркшопа"),
        TargetPlan("qa", "grade:agent/junior", year, "90", "80", "Первые месяцы работы"),
        TargetPlan("aht", "line:inbound", year, "360", "240", "Коридор, секунды"),
        TargetPlan("sla", whole, year, str(truth.SLA_TARGETS[0]), "70", "Цель уровня сервиса"),
        TargetPlan("sla", whole, truth.sla_target_since(today), str(truth.SLA_TARGETS[1]), "70", "Осенний план"),
    )
    return tuple(sorted(plans, key=lambda plan: plan.since))


def set_all(plans: tuple[TargetPlan, ...], parts: Parts) -> None:
    """Set the targets by the action of metrics, each on its first day, by the head of the centre once there is one."""
    head = parts.persons["H-01"]
    came = head.employments.earliest("active_from").active_from
    for plan in plans:
        moment = at(plan.since)
        with clock.frozen(moment):
            set_target(
                metric=plan.metric, scope=scopes.parse(plan.scope), target=Decimal(plan.target),
                floor=None if plan.floor is None else Decimal(plan.floor), active_from=plan.since, reason=plan.reason,
                by=head if came <= plan.since else None, at=moment,
            )  # fmt: skip
