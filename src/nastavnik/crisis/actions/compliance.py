"""The audit writes what it finds; agents contest it; reviewers judge it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from nastavnik.crisis.compliance_errors import (
    AboutYourself,
    ContestedAlready,
    JudgedAlready,
    NoObjection,
    NoReason,
    NotAboutYou,
)
from nastavnik.crisis.logic.compliance import Audit, Item
from nastavnik.crisis.models import CaseEvent, CaseState, CrisisCase, Message
from nastavnik.crisis.models.compliance import AuditedCase, ComplianceFinding, Verdict
from nastavnik.crisis.queries.compliance import CHUNK, PolicyBook, audits, not_audited
from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.models import RefusalPolicy

CONTESTED, JUDGED = "crisis.finding_contested", "crisis.finding_judged"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[int, str, int]


def audit_all(*, at: datetime) -> int:
    """Fold every case whose log has grown since the last audit; returns how many. Doing it again changes nothing."""
    ids, book = not_audited(), PolicyBook()
    for start in range(0, len(ids), CHUNK):
        audit_cases(case_ids=ids[start : start + CHUNK], at=at, book=book)
    return len(ids)


def audit_cases(*, case_ids: Sequence[int], at: datetime, book: PolicyBook | None = None) -> None:
    """Fold these cases under the policy of their day and write what is found, in one transaction.

    A finding that is no longer found, because a reading was corrected, is withdrawn unless somebody judged it.
    """
    with transaction.atomic():
        # The lock puts two audits of one case in a row, and holds its log still.
        seqs = dict(
            CaseState.objects.select_for_update()
            .filter(case_id__in=case_ids)
            .order_by("case_id")
            .values_list("case_id", "last_seq")
        )
        cases = list(CrisisCase.objects.filter(pk__in=seqs))
        results = list(audits(cases, book or PolicyBook()))
        _write_findings(results, at)
        AuditedCase.objects.bulk_create(
            [
                AuditedCase(
                    case=case, last_seq=seqs[case.pk], policy=policy, refused=result.refused,
                    attempts=min(result.process.attempts, 32_000), state=result.process.state.value, audited_at=at,
                )
                for case, policy, result in results
            ],
            update_conflicts=True, unique_fields=["case"],
            update_fields=["last_seq", "policy", "refused", "attempts", "state", "audited_at"],
        )  # fmt: skip


Result = tuple[CrisisCase, RefusalPolicy | None, Audit]


def _write_findings(results: Sequence[Result], at: datetime) -> None:
    cases = [case.pk for case, _policy, _result in results]
    seqs = {item.seq for _case, _policy, result in results for item in result.items}
    events = {
        (case_id, seq): pk
        for case_id, seq, pk in CaseEvent.objects.filter(case_id__in=cases, seq__in=seqs).values_list(
            "case_id", "seq", "pk"
        )
    }
    texts = _texts(results)
    wanted: dict[Key, ComplianceFinding] = {}
    for case, policy, result in results:
        for item in result.items:
            found = _finding(case, policy, item, texts.get(item.message or 0))
            found.event_id, found.found_at = events[case.pk, item.seq], at
            wanted.setdefault((case.pk, item.code, found.event_id), found)
    known = {(one.case_id, one.code, one.event_id): one for one in ComplianceFinding.objects.filter(case_id__in=cases)}
    ComplianceFinding.objects.bulk_create([one for key, one in wanted.items() if key not in known], batch_size=500)
    gone = [one.pk for key, one in known.items() if key not in wanted and one.verdict == Verdict.PENDING]
    back = [one.pk for key, one in known.items() if key in wanted and one.verdict == Verdict.WITHDRAWN]
    ComplianceFinding.objects.filter(pk__in=gone).update(verdict=Verdict.WITHDRAWN)
    ComplianceFinding.objects.filter(pk__in=back).update(verdict=Verdict.PENDING)


def _texts(results: Sequence[Result]) -> dict[int, str]:
    ids = {item.message for _case, _policy, result in results for item in result.items if item.message}
    return dict(Message.objects.filter(pk__in=ids).values_list("pk", "text"))


def _finding(case: CrisisCase, policy: RefusalPolicy | None, item: Item, text: str | None) -> ComplianceFinding:
    """The evidence is the message of the event, as far as it was kept."""
    return ComplianceFinding(
        case=case,
        code=item.code,
        at=EPOCH + timedelta(milliseconds=item.at),
        agent_id=item.agent,
        message_id=item.message,
        span_start=None if text is None else 0,
        span_end=None if text is None else len(text),
        rule=item.rule[:40],
        policy=policy,
    )


def contest(*, finding: ComplianceFinding, objection: str, by: Person, at: datetime) -> None:
    """The agent it is about says what speaks against it. Raises NotAboutYou, NoObjection, JudgedAlready,
    ContestedAlready.
    """
    if not objection.strip():
        raise NoObjection
    with transaction.atomic():
        finding = ComplianceFinding.objects.select_for_update().get(pk=finding.pk)
        if finding.agent_id != by.pk:
            raise NotAboutYou
        if finding.verdict != Verdict.PENDING:
            raise JudgedAlready
        if finding.contested_at is not None:
            raise ContestedAlready
        finding.objection, finding.contested_at = objection.strip()[:4_000], at
        finding.save(update_fields=["objection", "contested_at"])
        _tell(CONTESTED, finding, by=by, at=at, reason=finding.objection)


def judge(*, finding: ComplianceFinding, verdict: str, reason: str, by: Person | None, at: datetime) -> None:
    """Uphold or reject a finding; whoever it is about does not judge it.

    Raises JudgedAlready, NoReason, AboutYourself.
    """
    decided = Verdict(verdict)
    assert decided in (Verdict.UPHELD, Verdict.REJECTED)
    with transaction.atomic():
        finding = ComplianceFinding.objects.select_for_update().get(pk=finding.pk)
        if finding.verdict != Verdict.PENDING:
            raise JudgedAlready
        if by is not None and finding.agent_id == by.pk:
            raise AboutYourself
        if finding.contested_at is not None and not reason.strip():
            raise NoReason
        finding.verdict, finding.reason, finding.judged_by, finding.judged_at = decided, reason.strip()[:4_000], by, at
        finding.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
        _tell(JUDGED, finding, by=by, at=at, reason=finding.reason)


def _tell(kind: str, finding: ComplianceFinding, *, by: Person | None, at: datetime, reason: str) -> None:
    data = {"number": finding.case.number, "code": finding.code, "verdict": finding.verdict}
    journal.write(kind, by=by, at=at, subject=finding, person_id=finding.agent_id, reason=reason, data=data)
