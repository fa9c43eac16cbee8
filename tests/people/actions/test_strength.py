"""Nobody makes themselves stronger by way of somebody else's log-in or role."""

from typing import Any

import pytest

from nastavnik.people.actions import invitations, persons, roles
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.errors import RoleStrongerThanYou, StrongerThanYou
from nastavnik.people.models import Person
from tests.factories.people import AT, JOINED, a_person, an_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Person:
    return a_person("head", role=Role.CENTRE_HEAD)


@pytest.fixture
def admin() -> Person:
    admin = an_administrator()
    Person.objects.filter(pk=admin.pk).update(email="admin@example.org")
    admin.refresh_from_db()
    return admin


@pytest.mark.parametrize("changes", [{"email": "mine@example.org"}, {"login": "mine"}])
def test_the_log_in_of_somebody_stronger_is_not_changed(head: Person, admin: Person, changes: dict[str, Any]) -> None:
    with pytest.raises(StrongerThanYou):
        persons.edit(person=admin, by=head, at=AT, **changes)
    persons.edit(person=admin, by=head, at=AT, family_name="Орлов")
    persons.edit(person=admin, by=None, at=AT, **changes)
    persons.edit(person=head, by=head, at=AT, **changes | {"email": "head@example.org", "login": "head"})


def test_somebody_stronger_is_not_invited(head: Person, admin: Person) -> None:
    with pytest.raises(StrongerThanYou):
        invitations.invite(person=admin, by=head, at=AT)
    invitations.invite(person=admin, by=an_administrator("second"), at=AT)


def test_a_stronger_role_is_neither_granted_nor_withdrawn_nor_given_to_a_newcomer(head: Person, admin: Person) -> None:
    with pytest.raises(RoleStrongerThanYou):
        roles.grant(person=head, role=Role.ADMINISTRATOR, since=JOINED, by=head, at=AT)
    with pytest.raises(RoleStrongerThanYou):
        roles.withdraw(assignment=admin.role_assignments.get(), since=JOINED, by=head, at=AT)
    newcomer = {"code": "N", "family_name": "Новиков", "kind": EmploymentKind.STAFF, "joined": JOINED}
    with pytest.raises(RoleStrongerThanYou):
        persons.hire(**newcomer, roles=[Role.ADMINISTRATOR], by=head, at=AT)  # type: ignore[arg-type]  # mixed values
    roles.grant(person=a_person(), role=Role.TEAM_LEAD, since=JOINED, by=head, at=AT)
