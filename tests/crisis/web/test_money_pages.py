"""Pages and panels of the desk's money: what is shown, what a press does, who is let in."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.crisis.actions import cases, duplicates, ratings
from nastavnik.crisis.models import (
    AuthorityLimit,
    Budget,
    Conversation,
    LedgerAccount,
    MatrixRow,
    Offer,
    PaymentChoice,
    RatingRequest,
    Refund,
    ToolRule,
)
from nastavnik.crisis.money_enums import Tool
from nastavnik.kernel import clock
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.crisis import a_bare_case, a_contract, a_crisis_manager
from tests.factories.crisis_money import SINCE, Toolkit, a_payment, a_toolkit, a_wallet, an_offer, credit
from tests.factories.learning_awards import a_certificate, a_certificate_kind
from tests.factories.learning_programmes import a_programme
from tests.factories.people import AT, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(AT + timedelta(minutes=5)):
        yield


@pytest.fixture
def kit() -> Toolkit:
    return a_toolkit()


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def text(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"crisis:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, /, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"crisis:{name}", args=args), data)


def test_one_press_starts_the_refund_and_the_sum_is_shown(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    shown = text(client, "refund-panel", kit.case.public_id)
    assert [one in shown for one in ("20,000.00", "Start the refund")] == [True, True]
    pressed = post(client, "refund-panel", kit.case.public_id, do="start").content.decode()
    assert "Pay it back" in pressed
    assert Refund.objects.get().amount == 2_000_000
    post(client, "refund-panel", kit.case.public_id, do="finish")
    assert Refund.objects.get().status == "done"


def test_another_sum_waits_for_a_lead_on_the_page_of_approvals(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    post(client, "refund-panel", kit.case.public_id, do="start")
    said = {"do": "settle", "amount": "21 000.00", "reason": "quality", "attach": "on"}
    assert "Say why" in post(client, "refund-panel", kit.case.public_id, **said).content.decode()
    post(client, "refund-panel", kit.case.public_id, **said, why="Сорванный урок")
    refund = Refund.objects.get()
    assert (refund.amount, refund.needs_approval) == (2_100_000, True)
    lead = client_of(kit.checker)
    assert "Approve the sum" in text(lead, "approval-list")
    post(lead, "refund-approve", refund.public_id)
    refund.refresh_from_db()
    assert refund.approved_by == kit.checker


def test_what_may_be_offered_and_why_not_more_is_said(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    shown = text(client, "offer-panel", kit.case.public_id)
    assert "Зачисление на счёт" in shown
    assert "Make the offer" in shown
    posted = post(
        client, "offer-panel", kit.case.public_id, issue="lesson", fault="ours", kind=kit.kind.pk, amount="3000"
    ).content.decode()
    assert "Your grade" in posted
    assert Offer.objects.count() == 0


def test_an_offer_goes_its_way_by_presses(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    said = {"issue": "lesson", "fault": "ours", "kind": kit.kind.pk, "amount": "500", "details": "За сорванный урок"}
    assert "Present it to the customer" in post(client, "offer-panel", kit.case.public_id, **said).content.decode()
    offer = Offer.objects.get()
    assert "The customer agreed" in post(client, "offer-act", offer.public_id, "present").content.decode()
    assert "own words" in post(client, "offer-act", offer.public_id, "accept", consent="").content.decode()
    post(client, "offer-act", offer.public_id, "accept", consent="Да, спасибо")
    assert LedgerAccount.objects.get(kind="wallet").balance == 50_000
    assert "500.00" in text(client, "account-detail", kit.case.customer.public_id)


def test_hostile_words_are_shown_as_words(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    an_offer(kit, details="<script>alert(1)</script>")
    assert "<script>alert" not in text(client, "offer-panel", kit.case.public_id)
    assert "<script>alert" not in text(client, "offer-list")


def test_a_lead_approves_a_part_from_the_queue(kit: Toolkit) -> None:
    approval = an_offer(kit, amount=120_000).approvals.get()
    lead = client_of(kit.checker)
    assert "1,200.00" in text(lead, "approval-list")
    post(lead, "approval-decide", approval.public_id, decision="partial", amount="800", clause="п. 4")
    approval.refresh_from_db()
    assert (approval.decision, approval.amount) == ("partial", 80_000)


def test_a_double_payment_is_judged_and_moved_where_the_customer_says(kit: Toolkit) -> None:
    contract = kit.case.contract
    assert contract is not None
    for n in range(2):
        a_payment(f"D-{n}", contract=contract.ext_id, at=AT + timedelta(minutes=n))
    duplicates.find(at=AT)
    client = client_of(kit.manager)
    assert "D-1" in text(client, "duplicate-list")
    second = contract.payments.get(ref="D-1")
    answer = post(client, "duplicate-judge", second.twin.public_id, verdict="confirmed")
    assert answer.url == reverse("crisis:payment-detail", args=[second.public_id])
    said = {"case": kit.case.pk, "choice": "wallet", "evidence": "Оставьте на счёте"}
    assert post(client, "payment-detail", second.public_id, **said).status_code == 422
    assert post(client, "payment-detail", second.public_id, **said, card_was_offered="on").status_code == 302
    assert PaymentChoice.objects.get().recorded_by == kit.manager


def test_the_statement_shows_every_movement_and_each_look_is_in_the_journal(kit: Toolkit) -> None:
    wallet = a_wallet(kit.case.customer, holds=1_000)
    credit(wallet, 250, at=AT + timedelta(minutes=1))
    client = client_of(kit.manager)
    shown = text(client, "account-detail", kit.case.customer.public_id)
    assert [shown.count(one) > 0 for one in ("10.00", "2.50", "12.50")] == [True] * 3
    assert JournalEntry.objects.filter(kind="crisis.account_looked_at", actor_id=kit.manager.pk).count() == 1
    exported = client.get(reverse("crisis:account-detail", args=[kit.case.customer.public_id]), {"export": "csv"})
    assert b"".join(exported.streaming_content).decode().count("\n") == 3  # type: ignore[attr-defined]  # it streams


def test_money_of_an_account_is_paid_out_once_per_click(kit: Toolkit) -> None:
    wallet = a_wallet(kit.case.customer, holds=1_000)
    client = client_of(kit.manager)
    for _ in range(2):
        post(client, "account-detail", kit.case.customer.public_id, amount="4", once="click-1")
    wallet.refresh_from_db()
    assert wallet.balance == 600
    assert post(client, "account-detail", kit.case.customer.public_id, amount="7", once="click-2").status_code == 422


def test_the_toolkit_is_kept_by_the_head_of_the_desk_alone(kit: Toolkit) -> None:
    head, manager = client_of(kit.checker), client_of(kit.manager)
    row = {
        "kind": kit.kind.pk, "issue": "price", "least": "0", "most": "50", "currency": "RUB", "position": 1,
        "since": "2026-11-23",
    }  # fmt: skip
    assert post(manager, "matrix-add", **row).status_code == 403
    assert post(head, "matrix-add", **row).status_code == 302
    made = MatrixRow.objects.get(issue="price")
    change = {"least": "0", "most": "70", "position": 1, "since": "2026-11-24"}
    assert post(head, "matrix-change", made.pk, **change).status_code == 302
    assert MatrixRow.objects.filter(issue="price").count() == 2
    budget = {"amount": "100", "currency": "RUB", "active_from": "2027-01-01", "active_to": "2027-02-01"}
    assert post(head, "budget-add", **budget).status_code == 302
    assert Budget.objects.filter(amount=10_000).count() == 1
    kind = {"code": "pause", "name": "Пауза", "category": "pause", "lifetime_hours": 24, "is_active": "on"}
    assert post(head, "kind-add", **kind).status_code == 302
    limit = {"grade": kit.limit.grade_id, "kind": kit.kind.pk, "most": "10", "since": "2026-11-24"}
    assert post(head, "limit-add", **limit).status_code == 302


def test_a_customer_is_exported_and_erased_by_those_allowed(kit: Toolkit) -> None:
    head, manager = client_of(kit.checker), client_of(kit.manager)
    public_id = a_bare_case(a_contract(), stage="closed", closed_at=AT).customer.public_id
    assert manager.get(reverse("crisis:customer-data", args=[public_id])).status_code == 403
    assert "Мария" in post(head, "customer-export", public_id).content.decode()
    post(head, "customer-erase", public_id, reason="Запрос")
    assert "Мария" not in text(head, "customer-data", public_id)


def test_a_customer_rates_without_logging_in_once(kit: Toolkit) -> None:
    talk = Conversation.objects.create(case=kit.case, customer=kit.case.customer, channel="chat", started_at=AT)
    token = ratings.token_of(ratings.ask(conversation=talk, person=kit.manager, at=AT))
    client = Client(headers={"accept-language": "en"})
    shown = text(client, "rate", token)
    assert ("How was our conversation?" in shown, kit.manager.family_name in shown) == (True, False)
    assert post(client, "rate", token, score="7").status_code == 422
    assert "Thank you" in post(client, "rate", token, score="5", comment="Спасибо").content.decode()
    assert "Thank you" in text(client, "rate", token)
    assert RatingRequest.objects.get().score == 5
    assert client.get(reverse("crisis:rate", args=["made-up"])).status_code == 404


def test_the_rating_page_is_not_hammered(kit: Toolkit) -> None:
    client = Client()
    statuses = [client.get(reverse("crisis:rate", args=["made-up"])).status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]


@pytest.mark.parametrize("name", ["payment-list", "duplicate-list", "offer-list", "matrix-list", "limit-list"])
def test_an_agent_does_not_see_the_desks_money(name: str, kit: Toolkit) -> None:
    assert client_of(a_person(role=Role.AGENT)).get(reverse(f"crisis:{name}")).status_code == 403


def test_a_case_of_others_shows_no_panel(kit: Toolkit) -> None:
    stranger = client_of(a_person(role=Role.CRISIS_MANAGER))
    for name in ("offer-panel", "refund-panel", "account-panel"):
        assert stranger.get(reverse(f"crisis:{name}", args=[kit.case.public_id])).status_code == 404


def queries(client: Client, name: str, *args: Any) -> int:
    client.get(reverse(f"crisis:{name}", args=args))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(f"crisis:{name}", args=args))
    return len(caught)


def test_lists_ask_the_same_number_of_questions_of_one_row_and_of_three(kit: Toolkit) -> None:
    client, lead = client_of(kit.manager), client_of(kit.checker)
    grow: dict[str, Callable[[int], object]] = {
        "payment-list": lambda n: a_payment(f"Q-{n}", customer=kit.case.customer.ext_id),
        "offer-list": lambda _: an_offer(kit),
        "offer-panel": lambda _: an_offer(kit),
    }
    for name, make in grow.items():
        args = (kit.case.public_id,) if name == "offer-panel" else ()
        make(0)
        one = queries(client, name, *args)
        make(1)
        make(2)
        assert queries(client, name, *args) == one, name
    an_offer(kit, amount=100_000)
    one = queries(lead, "approval-list")
    an_offer(kit, amount=100_000)
    assert queries(lead, "approval-list") == one


def test_who_lacks_the_certificate_is_told_which_training_opens_the_offer_and_asks_for_it_by_one_press() -> None:
    kit = a_toolkit(certificate_code="money")
    kind = a_certificate_kind("money", title_en="Customer's money")
    a_programme("money", title="Refund school", certificate="money")
    client = client_of(kit.manager)
    shown = text(client, "offer-panel", kit.case.public_id)
    assert html.escape("You need the certificate “Customer's money”. It is gained by: Refund school.") in shown
    assert ["Make the offer" in shown, "Ask for the training" in shown] == [False, True]
    asked = post(client, "offer-panel", kit.case.public_id, training=kit.kind.public_id).content.decode()
    assert ["Your request for the training is recorded" in asked, "Ask for the training" in asked] == [True, False]
    assert JournalEntry.objects.get(kind="crisis.training_asked").person_id == kit.manager.pk
    a_certificate(kit.manager, kind)
    opened = text(client, "offer-panel", kit.case.public_id)
    assert ["Make the offer" in opened, "Ask for the training" in opened] == [True, False]


def test_a_refund_paid_back_is_not_offered_to_be_started_again(kit: Toolkit) -> None:
    client = client_of(kit.manager)
    post(client, "refund-panel", kit.case.public_id, do="start")
    paid = post(client, "refund-panel", kit.case.public_id, do="finish").content.decode()
    assert ["The money is returned." in paid, "Start the refund" in paid] == [True, False]


def test_a_payment_names_cases_by_number_and_customer_and_only_the_latest(kit: Toolkit) -> None:
    stray = a_payment("R-stray")
    client = client_of(kit.manager)
    for _ in range(60):
        a_bare_case(assignee=kit.manager)
    shown = text(client, "payment-detail", stray.public_id)
    case = a_bare_case(assignee=kit.manager, opened_at=AT + timedelta(minutes=1))
    assert f"№ {case.number} · {case.customer} · refund wish" in text(client, "payment-detail", stray.public_id)
    assert shown.count("<option") == 50


def test_limits_and_tools_name_the_certificate_not_its_code(kit: Toolkit) -> None:
    a_certificate_kind("money-safe", title_en="Customer's money")
    AuthorityLimit.objects.update(certificate_code="money-safe")
    ToolRule.objects.create(tool=Tool.TRANSFERS, certificate_code="no-such-kind", active_from=SINCE)
    shown = text(client_of(kit.manager), "limit-list")
    found = [one in shown for one in (html.escape("Customer's money"), "money-safe", "no-such-kind")]
    assert found == [True, False, True]


def test_lists_of_money_lead_to_the_case_for_those_who_may_see_it(kit: Toolkit) -> None:
    address = kit.case.get_absolute_url()
    offer = an_offer(kit, 120_000)
    wallet = a_wallet(kit.case.customer, holds=1_000)
    credit(wallet, 500, case=kit.case)
    manager, stranger = client_of(kit.manager), client_of(a_crisis_manager())
    statement = [text(one, "account-detail", kit.case.customer.public_id) for one in (manager, stranger)]
    assert [address in one for one in statement] == [True, False]
    assert [str(kit.case) in one for one in statement] == [True, True]
    assert address in text(manager, "offer-list")
    assert address in text(client_of(kit.checker), "approval-list")
    assert Offer.objects.get() == offer


def test_a_settled_payment_of_nobody_known_leads_to_whose_account_it_went(kit: Toolkit) -> None:
    stray = a_payment("R-stray")
    cases.take(case=kit.case, by=kit.manager, at=AT)
    post(
        client_of(kit.manager), "payment-detail", stray.public_id, case=kit.case.pk, card_was_offered="on",
        choice="wallet", evidence="На счёт",
    )  # fmt: skip
    account = reverse("crisis:account-detail", args=[kit.case.customer.public_id])
    shown = [text(client_of(one), "payment-detail", stray.public_id) for one in (kit.manager, a_crisis_manager())]
    assert [account in one for one in shown] == [True, True]
    assert [kit.case.get_absolute_url() in one for one in shown] == [True, False]
