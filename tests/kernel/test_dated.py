"""Dated rows: in force from a day until before another, and never two at once, by the database's own word."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nastavnik.people.models import Person, Team, TeamMembership

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    return Person.objects.create(code="A-1", family_name="Anna")


@pytest.fixture
def team() -> Team:
    return Team.objects.create(code="north", name="Север")


def row(person: Person, team: Team, first: date, end: date | None) -> TeamMembership:
    return TeamMembership.objects.create(person=person, team=team, active_from=first, active_to=end)


JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("day", "in_force"), [(date(2026, 5, 31), False), (JUNE, True), (date(2026, 6, 30), True), (JULY, False)]
)
def test_a_row_holds_from_its_first_day_until_before_its_last(
    anna: Person, team: Team, day: date, in_force: bool
) -> None:
    one = row(anna, team, JUNE, JULY)
    assert one.is_active_on(day) is in_force
    assert TeamMembership.objects.on(day).exists() is in_force


def test_an_open_row_holds_for_ever(anna: Person, team: Team) -> None:
    one = row(anna, team, JUNE, None)
    assert one.is_active_on(date(2099, 1, 1))
    assert list(TeamMembership.objects.on(date(2099, 1, 1))) == [one]


@pytest.mark.parametrize(
    ("first", "end", "found"),
    [
        (date(2026, 5, 1), JUNE, False),
        (date(2026, 5, 1), date(2026, 6, 2), True),
        (date(2026, 6, 30), AUGUST, True),
        (JULY, AUGUST, False),
    ],
)
def test_rows_within_a_time_are_those_that_share_a_day_with_it(
    anna: Person, team: Team, first: date, end: date, found: bool
) -> None:
    row(anna, team, JUNE, JULY)
    assert TeamMembership.objects.within(first, end).exists() is found


@pytest.mark.parametrize(
    ("first", "end"),
    [(JUNE, JULY), (date(2026, 6, 30), None), (date(2026, 5, 1), date(2026, 6, 2)), (date(2026, 6, 10), JULY)],
)
def test_an_overlap_is_refused_by_the_database_and_by_the_form(
    anna: Person, team: Team, first: date, end: date | None
) -> None:
    row(anna, team, JUNE, JULY)
    values: dict[str, Any] = {"person": anna, "team": team, "active_from": first, "active_to": end}
    with pytest.raises(IntegrityError, match="people_one_team_at_a_time"), transaction.atomic():
        TeamMembership.objects.create(**values)
    with pytest.raises(IntegrityError, match="people_one_team_at_a_time"), transaction.atomic():
        TeamMembership.objects.bulk_create([TeamMembership(**values)])
    with pytest.raises(ValidationError, match=r"people_one_team_at_a_time|overlap|пересекаются"):
        TeamMembership(**values).full_clean()


def test_neighbours_and_other_keys_do_not_overlap(anna: Person, team: Team) -> None:
    boris = Person.objects.create(code="B-1", family_name="Boris")
    row(anna, team, JUNE, JULY)
    row(anna, team, JULY, None)
    row(boris, team, JUNE, None)
    assert TeamMembership.objects.count() == 3


@pytest.mark.parametrize("end", [JUNE, date(2026, 5, 1)])
def test_an_empty_or_reversed_period_is_refused(anna: Person, team: Team, end: date) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(anna, team, JUNE, end)
