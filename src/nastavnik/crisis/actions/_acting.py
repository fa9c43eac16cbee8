"""What every act on a case shares: the lock, what was seen before, whose hands it is in, the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import lazy

from nastavnik.crisis.actions.events import Draft, key, lock, record_all
from nastavnik.crisis.enums import EventKind, Source
from nastavnik.crisis.errors import CaseIsClosed, ChangedMeanwhile, NotYours
from nastavnik.crisis.logic.log import CUSTOMER
from nastavnik.crisis.models import CaseEvent, CrisisCase
from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere, reach_of
from nastavnik.people.roles import Right

ACTED = "crisis.case_acted"
# What the customer or a rule adds is news, not a conflict: an answer is never held up by it.
_NEWS = CUSTOMER - {"accept"} | {"auto_reply", "CLOCK", "rated"}


@dataclass(frozen=True)
class Act:
    """Who acts on a case, when, having seen what; `idem` names the click, so that a repeated one is the same."""

    case: CrisisCase
    by: Person | None
    at: datetime
    last_seq: int
    idem: str

    def write(self, kind: str, *, reason: str = "", journaled: bool = True, **payload: Any) -> CaseEvent:
        """Record one event of this act and say so in the journal."""
        name = key(self.idem, kind) if self.idem else key("case", self.case.pk, self.last_seq, kind, payload)
        data = {**payload, "reason": reason} if reason else payload
        source = Source.AGENT if self.by else Source.SYSTEM
        event = record_all(
            case=self.case, drafts=[Draft(kind, self.at, name, data, self.by, source)], recorded_at=self.at
        )[0]
        if journaled:
            tell(self.case, kind, by=self.by, at=self.at, reason=reason)
        return event


def tell(case: CrisisCase, kind: str, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """One line of the journal: who did what to the case."""
    told = {"number": case.number, "event": str(kind)}
    journal.write(ACTED, by=by, at=at, subject=case, reason=reason, data=told)


@contextmanager
def acting(
    case: CrisisCase,
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
    idem: str = "",
    even_closed: bool = False,
    even_others: bool = False,
) -> Iterator[Act]:
    """Hold the case, look that nobody else changed it since event `seen`, and act.

    Raises ChangedMeanwhile, NotYours, CaseIsClosed. A repeated `idem` passes: what it did is found again.
    """
    with transaction.atomic():
        state = lock(case)
        case.refresh_from_db()
        if not _is_repeated(idem):
            refuse_changed(case, by=by, seen=seen)
            if not even_others and by is not None and not may_act_on(by, case):
                raise NotYours
            if not even_closed and not case.is_open:
                raise CaseIsClosed
        yield Act(case, by, at, state.last_seq, idem)


def _is_repeated(idem: str) -> bool:
    return bool(idem) and CaseEvent.objects.filter(idem__startswith=f"{idem}:").exists()


def refuse_changed(case: CrisisCase, *, by: Person | None, seen: int | None) -> None:
    """Raise ChangedMeanwhile when somebody else acted on the case after event `seen`."""
    if seen is None:
        return
    later = CaseEvent.objects.filter(case=case, seq__gt=seen).exclude(kind__in=_NEWS).select_related("actor")
    others = [one for one in later.order_by("seq") if by is None or one.actor_id != by.pk]
    if others:
        raise ChangedMeanwhile(what=_told(tuple((one.kind, str(one.actor or "")) for one in others[-3:])))


def _said(found: tuple[tuple[str, str], ...]) -> str:
    labels = {kind.value: kind.label for kind in EventKind}
    return "; ".join(f"{labels[kind]} ({who})" if who else str(labels[kind]) for kind, who in found)


_told = lazy(_said, str)  # in the language of whoever reads the refusal


def may_act_on(person: Person, case: CrisisCase) -> bool:
    """Own cases and those nobody has; a lead's team; the head of the desk."""
    if case.assignee_id in (None, person.pk) or has_right_everywhere(person, Right.MANAGE_DESK):
        return True
    reach = reach_of(person, Right.SEE_CASES)
    return reach.everyone or (case.team_id is not None and case.team_id in reach.team_ids)


def hold(act: Act) -> Act:
    """A case nobody has comes into the hands of whoever does something with it."""
    if act.by is not None and act.case.assignee_id is None and act.case.is_open:
        act.write(EventKind.TAKEN)
    return act
