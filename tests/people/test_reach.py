"""How far a right goes: roles, teams led, partner centres, days."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from nastavnik.kernel import clock
from nastavnik.people import permissions
from nastavnik.people.actions import roles, teams
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from nastavnik.people.permissions import has_right, reach_of, roles_of
from nastavnik.people.roles import ROLE_CARDS, Right
from tests.factories.people import AT, JOINED, a_lead, a_partner, a_partners_lead, a_person, a_team, an_administrator

pytestmark = pytest.mark.django_db


def fresh(person: Person) -> Person:
    """The person as the next request loads them."""
    return Person.objects.get(pk=person.pk)


def test_somebody_not_logged_in_has_no_role_and_no_right() -> None:
    nobody = AnonymousUser()
    assert roles_of(nobody) == frozenset()  # type: ignore[arg-type]  # what request.user is before the log-in
    assert has_right(nobody, Right.SEE_PEOPLE) is False  # type: ignore[arg-type]  # as above


def test_whoever_may_not_log_in_has_no_right() -> None:
    person = an_administrator()
    assert has_right(fresh(person), Right.CHANGE_SETTINGS) is True
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert has_right(fresh(person), Right.CHANGE_SETTINGS) is False


def test_a_leads_reach_is_the_teams_of_today() -> None:
    first, second = a_team("a"), a_team("b")
    lead = a_lead(first)
    assert reach_of(fresh(lead), Right.SEE_PEOPLE).team_ids == {first.pk}
    teams.appoint_lead(team=second, person=lead, since=JOINED, by=None, at=AT)
    assert reach_of(fresh(lead), Right.SEE_PEOPLE).team_ids == {first.pk, second.pk}
    assert reach_of(fresh(lead), Right.MANAGE_PEOPLE).is_oneself_only is True


def test_a_partners_leads_reach_is_the_centre() -> None:
    volga = a_partner()
    assert reach_of(fresh(a_partners_lead(volga)), Right.SEE_FIGURES).partner_ids == {volga.pk}


def test_a_role_of_tomorrow_gives_nothing_today() -> None:
    person = a_person()
    tomorrow = clock.now().date() + timedelta(days=1)
    roles.grant(person=person, role=Role.CENTRE_HEAD, since=tomorrow, by=None, at=AT)
    assert roles_of(fresh(person)) == frozenset()
    with clock.shifted(timedelta(days=2)):
        assert reach_of(fresh(person), Right.SEE_PEOPLE).everyone is True


@pytest.mark.parametrize(
    ("check", "right"),
    [
        (permissions.may_manage_people, Right.MANAGE_PEOPLE),
        (permissions.may_import_people, Right.IMPORT_PEOPLE),
        (permissions.may_invite, Right.INVITE),
        (permissions.may_grant_roles, Right.GRANT_ROLES),
        (permissions.may_read_journal, Right.READ_JOURNAL),
        (permissions.may_change_settings, Right.CHANGE_SETTINGS),
        (permissions.may_see_people, Right.SEE_PEOPLE),
    ],
)
def test_each_role_may_what_its_card_says(check: object, right: Right) -> None:
    assert callable(check)
    people = {role: a_person(role=role) for role in Role}
    allowed = {role for role, person in people.items() if check(fresh(person))}
    assert allowed == {role for role in Role if right in ROLE_CARDS[role].rights}
