"""A case is opened, taken, handed over, put on hold, escalated, closed and reopened. Its outcome is never typed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from nastavnik.crisis.actions import events as log
from nastavnik.crisis.actions import messages
from nastavnik.crisis.actions._acting import acting, hold, tell
from nastavnik.crisis.enums import CaseKind, EventKind, Rung, Severity, Source
from nastavnik.crisis.errors import (
    CaseIsOpen,
    NothingWritten,
    OpenRefundCase,
    PauseNeedsReason,
    PauseTooLong,
    TakenMeanwhile,
)
from nastavnik.crisis.events import CaseClosed, CaseReopened
from nastavnik.crisis.logic.calendars import to_ms
from nastavnik.crisis.logic.clocks import PAUSE_CAP
from nastavnik.crisis.logic.texts import one_line
from nastavnik.crisis.models import CaseState, Contract, CrisisCase, Customer, DeskSkill, EscalationStep, LadderRung
from nastavnik.crisis.queries.logs import policy_row, zone
from nastavnik.crisis.queries.tables import counter_of, default_calendar
from nastavnik.kernel import clock
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person, Team

PAUSE_HOURS = PAUSE_CAP // 3_600_000


def open_case(
    *,
    customer: Customer,
    kind: CaseKind | str,
    by: Person | None,
    at: datetime,
    contract: Contract | None = None,
    severity: int = Severity.MEDIUM,
    team: Team | None = None,
    skill: DeskSkill | None = None,
    subject: str = "",
    remedy: str = "",
    opened_at: datetime | None = None,
    idem: str = "",
) -> CrisisCase:
    """Open a case; `opened_at` is when the customer came (now, unless told). Raises OpenRefundCase."""
    with transaction.atomic():
        if kind == CaseKind.REFUND and contract is not None:
            _refuse_second(contract)
        case = CrisisCase(
            number=_next_number(), kind=kind, severity=severity, customer=customer, contract=contract, team=team,
            skill=skill, subject=one_line(subject, 200), remedy=one_line(remedy, 300),
            opened_at=min(opened_at or at, at),
        )  # fmt: skip
        version = policy_row(case)
        case.policy_version = version.number if version else None
        case.save(force_insert=True)
        CaseState.objects.create(case=case)
        payload = {"severity": int(severity), "team": team.pk if team else None}
        opening = log.Draft(
            EventKind.OPENED, case.opened_at, log.key("opened", idem or case.public_id), payload, by,
            Source.AGENT if by else Source.SYSTEM,
        )  # fmt: skip
        drafts = [opening]
        if kind == CaseKind.REFUND:
            drafts.append(
                log.Draft(EventKind.ASKED, case.opened_at, log.key("asked", case.public_id), source="customer")
            )
        log.record_all(case=case, drafts=drafts, recorded_at=at)
        tell(case, EventKind.OPENED, by=by, at=at)
    return case


def _refuse_second(contract: Contract) -> None:
    """One open refund case per contract; simultaneous openers wait for the contract's row."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    open_one = CrisisCase.objects.open().filter(contract=contract, kind=CaseKind.REFUND).first()
    if open_one is not None:
        raise OpenRefundCase(number=open_one.number)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('crisis_case_number')")
        return int(cursor.fetchone()[0])


def take(*, case: CrisisCase, by: Person, at: datetime, seen: int | None = None, idem: str = "") -> None:
    """Take the case into one's own hands. Raises TakenMeanwhile when somebody else did."""
    with acting(case, by=by, at=at, idem=idem, even_others=True) as act:
        if case.assignee_id not in (None, by.pk):
            raise TakenMeanwhile(person=str(case.assignee))
        if case.assignee_id == by.pk and case.cached.reached_human_at is not None and case.stage != "new":
            return
        act.write(EventKind.TAKEN)


def assign(
    *, case: CrisisCase, person: Person, by: Person | None, at: datetime, seen: int | None = None, idem: str = ""
) -> None:
    """Give a case to somebody of the desk."""
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        act.write(EventKind.ASSIGNED, person=person.pk)


def transfer(
    *,
    case: CrisisCase,
    by: Person,
    at: datetime,
    reason: str,
    person: Person | None = None,
    team: Team | None = None,
    seen: int | None = None,
    idem: str = "",
) -> None:
    """Hand the case over to a person or into a team's queue, with its whole history. Raises NothingWritten."""
    if not reason.strip():
        raise NothingWritten
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        to = team.pk if team else case.team_id
        act.write(
            EventKind.TRANSFER, reason=reason, person=person.pk if person else None, team=to,
            team_changed=to != case.team_id,
        )  # fmt: skip


def pause(
    *,
    case: CrisisCase,
    by: Person,
    at: datetime,
    reason: str,
    until: datetime | None = None,
    seen: int | None = None,
    idem: str = "",
) -> None:
    """Wait for the customer, for at most 72 hours. Terms set by law go on. Raises PauseNeedsReason, PauseTooLong."""
    if not reason.strip():
        raise PauseNeedsReason
    if until is not None and until - at > timedelta(milliseconds=PAUSE_CAP):
        raise PauseTooLong(hours=PAUSE_HOURS)
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        hold(act).write(EventKind.PAUSED, reason=reason, until=until.isoformat() if until else None)


def resume(*, case: CrisisCase, by: Person | None, at: datetime, seen: int | None = None, idem: str = "") -> None:
    """Go on with the case."""
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        act.write(EventKind.RESUMED)


def note(*, case: CrisisCase, text: str, by: Person, at: datetime, idem: str = "") -> None:
    """Leave a note for colleagues; the customer never sees it. Raises NothingWritten."""
    if not text.strip():
        raise NothingWritten
    with acting(case, by=by, at=at, idem=idem, even_closed=True, even_others=True) as act:
        act.write(EventKind.NOTE, text=text.strip()[:2000])


def set_severity(
    *,
    case: CrisisCase,
    severity: int,
    by: Person,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
    idem: str = "",
) -> None:
    """Change how severe the case is; its clocks are counted anew from the start, pauses kept."""
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        if case.severity != severity:
            act.write(EventKind.SEVERITY, reason=reason, severity=int(Severity(severity)))


def escalate(
    *, case: CrisisCase, rung: str, by: Person, at: datetime, reason: str, seen: int | None = None, idem: str = ""
) -> EscalationStep:
    """Put the case on a step of the ladder: its owner and term follow from the day's ladder. The refund goes on."""
    if not reason.strip():
        raise NothingWritten
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        event = hold(act).write(EventKind.ESCALATED, reason=reason, rung=Rung(rung).value)
        day = clock.local_date(at, zone())
        step = LadderRung.objects.on(day).filter(rung=rung).select_related("owner").first()
        made: dict[str, Any] = {"case": case, "rung": rung, "at": at}
        if step is not None:
            counter = counter_of(step.unit, default_calendar(), day)
            due = counter.deadline(counter.worked(to_ms(at)) + step.target_ms)
            made |= {"owner": step.owner, "due_at": at + timedelta(milliseconds=due - to_ms(at))}
        found, _new = EscalationStep.objects.get_or_create(event=event, defaults=made)
    return found


def close(
    *, case: CrisisCase, by: Person | None, at: datetime, reason: str = "", seen: int | None = None, idem: str = ""
) -> CrisisCase:
    """Close the case. What it came to follows from its log: a refusal without refund or consent stays unresolved.

    Its conversations end with their last message, unless their channel has ended them before.
    """
    with acting(case, by=by, at=at, seen=seen, idem=idem) as act:
        hold(act).write(EventKind.CLOSE, reason=reason)
        for talk in case.conversations.filter(ended_at=None).annotate(last=Max("messages__at")):
            messages.end(conversation=talk, at=at, ended_at=talk.last)
        publish(CaseClosed(case_id=case.pk, at=at), at=at)
    return case


def reopen(
    *, case: CrisisCase, by: Person | None, at: datetime, reason: str = "", seen: int | None = None, idem: str = ""
) -> None:
    """The customer came back: the count of attempts goes on within the policy's window. Raises CaseIsOpen."""
    with acting(case, by=by, at=at, seen=seen, idem=idem, even_closed=True) as act:
        if case.is_open:
            raise CaseIsOpen
        if case.kind == CaseKind.REFUND and case.contract is not None:
            _refuse_second(case.contract)
        act.write(EventKind.REOPEN, reason=reason)
        publish(CaseReopened(case_id=case.pk, at=at), at=at)
