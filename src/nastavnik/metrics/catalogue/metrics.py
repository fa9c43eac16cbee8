"""Metrics, each defined once: unit, direction, numerator and denominator, least n, and what they mean in words.

A metric without a denominator tally is the mean (or share) of its numerator over the records that count. A metric
without tallies at all is a snapshot of the people at the end of the period.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nastavnik.metrics.catalogue import tallies
from nastavnik.metrics.catalogue.tallies import REPEAT_WITHIN_DAYS, START_WITHIN_MS, TallySet
from nastavnik.metrics.enums import Direction, Unit
from nastavnik.metrics.logic.intervals import Kind
from nastavnik.metrics.logic.readings import Rule


@dataclass(frozen=True)
class Metric:
    """A figure the product knows. `denominator_text` is printed under every reading; `participation`
    says whose it is.
    """

    code: str
    title: Any
    help: Any
    unit: Unit
    direction: Direction
    numerator: str
    denominator: str | None
    interval: Kind
    decimals: int
    min_n: int
    denominator_text: Any
    participation: Any
    least: int | None = None
    most: int | None = None
    cross: str | None = None
    matures_after_days: int = 0

    @property
    def rule(self) -> Rule:
        """What judging a reading needs."""
        return Rule(
            self.code, self.unit, self.direction, self.interval, self.min_n,
            self.least, self.most,
        )  # fmt: skip

    @property
    def is_snapshot(self) -> bool:
        """Counted from the people of a day, not from records of work."""
        return not self.numerator

    @property
    def tally_set(self) -> TallySet:
        return tallies.set_of(self.numerator)

    @property
    def tally_keys(self) -> tuple[str, ...]:
        """Tallies whose sums make the figure."""
        return tuple(key for key in (self.numerator, self.denominator, self.cross) if key)

    @property
    def is_ranked(self) -> bool:
        """A band rewards nobody for being extreme, and a headcount is nobody's achievement: neither has a ranking."""
        return self.direction != Direction.BAND and not self.is_snapshot

    @property
    def is_share(self) -> bool:
        return self.interval == Kind.WILSON


_LAST_HANDLER = _("Charged to the person who handled the contact.")
_TAKER = _("Charged to the person who sat the exam.")
_SECONDS = START_WITHIN_MS // 1000
_TIMELY = format_lazy(_("Timely: the first human action within {seconds} s."), seconds=_SECONDS)


def _share(
    code: str, title: Any, help_: Any, tally: str, denominator: Any, *, direction: Direction = Direction.HIGHER,
    min_n: int = 30, participation: Any = _LAST_HANDLER, matures_after_days: int = 0,
) -> Metric:  # fmt: skip
    return Metric(
        code, title, help_, Unit.PERCENT, direction, tally, None, Kind.WILSON, 1, min_n, denominator, participation,
        least=0, most=100, matures_after_days=matures_after_days,
    )  # fmt: skip


_ALL = (
    Metric(
        "csat", _("CSAT"), _("Mean rating the customers gave, 1 to 5."), Unit.POINTS, Direction.HIGHER, "rating",
        None, Kind.MEAN_T, 2, 20, _("of answered surveys"), _LAST_HANDLER, least=1, most=5,
    ),
    _share(
        "csat_top", _("CSAT, share of fives"), _("Share of the highest rating."), "rating_top",
        _("of answered surveys"),
    ),
    _share(
        "csat_low", _("CSAT, share of 1 to 3"), _("Share of low ratings; a mean near 5 hides them."), "rating_low",
        _("of answered surveys"), direction=Direction.LOWER,
    ),
    _share(
        "response_rate", _("Response rate"),
        _("Share of customers who answered the survey. Silence is not random: read CSAT beside it."), "rated",
        _("of surveys sent"),
    ),
    Metric(
        "qa", _("QA"), _("Points earned by points possible in quality reviews drawn at random."), Unit.PERCENT,
        Direction.HIGHER, "earned", "possible", Kind.RATIO_LINEARISED, 1, 8,
        _("of points possible in random reviews"), _("Charged to the person whose contact was reviewed."),
        least=0, most=100, cross="earned_possible",
    ),
    _share(
        "retention", _("Retention"), _("Share of customers who wanted a refund and stayed."), "retained",
        _("of closed refund wishes"), min_n=10, participation=_("Charged to the person who closed the case."),
    ),
    _share(
        "technical_refund_share", _("Technical refunds"), _("Share of refunds made for a technical reason."),
        "technical_of_refunds", _("of refunds"), direction=Direction.LOWER, min_n=10,
        participation=_("Charged to the person who closed the case."),
    ),
    _share(
        "technical_refund_share_of_cases", _("Technical refunds by cases"),
        _("Share of refund wishes that ended in a refund for a technical reason."), "technical_of_cases",
        _("of closed refund wishes"), direction=Direction.LOWER, min_n=10,
        participation=_("Charged to the person who closed the case."),
    ),
    _share(
        "fcr", _("FCR"),
        format_lazy(
            _("Share of resolved contacts whose customer did not come back about the same topic within {days} days."),
            days=REPEAT_WITHIN_DAYS,
        ),
        "solved_at_once", _("of resolved contacts of known customers"),
        participation=_("A repeat is charged to the first handler."), matures_after_days=REPEAT_WITHIN_DAYS,
    ),
    _share(
        "sla", _("SLA"), _TIMELY, "start_main", _("of contacts offered, less those given up within the time"),
    ),
    _share("sla_answered", _("SLA of answered"), _TIMELY, "start_of_answered", _("of contacts answered")),
    _share(
        "sla_offered", _("SLA of offered"), _TIMELY, "start_of_offered",
        _("of contacts offered; every contact given up is a failure"),
    ),
    _share(
        "sla_abandoned_fail", _("SLA, late abandons fail"), _TIMELY, "start_late_abandons_fail",
        _("of contacts offered; those given up after the time are failures, earlier ones are not"),
    ),
    Metric(
        "aht", _("AHT"), _("Mean handling time: talk, hold and wrap-up."), Unit.SECONDS, Direction.BAND, "handled",
        None, Kind.MEAN_T, 0, 30, _("of contacts answered"), _("Each handler's own time."), least=0,
    ),
    _share(
        "complex_case_share", _("Complex cases"),
        _("Share of cases that needed a second line or an exception."), "complex", _("of cases opened"),
        direction=Direction.LOWER,
        participation=_("Charged to the person who opened the case."),
    ),
    Metric(
        "exam_mean", _("Test mean"), _("Points earned by points possible in first attempts at exams."), Unit.PERCENT,
        Direction.HIGHER, "exam_earned", "exam_possible", Kind.RATIO_LINEARISED, 1, 10,
        _("of points possible in first attempts"), _TAKER, least=0, most=100, cross="exam_earned_possible",
    ),
    _share(
        "plan_completion", _("Plan completion"),
        _("Share of the items of the frozen learning plan that were done by their due day."), "plan_on_time",
        _("of items due in the frozen plan"), min_n=10, participation=_("Charged to the person whose plan it is."),
    ),
    _share(
        "exam_pass_share", _("Test passes"),
        _("Share of first attempts that passed. It moves with the difficulty of the form: compare equated months."),
        "exam_passed", _("of first attempts that were decided"), min_n=10, participation=_TAKER,
    ),
    Metric(
        "junior_share", _("Juniors"), _("Share of juniors in the headcount on the last day of the period."),
        Unit.PERCENT, Direction.LOWER, "", None, Kind.NONE, 0, 1,
        _("of people with a grade on that day"), _("Counts people, not records."), least=0, most=100,
    ),
)  # fmt: skip

METRICS: dict[str, Metric] = {metric.code: metric for metric in _ALL}
