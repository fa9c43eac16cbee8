"""People come, are corrected, leave and come back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.people import errors
from nastavnik.people.actions import clearances, employments, grades, persons, roles, teams
from nastavnik.people.actions.persons import Clearance, Newcomer
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope
from nastavnik.people.models import (
    Employment,
    GradeHolding,
    LineClearance,
    Person,
    RoleAssignment,
    TeamLeadership,
    TeamMembership,
)
from tests.factories.people import (
    AT,
    JOINED,
    a_ladder,
    a_line,
    a_partner,
    a_partners_person,
    a_person,
    a_post,
    a_team,
    an_administrator,
    an_organisation,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)
SEPTEMBER = date(2026, 9, 1)


def newcomer(code: str, **fields: Any) -> Newcomer:
    return Newcomer(**{"code": code, "family_name": "Ёлкина", "kind": EmploymentKind.STAFF, "joined": JOINED, **fields})


def test_a_newcomer_begins_with_everything_they_came_with() -> None:
    line, post, ladder = a_line(), a_post(), a_ladder()
    team = a_team("a", line=line)
    person = a_person(
        "A-001",
        team=team,
        post=post,
        grades=[ladder.grades.all()[0]],
        clearances=[Clearance(line, ClearanceMode.WRITTEN_ONLY, "Голос")],
        roles=[Role.AGENT],
        aliases=["agent-1"],
        login=" Anna ",
        email="Anna@Example.org",
    )
    assert (person.login, person.email, person.has_usable_password()) == ("anna", "anna@example.org", False)
    for rows in (
        person.employments,
        person.memberships,
        person.post_holdings,
        person.grade_holdings,
        person.clearances,
        person.role_assignments,
    ):
        assert list(rows.values_list("active_from", "active_to")) == [(JOINED, None)]
    assert [alias.value for alias in person.aliases.all()] == ["agent-1"]
    assert JournalEntry.objects.get(kind="people.person_hired").person_id == person.pk
    assert OutboxEvent.objects.get(kind="people.PersonHired").payload == {"person_id": person.pk}


def test_hiring_many_costs_no_more_statements_than_hiring_one() -> None:
    team = a_team()
    counts = []
    for codes in (["a"], ["b", "c", "d"]):
        with CaptureQueriesContext(connection) as queries:
            persons.hire_all(newcomers=[newcomer(code, team=team) for code in codes], by=None, at=AT)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("second", "error"),
    [
        ({"code": "A-001"}, errors.CodeTaken),
        ({"code": "B", "login": "ANNA"}, errors.LoginTaken),
        ({"code": "B", "email": "anna@EXAMPLE.org"}, errors.EmailTaken),
        ({"code": "B", "aliases": ["agent-1"]}, errors.AliasTaken),
    ],
)
def test_codes_logins_mails_and_aliases_lead_to_one_person(second: dict[str, Any], error: type[Exception]) -> None:
    first = {"code": "A-001", "login": "anna", "email": "anna@example.org", "aliases": ["agent-1"]}
    with pytest.raises(error):
        persons.hire_all(newcomers=[newcomer(**first), newcomer(**second)], by=None, at=AT)
    assert Person.objects.count() == 0
    persons.hire_all(newcomers=[newcomer(**first)], by=None, at=AT)
    with pytest.raises(error):
        persons.hire_all(newcomers=[newcomer(**second)], by=None, at=AT)


def test_a_partners_employee_names_the_partner_and_others_do_not() -> None:
    partner = a_partner()
    with pytest.raises(errors.PartnerNotNamed):
        persons.hire_all(newcomers=[newcomer("a", kind=EmploymentKind.PARTNER)], by=None, at=AT)
    with pytest.raises(errors.PartnerNotExpected):
        persons.hire_all(newcomers=[newcomer("a", partner=partner)], by=None, at=AT)


def test_nobody_is_hired_into_a_strange_or_closed_team_or_restricted_without_a_reason() -> None:
    foreign, closed, line = a_team("v", partner=a_partner()), a_team("c"), a_line()
    closed.is_active = False
    for fields, error in (
        ({"team": foreign}, errors.TeamOfAnotherCentre),
        ({"team": closed}, errors.NotInUse),
        ({"clearances": [Clearance(line, ClearanceMode.WRITTEN_ONLY)]}, errors.ReasonNeeded),
    ):
        with pytest.raises(error):
            persons.hire_all(newcomers=[newcomer("a", **fields)], by=None, at=AT)


def test_a_correction_keeps_old_and_new_in_the_journal_and_is_found_by_the_new_name() -> None:
    person = a_person("A-001", aliases=["one"])
    persons.edit(person=person, by=None, at=AT, family_name="Ёжикова", aliases=["one", "two"])
    entry = JournalEntry.objects.get(kind="people.person_edited")
    assert entry.data["changes"] == {"family_name": ["Петрова", "Ёжикова"], "aliases": ["one", "one, two"]}
    assert list(Person.objects.matching("ежик")) == [person]
    assert list(Person.objects.matching("petrova")) == []


def test_an_empty_correction_writes_nothing() -> None:
    person = a_person("A-001")
    persons.edit(person=person, by=None, at=AT, family_name="Петрова", aliases=[])
    assert not JournalEntry.objects.filter(kind="people.person_edited").exists()


def test_a_correction_takes_nobody_elses_code_and_no_strange_field() -> None:
    a_person("A-001", aliases=["one"])
    person = a_person("A-002")
    with pytest.raises(errors.CodeTaken):
        persons.edit(person=person, by=None, at=AT, code="A-001")
    with pytest.raises(errors.AliasTaken):
        persons.edit(person=person, by=None, at=AT, aliases=["one"])
    with pytest.raises(TypeError):
        persons.edit(person=person, by=None, at=AT, password="x")


def test_preferences_are_kept_and_a_strange_zone_is_refused() -> None:
    person = a_person()
    persons.set_preferences(person=person, by=person, at=AT, language="en", time_zone="Asia/Omsk", hides_rank=True)
    person.refresh_from_db()
    assert (person.language, person.time_zone, person.hides_rank) == ("en", "Asia/Omsk", True)
    assert JournalEntry.objects.filter(kind="people.rank_shown").count() == 1
    with pytest.raises(errors.UnknownTimeZone):
        persons.set_preferences(person=person, by=person, at=AT, time_zone="Mars/Olympus")
    with pytest.raises(TypeError):
        persons.set_preferences(person=person, by=person, at=AT, login="x")


def a_settled_person() -> Person:
    """Somebody with a row in every dated table, and a move planned for September."""
    line, ladder, a, b = a_line(), a_ladder(), a_team("a"), a_team("b")
    person = a_person(team=a, post=a_post(), roles=[Role.TEAM_LEAD])
    grades.promote(person=person, grade=ladder.grades.all()[0], since=JOINED, by=None, at=AT)
    clearances.allow(person=person, line=line, since=JOINED, by=None, at=AT)
    teams.appoint_lead(team=a, person=person, since=JOINED, by=None, at=AT)
    teams.move(person=person, team=b, since=SEPTEMBER, by=None, at=AT)
    return person


def test_leaving_ends_everything_and_drops_what_was_planned() -> None:
    an_organisation()
    person = a_settled_person()
    persons.leave(person=person, left=AUGUST, by=None, at=AT, reason="Переезд")
    person.refresh_from_db()
    assert person.is_active is False
    for model in (Employment, TeamMembership, TeamLeadership, GradeHolding, LineClearance, RoleAssignment):
        assert list(model.objects.filter(person=person).values_list("active_from", "active_to")) == [(JOINED, AUGUST)]
    assert Employment.objects.get(person=person).leaving_reason == "Переезд"
    entry = JournalEntry.objects.get(kind="people.person_left")
    assert entry.data == {"last_day": "2026-07-31", "since": "2026-08-01"}


def test_leaving_again_on_the_same_day_changes_nothing() -> None:
    person = a_person()
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    count = JournalEntry.objects.count()
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    assert JournalEntry.objects.count() == count


def test_a_leaving_moved_to_a_later_day_stretches_what_it_had_closed() -> None:
    person = a_person(team=a_team("a"))
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    later = AT.date() + timedelta(days=30)
    persons.leave(person=person, left=later, by=None, at=AT)
    person.refresh_from_db()
    assert person.is_active is True
    assert TeamMembership.objects.get(person=person).active_to == later


def test_a_leaving_ahead_keeps_the_log_in_until_its_day() -> None:
    person = a_person()
    left = AT.date() + timedelta(days=1)
    persons.leave(person=person, left=left, by=None, at=AT)
    person.refresh_from_db()
    assert person.is_active is True
    assert employments.close_log_ins(at=AT) == 0
    assert employments.close_log_ins(at=AT + timedelta(days=1)) == 1
    person.refresh_from_db()
    assert person.is_active is False


def test_nobody_leaves_before_they_came_or_without_having_come() -> None:
    person = a_person()
    with pytest.raises(errors.LeavesBeforeComing):
        persons.leave(person=person, left=JOINED, by=None, at=AT)
    stranger = Person.objects.create(code="x", family_name="X")
    with pytest.raises(errors.NotEmployed):
        persons.leave(person=stranger, left=JOINED, by=None, at=AT)


def test_the_last_administrator_does_not_leave() -> None:
    admin = an_administrator()
    with pytest.raises(errors.LastAdministrator):
        persons.leave(person=admin, left=AUGUST, by=None, at=AT)
    an_administrator("second")
    persons.leave(person=admin, left=AUGUST, by=None, at=AT)


def test_somebody_who_left_comes_back_with_a_new_employment() -> None:
    person = a_person(team=a_team("a"))
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    with pytest.raises(errors.AlreadyEmployed):
        persons.rehire(person=person, kind=EmploymentKind.STAFF, joined=JOINED, by=None, at=AT)
    persons.rehire(person=person, kind=EmploymentKind.REMOTE, joined=SEPTEMBER, by=None, at=AT)
    rows = Employment.objects.filter(person=person).order_by("active_from")
    assert list(rows.values_list("kind", "active_from", "active_to")) == [
        ("staff", JOINED, AUGUST),
        ("remote", SEPTEMBER, None),
    ]
    person.refresh_from_db()
    assert person.is_active is True


def test_a_return_or_a_transfer_names_the_partner_where_there_is_one() -> None:
    person, partner = a_person(), a_partner()
    at: dict[str, Any] = {"person": person, "since": AUGUST, "by": None, "at": AT}
    with pytest.raises(errors.PartnerNotNamed):
        persons.transfer(kind=EmploymentKind.PARTNER, **at)
    with pytest.raises(errors.PartnerNotExpected):
        persons.transfer(kind=EmploymentKind.STAFF, partner=partner, **at)


def test_the_same_transfer_again_changes_nothing() -> None:
    person = a_person()
    count = JournalEntry.objects.count()
    persons.transfer(person=person, kind=EmploymentKind.STAFF, since=AUGUST, by=None, at=AT)
    assert JournalEntry.objects.count() == count


def test_an_earlier_employment_cannot_run_into_the_next_one() -> None:
    person = a_person()
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    persons.rehire(person=person, kind=EmploymentKind.STAFF, joined=SEPTEMBER, by=None, at=AT)
    persons.leave(person=person, left=date(2026, 10, 1), by=None, at=AT)
    assert Employment.objects.filter(person=person, active_to=date(2026, 10, 1)).count() == 1


def test_whoever_leaves_a_partner_centre_leaves_its_teams() -> None:
    volga = a_partner()
    person = a_partners_person(volga, team=a_team("v", partner=volga))
    persons.transfer(person=person, kind=EmploymentKind.STAFF, since=AUGUST, by=None, at=AT)
    assert TeamMembership.objects.get(person=person).active_to == AUGUST
    rows = Employment.objects.filter(person=person).order_by("active_from")
    assert list(rows.values_list("kind", "partner_id", "active_to")) == [
        ("partner", volga.pk, AUGUST),
        ("staff", None, None),
    ]
    kinds = list(OutboxEvent.objects.order_by("pk").values_list("kind", flat=True))[-2:]
    assert kinds == ["people.EmploymentChanged", "people.MembershipChanged"]


def test_a_transfer_keeps_a_leaving_already_noted() -> None:
    person = a_person()
    persons.leave(person=person, left=SEPTEMBER, by=None, at=AT, reason="Учёба")
    persons.transfer(person=person, kind=EmploymentKind.REMOTE, since=AUGUST, by=None, at=AT)
    rows = Employment.objects.filter(person=person).order_by("active_from")
    assert list(rows.values_list("active_to", "leaving_reason")) == [(AUGUST, ""), (SEPTEMBER, "Учёба")]


def test_a_role_is_granted_once_and_withdrawn() -> None:
    person, team = a_person(), a_team("a")
    where: dict[str, Any] = {"role": Role.TEAM_LEAD, "scope": RoleScope.TEAM, "team": team, "by": None, "at": AT}
    first = roles.grant(person=person, since=AUGUST, **where)
    assert roles.grant(person=person, since=SEPTEMBER, **where).pk == first.pk
    earlier = roles.grant(person=person, since=JOINED, **where)
    assert (earlier.pk, earlier.active_from) == (first.pk, JOINED)
    roles.withdraw(assignment=first, since=SEPTEMBER, by=None, at=AT)
    roles.withdraw(assignment=first, since=SEPTEMBER, by=None, at=AT)
    assert RoleAssignment.objects.get(person=person).active_to == SEPTEMBER
    assert JournalEntry.objects.filter(kind="people.role_withdrawn").count() == 1


def test_a_role_that_never_came_into_force_disappears() -> None:
    person = a_person()
    assignment = roles.grant(person=person, role=Role.JURY, since=SEPTEMBER, by=None, at=AT)
    roles.withdraw(assignment=assignment, since=AUGUST, by=None, at=AT)
    assert not RoleAssignment.objects.filter(person=person).exists()


@pytest.mark.parametrize("scope", [RoleScope.TEAM, RoleScope.PARTNER])
def test_a_reach_names_its_place(scope: RoleScope) -> None:
    with pytest.raises(errors.ScopeNotNamed):
        roles.grant(person=a_person(), role=Role.TEAM_LEAD, scope=scope, since=AUGUST, by=None, at=AT)


def test_the_only_administrator_keeps_the_role() -> None:
    admin = an_administrator()
    with pytest.raises(errors.LastAdministrator):
        roles.withdraw(assignment=admin.role_assignments.get(), since=AUGUST, by=admin, at=AT)
