"""The list of refunds with the terms set by law, and the refund on its case."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.crisis.actions import cases, refunds
from nastavnik.crisis.enums import CaseKind, Measure
from nastavnik.crisis.models import CrisisCase, Refund
from nastavnik.kernel import clock
from nastavnik.people.enums import Role
from tests.factories.crisis import AT, a_bare_case, a_case, a_crisis_manager, a_message, a_template
from tests.factories.people import a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAW = {"measure": Measure.REFUND_PAID, "is_statutory": True, "can_pause": False, "kinds": [CaseKind.REFUND]}


@pytest.fixture(autouse=True)
def _now() -> Any:
    an_organisation()
    a_template("law-10", target_ms=10 * 86_400_000, **LAW)
    with clock.frozen(AT + 8 * DAY):
        yield


def client_of(person: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def a_refund(began: timedelta = timedelta(0), **fields: Any) -> Refund:
    """Demanded and started that long after AT."""
    case = a_case(at=AT + began, **fields)
    a_message(case, "Хочу вернуть деньги", minutes=began.total_seconds() / 60 + 1)
    return refunds.start(case=case, by=a_crisis_manager(), at=AT + began + timedelta(hours=2))


def listed(client: Client, **query: str) -> list[int]:
    page = client.get(reverse("crisis:refund-list"), query)
    return sorted(one.case.number for one, _due in page.context["rows"])


def test_the_term_is_that_of_the_nearest_clock_set_by_law() -> None:
    a_template("law-7", target_ms=7 * 86_400_000, **LAW)
    a_template("desk", target_ms=86_400_000, measure=Measure.RESOLUTION)
    refund = a_refund()
    assert refund.due_at == AT + 7 * DAY


def test_without_a_recorded_demand_the_term_runs_from_the_start_of_the_refund() -> None:
    refund = refunds.start(case=a_bare_case(), by=a_crisis_manager(), at=AT + timedelta(hours=1))
    assert refund.due_at == AT + timedelta(hours=1) + 10 * DAY


def test_a_case_no_law_counts_for_has_no_term() -> None:
    assert refunds.start(case=a_case(kind="complaint"), by=a_crisis_manager(), at=AT).due_at is None


def test_an_earlier_demand_learnt_of_later_moves_the_term() -> None:
    refund = a_refund(DAY)
    a_message(refund.case, "Верните деньги", minutes=30)
    refund.refresh_from_db()
    assert refund.due_at == AT + timedelta(minutes=30) + 10 * DAY


def test_a_new_demand_after_a_refund_was_taken_back_has_its_own_term() -> None:
    first = a_refund()
    refunds.cancel(refund=first, evidence="остаюсь", by=a_crisis_manager(), at=AT + DAY)
    second = refunds.start(case=first.case, by=a_crisis_manager(), at=AT + 2 * DAY)
    assert second.due_at == AT + 12 * DAY


def test_the_list_filters_by_the_term() -> None:
    late, near, far = a_refund(-3 * DAY), a_refund(), a_refund(5 * DAY)
    paid = a_refund(-2 * DAY)
    refunds.finish(refund=paid, by=None, at=AT + 9 * DAY)
    number = {one: one.case.number for one in (late, near, far, paid)}
    client = client_of(a_crisis_manager())
    head = client_of(a_person(role=Role.CENTRE_HEAD))
    assert listed(head) == sorted(number.values())
    found = {state: listed(head, state=state) for state in ("late", "soon", "running", "paid-late", "done")}
    assert found == {
        "late": [number[late]], "soon": [number[near]], "running": sorted([number[late], number[near], number[far]]),
        "paid-late": [number[paid]], "done": [number[paid]],
    }  # fmt: skip
    page = head.get(reverse("crisis:refund-list"))
    assert (page.context["late"], page.context["soon"]) == (1, 1)
    assert head.get(reverse("crisis:refund-list"), {"export": "csv"}).status_code == 200
    assert listed(client) == sorted(number.values())  # nobody has these cases: the free queue


def test_the_queue_has_a_view_for_refunds_to_be_paid_also_of_closed_cases() -> None:
    late = a_refund(-3 * DAY)
    cases.close(case=late.case, by=None, at=AT)
    a_refund()
    client = client_of(a_person(role=Role.CENTRE_HEAD))
    page = client.get(reverse("crisis:case-list"), {"which": "to-pay-late"})
    assert [one.pk for one, _due in page.context["rows"]] == [late.case_id]
    page = client.get(reverse("crisis:case-list"), {"which": "to-pay"})
    assert len(page.context["rows"]) == 2


def test_the_panel_of_the_case_says_until_when() -> None:
    refund = a_refund()
    page = client_of(a_person(role=Role.CENTRE_HEAD)).get(reverse("crisis:refund-panel", args=[refund.case.public_id]))
    assert "To be paid until" in page.content.decode()
    assert page.context["due"] == {"tone": "warn", "words": "2 d 0 h left"}


def test_a_lead_of_another_team_sees_no_refund_of_the_case() -> None:
    refund = a_refund(team=a_team())
    CrisisCase.objects.filter(pk=refund.case_id).update(assignee=a_crisis_manager())
    assert listed(client_of(a_crisis_manager())) == []


def test_the_list_asks_as_many_questions_with_three_rows_as_with_one() -> None:
    client, asked = client_of(a_person(role=Role.CENTRE_HEAD)), []
    for many in (1, 2):
        for place in range(many):
            a_refund(place * DAY)
        client.get(reverse("crisis:refund-list"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("crisis:refund-list"))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 12


def test_the_day_of_the_term_is_a_day_of_the_law() -> None:
    assert a_refund().due_at.date() == date(2026, 12, 3)  # type: ignore[union-attr]  # it has one
