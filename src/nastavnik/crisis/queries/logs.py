"""The log of a case as values, and the policy that judges it."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from nastavnik.crisis.logic.calendars import to_ms
from nastavnik.crisis.logic.log import Entry
from nastavnik.crisis.models import CaseEvent, CrisisCase
from nastavnik.kernel import clock
from nastavnik.people.models import Organisation
from nastavnik.procedures.models import RefusalPolicy
from nastavnik.procedures.queries import policy_at
from nastavnik.procedures.refusals import Policy

_FIELDS = ("at", "seq", "kind", "actor_id", "source", "message_id", "payload")


def entries(case_id: int) -> list[Entry]:
    """The log of a case in order of time. One query."""
    rows = CaseEvent.objects.filter(case_id=case_id).order_by("at", "seq").values_list(*_FIELDS)
    return [_entry(row) for row in rows]


def entries_of(case_ids: Iterable[int]) -> dict[int, list[Entry]]:
    """The logs of several cases. One query."""
    found: dict[int, list[Entry]] = {}
    rows = CaseEvent.objects.filter(case_id__in=list(case_ids)).order_by("at", "seq").values_list("case_id", *_FIELDS)
    for case_id, *row in rows:
        found.setdefault(case_id, []).append(_entry(row))
    return found


def _entry(row: Sequence[Any]) -> Entry:
    at, seq, kind, actor, source, message, payload = row
    return Entry(to_ms(at), seq, kind, actor, source, message, payload)


def zone() -> ZoneInfo:
    """The organisation's zone."""
    organisation = Organisation.objects.first()
    return _zone(organisation.time_zone if organisation else "Europe/Moscow")


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def policy_row(case: CrisisCase, day: date | None = None) -> RefusalPolicy | None:
    """The version that judges the case: that of the day it was opened (`day`, where known already), for its team."""
    return policy_at(day or clock.local_date(case.opened_at, zone()), case.team)


def policy_of(case: CrisisCase, day: date | None = None) -> Policy:
    """The same as the reducer takes it; the shipped one where none was in force."""
    row = policy_row(case, day)
    return row.policy if row else Policy()
