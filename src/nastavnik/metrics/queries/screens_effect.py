"""What a new target would change: how many monthly readings of people and of the scope itself it would judge anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nastavnik.kernel.logic import formatting
from nastavnik.kernel.logic.days import add_months
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.enums import Direction, Period, ScopeKind, Verdict
from nastavnik.metrics.logic import targets as rules
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.logic.sums import Sums
from nastavnik.metrics.logic.targets import PRECEDENCE, TargetVersion, Weighted
from nastavnik.metrics.models import Target
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_targets import amounts, days_words, versions

MOST_MONTHS = 12


@dataclass(frozen=True)
class Proposal:
    """The version as the form states it; amounts in the metric's unit."""

    metric: Metric
    scope: Scope
    first: date
    end: date | None
    target: Decimal
    floor: Decimal | None
    min_n: int | None


@dataclass(frozen=True)
class Effect:
    """The preview; `seen` names the versions it was worked out from, so that a later writer is noticed."""

    title: str
    words: str
    replaces: str
    seen: str


def seen_of(metric: str, scope: Scope) -> str:
    """A name for all versions of this metric and scope as they are now."""
    rows = versions(metric, scope).values_list("pk", "active_from", "active_to", "target")
    return f"{metric}/{scope.kind.value}/{scope.id}/" + ";".join(
        f"{pk}:{first}:{end}:{target}" for pk, first, end, target in rows
    )


def effect(proposal: Proposal, today: date) -> Effect:
    """Readings by month since the first day, at most twelve months back: whose verdict would be another."""
    goal = figures.goal(
        proposal.metric, float(proposal.target), None if proposal.floor is None else float(proposal.floor)
    )
    title = _("{metric} {goal} from {day}").format(
        metric=proposal.metric.title, goal=goal, day=figures.day_words(proposal.first)
    )
    return Effect(
        title, _words(proposal, today), _replaces(proposal, today), seen_of(proposal.metric.code, proposal.scope)
    )


def _words(proposal: Proposal, today: date) -> str:
    first = max(proposal.first, add_months(today.replace(day=1), 1 - MOST_MONTHS))
    end = min(proposal.end or today + ONE_DAY, today + ONE_DAY)
    if end <= first:
        return _("It begins later than today: no reading so far is judged by it.")
    judged = [one for one in _readings(proposal, first, end) if one.n]
    turned = [verdict for one in judged if (verdict := _verdict(proposal, one)) not in (None, one.verdict)]
    met, missed = turned.count(Verdict.MET), turned.count(Verdict.MISSED)
    text = ngettext(
        "It changes the judgement of {n} monthly reading of {all}: {met} met, {missed} missed, {rest} not judged.",
        "It changes the judgement of {n} monthly readings of {all}: {met} met, {missed} missed, {rest} not judged.",
        len(turned),
    )
    numbers = {"all": len(judged), "n": len(turned), "met": met, "missed": missed, "rest": len(turned) - met - missed}
    return text.format(**{key: formatting.number(value, 0, figures.lang()) for key, value in numbers.items()})


def _readings(proposal: Proposal, first: date, end: date) -> Iterable[Reading]:
    code, scope = proposal.metric.code, proposal.scope
    own = readings.read([code], scope=scope, first=first, end=end, per=Period.MONTH)[code]
    if scope.kind == ScopeKind.PERSON or proposal.metric.is_snapshot:
        return own
    people = readings.by([code], by=ScopeKind.PERSON, within=scope, first=first, end=end, per=Period.MONTH)[code]
    return [*own, *(one for series in people.values() for one in series)]


def _verdict(proposal: Proposal, reading: Reading) -> Verdict | None:
    """How the reading would be judged; None where a narrower target judges it anyway."""
    rank = PRECEDENCE.index(proposal.scope.kind)
    for piece in reading.pieces:
        if piece.n and piece.target_scope and PRECEDENCE.index(ScopeKind(piece.target_scope.partition(":")[0])) < rank:
            return None
    weights = [Weighted(reading.n, _version(proposal))]
    value = proposal.metric.rule.value(Sums(reading.n, reading.numerator, reading.denominator))
    if value is None or reading.n < rules.least_n(weights, proposal.metric.min_n):
        return Verdict.TOO_FEW
    return rules.judge(value, weights, Direction(proposal.metric.direction))


def _version(proposal: Proposal) -> TargetVersion:
    floor = None if proposal.floor is None else int(proposal.floor * Target.SCALE)
    return TargetVersion(
        0, proposal.metric.code, proposal.scope.kind, proposal.scope.id, proposal.first, proposal.end,
        Direction(proposal.metric.direction), int(proposal.target * Target.SCALE), floor, None, proposal.min_n,
    )  # fmt: skip


def _replaces(proposal: Proposal, today: date) -> str:
    """Which versions give way."""
    rows = versions(proposal.metric.code, proposal.scope)
    hit = [
        one
        for one in rows
        if (one.active_to is None or one.active_to > proposal.first)
        and (proposal.end is None or one.active_from < proposal.end)
        and (one.active_from <= proposal.first or proposal.end is not None)
    ]
    if not hit:
        return ""
    named = "; ".join(f"{amounts(proposal.metric, one)[1]} {days_words(one)}" for one in hit)
    return _("It takes the place of: {versions}.").format(versions=named)
