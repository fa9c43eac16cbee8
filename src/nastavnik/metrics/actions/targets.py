"""Setting and closing targets. A version in force is closed and another opened; past days keep the target they had."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from nastavnik.kernel import clock, journal
from nastavnik.kernel.events import publish
from nastavnik.kernel.permissions import require
from nastavnik.metrics import errors
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.enums import Direction, ScopeKind
from nastavnik.metrics.events import TargetChanged
from nastavnik.metrics.logic.amounts import Amount, scaled, shown
from nastavnik.metrics.logic.targets import key_of
from nastavnik.metrics.models import Target
from nastavnik.metrics.permissions import may_edit_targets
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries.readings import metric_of
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.targets import scope_of
from nastavnik.people.models import Organisation, Person


@dataclass(frozen=True)
class _Amounts:
    """What a target asks, in stored integers."""

    target: int
    floor: int | None
    stretch: int | None
    min_n: int | None


def set_target(
    *,
    metric: str,
    scope: Scope,
    target: Amount,
    floor: Amount | None = None,
    stretch: Amount | None = None,
    min_n: int | None = None,
    active_from: date,
    active_to: date | None = None,
    reason: str = "",
    corrects_history: bool = False,
    by: Person | None,
    at: datetime,
) -> Target:
    """Let a target hold from `active_from` until the next version that is already planned, or `active_to`.

    Amounts are in the metric's unit (percent, points, seconds). A version in force is closed on that day; one that
    starts on that very day and has judged no past day is corrected. Replacing a target on past days is refused unless
    `corrects_history` says so with a reason. Raises NotPermitted, UnknownMetric and the target errors.
    """
    if by is not None:
        require(may_edit_targets, by)
    known = metric_of(metric)
    asked = _checked(known, target, floor, stretch, min_n)
    with transaction.atomic():
        before = list(_versions(metric, scope).select_for_update().order_by("active_from"))
        end = _end(before, active_from, active_to)
        _guard_history(before, active_from, end, _today(at), corrects_history=corrects_history, reason=reason)
        replaced = _make_room(before, active_from, end)
        row = _open(known, scope, asked, first=active_from, end=end, reason=reason)
        _tell("metrics.target_set", row, asked, since=active_from, reason=reason, by=by, at=at, replaced=replaced)
    return row


def close_target(
    *,
    target: Target,
    active_to: date,
    reason: str = "",
    corrects_history: bool = False,
    by: Person | None,
    at: datetime,
) -> None:
    """Let a target end before `active_to`; one that has not begun by then is withdrawn.

    Raises TargetAlreadyEnded, RewritesHistory for an end in the past without `corrects_history`.
    """
    if by is not None:
        require(may_edit_targets, by)
    with transaction.atomic():
        row = Target.objects.select_for_update().get(pk=target.pk)
        if row.active_to is not None and row.active_to <= active_to:
            raise errors.TargetAlreadyEnded(end=row.active_to.isoformat())
        if max(active_to, row.active_from) < _today(at):
            _allow_correction(active_to, corrects_history=corrects_history, reason=reason)
        amounts = _Amounts(row.target, row.floor, row.stretch, row.min_n)
        since = max(active_to, row.active_from)
        _tell("metrics.target_closed", row, amounts, since=since, reason=reason, by=by, at=at, replaced=[])
        if active_to <= row.active_from:
            row.delete()
        else:
            row.active_to = active_to
            row.save(update_fields=["active_to"])


def _checked(
    metric: Metric, target: Amount, floor: Amount | None, stretch: Amount | None, min_n: int | None
) -> _Amounts:
    """The amounts as stored, in the metric's range and in order."""
    aim = _stored(metric, target)
    low = None if floor is None else _stored(metric, floor)
    high = None if stretch is None else _stored(metric, stretch)
    if metric.direction == Direction.BAND:
        if low is None or high is not None or low >= aim:
            raise errors.BandNeedsBounds(metric=metric.title)
        return _Amounts(aim, low, None, min_n)
    sign = 1 if metric.direction == Direction.HIGHER else -1
    given = [value for value in (low, aim, high) if value is not None]
    if any(sign * (b - a) <= 0 for a, b in pairwise(given)):
        order = ", ".join(shown(value) for value in given)
        raise errors.TargetOutOfOrder(metric=metric.title, order=order)
    return _Amounts(aim, low, high, min_n)


def _stored(metric: Metric, amount: Amount) -> int:
    value = scaled(amount)
    least = 0 if metric.least is None else metric.least
    if (
        value is None
        or value < least * Target.SCALE
        or (metric.most is not None and value > metric.most * Target.SCALE)
    ):
        most = "∞" if metric.most is None else metric.most
        raise errors.TargetNotInUnit(amount=str(amount), metric=metric.title, least=least, most=most)
    return value


def _versions(metric: str, scope: Scope) -> QuerySet[Target]:
    return Target.objects.filter(metric=metric, scope_kind=scope.kind, **_column(scope))


def _column(scope: Scope) -> dict[str, Any]:
    return {} if scope.kind == ScopeKind.ORGANISATION else {f"{scope.kind.value}_id": scope.id}


def _guard_history(
    before: list[Target], first: date, end: date | None, today: date, *, corrects_history: bool, reason: str
) -> None:
    """Refuse to judge past days anew; a first target for days that had none is welcome."""
    if end is not None and end <= first:
        raise errors.TargetDaysReversed(first=first.isoformat(), end=end.isoformat())
    last = today if end is None else min(today, end)
    judged = [one for one in before if one.active_from < last and (one.active_to is None or one.active_to > first)]
    if first < today and judged:
        _allow_correction(first, corrects_history=corrects_history, reason=reason)


def _allow_correction(first: date, *, corrects_history: bool, reason: str) -> None:
    if not corrects_history:
        raise errors.RewritesHistory(first=first.isoformat())
    if not reason.strip():
        raise errors.CorrectionNeedsReason


def _end(before: list[Target], first: date, end: date | None) -> date | None:
    """The end asked for, or the start of the next version already planned."""
    planned = min((one.active_from for one in before if one.active_from > first), default=None)
    return planned if end is None else end


def _make_room(before: list[Target], first: date, end: date | None) -> list[Target]:
    """Close what is in force on `first`, take away what starts inside [first, end), keep what goes on after it."""
    replaced = []
    for one in before:
        overlaps = (one.active_to is None or one.active_to > first) and (end is None or one.active_from < end)
        if not overlaps:
            continue
        replaced.append(Target.objects.get(pk=one.pk))
        goes_on = end is not None and (one.active_to is None or one.active_to > end)
        if one.active_from < first:
            rest = one.active_to
            one.active_to = first
            one.save(update_fields=["active_to"])
            if goes_on and end is not None:
                _copy(one, end, rest)
        elif goes_on and end is not None:
            one.active_from = end
            one.save(update_fields=["active_from"])
        else:
            one.delete()
    return replaced


def _copy(row: Target, first: date, end: date | None) -> None:
    """The same target again, on later days."""
    row.pk = None
    row._state.adding = True
    row.active_from, row.active_to = first, end
    row.save()


def _open(metric: Metric, scope: Scope, asked: _Amounts, *, first: date, end: date | None, reason: str) -> Target:
    return Target.objects.create(
        metric=metric.code,
        metric_key=key_of(metric.code),
        scope_kind=scope.kind,
        direction=metric.direction,
        active_from=first,
        active_to=end,
        reason=reason,
        **asdict(asked),
        **_column(scope),
    )


def _tell(
    kind: str,
    row: Target,
    asked: _Amounts,
    *,
    since: date,
    reason: str,
    by: Person | None,
    at: datetime,
    replaced: list[Target],
) -> None:
    """The journal entry and the event of one change."""
    text = scopes.text_of(scope_of(row))
    data = {
        "metric": row.metric, "scope": text, "since": since.isoformat(), **asdict(asked),
        "until": row.active_to.isoformat() if row.active_to else None,
        "replaced": [
            {"target": one.target, "since": one.active_from.isoformat(),
             "until": one.active_to.isoformat() if one.active_to else None}
            for one in replaced
        ],
    }  # fmt: skip
    journal.write(kind, by=by, at=at, subject=row, person_id=row.person_id, data=data, reason=reason)
    publish(TargetChanged(metric=row.metric, scope=text, since=since), at=at)


def _today(at: datetime) -> date:
    """The organisation's day of the change."""
    organisation = Organisation.objects.first()
    return clock.local_date(at, organisation.zone if organisation else ZoneInfo("Europe/Moscow"))
