"""Customers, contracts and cases for tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import connection

from nastavnik.crisis.actions import cases, messages
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, ClockUnit, Measure
from nastavnik.crisis.models import CaseState, ClockTemplate, Contract, CrisisCase, Customer, Message
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.people import AT, a_person

_numbers = count(1)


def a_customer(ext_id: str = "", **fields: Any) -> Customer:
    return Customer.objects.create(
        ext_id=ext_id or f"C-{next(_numbers)}", **{"name": "Мария Иванова", "created_at": AT, **fields}
    )


def a_contract(customer: Customer | None = None, **fields: Any) -> Contract:
    """24,000 roubles paid for 24 lessons, 4 of them used."""
    made: dict[str, Any] = {
        "ext_id": f"D-{next(_numbers)}", "title": "Английский, 24 урока", "price": 2_400_000, "paid": 2_400_000,
        "used": 400_000, "units_total": 24, "units_used": 4,
    }  # fmt: skip
    return Contract.objects.create(customer=customer or a_customer(), **{**made, **fields})


def a_bare_case(contract: Contract | None = None, **fields: Any) -> CrisisCase:
    """A refund case without any event."""
    contract = contract or a_contract()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('crisis_case_number')")
        number = cursor.fetchone()[0]
    made: dict[str, Any] = {"kind": CaseKind.REFUND, "number": number, "opened_at": AT}
    case = CrisisCase.objects.create(customer=contract.customer, contract=contract, **{**made, **fields})
    CaseState.objects.create(case=case)
    return case


def a_crisis_manager(code: str = "", **fields: Any) -> Person:
    return a_person(code, role=Role.CRISIS_MANAGER, **fields)


def a_case(contract: Contract | None = None, **fields: Any) -> CrisisCase:
    """A refund case opened by the product's own action."""
    contract = contract or a_contract()
    made: dict[str, Any] = {"kind": CaseKind.REFUND, "customer": contract.customer, "contract": contract, "by": None}
    return cases.open_case(**{**made, "at": AT, **fields})


def a_message(case: CrisisCase, text: str, *, minutes: float = 0, **fields: Any) -> Message:
    """The customer writes, that many minutes after AT."""
    at = AT + timedelta(minutes=minutes)
    talk = case.conversations.first() or messages.converse(customer=case.customer, case=case, channel="chat", at=AT)
    return messages.receive(conversation=talk, said=[Said(text=text, at=at, **fields)], at=at)[0]


def a_template(code: str = "first", **fields: Any) -> ClockTemplate:
    """An hour of calendar time until the first answer."""
    made: dict[str, Any] = {
        "name": "Первый ответ", "measure": Measure.FIRST_RESPONSE, "unit": ClockUnit.CALENDAR, "target_ms": 3_600_000,
        "active_from": date(2026, 1, 1),
    }  # fmt: skip
    return ClockTemplate.objects.create(code=code, **{**made, **fields})
