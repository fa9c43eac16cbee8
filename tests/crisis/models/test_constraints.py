"""Impossible states are refused by the database, whoever asks."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from nastavnik.crisis.actions import events
from nastavnik.crisis.enums import CaseKind, CaseStage, ClockUnit, Measure
from nastavnik.crisis.models import CaseEvent, ClockTemplate, DeskCalendar, Message, WorkInterval
from nastavnik.crisis.models.conversations import Conversation
from tests.factories.crisis import AT, a_bare_case, a_contract, a_customer

pytestmark = pytest.mark.django_db


def refused(name: str, make: object, **fields: object) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**fields)  # type: ignore[operator]  # a factory or a manager's method


def test_a_contract_has_one_open_refund_case_but_may_have_closed_ones() -> None:
    contract = a_contract()
    a_bare_case(contract, stage=CaseStage.CLOSED, closed_at=AT)
    a_bare_case(contract)
    a_bare_case(contract, kind=CaseKind.COMPLAINT)
    refused("crisis_one_open_refund_case", a_bare_case, contract=contract)


def test_a_closed_case_has_the_time_it_closed_and_an_open_one_has_none() -> None:
    refused("crisis_closed_when_closed", a_bare_case, stage=CaseStage.CLOSED)
    refused("crisis_closed_when_closed", a_bare_case, closed_at=AT)


def test_costs_without_proof_are_refused() -> None:
    refused("crisis_costs_proven", a_contract, costs=100)
    refused("crisis_contract_amounts", a_contract, paid=-1)
    refused("crisis_contract_currency", a_contract, currency="руб")
    assert a_contract(costs=100, costs_evidence="Акт 7").costs == 100


def test_events_of_a_case_are_never_changed_nor_deleted() -> None:
    case = a_bare_case()
    event = events.record(case=case, kind="asked", actor=None, at=AT, idem="1")
    for statement in ("UPDATE crisis_caseevent SET kind = 'SOFT'", "DELETE FROM crisis_caseevent"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(CaseEvent.objects.values_list("pk", "kind")) == [(event.pk, "asked")]


def test_hours_of_a_weekday_never_overlap() -> None:
    calendar = DeskCalendar.objects.create(code="desk", name="Стол")
    day = date(2026, 1, 1)
    make = WorkInterval.objects.create
    make(calendar=calendar, weekday=0, begins=540, ends=780, active_from=day)
    make(calendar=calendar, weekday=0, begins=780, ends=900, active_from=day)
    make(calendar=calendar, weekday=1, begins=600, ends=700, active_from=day)
    refused("crisis_intervals_apart", make, calendar=calendar, weekday=0, begins=770, ends=800, active_from=day)
    refused("crisis_interval_valid", make, calendar=calendar, weekday=2, begins=800, ends=800, active_from=day)


def a_template(**fields: object) -> ClockTemplate:
    made = {
        "code": "first", "name": "Первый ответ", "measure": Measure.FIRST_RESPONSE, "target_ms": 1000,
        "active_from": date(2026, 1, 1),
    }  # fmt: skip
    return ClockTemplate.objects.create(**{**made, **fields})


def test_a_term_set_by_law_counts_calendar_days_and_never_pauses() -> None:
    law = {"is_statutory": True, "code": "law"}
    refused("crisis_law_never_pauses", a_template, unit=ClockUnit.CALENDAR, can_pause=True, **law)
    refused("crisis_law_never_pauses", a_template, unit=ClockUnit.WORKING, can_pause=False, **law)
    assert a_template(unit=ClockUnit.CALENDAR, can_pause=False, **law).is_statutory


def test_a_clock_template_holds_one_term_at_a_time() -> None:
    a_template(active_to=date(2026, 6, 1))
    a_template(active_from=date(2026, 6, 1))
    a_template(code="other")
    refused("crisis_template_no_overlap", a_template, active_from=date(2026, 5, 1), active_to=date(2026, 5, 2))
    refused("crisis_clock_target", a_template, code="none", target_ms=0)


def test_a_message_of_another_system_is_kept_once() -> None:
    talk = Conversation.objects.create(customer=a_customer(), channel="chat", started_at=AT)
    make, common = Message.objects.create, {"conversation": talk, "at": AT, "received_at": AT, "side": "customer"}
    make(n=1, source_id="m1", **common)
    make(n=2, **common)
    make(n=3, **common)
    refused("crisis_message_once", make, n=4, source_id="m1", **common)
    refused("crisis_message_number_once", make, n=3, **common)
    refused("crisis_segment_order", make, n=5, seg_start=10, seg_end=5, **common)


def test_the_same_key_is_the_same_event() -> None:
    case = a_bare_case()
    first = events.record(case=case, kind="SOFT", actor=None, at=AT, idem="k")
    again = events.record(case=case, kind="SOFT", actor=None, at=AT + timedelta(hours=1), idem="k")
    assert again == first
    assert CaseEvent.objects.count() == 1
