"""Closed cases of an earlier system are brought in, thousands at once: log, caches, refunds. Nothing of them is typed:
stage, outcome and attempts are folded from the events by the policy of the day, like those of the desk's own cases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from nastavnik.crisis.actions._folding import keep_state, moment
from nastavnik.crisis.enums import CaseKind, CaseStage, EventKind, Severity, Source
from nastavnik.crisis.errors import NotClosedThere
from nastavnik.crisis.logic.calendars import to_ms
from nastavnik.crisis.logic.log import Entry
from nastavnik.crisis.logic.refunds import Sum, calculate
from nastavnik.crisis.logic.standing import Standing, fold
from nastavnik.crisis.models import CaseEvent, CaseState, Contract, CrisisCase, Customer, Refund
from nastavnik.crisis.money_enums import RefundReason, RefundStatus
from nastavnik.crisis.queries.logs import zone
from nastavnik.kernel import bulk, clock, journal
from nastavnik.people.models import Person, Team
from nastavnik.procedures.models import RefusalPolicy
from nastavnik.procedures.queries import Policies
from nastavnik.procedures.refusals import Policy

BROUGHT = "crisis.history_brought"
_BATCH = 2000
_EVENT_FIELDS = ("case_id", "seq", "at", "recorded_at", "kind", "actor_id", "source", "payload", "idem")


@dataclass(frozen=True)
class PastEvent:
    """One line of an earlier log; `actor` for what an agent did."""

    kind: str
    at: datetime
    actor: Person | None = None
    source: str = Source.SYSTEM
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PastCase:
    """A closed case as another system kept it. `ext_id` is unique there; amounts are minor units of `currency`."""

    ext_id: str
    customer: str
    opened_at: datetime
    team: Team | None
    events: Sequence[PastEvent]
    paid: int
    used: int
    currency: str = "RUB"
    kind: str = CaseKind.REFUND
    severity: int = Severity.MEDIUM
    reason: str = RefundReason.OTHER


@dataclass
class _Made:
    past: PastCase
    case: CrisisCase
    standing: Standing
    log: Sequence[PastEvent]


def bring_in(*, cases: Sequence[PastCase], by: Person | None, at: datetime) -> list[CrisisCase]:
    """Write the cases that are not here yet; all of them or none. Raises NotClosedThere for one that is still open.

    Clocks are not counted: what ran there ran by other rules.
    """
    with transaction.atomic():
        fresh = _unknown(cases)
        contracts = _contracts(fresh, at)
        numbers = _numbers(len(fresh))
        judges = _Judges()
        made = [
            _case(past, contracts[past.ext_id], number, judges) for past, number in zip(fresh, numbers, strict=True)
        ]
        if still_open := [one.past.ext_id for one in made if one.case.stage != CaseStage.CLOSED]:
            raise NotClosedThere(case=still_open[0])
        CrisisCase.objects.bulk_create([one.case for one in made], batch_size=_BATCH)
        CaseState.objects.bulk_create([_state(one) for one in made], batch_size=_BATCH)
        bulk.copy_in(CaseEvent, _EVENT_FIELDS, (row for one in made for row in _event_rows(one)))
        Refund.objects.bulk_create([row for one in made if (row := _refund(one)) is not None], batch_size=_BATCH)
        if made:
            journal.write(BROUGHT, by=by, at=at, data={"cases": len(made)})
    return [one.case for one in made]


def _key(ext_id: str) -> str:
    return f"history:{ext_id}:1"


def _unknown(cases: Sequence[PastCase]) -> list[PastCase]:
    keys = {_key(past.ext_id): past for past in cases}
    known = set(CaseEvent.objects.filter(idem__in=keys).values_list("idem", flat=True))
    return [past for key, past in keys.items() if key not in known]


def _contracts(cases: Sequence[PastCase], at: datetime) -> dict[str, Contract]:
    """A customer by their id, and a contract of each case."""
    ids = sorted({past.customer for past in cases})
    fresh = (Customer(ext_id=ext_id, created_at=at, search_text=ext_id.lower()) for ext_id in ids)
    Customer.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=_BATCH)
    customers = {one.ext_id: one for one in Customer.objects.filter(ext_id__in=ids)}
    found = [
        Contract(
            customer=customers[past.customer], ext_id=f"history:{past.ext_id}", currency=past.currency,
            price=past.paid, paid=past.paid, used=past.used,
        )
        for past in cases
    ]  # fmt: skip
    Contract.objects.bulk_create(found, batch_size=_BATCH)
    return {past.ext_id: one for past, one in zip(cases, found, strict=True)}


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('crisis_case_number') FROM generate_series(1, %s)", [count])
        return [int(row[0]) for row in cursor.fetchall()]


class _Judges:
    """The policy of each day and team, from all policies read once."""

    def __init__(self) -> None:
        self.zone = zone()
        self.policies = Policies()
        self.known: dict[tuple[date, int | None], RefusalPolicy | None] = {}

    def of(self, case: CrisisCase) -> RefusalPolicy | None:
        """The row that judges the case."""
        key = clock.local_date(case.opened_at, self.zone), case.team_id
        if key not in self.known:
            self.known[key] = self.policies.at(key[0], case.team)
        return self.known[key]


def _case(past: PastCase, contract: Contract, number: int, judges: _Judges) -> _Made:
    case = CrisisCase(
        number=number, kind=past.kind, severity=past.severity, customer=contract.customer, contract=contract,
        team=past.team, opened_at=past.opened_at,
    )  # fmt: skip
    judge = judges.of(case)
    log = _log(past)
    standing = fold([_entry(seq, one) for seq, one in enumerate(log, 1)], judge.policy if judge else Policy())
    case.policy_version = judge.number if judge else None
    case.stage, case.outcome = standing.stage, standing.outcome
    case.assignee_id, case.closed_at = standing.assignee, moment(standing.closed_at)
    case.refusal_state = standing.process.state.value
    return _Made(past, case, standing, log)


def _log(past: PastCase) -> Sequence[PastEvent]:
    payload = {"severity": int(past.severity), "team": past.team.pk if past.team else None}
    return [PastEvent(EventKind.OPENED, past.opened_at, payload=payload), *past.events]


def _entry(seq: int, one: PastEvent) -> Entry:
    return Entry(to_ms(one.at), seq, one.kind, one.actor.pk if one.actor else None, one.source, None, one.payload)


def _event_rows(made: _Made) -> Iterable[tuple[Any, ...]]:
    for seq, one in enumerate(made.log, start=1):
        actor, idem = one.actor.pk if one.actor else None, f"history:{made.past.ext_id}:{seq}"
        yield made.case.pk, seq, one.at, one.at, str(one.kind), actor, str(one.source), one.payload, idem


def _state(made: _Made) -> CaseState:
    state = CaseState(case=made.case)
    keep_state(state, made.standing, last_seq=len(made.log))
    return state


def _refund(made: _Made) -> Refund | None:
    """What was given back, where the log says that a refund began."""
    started = next((event for event in made.log if event.kind == EventKind.REFUND_START), None)
    if started is None:
        return None
    past, paid = made.past, next((event.at for event in made.log if event.kind == EventKind.REFUND_DONE), None)
    found = calculate(paid=Sum(past.paid, past.currency), used=Sum(past.used, past.currency))
    return Refund(
        case=made.case, contract=made.case.contract, reason=past.reason, currency=past.currency, due=found.due,
        amount=found.due, calculation=found.as_json(),
        status=RefundStatus.DONE if paid else RefundStatus.STARTED, started_by=started.actor, started_at=started.at,
        paid_at=paid,
    )  # fmt: skip
