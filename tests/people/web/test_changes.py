"""Forms that change people and the organisation: who may, what happens, how a refusal is told."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.people import queries
from nastavnik.people.actions import persons, teams
from nastavnik.people.models import ApiKey, CalendarDay, Ladder, Line, Organisation, Person, RoleAssignment, Team
from tests.factories.people import (
    AT,
    a_ladder,
    a_lead,
    a_line,
    a_person,
    a_post,
    a_team,
    an_administrator,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@pytest.fixture
def admin() -> Client:
    an_organisation()
    return client_of(an_administrator())


def change(person: Person, what: str) -> str:
    return reverse("people:person-change", args=[person.public_id, what])


def form(person: Person, **fields: Any) -> dict[str, Any]:
    return {"since": "2026-08-01", "seen": queries.last_entry_about(person), **fields}


def test_each_form_makes_its_change(admin: Client) -> None:
    team, post, ladder, line = a_team("a"), a_post(), a_ladder(), a_line()
    person = a_person()
    grade = ladder.grades.all()[1]
    for what, fields in (
        ("team", {"team": team.pk}),
        ("post", {"post": post.pk}),
        ("grade", {"grade": grade.pk}),
        ("line", {"line": line.pk, "mode": "full"}),
        ("line", {"line": line.pk, "mode": "written_only", "since": "2026-09-01", "reason": "Voice"}),
        ("line", {"line": line.pk, "mode": "withdraw", "since": "2026-10-01"}),
        ("role", {"role": "mentor", "scope": "team", "team": team.pk}),
        ("employment", {"kind": "remote"}),
        ("card", {"family_name": "Орлова", "code": person.code, "aliases": "one\ntwo"}),
    ):
        answer = admin.post(change(person, what), form(person, **fields))
        assert (what, answer.status_code) == (what, 302)
    person.refresh_from_db()
    state = queries.present(person, date(2026, 9, 15))
    assert person.family_name == "Орлова"
    assert (state.membership.team, state.post.post, state.grades[0].grade) == (team, post, grade)
    assert [(row.mode, row.reason) for row in state.clearances] == [("written_only", "Voice")]
    assert (state.employment.kind, [row.role for row in state.roles]) == ("remote", ["mentor"])
    assert queries.present(person, date(2026, 10, 1)).clearances == []


def test_leaving_and_coming_back_go_by_the_last_day_of_work(admin: Client) -> None:
    person = a_person()
    admin.post(change(person, "leave"), form(person, since="2026-07-31"))
    assert person.employments.get().active_to == date(2026, 8, 1)
    admin.post(change(person, "return"), form(person, since="2026-09-01", kind="staff"))
    assert person.employments.count() == 2


def test_a_meanwhile_changed_person_is_told_and_a_second_press_decides(admin: Client) -> None:
    a, b, c = a_team("a"), a_team("b"), a_team("c", "Чат")
    person = a_person(team=a)
    page = form(person, team=b.pk, reason="typed")
    teams.move(person=person, team=c, since=date(2026, 8, 1), by=a_person(family_name="Орлова"), at=AT)
    answer = admin.post(change(person, "team"), page)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Орлова Анна changed this meanwhile" in text
    assert 'value="typed"' in text
    again = {**page, "seen": answer.context["form"]["seen"].value()}
    assert admin.post(change(person, "team"), again).status_code == 302
    assert queries.present(person, date(2026, 8, 1)).membership.team == b


def test_what_an_action_refuses_stands_above_the_form(admin: Client) -> None:
    person = a_person()
    answer = admin.post(change(person, "team"), form(person, team=a_team("a").pk, since="2020-01-01"))
    assert answer.status_code == 422
    assert "is not employed on 2020-01-01" in answer.content.decode()
    assert admin.get(change(person, "shoes")).status_code == 404


def test_changes_are_for_those_who_may(admin: Client) -> None:
    team = a_team("a")
    person, lead = a_person(team=team), a_lead(team)
    client = client_of(lead)
    for what in ("team", "post", "grade", "line", "role", "employment", "return", "leave", "card"):
        assert (what, client.get(change(person, what)).status_code) == (what, 403)
    for name, args in (
        ("person-hire", []),
        ("settings", []),
        ("calendar", []),
        ("part-list", ["lines"]),
        ("part-create", ["lines"]),
        ("part-edit", ["teams", team.pk]),
        ("team-lead", ["a"]),
        ("import-list", []),
    ):
        assert (name, client.get(reverse(f"people:{name}", args=args)).status_code) == (name, 403)
    assert client.post(reverse("people:person-invite", args=[person.public_id])).status_code == 403
    assert client.post(reverse("people:part-switch", args=["teams", team.pk])).status_code == 403


def test_nobody_gets_anywhere_without_logging_in() -> None:
    person = a_person(team=a_team("a"))
    for url in ("/people/", person.get_absolute_url(), "/people/teams/a/", "/people/journal/", "/people/me/"):
        answer = Client().get(url)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_person_is_taken_on_by_form(admin: Client) -> None:
    team, ladder = a_team("a"), a_ladder()
    fields = {"family_name": "Ёлкина", "code": "E-1", "kind": "staff", "joined": "2026-10-01", "team": team.pk}
    answer = admin.post(reverse("people:person-hire"), {**fields, "grade": ladder.grades.all()[0].pk, "role": "agent"})
    person = Person.objects.get(code="E-1")
    assert answer.headers["Location"] == person.get_absolute_url()
    assert admin.post(reverse("people:person-hire"), fields).status_code == 422


def test_a_role_is_withdrawn_by_a_button(admin: Client) -> None:
    person = a_person(role="agent")  # type: ignore[arg-type]  # a plain value of the enum
    row = person.role_assignments.get()
    admin.post(reverse("people:role-withdraw", args=[person.public_id, row.pk]))
    assert RoleAssignment.objects.get(pk=row.pk).active_to is not None


def test_a_lead_is_appointed_by_form(admin: Client) -> None:
    team, person = a_team("a"), a_person()
    url = reverse("people:team-lead", args=["a"])
    fields = {"person": person.pk, "since": "2026-08-01", "seen": queries.last_entry_about_team(team)}
    assert admin.post(url, fields).status_code == 302
    assert team.leaderships.get().person == person
    assert admin.post(url, {**fields, "since": "2020-01-01"}).status_code == 422


def test_settings_are_changed_by_forms(admin: Client) -> None:
    admin.post(
        reverse("people:settings"), {"name": "Лотос", "time_zone": "Asia/Omsk", "language": "en", "rank_limit": 3}
    )
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.time_zone, organisation.rank_limit) == ("Лотос", "Asia/Omsk", 3)
    new = reverse("people:part-create", args=["lines"])
    assert admin.post(new, {"code": "chat", "name": "Чат", "kind": "written"}).status_code == 302
    assert admin.post(new, {"code": "chat", "name": "Чат", "kind": "written"}).status_code == 422
    line = Line.objects.get()
    admin.post(
        reverse("people:part-edit", args=["lines", line.pk]), {"name": "Чаты", "name_en": "Chats", "kind": "mixed"}
    )
    admin.post(reverse("people:part-switch", args=["lines", line.pk]))
    line.refresh_from_db()
    assert (line.code, line.name, line.kind, line.is_active) == ("chat", "Чаты", "mixed", False)
    fields = {"code": "l", "name": "Лестница", "grades": "Младший / Junior\n\nСтарший"}
    admin.post(reverse("people:part-create", args=["ladders"]), fields)
    ladder = Ladder.objects.get()
    admin.post(reverse("people:grade-create", args=[ladder.pk]), {"name": "Эксперт / Expert"})
    assert list(ladder.grades.values_list("name", "name_en")) == [
        ("Младший", "Junior"),
        ("Старший", ""),
        ("Эксперт", "Expert"),
    ]
    assert admin.get("/people/settings/shoes/").status_code == 404
    assert admin.post(reverse("people:part-switch", args=["ladders", ladder.pk])).status_code == 404


def test_a_team_with_people_is_not_closed(admin: Client) -> None:
    team = a_team("a", "А")
    a_person(team=team)
    answer = admin.post(reverse("people:part-switch", args=["teams", team.pk]))
    assert answer.status_code == 422
    assert Team.objects.get().is_active is True


def test_the_calendar_is_kept_by_forms(admin: Client) -> None:
    admin.post(reverse("people:calendar"), {"day": "2027-01-01", "name": "Новый год"})
    row = CalendarDay.objects.get()
    admin.post(reverse("people:calendar-remove", args=[row.pk]))
    assert not CalendarDay.objects.exists()


def test_my_preferences_and_keys_are_mine() -> None:
    an_organisation()
    person, other = a_person(), a_person()
    client = client_of(person)
    answer = client.post("/people/me/", {"language": "ru", "time_zone": "Asia/Omsk", "hides_rank": "on"})
    assert answer.cookies["django_language"].value == "ru"
    person.refresh_from_db()
    assert (person.language, person.time_zone, person.hides_rank) == ("ru", "Asia/Omsk", True)
    client.post("/people/me/keys/", {"name": "CRM"})
    first, second = client.get("/people/me/").content.decode(), client.get("/people/me/").content.decode()
    assert ('value="nk_' in first, 'value="nk_' in second) == (True, False)
    key = ApiKey.objects.get()
    assert client_of(other).post(reverse("people:key-revoke", args=[key.pk])).status_code == 404
    client.post(reverse("people:key-revoke", args=[key.pk]))
    assert ApiKey.objects.get().revoked_at is not None


def test_reasons_of_leaving_are_for_those_who_manage_people(admin: Client) -> None:
    team = a_team("a")
    person = a_person(team=team)
    lead = a_lead(team)
    persons.leave(person=person, left=date(2026, 12, 1), by=None, at=AT, reason="По семейным")
    assert "По семейным" in admin.get(person.get_absolute_url()).content.decode()
    assert "По семейным" not in client_of(lead).get(person.get_absolute_url()).content.decode()
