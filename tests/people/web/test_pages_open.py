"""Every page opens for those who may, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.people.actions import teams
from nastavnik.people.models import Person
from tests.factories.people import (
    AT,
    JOINED,
    a_ladder,
    a_line,
    a_person,
    a_post,
    a_team,
    an_administrator,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person, language: str = "ru") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_opens_for_an_administrator(language: str) -> None:
    an_organisation()
    line, post, ladder = a_line(), a_post(), a_ladder()
    team = a_team(line=line)
    person = a_person(team=team, post=post, grades=list(ladder.grades.all())[:1], email="anna@example.org")
    admin = an_administrator()
    teams.appoint_lead(team=team, person=admin, since=JOINED, by=admin, at=AT)
    admin.set_password("correct horse battery")
    admin.save()
    client = client_of(admin, language)
    names = [
        "person-list",
        "person-hire",
        "profile",
        "team-list",
        "settings",
        "calendar",
        "role-list",
        "journal-list",
        "import-list",
    ]
    pages = [reverse(f"people:{name}") for name in names]
    pages += [reverse("people:part-list", args=[slug]) for slug in ("lines", "teams", "partners", "posts", "ladders")]
    pages += [reverse("people:part-create", args=[slug]) for slug in ("lines", "teams", "partners", "posts", "ladders")]
    pages += [
        reverse("people:part-edit", args=["teams", team.pk]),
        reverse("people:part-edit", args=["ladders", ladder.pk]),
    ]
    pages += [
        person.get_absolute_url(),
        person.get_absolute_url() + "?on=2026-10-01",
        team.get_absolute_url(),
        reverse("people:team-lead", args=[team.code]),
    ]
    pages += [
        reverse("people:person-change", args=[person.public_id, what])
        for what in ("team", "post", "grade", "line", "role", "employment", "return", "leave", "card")
    ]
    pages += ["/accounts/password/change/", "/accounts/2fa/"]
    for page in pages:
        answer = client.get(page)
        assert (page, answer.status_code) == (page, 200), answer.headers
        assert f'lang="{language}"' in answer.content.decode()
