"""The nightly audit: what it finds, when it takes it back, who contests and who judges."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import compliance, events
from nastavnik.crisis.compliance_errors import (
    AboutYourself,
    ContestedAlready,
    JudgedAlready,
    NoObjection,
    NoReason,
    NotAboutYou,
)
from nastavnik.crisis.models import AuditedCase, ComplianceFinding, CrisisCase
from nastavnik.crisis.queries import compliance as queries
from nastavnik.people.models import Person
from nastavnik.procedures.refusals import Policy
from tests.factories.crisis import a_bare_case, a_crisis_manager
from tests.factories.people import AT, an_organisation
from tests.factories.procedures import SINCE, a_policy, head_of_desk

pytestmark = pytest.mark.django_db
THIRD_ATTEMPT = ("trigger", "SOFT", "message", "SOFT", "message", "SOFT")


@pytest.fixture
def agent() -> Person:
    an_organisation()
    return a_crisis_manager("C-1")


def a_log(case: CrisisCase, agent: Person, *kinds: str, first: int = 0) -> None:
    """Events a minute apart; capitals are the agent's."""
    for place, kind in enumerate(kinds, start=first):
        said: dict[str, Any] = {"actor": agent if kind.isupper() else None, "at": AT + timedelta(minutes=place)}
        payload = {"rule": "ru_time", "words": "время"} if kind == "trigger" else {}
        events.record(case=case, kind=kind, payload=payload, idem=f"{case.pk}:{place}", **said)


def found() -> list[tuple[str, int | None, str]]:
    return [(one.code, one.agent_id, one.verdict) for one in ComplianceFinding.objects.order_by("at", "code")]


def a_finding(agent: Person) -> ComplianceFinding:
    a_log(a_bare_case(), agent, *THIRD_ATTEMPT)
    compliance.audit_all(at=AT)
    return ComplianceFinding.objects.get()


def test_a_third_attempt_is_found_with_its_agent_rule_and_policy(agent: Person) -> None:
    policy = a_policy(SINCE)
    finding = a_finding(agent)
    assert (finding.code, finding.agent, finding.rule, finding.policy) == ("V1", agent, "ru_time", policy)
    assert finding.event.seq == 6
    audited = AuditedCase.objects.get()
    assert (audited.attempts, audited.refused, audited.state, audited.policy) == (3, True, "TRIGGERED", policy)


def test_the_audit_done_again_changes_nothing_and_looks_only_at_what_grew(agent: Person) -> None:
    a_finding(agent)
    assert compliance.audit_all(at=AT) == 0
    case = CrisisCase.objects.get()
    compliance.audit_cases(case_ids=[case.pk], at=AT)
    assert found() == [("V1", agent.pk, "pending")]
    a_log(case, agent, "HARD", first=6)
    assert compliance.audit_all(at=AT) == 1
    assert found() == [("V1", agent.pk, "pending"), ("V4", agent.pk, "pending")]


def test_a_case_is_judged_by_the_version_of_its_day(agent: Person) -> None:
    a_policy(SINCE, max_soft=1)
    a_policy(date(2026, 11, 1), max_soft=3)
    old, new = a_bare_case(opened_at=AT - timedelta(days=60)), a_bare_case()
    for case in (old, new):
        a_log(case, agent, "trigger", "SOFT", "message", "SOFT")
    compliance.audit_all(at=AT)
    assert [(one.case_id, one.code) for one in ComplianceFinding.objects.all()] == [(old.pk, "V1")]


def test_a_corrected_reading_withdraws_a_waiting_finding_but_no_verdict(agent: Person) -> None:
    first, second = a_bare_case(), a_bare_case()
    for case in (first, second):
        a_log(case, agent, "trigger", "SOFT", "insist", "SOFT")
    compliance.audit_all(at=AT)
    assert found() == [("V2", agent.pk, "pending")] * 2
    judged = ComplianceFinding.objects.get(case=second)
    compliance.judge(finding=judged, verdict="upheld", reason="", by=None, at=AT)
    for case in (first, second):
        # The customer had taken the refusal back before: learnt later, dated earlier.
        at = AT + timedelta(minutes=2, seconds=30)
        events.record(case=case, kind="withdraw", actor=None, at=at, idem=f"late:{case.pk}", recorded_at=AT)
        events.record(
            case=case, kind="withdraw", actor=None, at=at, idem=f"later:{case.pk}", recorded_at=AT + timedelta(hours=1)
        )
    compliance.audit_all(at=AT)
    assert sorted(found()) == [("V2", agent.pk, "upheld"), ("V2", agent.pk, "withdrawn")]


def test_lateness_is_the_doing_of_whoever_had_the_case(agent: Person) -> None:
    a_log(a_bare_case(), agent, "trigger", "SOFT", "insist", *["message"] * 7)
    compliance.audit_all(at=AT)
    assert found() == [("V3", agent.pk, "pending")]


def test_the_agent_contests_and_a_reviewer_answers(agent: Person) -> None:
    finding, other, judge = a_finding(agent), a_crisis_manager("C-2"), head_of_desk()
    with pytest.raises(NotAboutYou):
        compliance.contest(finding=finding, objection="нет", by=other, at=AT)
    with pytest.raises(NoObjection):
        compliance.contest(finding=finding, objection=" ", by=agent, at=AT)
    compliance.contest(finding=finding, objection="это был ответ на вопрос", by=agent, at=AT)
    with pytest.raises(ContestedAlready):
        compliance.contest(finding=finding, objection="ещё раз", by=agent, at=AT)
    with pytest.raises(AboutYourself):
        compliance.judge(finding=finding, verdict="rejected", reason="", by=agent, at=AT)
    with pytest.raises(NoReason):
        compliance.judge(finding=finding, verdict="rejected", reason="", by=judge, at=AT)
    compliance.judge(finding=finding, verdict="rejected", reason="верно", by=judge, at=AT)
    with pytest.raises(JudgedAlready):
        compliance.judge(finding=finding, verdict="upheld", reason="", by=judge, at=AT)
    finding.refresh_from_db()
    assert (finding.verdict, finding.judged_by, finding.reason) == ("rejected", judge, "верно")


def test_agents_see_their_own_findings_only(agent: Person) -> None:
    finding, other = a_finding(agent), a_crisis_manager("C-2")
    seen = [list(queries.findings(person)) for person in (agent, other, head_of_desk())]
    assert seen == [[finding], [], [finding]]


def test_the_report_counts_attempts_and_the_precision_of_rules(agent: Person) -> None:
    finding = a_finding(agent)
    a_log(a_bare_case(), agent, "trigger", "SOFT", "insist", "REFUND_START")
    a_log(a_bare_case(), agent, "asked", "SOFT")
    compliance.audit_all(at=AT)
    compliance.judge(finding=finding, verdict="upheld", reason="", by=None, at=AT)
    report = queries.report(head_of_desk(), AT - timedelta(days=1), AT + timedelta(days=1), AT)
    assert (report.cases, report.refused, report.histogram) == (3, 2, [(1, 1), (3, 1)])
    assert [bucket.share.part for bucket in report.buckets] == [0, 1, 0, 1]
    assert (report.clean.part, report.clean.n) == (1, 2)
    assert [(one.rule, one.precision.value, one.pending) for one in report.rules] == [("ru_time", 1.0, 0)]
    assert [(code, dict(counts)) for code, counts in report.codes] == [("V1", {"upheld": 1})]


def test_another_policy_is_tried_and_nothing_is_written(agent: Person) -> None:
    finding = a_finding(agent)
    tried = queries.trial(head_of_desk(), Policy(max_soft=3), AT - timedelta(days=1), AT + timedelta(days=1))
    assert (tried.cases, tried.rows, tried.changed) == (1, [("V1", 1, 0)], [(finding.case, [], ["V1"])])
    assert found() == [("V1", agent.pk, "pending")]


@pytest.mark.parametrize(
    "wrong",
    [{"verdict": "upheld"}, {"judged_at": AT}, {"contested_at": AT}, {"span_start": 2, "span_end": 1}],
)
def test_the_database_refuses_impossible_findings(agent: Person, wrong: dict[str, Any]) -> None:
    finding = a_finding(agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        ComplianceFinding.objects.filter(pk=finding.pk).update(**wrong)


def test_the_database_refuses_the_same_finding_twice(agent: Person) -> None:
    finding = a_finding(agent)
    finding.pk, finding.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        finding.save(force_insert=True)
