"""Boards of the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.crisis.actions import budgets, cases, compliance, desk, events, messages
from nastavnik.crisis.models import ComplianceFinding
from nastavnik.kernel import clock
from nastavnik.people.actions import teams
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_case, a_crisis_manager, a_message, a_template
from tests.factories.crisis_money import a_budget
from tests.factories.people import JOINED, a_lead, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(autouse=True)
def _now() -> Any:
    an_organisation()
    a_template()
    with clock.frozen(AT + timedelta(minutes=90)):
        yield


def test_a_lead_sees_what_presses_and_who_has_how_much_of_the_own_team() -> None:
    team, other = a_team(), a_team()
    anna, stranger, lead = a_crisis_manager(family_name="Аннина"), a_crisis_manager(family_name="Чужой"), a_lead(team)
    teams.move(person=anna, team=team, since=JOINED, by=None, at=AT)
    desk.come(person=anna, by=anna, at=AT)
    late = a_case(team=team)
    cases.assign(case=late, person=anna, by=None, at=AT)
    due = a_case(team=team)
    cases.take(case=due, by=anna, at=AT)
    a_message(due, "Не тратьте моё время, верните деньги", minutes=1)
    messages.reply(case=due, text="Пауза?", by=anna, at=AT + timedelta(minutes=2), meaning="SOFT")
    a_message(due, "Решение принято", minutes=3)
    closed = a_case(team=team)
    cases.close(case=closed, by=anna, at=AT + timedelta(minutes=5))
    cases.take(case=a_case(team=other), by=stranger, at=AT)
    client = Client()
    client.force_login(lead)
    page = client.get(reverse("crisis:team-board"))
    now = page.context["now"]
    assert (now.open, now.missed, now.refund_due, now.closed_today, now.here) == (2, 1, 1, 1, 1)
    row = page.context["loads"][0]
    assert [one["name"] for one in page.context["loads"]] == ["Аннина Анна"]
    assert (row["open"], row["missed"], row["refund_due"], row["closed"], row["here"]) == (2, 1, 1, 1, True)
    assert [one["case"].number for one in page.context["pressing"]] == [late.number]
    assert "Чужой" not in page.content.decode()


def test_a_lead_sees_violations_of_the_own_team_and_what_is_left_of_its_budgets() -> None:
    team, other = a_team(), a_team()
    anna, lead = a_crisis_manager(), a_lead(team)
    for place, (of, when) in enumerate([(team, AT), (team, AT - timedelta(days=7)), (other, AT)]):
        case = a_case(team=of)
        cases.take(case=case, by=anna, at=AT)
        events.record(case=case, kind="trigger", actor=None, at=when, idem=f"t{place}")
        events.record(case=case, kind="HARD", actor=anna, at=when + timedelta(minutes=1), idem=f"h{place}")
    compliance.audit_all(at=AT)
    own, old = ComplianceFinding.objects.filter(case__team=team).order_by("-at")
    compliance.contest(finding=old, objection="это не давление", by=anna, at=AT)
    mine, desks, others = a_budget(team=team), a_budget(), a_budget(team=other)
    budgets.reserve(budget=mine, amount=300_000)
    budgets.consume(budget=mine, amount=100_000)
    page = client_of(lead).get(reverse("crisis:team-board"))
    found = page.context["violations"]
    assert (found.open, found.contested, found.week, found.latest) == (2, 1, 1, [own, old])
    assert [(one, one.reserved, one.spent, one.left) for one in page.context["budgets"]] == [
        (mine, 200_000, 100_000, 700_000), (desks, 0, 0, 1_000_000),
    ]  # fmt: skip
    compliance.judge(finding=own, verdict="rejected", reason="", by=None, at=AT)
    found = client_of(lead).get(reverse("crisis:team-board")).context["violations"]
    assert (found.open, found.week, found.latest) == (1, 0, [old])
    head = client_of(a_person(role=Role.CENTRE_HEAD)).get(reverse("crisis:team-board"))
    assert head.context["violations"].open == 2
    assert set(head.context["budgets"]) == {mine, desks, others}


def test_the_board_asks_as_many_questions_with_three_rows_as_with_one() -> None:
    anna, client, asked = a_crisis_manager(), client_of(a_person(role=Role.CENTRE_HEAD)), []
    for places in ((0,), (1, 2)):
        for place in places:
            case = a_case(team=a_team())
            cases.take(case=case, by=anna, at=AT)
            events.record(case=case, kind="trigger", actor=None, at=AT, idem=f"t{place}")
            events.record(case=case, kind="HARD", actor=anna, at=AT, idem=f"h{place}")
            a_budget(team=case.team)
        compliance.audit_all(at=AT)
        client.get(reverse("crisis:team-board"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("crisis:team-board"))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 24


def test_the_wallboard_answers_a_fragment_to_htmx() -> None:
    client = Client()
    client.force_login(a_crisis_manager())
    assert "<html" in client.get(reverse("crisis:wallboard")).content.decode()
    fragment = client.get(reverse("crisis:wallboard"), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in fragment, 'id="wall"' in fragment) == (False, True)


@pytest.mark.parametrize("per", ["", "week", "month", "quarter", "century"])
def test_the_report_stands_for_each_period_and_tells_outcomes(per: str) -> None:
    anna, case = a_crisis_manager(), a_case()
    a_message(case, "Хорошо, остаюсь", minutes=1)
    messages.consent(case=case, by=anna, at=AT + timedelta(minutes=2), recording="запись 1")
    cases.close(case=case, by=anna, at=AT + timedelta(minutes=3))
    client = Client()
    client.force_login(a_person(role=Role.CENTRE_HEAD))
    page = client.get(reverse("crisis:report"), {"per": per})
    assert page.status_code == 200
    assert [(one["n"], one["share"]) for one in page.context["outcomes"]] == [(1, 1.0), (0, 0.0), (0, 0.0), (0, 0.0)]
    assert client.get(reverse("crisis:report"), {"export": "csv"}).status_code == 200


def test_boards_are_for_those_who_lead() -> None:
    client = Client()
    client.force_login(a_crisis_manager())
    assert [client.get(reverse(f"crisis:{name}")).status_code for name in ("team-board", "report")] == [403, 403]
