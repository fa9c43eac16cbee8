"""Versions of the refusal policy come into force and are taken back before they do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from nastavnik.kernel import journal
from nastavnik.people.models import Line, Person, Team
from nastavnik.people.reach import today
from nastavnik.procedures.errors import BadParameters, PolicyBeginsTooEarly, PolicyInForce, PolicyOverlaps
from nastavnik.procedures.models import RefusalPolicy

ADDED, TAKEN_BACK = "procedures.policy_added", "procedures.policy_taken_back"


@dataclass(frozen=True)
class Parameters:
    """What a version says; durations in milliseconds."""

    max_soft: int = 2
    min_soft: int | None = None
    insist_ends_at_once: bool = True
    interrupt_alone_ends: bool = False
    refund_start_ms: int = 300_000
    reopen_keeps_count_ms: int = 2_592_000_000
    max_offers_per_attempt: int = 2


def add_version(
    *,
    parameters: Parameters,
    active_from: date,
    by: Person | None,
    at: datetime,
    team: Team | None = None,
    line: Line | None = None,
    note: str = "",
    is_history: bool = False,
) -> RefusalPolicy:
    """A new version for everybody, a team or a line, from `active_from` on; the one before it ends there.

    Raises BadParameters, PolicyBeginsTooEarly (unless it records history that was in force anyway), PolicyOverlaps.
    """
    _check(parameters, team, line)
    if not is_history and active_from < today():
        raise PolicyBeginsTooEarly(day=today().isoformat())
    with transaction.atomic():
        versions = _of(team, line).select_for_update()
        later = versions.filter(active_from__gte=active_from).order_by("active_from").first()
        if later:
            raise PolicyOverlaps(day=later.active_from.isoformat())
        versions.filter(active_to__isnull=True).update(active_to=active_from)
        number = (_of(team, line).aggregate(last=Max("number"))["last"] or 0) + 1
        version = RefusalPolicy.objects.create(
            team=team, line=line, number=number, active_from=active_from, note=note, made_by=by, made_at=at,
            **vars(parameters),
        )  # fmt: skip
        data = {"number": number, "scope": str(team or line or ""), "from": active_from.isoformat(), **vars(parameters)}
        journal.write(ADDED, by=by, at=at, subject=version, reason=note, data=data)
    return version


def take_back(*, version: RefusalPolicy, by: Person | None, at: datetime, reason: str = "") -> None:
    """Remove a version that has not begun; the one before it goes on. Raises PolicyInForce."""
    with transaction.atomic():
        version = RefusalPolicy.objects.select_for_update().get(pk=version.pk)
        if version.active_from <= today():
            raise PolicyInForce
        data = {"number": version.number, "scope": str(version.team or version.line or "")}
        journal.write(TAKEN_BACK, by=by, at=at, subject=version, reason=reason, data=data)
        end, begun = version.active_to, version.active_from
        scope = _of(version.team, version.line)
        version.delete()
        scope.filter(active_to=begun).update(active_to=end)


def _of(team: Team | None, line: Line | None) -> QuerySet[RefusalPolicy]:
    return RefusalPolicy.objects.filter(team=team, line=line)


def _check(parameters: Parameters, team: Team | None, line: Line | None) -> None:
    """The sentences for what the database would refuse."""
    if team and line:
        raise BadParameters(why="a version is for a team or for a line, not for both.")
    if not 0 <= parameters.max_soft <= 10:
        raise BadParameters(why="soft attempts are 0 to 10.")
    if parameters.min_soft is not None and not 0 <= parameters.min_soft <= parameters.max_soft:
        raise BadParameters(why="the least number of attempts must not exceed the most.")
    if parameters.max_offers_per_attempt < 1:
        raise BadParameters(why="an attempt holds at least one offer.")
    if not 0 <= parameters.refund_start_ms <= 30 * 86_400_000 or parameters.reopen_keeps_count_ms < 0:
        raise BadParameters(why="the refund starts within 0 to 30 days.")
