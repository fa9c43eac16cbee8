"""Versions of the refusal policy: dated, never overlapping, never changed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.people.reach import today
from nastavnik.procedures import queries
from nastavnik.procedures.actions import policies
from nastavnik.procedures.actions.policies import Parameters
from nastavnik.procedures.errors import BadParameters, PolicyBeginsTooEarly, PolicyInForce, PolicyOverlaps
from nastavnik.procedures.models import RefusalPolicy
from nastavnik.procedures.refusals import Policy
from tests.factories.people import AT, a_line, a_team, an_organisation
from tests.factories.procedures import SINCE, a_policy, a_settled_desk

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


def test_a_new_version_ends_the_one_before_it() -> None:
    first, second = a_policy(SINCE), a_policy(JUNE, max_soft=1)
    first.refresh_from_db()
    assert (first.number, first.active_from, first.active_to) == (1, SINCE, JUNE)
    assert (second.number, second.active_from, second.active_to) == (2, JUNE, None)
    days = (SINCE - timedelta(1), SINCE, JUNE - timedelta(1), JUNE)
    assert [queries.policy_at(day) for day in days] == [None, first, first, second]


def test_a_teams_own_policy_goes_before_its_lines_and_that_before_everybodys() -> None:
    line = a_line()
    team, other = a_team(line=line), a_team()
    general, of_line, of_team = a_policy(), a_policy(line=line, max_soft=1), a_policy(team=team, max_soft=0)
    assert queries.policy_at(JUNE) == general
    assert queries.policy_at(JUNE, team) == of_team
    assert queries.policy_at(JUNE, other) == general
    assert queries.policy_at(JUNE, None, line) == of_line
    assert queries.policy_at(JUNE, a_team(line=line)) == of_line


def test_the_parameters_reach_the_reducer_in_seconds() -> None:
    made = a_policy(max_soft=3, min_soft=1, refund_start_ms=90_000, reopen_keeps_count_ms=86_400_000)
    assert made.policy == Policy(max_soft=3, min_soft=1, refund_start_s=90, reopen_keeps_count_s=86_400)


def test_nothing_is_put_in_force_for_the_past() -> None:
    an_organisation()
    with pytest.raises(PolicyBeginsTooEarly):
        policies.add_version(parameters=Parameters(), active_from=today() - timedelta(1), by=None, at=AT)


def test_a_version_planned_for_later_stands_in_the_way() -> None:
    a_policy(JUNE)
    with pytest.raises(PolicyOverlaps):
        a_policy(JUNE)


@pytest.mark.parametrize(
    "said",
    [{"max_soft": 11}, {"min_soft": 3}, {"max_offers_per_attempt": 0}, {"refund_start_ms": -1}],
)
def test_parameters_that_cannot_hold_are_refused(said: dict[str, int]) -> None:
    with pytest.raises(BadParameters):
        a_policy(**said)


def test_a_policy_is_for_a_team_or_for_a_line() -> None:
    with pytest.raises(BadParameters):
        a_policy(team=a_team(), line=a_line())


def test_a_planned_version_is_taken_back_and_the_one_before_goes_on() -> None:
    an_organisation()
    first, planned = a_policy(SINCE), a_policy(today() + timedelta(30))
    policies.take_back(version=planned, by=None, at=AT)
    first.refresh_from_db()
    assert (list(RefusalPolicy.objects.all()), first.active_to) == ([first], None)
    with pytest.raises(PolicyInForce):
        policies.take_back(version=first, by=None, at=AT)


def test_the_database_refuses_two_policies_at_a_time() -> None:
    made = a_policy()
    fields = {"active_from": JUNE, "number": 2, "made_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        RefusalPolicy.objects.create(**fields)
    assert list(RefusalPolicy.objects.all()) == [made]


@pytest.mark.parametrize(
    "wrong",
    [
        {"active_to": SINCE},
        {"min_soft": 3},
        {"max_soft": 11},
        {"max_offers_per_attempt": 0},
    ],
)
def test_the_database_refuses_impossible_policies(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RefusalPolicy.objects.create(**{"active_from": SINCE, "number": 1, "made_at": AT, **wrong})


def test_the_database_refuses_a_policy_for_a_team_and_a_line() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RefusalPolicy.objects.create(team=a_team(), line=a_line(), active_from=SINCE, number=1, made_at=AT)


def test_the_database_refuses_to_change_a_policy() -> None:
    made = a_policy()
    with pytest.raises(IntegrityError), transaction.atomic():
        RefusalPolicy.objects.filter(pk=made.pk).update(max_soft=5)


def test_settling_twice_changes_nothing() -> None:
    a_settled_desk()
    before = list(RefusalPolicy.objects.values_list("pk", flat=True))
    a_settled_desk()
    assert list(RefusalPolicy.objects.values_list("pk", flat=True)) == before
    assert queries.policy_at(JUNE).policy == Policy()  # type: ignore[union-attr]  # settled
