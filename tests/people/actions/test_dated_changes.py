"""Moves, posts, grades and clearances as of a day; what they refuse; what they write down."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.people import errors
from nastavnik.people.actions import clearances, grades, persons, posts, teams
from nastavnik.people.enums import ClearanceMode
from nastavnik.people.models import GradeHolding, LineClearance, Person, PostHolding, Team, TeamMembership
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
    an_organisation,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)
JUNE = date(2026, 6, 1)


def stays(person: Person) -> list[tuple[str, date, date | None]]:
    rows = TeamMembership.objects.filter(person=person).order_by("active_from")
    return list(rows.values_list("team__code", "active_from", "active_to"))


def move(person: Person, team: Team | None, since: date, **more: Any) -> TeamMembership | None:
    return teams.move(person=person, team=team, since=since, by=None, at=AT, **more)


def test_a_move_closes_one_row_and_opens_another() -> None:
    a, b = a_team("a"), a_team("b")
    person = a_person(team=a)
    row = move(person, b, AUGUST)
    assert stays(person) == [("a", JOINED, AUGUST), ("b", AUGUST, None)]
    assert row is not None
    assert (row.team_id, row.active_from) == (b.pk, AUGUST)


def test_a_move_noted_late_leaves_the_later_one_alone() -> None:
    a, b, c = a_team("a"), a_team("b"), a_team("c")
    person = a_person(team=a)
    move(person, b, AUGUST)
    move(person, c, JUNE)
    assert stays(person) == [("a", JOINED, JUNE), ("c", JUNE, AUGUST), ("b", AUGUST, None)]


def test_the_same_move_again_changes_and_writes_nothing() -> None:
    a, b = a_team("a"), a_team("b")
    person = a_person(team=a)
    move(person, b, AUGUST)
    before = JournalEntry.objects.count(), OutboxEvent.objects.count()
    move(person, b, AUGUST)
    move(person, b, AUGUST + timedelta(days=3))
    assert (JournalEntry.objects.count(), OutboxEvent.objects.count()) == before
    assert stays(person) == [("a", JOINED, AUGUST), ("b", AUGUST, None)]


def test_a_move_out_of_any_team_leaves_a_gap() -> None:
    a = a_team("a")
    person = a_person(team=a)
    assert move(person, None, AUGUST) is None
    assert stays(person) == [("a", JOINED, AUGUST)]


def test_a_move_is_written_down_and_published() -> None:
    a, b = a_team("a", "Чат"), a_team("b", "Кризис", name_en="Crisis")
    person = a_person(team=a)
    by = a_person(family_name="Орлова")
    teams.move(person=person, team=b, since=AUGUST, by=by, at=AT, reason="Сезон")
    entry = JournalEntry.objects.get(kind="people.person_moved")
    assert (entry.person_id, entry.actor_id, entry.reason) == (person.pk, by.pk, "Сезон")
    assert journal.sentence(entry) == "Команда с 1\xa0авг.\xa02026: Чат → Кризис"
    event = OutboxEvent.objects.get(kind="people.MembershipChanged")
    assert event.payload == {"person_id": person.pk, "since": "2026-08-01"}


def test_a_move_costs_few_queries() -> None:
    a, b = a_team("a"), a_team("b")
    person = a_person(team=a)
    with CaptureQueriesContext(connection) as queries:
        move(person, b, AUGUST)
    assert len(queries) <= 10  # two are the test's savepoint, one queues the reaction of metrics


def test_nobody_is_moved_on_a_day_they_are_not_employed() -> None:
    person, team = a_person(), a_team()
    with pytest.raises(errors.NotEmployed) as caught:
        move(person, team, JOINED - timedelta(days=1))
    assert caught.value.params == {"person": "Петрова Анна", "day": "2026-01-11"}


def test_a_membership_ends_with_the_employment_already_noted() -> None:
    an_organisation()
    person, team = a_person(), a_team("a")
    persons.leave(person=person, left=AUGUST, by=None, at=AT)
    move(person, team, JUNE)
    assert stays(person) == [("a", JUNE, AUGUST)]


def test_a_closed_team_takes_nobody() -> None:
    person, team = a_person(), a_team()
    Team.objects.filter(pk=team.pk).update(is_active=False)
    team.refresh_from_db()
    with pytest.raises(errors.NotInUse):
        move(person, team, AUGUST)


def test_a_partners_team_takes_that_partners_people_only() -> None:
    volga, ural = a_partner(), a_partner("ural", "Урал")
    team = a_team("v", partner=volga)
    own, other, staff = a_partners_person(volga), a_partners_person(ural), a_person()
    move(own, team, AUGUST)
    for stranger in (other, staff):
        with pytest.raises(errors.TeamOfAnotherCentre):
            move(stranger, team, AUGUST)
    assert TeamMembership.objects.filter(team=team).count() == 1


def test_whoever_has_not_seen_the_last_change_is_told_of_it() -> None:
    a, b, c = a_team("a"), a_team("b"), a_team("c", "Чат")
    person = a_person(team=a)
    seen = JournalEntry.objects.latest("pk").pk
    orlova = a_person(family_name="Орлова", given_name="Ольга")
    teams.move(person=person, team=c, since=AUGUST, by=orlova, at=AT, seen=seen)
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        move(person, b, AUGUST, seen=seen)
    assert caught.value.params["actor"] == "Орлова Ольга"
    assert "Чат" in caught.value.params["what"]
    assert stays(person)[-1] == ("c", AUGUST, None)


def test_a_change_of_another_kind_is_no_conflict() -> None:
    a, b, post = a_team("a"), a_team("b"), a_post()
    person = a_person(team=a)
    seen = JournalEntry.objects.latest("pk").pk
    posts.appoint(person=person, post=post, since=AUGUST, by=None, at=AT)
    move(person, b, AUGUST, seen=seen)
    assert stays(person)[-1] == ("b", AUGUST, None)


def test_posts_follow_one_another() -> None:
    person, agent, lead = a_person(), a_post(), a_post("lead", "Руководитель")
    posts.appoint(person=person, post=agent, since=JOINED, by=None, at=AT)
    posts.appoint(person=person, post=lead, since=AUGUST, by=None, at=AT)
    rows = PostHolding.objects.filter(person=person).order_by("active_from")
    assert list(rows.values_list("post__code", "active_from", "active_to")) == [
        ("agent", JOINED, AUGUST),
        ("lead", AUGUST, None),
    ]
    assert posts.appoint(person=person, post=None, since=date(2026, 9, 1), by=None, at=AT) is None


def test_ladders_do_not_know_of_each_other() -> None:
    person, line, craft = a_person(), a_ladder(), a_ladder("craft", "Мастерство")
    junior, middle, _senior = line.grades.all()
    grades.promote(person=person, grade=junior, since=JOINED, by=None, at=AT)
    grades.promote(person=person, grade=craft.grades.all()[0], since=JOINED, by=None, at=AT)
    held = grades.promote(person=person, grade=middle, since=AUGUST, by=None, at=AT)
    assert held.grade_id == middle.pk
    assert GradeHolding.objects.filter(person=person).on(AUGUST).count() == 2
    entry = JournalEntry.objects.filter(kind="people.grade_changed").latest("pk")
    assert entry.data["up"] is True
    grades.take_away(person=person, ladder=line, since=date(2026, 9, 1), by=None, at=AT)
    assert list(GradeHolding.objects.filter(person=person).on(date(2026, 9, 1)).values_list("ladder__code")) == [
        ("craft",)
    ]


def test_a_restriction_to_written_work_says_why() -> None:
    person, line = a_person(), a_line()
    with pytest.raises(errors.ReasonNeeded):
        clearances.restrict(person=person, line=line, since=AUGUST, reason=" ", by=None, at=AT)
    row = clearances.restrict(person=person, line=line, since=AUGUST, reason="Голос", by=None, at=AT)
    assert row is not None
    assert (row.mode, row.reason) == (ClearanceMode.WRITTEN_ONLY, "Голос")
    clearances.allow(person=person, line=line, since=date(2026, 9, 1), by=None, at=AT)
    rows = LineClearance.objects.filter(person=person).order_by("active_from")
    assert list(rows.values_list("mode", "reason", "active_to")) == [
        ("written_only", "Голос", date(2026, 9, 1)),
        ("full", "", None),
    ]


def test_a_clearance_is_withdrawn_once() -> None:
    person, line = a_person(), a_line()
    clearances.allow(person=person, line=line, since=JOINED, by=None, at=AT)
    clearances.withdraw(person=person, line=line, since=AUGUST, by=None, at=AT)
    with pytest.raises(errors.NothingToWithdraw):
        clearances.withdraw(person=person, line=line, since=AUGUST, by=None, at=AT)
    closed = LineClearance.objects.get(person=person)
    assert closed.active_to == AUGUST


def test_nobody_is_cleared_for_a_line_out_of_use() -> None:
    person, line = a_person(), a_line()
    line.is_active = False
    line.save()
    with pytest.raises(errors.NotInUse):
        clearances.allow(person=person, line=line, since=JOINED, by=None, at=AT)


def test_a_team_has_one_lead_at_a_time() -> None:
    team, first, second = a_team("a"), a_person(family_name="Орлова"), a_person()
    teams.appoint_lead(team=team, person=first, since=JOINED, by=None, at=AT)
    teams.appoint_lead(team=team, person=second, since=AUGUST, by=None, at=AT)
    row = teams.appoint_lead(team=team, person=None, since=date(2026, 9, 1), by=None, at=AT)
    assert row is None
    assert list(team.leaderships.order_by("active_from").values_list("person_id", "active_from", "active_to")) == [
        (first.pk, JOINED, AUGUST),
        (second.pk, AUGUST, date(2026, 9, 1)),
    ]


def test_a_lead_is_appointed_by_whoever_saw_the_present_one() -> None:
    team, first, second = a_team("a"), a_person(), a_person()
    teams.appoint_lead(team=team, person=first, since=JOINED, by=None, at=AT)
    with pytest.raises(errors.ChangedMeanwhile):
        teams.appoint_lead(team=team, person=second, since=AUGUST, by=None, at=AT, seen=0)


def test_the_same_again_writes_nothing_for_any_kind_of_row() -> None:
    team, post, ladder, line, person = a_team("a"), a_post(), a_ladder(), a_line(), a_person()
    at: dict[str, Any] = {"since": AUGUST, "by": None, "at": AT}

    def everything() -> None:
        posts.appoint(person=person, post=post, **at)
        grades.promote(person=person, grade=ladder.grades.all()[0], **at)
        clearances.restrict(person=person, line=line, reason="Голос", **at)
        teams.appoint_lead(team=team, person=person, **at)

    everything()
    before = JournalEntry.objects.count(), OutboxEvent.objects.count()
    everything()
    assert (JournalEntry.objects.count(), OutboxEvent.objects.count()) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300)), min_size=1, max_size=8))
def test_any_moves_as_of_any_days_leave_rows_that_tell_each_day_once(steps: list[tuple[int, int]]) -> None:
    known = [Team.objects.filter(code=f"t{n}").first() or a_team(f"t{n}") for n in range(3)]
    person = a_person()
    told: dict[int, int | None] = dict.fromkeys(range(301))
    for team, since in steps:
        move(person, known[team], JOINED + timedelta(days=since))
        before = told[since]
        for number in range(since, 301):
            if told[number] != before or before == known[team].pk:
                break
            told[number] = known[team].pk
    rows = list(TeamMembership.objects.filter(person=person))
    for number in range(0, 301, 7):
        day = JOINED + timedelta(days=number)
        assert [row.team_id for row in rows if row.is_active_on(day)] == ([told[number]] if told[number] else [])
