from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import customer_data, offers
from nastavnik.crisis.enums import CaseStage
from nastavnik.crisis.models import (
    Attachment,
    Conversation,
    CrisisCase,
    Customer,
    LedgerEntry,
    Message,
    RetentionPolicy,
)
from nastavnik.crisis.money_errors import ErasedAlready, StillOwed
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Person
from tests.factories.crisis import a_bare_case, a_contract, a_crisis_manager, a_customer
from tests.factories.crisis_money import a_payment, a_toolkit, a_wallet, an_offer
from tests.factories.people import AT, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Person:
    an_organisation()
    return a_crisis_manager()


def a_talk(case: CrisisCase, text: str = "Меня зовут Мария") -> Message:
    talk = Conversation.objects.create(case=case, customer=case.customer, channel="chat", started_at=AT)
    message = Message.objects.create(conversation=talk, n=1, at=AT, received_at=AT, side="customer", text=text)
    Attachment.objects.create(
        message=message, name="паспорт.png", sha256="0" * 64, size=3, content_type="image/png", content=b"abc"
    )
    return message


def closed(case: CrisisCase, days_ago: int = 0) -> CrisisCase:
    CrisisCase.objects.filter(pk=case.pk).update(stage=CaseStage.CLOSED, closed_at=AT - timedelta(days=days_ago))
    return case


def test_an_export_holds_everything_and_is_in_the_journal(manager: Person) -> None:
    case = a_bare_case()
    a_talk(case)
    a_payment(customer=case.customer.ext_id)
    held = customer_data.export(customer=case.customer, by=manager, at=AT)
    assert {name: len(rows) for name, rows in held.items() if name != "customer"} == {  # type: ignore[arg-type]  # lists
        "contracts": 1, "cases": 1, "events": 0, "messages": 1, "attachments": 1, "ratings": 0, "payments": 1,
        "refunds": 0, "offers": 0, "choices": 0, "account": 1,
    }  # fmt: skip
    assert held["messages"][0]["text"] == "Меня зовут Мария"  # type: ignore[index]  # a list of dicts
    assert JournalEntry.objects.filter(kind="crisis.customer_exported", actor_id=manager.pk).count() == 1


def test_erased_a_customer_is_a_number_and_the_ledger_stays() -> None:
    kit = a_toolkit()
    customer = kit.case.customer
    a_talk(kit.case)
    a_payment(contract=kit.case.contract.ext_id, payer="Мария Иванова", card="fp")  # type: ignore[union-attr]  # it has one
    offers.decline(offer=offers.present(offer=an_offer(kit), by=kit.manager, at=AT), by=kit.manager, at=AT)
    closed(kit.case)
    entries = LedgerEntry.objects.count()
    customer_data.erase(customer=customer, reason="Запрос № 4", by=kit.checker, at=AT)
    held = str(customer_data.export(customer=Customer.objects.get(), by=kit.checker, at=AT))
    assert [word in held for word in ("Мария", "паспорт", "'fp'", "C-")] == [False] * 4
    assert (LedgerEntry.objects.count(), CrisisCase.objects.count()) == (entries, 1)
    assert JournalEntry.objects.get(kind="crisis.customer_erased").reason == "Запрос № 4"
    with pytest.raises(ErasedAlready):
        customer_data.erase(customer=customer, reason="", by=kit.checker, at=AT)


def test_nobody_is_erased_while_money_or_a_case_is_open(manager: Person) -> None:
    case = a_bare_case()
    with pytest.raises(StillOwed):
        customer_data.erase(customer=case.customer, reason="", by=manager, at=AT)
    wallet = a_wallet(holds=100)
    with pytest.raises(StillOwed):
        customer_data.erase(customer=wallet.customer, reason="", by=manager, at=AT)  # type: ignore[arg-type]  # it has one


def test_a_dry_run_changes_nothing_and_the_real_one_keeps_the_periods(manager: Person) -> None:
    customer_data.set_policy(
        messages_months=3, attachments_months=1, names_months=12, since=date(2026, 1, 1), by=manager, at=AT
    )
    created = AT - timedelta(days=1000)
    for days in (10, 40, 100, 400):
        case = closed(a_bare_case(contract=a_contract(a_customer(created_at=created))), days)
        a_talk(case)
    a_talk(a_bare_case(contract=a_contract(a_customer(created_at=created))))
    dry = customer_data.expire(at=AT, dry_run=True)
    assert (dry.messages, dry.attachments, dry.customers) == (2, 3, 1)
    assert (Attachment.objects.count(), Message.objects.exclude(text="").count()) == (5, 5)
    assert customer_data.expire(at=AT) == dry
    assert (Attachment.objects.count(), Message.objects.exclude(text="").count()) == (2, 3)
    assert Customer.objects.filter(name="").count() == 1
    assert customer_data.expire(at=AT) == customer_data.Cleaned()


def test_without_a_policy_nothing_is_erased() -> None:
    closed(a_bare_case(), 5000)
    assert customer_data.expire(at=AT) == customer_data.Cleaned()


def test_one_policy_holds_at_a_time(manager: Person) -> None:
    for since, months in ((date(2026, 1, 1), 3), (date(2026, 11, 1), 6), (date(2026, 11, 1), 7)):
        customer_data.set_policy(
            messages_months=months, attachments_months=1, names_months=12, since=since, by=manager, at=AT
        )
    assert list(RetentionPolicy.objects.order_by("active_from").values_list("messages_months", "active_to")) == [
        (3, date(2026, 11, 1)), (7, None),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionPolicy.objects.create(active_from=date(2026, 12, 1))
