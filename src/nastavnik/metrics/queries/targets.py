"""Targets as readings need them, and as pages list them."""

from collections.abc import Collection, Sequence
from datetime import date

from nastavnik.metrics.enums import Direction, ScopeKind
from nastavnik.metrics.logic.targets import TargetVersion
from nastavnik.metrics.models import Target
from nastavnik.metrics.queries.scopes import Scope


def versions(codes: Collection[str], first: date, end: date) -> list[TargetVersion]:
    """Every target of these metrics in force on some day of [first, end), in one query."""
    return [as_version(row) for row in Target.objects.filter(metric__in=list(codes)).within(first, end)]


def as_version(row: Target) -> TargetVersion:
    """The row as logic knows it."""
    return TargetVersion(
        id=row.pk,
        metric=row.metric,
        kind=ScopeKind(row.scope_kind),
        scope_id=scope_of(row).id,
        first=row.active_from,
        end=row.active_to,
        direction=Direction(row.direction),
        target=row.target,
        floor=row.floor,
        stretch=row.stretch,
        min_n=row.min_n,
    )


def scope_of(row: Target) -> Scope:
    """What the target is for."""
    kind = ScopeKind(row.scope_kind)
    ids = {
        ScopeKind.LINE: row.line_id, ScopeKind.PARTNER: row.partner_id, ScopeKind.TEAM: row.team_id,
        ScopeKind.GRADE: row.grade_id, ScopeKind.PERSON: row.person_id,
    }  # fmt: skip
    return Scope(kind, ids.get(kind))


def of_scope(code: str, scope: Scope) -> "Sequence[Target]":
    """The versions of one metric's target for one scope, newest first."""
    column = {} if scope.kind == ScopeKind.ORGANISATION else {f"{scope.kind.value}_id": scope.id}
    rows = Target.objects.filter(metric=code, scope_kind=scope.kind, **column)
    return list(rows.order_by("-active_from"))


def in_force(day: date) -> "Sequence[Target]":
    """All targets in force on a day, by metric, the widest scopes first."""
    rows = Target.objects.on(day).select_related("line", "partner", "team", "grade", "person")
    order = list(ScopeKind)
    return sorted(rows, key=lambda row: (row.metric, order.index(ScopeKind(row.scope_kind)), row.pk))
