"""Each violation of the policy, from the desk's own actions to the finding the nightly audit writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nastavnik.crisis.actions import cases, compliance, messages, offers, refunds
from nastavnik.crisis.models import ComplianceFinding
from nastavnik.crisis.models.compliance import FindingCode
from nastavnik.crisis.money_enums import RefundReason
from nastavnik.crisis.money_errors import NotWithinAuthority
from nastavnik.people.models import Person
from nastavnik.procedures.refusals import Violation
from tests.factories.crisis import a_case, a_contract, a_crisis_manager, a_message
from tests.factories.crisis_money import Toolkit, a_toolkit, an_offer
from tests.factories.learning_awards import a_certificate_kind
from tests.factories.people import AT
from tests.factories.procedures import SINCE, a_policy, head_of_desk

pytestmark = pytest.mark.django_db
REFUSES, INSISTS = "Не тратьте моё время, верните деньги", "Решение принято, верните деньги"


class Desk:
    """A refund case whose customer refused categorically, in the hands of Anna; each act is a minute later."""

    def __init__(self) -> None:
        self.kit: Toolkit = a_toolkit()
        a_policy(SINCE)
        self.anna, self.case = self.kit.manager, a_case(a_contract())
        self.minute = 0
        cases.take(case=self.case, by=self.anna, at=AT)
        self.hear(REFUSES)

    def later(self, minutes: int = 1) -> Any:
        self.minute += minutes
        return AT + timedelta(minutes=self.minute)

    def hear(self, text: str) -> None:
        self.later()
        a_message(self.case, text, minutes=self.minute)

    def say(self, meaning: str, by: Person | None = None) -> None:
        messages.reply(case=self.case, text="Может, пауза?", by=by or self.anna, at=self.later(), meaning=meaning)

    def try_twice(self) -> None:
        for _ in range(2):
            self.say("SOFT")
            self.hear("Понятно")


def beyond_quota(desk: Desk) -> None:
    desk.try_twice()
    desk.say("SOFT")


def after_due(desk: Desk) -> None:
    desk.say("SOFT")
    desk.hear(INSISTS)
    desk.say("SOFT")


def late_start(desk: Desk) -> None:
    desk.say("SOFT")
    desk.hear(INSISTS)
    refunds.start(case=desk.case, by=desk.anna, at=desk.later(6))


def pressure(desk: Desk) -> None:
    desk.say("HARD")


def closed_unsettled(desk: Desk) -> None:
    cases.close(case=desk.case, by=desk.anna, at=desk.later())


def passed_on(desk: Desk) -> None:
    boris = a_crisis_manager(family_name="Борисов")
    desk.try_twice()
    cases.transfer(case=desk.case, by=desk.anna, person=boris, at=desk.later(), reason="конец смены")
    desk.say("SOFT", by=boris)
    desk.anna = boris


def outside_authority(desk: Desk) -> None:
    for _ in range(2):  # pressed twice, it is one violation
        with pytest.raises(NotWithinAuthority):
            an_offer(desk.kit, amount=300_000, case=desk.case, at=desk.later())


def below_due(desk: Desk) -> None:
    refund = refunds.start(case=desk.case, by=desk.anna, at=desk.later())
    refunds.settle_amount(
        refund=refund, amount=1_500_000, why="Клиент согласен", reason=RefundReason.QUALITY, by=desk.anna,
        at=desk.later(), attach=False,
    )  # fmt: skip


def unmarked(desk: Desk) -> None:
    heard = desk.case.conversations.get().messages.get()
    quality = head_of_desk()
    messages.mark(case=desk.case, message=heard, kind="trigger", by=quality, at=desk.later(), source="qa")


@pytest.mark.parametrize(
    ("happens", "codes", "evidence"),
    [
        (beyond_quota, ["V1"], "Может, пауза?"),
        (after_due, ["V2"], "Может, пауза?"),
        (late_start, ["V3"], ""),
        (pressure, ["V4"], "Может, пауза?"),
        (closed_unsettled, ["V5"], ""),
        (passed_on, ["V1", "V6"], "Может, пауза?"),
        (outside_authority, ["V7"], REFUSES),
        (below_due, ["V9"], REFUSES),
    ],
)
def test_the_audit_finds_it_with_its_agent_and_evidence_and_it_can_be_contested(
    happens: Callable[[Desk], None], codes: list[str], evidence: str
) -> None:
    desk = Desk()
    happens(desk)
    for _ in range(2):
        compliance.audit_all(at=desk.later())
    found, judge = list(ComplianceFinding.objects.order_by("code")), head_of_desk()
    assert [one.code for one in found] == codes
    for one in found:
        assert (one.case, one.agent, one.verdict) == (desk.case, desk.anna, "pending")
        said = one.message.text[one.span_start : one.span_end] if one.message else ""
        assert said == evidence
        compliance.contest(finding=one, objection="клиент сам спросил", by=desk.anna, at=desk.later())
        compliance.judge(finding=one, verdict="upheld", reason="нет", by=judge, at=desk.later())


def test_a_refusal_the_agent_left_unmarked_is_found_and_blames_nobody() -> None:
    desk = Desk()
    unmarked(desk)
    compliance.audit_all(at=desk.later())
    [found] = ComplianceFinding.objects.all()
    assert (found.code, found.agent, found.message.text if found.message else "") == ("V8", None, REFUSES)


def test_every_code_of_the_policy_can_be_a_finding() -> None:
    assert [one.value for one in Violation] == [code for code in FindingCode.values if code != "offers"]


def test_a_missing_certificate_alone_asks_for_training_and_is_no_violation() -> None:
    desk = Desk()
    a_certificate_kind("money")
    desk.kit.limit.certificate_code = "money"
    desk.kit.limit.save()
    with pytest.raises(NotWithinAuthority):
        an_offer(desk.kit, case=desk.case, at=desk.later())
    compliance.audit_all(at=desk.later())
    assert ComplianceFinding.objects.count() == 0


def test_an_offer_within_authority_and_a_sum_with_its_calculation_are_no_violations() -> None:
    desk = Desk()
    offers.present(offer=an_offer(desk.kit, case=desk.case, at=desk.later()), by=desk.anna, at=desk.later())
    desk.hear(INSISTS)
    refund = refunds.start(case=desk.case, by=desk.anna, at=desk.later())
    refunds.settle_amount(
        refund=refund, amount=1_500_000, why="Часть", reason=RefundReason.QUALITY, by=desk.anna, at=desk.later()
    )
    compliance.audit_all(at=desk.later())
    assert ComplianceFinding.objects.count() == 0


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (
            outside_authority,
            ["Wanted to offer: Зачисление на счёт, RUB\xa03,000.00", "The matrix allows", "Your grade"],
        ),
        (below_due, ["Due: RUB\xa020,000.00. Set: RUB\xa015,000.00. The customer does not get the calculation."]),
    ],
)
def test_the_page_of_a_finding_about_money_shows_the_figures(happens: Callable[[Desk], None], said: list[str]) -> None:
    desk = Desk()
    happens(desk)
    compliance.audit_all(at=desk.later())
    client = Client(headers={"accept-language": "en"})
    client.force_login(desk.anna)
    page = client.get(ComplianceFinding.objects.get().get_absolute_url()).content.decode()
    assert [one for one in said if one not in page] == []
