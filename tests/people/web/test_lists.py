"""Lists: who sees whom, search, filters, days, export, and a number of queries that does not grow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.kernel import clock
from nastavnik.people.actions import persons, teams
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.models import Person, Team
from tests.factories.people import (
    AT,
    JOINED,
    a_ladder,
    a_lead,
    a_line,
    a_partner,
    a_partners_lead,
    a_partners_person,
    a_person,
    a_post,
    a_team,
    an_administrator,
    an_organisation,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def codes(client: Client, url: str = PEOPLE) -> list[str]:
    return [person.code for person in client.get(url).context["list"].rows]


@pytest.fixture
def centre() -> dict[str, Any]:
    """Two teams of ours, one of a partner centre, and somebody in each."""
    an_organisation()
    line, volga = a_line(), a_partner()
    ours, other, theirs = a_team("ours", line=line), a_team("other"), a_team("theirs", partner=volga)
    return {
        "lead": a_lead(ours, "lead", family_name="Ведущий"),
        "agent": a_person("agent", team=ours, role=Role.AGENT, family_name="Ёлкина", given_name="Мария"),
        "stranger": a_person("stranger", team=other, family_name="Ершова"),
        "partner": a_partners_person(volga, "partner", team=theirs, family_name="Жукова"),
        "partners_lead": a_partners_lead(volga, "partners-lead"),
        "outsider": a_person("outsider", family_name="Яковлева"),
        "admin": an_administrator("admin"),
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", ["admin", "lead", "stranger", "agent", "partner", "partners-lead", "outsider"]),
        ("lead", ["lead", "agent"]),
        ("agent", ["agent"]),
        ("partners_lead", ["partner", "partners-lead"]),
        ("outsider", ["outsider"]),
    ],
)
def test_everybody_sees_those_within_reach_and_themselves(centre: dict[str, Any], who: str, seen: list[str]) -> None:
    client = client_of(centre[who])
    assert codes(client) == seen
    for code in ("stranger", "partner", "agent"):
        person = Person.objects.get(code=code)
        assert client.get(person.get_absolute_url()).status_code == (200 if code in seen else 404)
    exported = client.get(PEOPLE + "?export=csv")
    text = b"".join(exported.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streaming answer
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == seen


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", ["other", "ours", "theirs"]),
        ("lead", ["ours"]),
        ("agent", ["ours"]),
        ("partners_lead", ["theirs"]),
        ("outsider", []),
    ],
)
def test_teams_are_scoped_like_people(centre: dict[str, Any], who: str, seen: list[str]) -> None:
    client = client_of(centre[who])
    assert sorted(team.code for team in client.get("/people/teams/").context["list"].rows) == seen
    for team in Team.objects.all():
        assert client.get(team.get_absolute_url()).status_code == (200 if team.code in seen else 404)
    choices = client.get(PEOPLE).context["list"].filters[0].choices
    assert sorted(Team.objects.get(pk=pk).code for pk, _name in choices) == seen


def test_somebody_a_partner_no_longer_employs_is_out_of_its_leads_sight(centre: dict[str, Any]) -> None:
    since = JOINED + timedelta(days=9)
    persons.transfer(person=centre["partner"], kind=EmploymentKind.STAFF, since=since, by=None, at=AT)
    assert codes(client_of(centre["partners_lead"])) == ["partners-lead"]


@pytest.mark.parametrize("text", ["елк", "ЁЛКИНА", "elkina", "мария", "ел мар", "agent"])
def test_people_are_found_in_any_letters(centre: dict[str, Any], text: str) -> None:
    assert codes(client_of(centre["admin"]), f"{PEOPLE}?q={text}") == ["agent"]


def test_a_search_by_htmx_answers_the_rows_alone(centre: dict[str, Any]) -> None:
    answer = client_of(centre["admin"]).get(PEOPLE + "?q=елк", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="people"')


def test_yo_stands_after_ye(centre: dict[str, Any]) -> None:
    found = codes(client_of(centre["admin"]), PEOPLE + "?q=e")
    assert found == ["stranger", "agent"]


def test_filters_look_at_the_chosen_day(centre: dict[str, Any]) -> None:
    client, ours = client_of(centre["admin"]), Team.objects.get(code="ours")
    moved = JOINED + timedelta(days=100)
    teams.move(person=centre["stranger"], team=ours, since=moved, by=None, at=AT)
    assert codes(client, f"{PEOPLE}?team={ours.pk}") == ["stranger", "agent"]
    assert codes(client, f"{PEOPLE}?team={ours.pk}&on={moved - timedelta(days=1)}") == ["agent"]
    assert codes(client, f"{PEOPLE}?line={ours.line_id}&kind=staff&sort=-name") == ["agent", "stranger"]


def test_those_who_left_and_those_to_come_are_asked_for(centre: dict[str, Any]) -> None:
    client = client_of(centre["admin"])
    today = clock.now().date()
    persons.leave(person=centre["stranger"], left=date(2026, 6, 1), by=None, at=AT)
    a_person("future", joined=today + timedelta(days=30))
    assert codes(client, PEOPLE + "?state=left") == ["stranger"]
    assert codes(client, PEOPLE + "?state=coming") == ["future"]
    assert {"stranger", "future"} <= set(codes(client, PEOPLE + "?state=all"))
    assert "stranger" in codes(client, PEOPLE + "?on=2026-05-31")


def full_centre(count: int) -> Person:
    an_organisation()
    line, post, ladder = a_line(), a_post(), a_ladder()
    team = a_team("a", line=line)
    for _number in range(count):
        a_person(team=team, post=post, grades=[ladder.grades.all()[0]])
    return an_administrator()


@pytest.mark.parametrize(
    "page", [PEOPLE, "/people/teams/", "/people/teams/a/", "/people/journal/", "/people/settings/teams/"]
)
def test_a_page_costs_the_same_with_one_row_and_with_three(page: str) -> None:
    client = client_of(full_centre(1))
    client.get(page)  # the first request fills caches
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    post, ladder = a_post("p"), a_ladder("l")
    for number in range(2):
        team = a_team(line=a_line(f"l{number}"))
        person = a_person(team=Team.objects.get(code="a"), post=post, grades=[ladder.grades.all()[0]])
        teams.appoint_lead(team=team, person=person, since=JOINED, by=None, at=AT)
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(three) == len(one), "\n".join(query["sql"][:150] for query in three.captured_queries)


def test_the_journal_is_for_those_who_may_read_it(centre: dict[str, Any]) -> None:
    url = reverse("people:journal-list")
    assert client_of(centre["lead"]).get(url).status_code == 403
    page = client_of(centre["admin"]).get(url + "?q=елкина&sort=at")
    assert [(entry.whom, entry.kind) for entry in page.context["list"].rows] == [
        ("Ёлкина Мария", "people.person_hired")
    ]
    exported = client_of(centre["admin"]).get(url + "?export=xlsx")
    exported.close()
    assert exported["Content-Disposition"] == 'attachment; filename="journal.xlsx"'
