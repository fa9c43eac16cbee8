"""Two people press at once: one wins, the other is told, nothing is doubled."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from nastavnik.kernel.errors import Conflict
from nastavnik.kernel.models import JournalEntry
from nastavnik.people import queries
from nastavnik.people.actions import grades, invitations, roles, teams
from nastavnik.people.actions._dated import one_writer
from nastavnik.people.enums import Role
from nastavnik.people.errors import ConflictingRows, InvitationInvalid, LastAdministrator
from nastavnik.people.models import GradeHolding, Person, RoleAssignment, TeamMembership
from tests.factories.people import AT, a_ladder, a_person, a_team, an_administrator

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = date(2026, 8, 1)


def at_once(*calls: Callable[[], Any]) -> list[Exception | None]:
    """Run the calls in threads of their own that start together; what each of them raised."""
    gate = Barrier(len(calls))
    outcomes: list[Exception | None] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=10)
            call()
        except Exception as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_of_two_moves_decided_on_the_same_page_one_wins() -> None:
    a, b, c = a_team("a"), a_team("b"), a_team("c")
    person = a_person(team=a)
    seen = queries.last_entry_about(person)

    def move(team: Any) -> Callable[[], Any]:
        return lambda: teams.move(person=person, team=team, since=AUGUST, by=None, at=AT, seen=seen)

    outcomes = at_once(move(b), move(c))
    assert [type(one).__name__ for one in outcomes if one] == ["ChangedMeanwhile"]
    assert TeamMembership.objects.filter(person=person).count() == 2
    assert JournalEntry.objects.filter(kind="people.person_moved").count() == 1


def test_of_two_promotions_decided_on_the_same_page_one_wins() -> None:
    person, ladder = a_person(), a_ladder()
    seen = queries.last_entry_about(person)

    def promote(grade: Any) -> Callable[[], Any]:
        return lambda: grades.promote(person=person, grade=grade, since=AUGUST, by=None, at=AT, seen=seen)

    outcomes = at_once(*(promote(grade) for grade in ladder.grades.all()[:2]))
    losers = [one for one in outcomes if one]
    assert [isinstance(one, Conflict) for one in losers] == [True]
    assert GradeHolding.objects.filter(person=person).count() == 1


def test_the_same_button_pressed_twice_moves_once() -> None:
    a, b = a_team("a"), a_team("b")
    person = a_person(team=a)
    outcomes = at_once(*[lambda: teams.move(person=person, team=b, since=AUGUST, by=None, at=AT)] * 3)
    assert outcomes == [None, None, None]
    assert TeamMembership.objects.filter(person=person).count() == 2
    assert JournalEntry.objects.filter(kind="people.person_moved").count() == 1


def test_two_administrators_cannot_withdraw_each_other() -> None:
    first, second = an_administrator("one"), an_administrator("two")

    def withdraw(person: Any) -> Callable[[], Any]:
        row = person.role_assignments.get()
        return lambda: roles.withdraw(assignment=row, since=AUGUST, by=None, at=AT)

    outcomes = at_once(withdraw(first), withdraw(second))
    assert [type(one) for one in outcomes if one] == [LastAdministrator]
    assert RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, active_to__isnull=True).count() == 1


def test_one_code_is_hired_once() -> None:
    def hire() -> None:
        a_person("same")

    losers = [one for one in at_once(hire, hire) if one]
    # Whoever comes second meets the guard or, at the very same moment, the database.
    assert [type(one).__name__ in {"CodeTaken", "ConflictingRows"} for one in losers] == [True]
    assert Person.objects.filter(code="same").count() == 1


def test_what_the_database_refuses_is_a_conflict() -> None:
    person, team = a_person(), a_team("a")
    row = {"person": person, "team": team, "active_from": AUGUST}
    with pytest.raises(ConflictingRows), one_writer(Person, person.pk):
        TeamMembership.objects.bulk_create([TeamMembership(**row), TeamMembership(**row)])
    assert not TeamMembership.objects.exists()


def test_an_invitation_is_accepted_once() -> None:
    person = a_person(email="anna@example.org")
    token = invitations.invite(person=person, by=None, at=AT).token
    calls = [lambda: invitations.accept(token=token, password="correct horse battery", at=AT)] * 2
    assert [type(one) for one in at_once(*calls) if one] == [InvitationInvalid]
