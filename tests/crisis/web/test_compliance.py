"""Pages of the compliance audit: who sees what, contest, verdict, report, another policy."""

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.crisis.actions import compliance
from nastavnik.crisis.models import ComplianceFinding
from nastavnik.people.models import Person
from nastavnik.people.reach import today
from tests.crisis.actions.test_compliance import THIRD_ATTEMPT, a_log
from tests.factories.crisis import a_bare_case, a_crisis_manager
from tests.factories.people import AT, an_organisation
from tests.factories.procedures import SINCE, a_policy, head_of_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Person:
    an_organisation()
    a_policy(SINCE)
    return a_crisis_manager("C-1")


@pytest.fixture
def finding(agent: Person) -> ComplianceFinding:
    a_log(a_bare_case(), agent, *THIRD_ATTEMPT)
    compliance.audit_all(at=AT)
    return ComplianceFinding.objects.get()


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"crisis:{name}", args=args)


def test_agents_see_their_own_findings_and_no_reports(agent: Person, finding: ComplianceFinding) -> None:
    own, other = client_of(agent), client_of(a_crisis_manager("C-2"))
    assert "attempt beyond the allowed number" in own.get(address("finding-list")).content.decode()
    assert "Nothing found" in other.get(address("finding-list")).content.decode()
    assert [c.get(finding.get_absolute_url()).status_code for c in (own, other)] == [200, 404]
    assert [own.get(address(name)).status_code for name in ("compliance-report", "compliance-trial")] == [403, 403]


def test_a_finding_is_contested_by_its_agent_and_judged_by_a_reviewer(
    agent: Person, finding: ComplianceFinding
) -> None:
    own, judge = client_of(agent), client_of(head_of_desk())
    assert own.post(address("finding-judge", finding.public_id), {"verdict": "rejected"}).status_code == 403
    assert own.post(address("finding-contest", finding.public_id), {"objection": " "}).status_code == 422
    own.post(address("finding-contest", finding.public_id), {"objection": "ответ на вопрос"})
    page = judge.get(finding.get_absolute_url()).content.decode()
    assert "ответ на вопрос" in page
    assert judge.post(address("finding-judge", finding.public_id), {"verdict": "rejected"}).status_code == 422
    judge.post(address("finding-judge", finding.public_id), {"verdict": "rejected", "reason": "верно"})
    finding.refresh_from_db()
    assert (finding.verdict, finding.reason) == ("rejected", "верно")
    assert judge.post(address("finding-judge", finding.public_id), {"verdict": "soon"}).status_code == 404


def test_the_report_and_the_trial_of_another_policy(agent: Person, finding: ComplianceFinding) -> None:
    client = client_of(head_of_desk())
    period = {"since": "2026-01-01", "until": today().isoformat()}
    report = client.get(address("compliance-report"), period).content.decode()
    assert "3 and more attempts" in report
    assert "ru_time" in report
    assert client.get(address("compliance-report"), {"since": "x", "until": ""}).status_code == 200
    assert "Choose what to try" in client.get(address("compliance-trial")).content.decode()
    said = {**period, "max_soft": "3", "refund_start": "5", "reopen_days": "30", "insist_ends_at_once": "on"}
    tried = client.get(address("compliance-trial"), said).content.decode()
    assert "Cases judged otherwise" in tried
    assert "attempt beyond the allowed number" in tried
    assert ComplianceFinding.objects.count() == 1


def test_an_empty_audit_says_so(agent: Person) -> None:
    client = client_of(head_of_desk())
    pages = [client.get(address(name)).content.decode() for name in ("finding-list", "compliance-report")]
    assert ["Nothing found" in page for page in pages] == [True, True]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_findings_are_exported(agent: Person, finding: ComplianceFinding, kind: str) -> None:
    answer = client_of(agent).get(address("finding-list"), {"export": kind})
    assert answer.status_code == 200
    answer.close()
