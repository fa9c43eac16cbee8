"""The only writer of the log of a case.

    events.record(case=case, kind=EventKind.SOFT, payload={}, actor=agent, at=now, idem="chat:17:9")

One lock a case puts simultaneous writers in a row; `idem` makes a second delivery of the same event harmless.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from nastavnik.crisis.actions._folding import refold
from nastavnik.crisis.enums import EventKind, Source
from nastavnik.crisis.errors import SameKeyOtherEvent, UnknownEventKind
from nastavnik.crisis.models import CaseEvent, CaseState, CrisisCase, Message
from nastavnik.crisis.queries.logs import entries
from nastavnik.people.models import Person
from nastavnik.procedures.refusals import Violation

IDEM_LENGTH = 200


@dataclass(frozen=True)
class Draft:
    """An event about to be recorded. `at` is when it happened; it is never later than when it is recorded."""

    kind: str
    at: datetime
    idem: str
    payload: dict[str, Any] = field(default_factory=dict)
    actor: Person | None = None
    source: str = Source.SYSTEM
    message: Message | None = None


def record(
    *,
    case: CrisisCase,
    kind: str,
    payload: dict[str, Any] | None = None,
    actor: Person | None,
    at: datetime,
    idem: str,
    source: str | None = None,
    message: Message | None = None,
    recorded_at: datetime | None = None,
) -> CaseEvent:
    """Append one event; a repeated `idem` gives the event it stands for. Raises UnknownEventKind, SameKeyOtherEvent.

    `source` is «agent» where an actor is named, else «system».
    """
    said_by = source or (Source.AGENT if actor else Source.SYSTEM)
    draft = Draft(kind, at, idem, payload or {}, actor, said_by, message)
    return record_all(case=case, drafts=[draft], recorded_at=recorded_at or at)[0]


def record_all(*, case: CrisisCase, drafts: Sequence[Draft], recorded_at: datetime) -> list[CaseEvent]:
    """Append many events in their order, in one transaction and one fold; known ones are given back as they are."""
    for draft in drafts:
        if draft.kind not in EventKind.values:
            raise UnknownEventKind(kind=draft.kind)
    with transaction.atomic():
        state = lock(case)
        known = _known(case, drafts)
        written: dict[str, CaseEvent] = {}
        for draft in drafts:
            if draft.idem not in known and draft.idem not in written:
                state.last_seq += 1
                written[draft.idem] = _event(case, draft, state.last_seq, recorded_at)
        if written:
            CaseEvent.objects.bulk_create(written.values())
            refold(case, state, entries(case.pk))
    return [known.get(draft.idem) or written[draft.idem] for draft in drafts]


def note_violation(
    *, case: CrisisCase, code: Violation, told: dict[str, Any], about: str, by: Person, at: datetime
) -> CaseEvent:
    """The toolkit saw a violation itself: it stands in the log, where the audit finds it. `about` names it, once."""
    payload = {"violation": code.value, **told}
    idem = key(code.value, about)
    return record(case=case, kind=EventKind.NOTE, payload=payload, actor=by, at=at, idem=idem)


def lock(case: CrisisCase) -> CaseState:
    """Hold the case until the end of the transaction; whoever writes to it next waits."""
    rows = CaseState.objects.select_for_update().filter(case_id=case.pk)
    if (state := rows.first()) is None:
        CaseState.objects.bulk_create([CaseState(case_id=case.pk)], ignore_conflicts=True)
        state = rows.get()
    return state


def rebuild(case: CrisisCase) -> CaseState:
    """Count the caches of a case anew from its log; they come out as they were."""
    with transaction.atomic():
        state = lock(case)
        refold(case, state, entries(case.pk))
    return state


def key(*parts: object) -> str:
    """An idempotency key of any parts, never longer than the column."""
    text = ":".join(str(part) for part in parts)
    return text if len(text) <= IDEM_LENGTH else f"{text[:130]}:{hashlib.sha256(text.encode()).hexdigest()}"


def _known(case: CrisisCase, drafts: Sequence[Draft]) -> dict[str, CaseEvent]:
    found = {event.idem: event for event in CaseEvent.objects.filter(idem__in=[draft.idem for draft in drafts])}
    for draft in drafts:
        event = found.get(draft.idem)
        if event is not None and (event.case_id, event.kind) != (case.pk, draft.kind):
            raise SameKeyOtherEvent
    return found


def _event(case: CrisisCase, draft: Draft, seq: int, recorded_at: datetime) -> CaseEvent:
    return CaseEvent(
        case_id=case.pk, seq=seq, at=min(draft.at, recorded_at), recorded_at=recorded_at, kind=draft.kind,
        actor=draft.actor, source=draft.source, message=draft.message, payload=draft.payload, idem=draft.idem,
    )  # fmt: skip
