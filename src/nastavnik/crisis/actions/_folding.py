"""The caches of a case are what its log adds up to: state, stage, hands, clocks, nearest deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from nastavnik.crisis.logic import clocks
from nastavnik.crisis.logic.clocks import Phase, Reading
from nastavnik.crisis.logic.log import Entry, prevailing
from nastavnik.crisis.logic.standing import Standing, fold
from nastavnik.crisis.models import CaseClock, CaseState, ClockTemplate, CrisisCase, Refund
from nastavnik.crisis.money_enums import RefundStatus
from nastavnik.crisis.queries.logs import policy_of, zone
from nastavnik.crisis.queries.tables import counter_of, default_calendar, templates_for, term_of
from nastavnik.kernel import clock
from nastavnik.procedures.refusals import State


def moment(ms: float | None) -> datetime | None:
    """Milliseconds as an aware moment."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def refold(case: CrisisCase, state: CaseState, log: Sequence[Entry]) -> Standing:
    """Write what the log adds up to into the caches of the case; the caller holds its lock."""
    day = clock.local_date(case.opened_at, zone())
    standing = fold(log, policy_of(case, day))
    keep_state(state, standing, last_seq=max((entry.seq for entry in log), default=0))
    state.save()
    rows = _keep_clocks(case, standing, log, day)
    _keep_case(case, standing, _nearest(row for row in rows if row.state in (Phase.RUNNING, Phase.PAUSED)))
    if standing.process.state is State.REFUND_STARTED:
        due_at = _nearest(row for row in rows if row.template.is_statutory)
        Refund.objects.filter(case=case, status=RefundStatus.STARTED).update(due_at=due_at)
    return standing


def keep_state(state: CaseState, standing: Standing, *, last_seq: int) -> None:
    """Put what the log adds up to into the state of the case; the caller saves it."""
    process = asdict(standing.process)
    state.process = {**process, "flags": sorted(process["flags"]), "state": str(process["state"])}
    state.last_seq = last_seq
    state.last_at = moment(standing.last_at)
    state.attempts = standing.process.attempts
    state.due_at = moment(standing.process.due_at * 1000) if standing.process.due_at is not None else None
    state.reached_human_at = moment(standing.first_human_at)
    state.paused_at = moment(standing.paused_at)
    state.reopened, state.transferred, state.rung = standing.reopened, standing.transferred, standing.rung


def _keep_case(case: CrisisCase, standing: Standing, due_at: datetime | None) -> None:
    case.stage = standing.stage
    case.severity = standing.severity or case.severity
    case.assignee_id, case.team_id = standing.assignee, standing.team
    case.closed_at = moment(standing.closed_at)
    case.outcome = standing.outcome
    case.refusal_state = standing.process.state.value
    case.next_due_at = due_at if standing.stage != "closed" else None
    case.save(
        update_fields=[
            "stage", "severity", "assignee", "team", "closed_at", "outcome", "refusal_state", "next_due_at",
        ]
    )  # fmt: skip


def readings(
    case: CrisisCase, standing: Standing, log: Sequence[Entry], day: date
) -> list[tuple[ClockTemplate, Reading]]:
    """Every clock of the case, opened on the `day`, with what it shows."""
    templates = templates_for(case.kind, standing.severity or case.severity, day)
    default = default_calendar() if any(one.calendar_id is None for one in templates) else None
    said = prevailing(log)
    return [
        (one, clocks.read(term_of(one), said, counter_of(one.unit, one.calendar or default, day), standing.dues))
        for one in templates
    ]


def _nearest(rows: Iterable[CaseClock]) -> datetime | None:
    return min((row.due_at for row in rows if row.due_at), default=None)


def _keep_clocks(case: CrisisCase, standing: Standing, log: Sequence[Entry], day: date) -> list[CaseClock]:
    """Store the clocks of the case and return them."""
    found = readings(case, standing, log, day)
    rows = [_clock(case, template, reading) for template, reading in found]
    fields = ["state", "started_at", "due_at", "done_at", "elapsed_ms", "breached"]
    CaseClock.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case", "template"], update_fields=fields)
    kept = [template.pk for template, _reading in found]
    case.clocks.exclude(template_id__in=kept).exclude(state=Phase.DONE).delete()
    return rows


def _clock(case: CrisisCase, template: ClockTemplate, reading: Reading) -> CaseClock:
    return CaseClock(
        case=case, template=template, state=reading.phase.value, started_at=moment(reading.started_at),
        due_at=moment(reading.due_at), done_at=moment(reading.done_at), elapsed_ms=reading.elapsed,
        breached=reading.breached,
    )  # fmt: skip
