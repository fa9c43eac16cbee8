"""Due days in working time; what was so at a past moment; whom triggers concern."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.learning.logic import due, history, triggers
from nastavnik.learning.logic.history import Happening, Standing
from nastavnik.learning.logic.triggers import AfterDays, BadRule, Every, Facts, Launch, Newcomers, Problem, Scope

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
calendars = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.booleans(), max_size=20)


def test_weekends_and_holidays_do_not_count() -> None:
    assert due.after(FRIDAY, 1, {}) == FRIDAY
    assert due.after(FRIDAY, 2, {}) == MONDAY
    assert due.after(FRIDAY, 2, {MONDAY: False}) == date(2026, 12, 1)
    assert due.after(FRIDAY, 2, {date(2026, 11, 28): True}) == date(2026, 11, 28)


def test_stages_are_due_one_after_another_and_never_after_the_last_day() -> None:
    assert due.path(FRIDAY, [1, 2], {}) == (FRIDAY, date(2026, 12, 1))
    assert due.path(FRIDAY, [1, 2], {}, by=MONDAY) == (FRIDAY, MONDAY)


@given(days, st.lists(st.integers(1, 30), min_size=1, max_size=6), calendars)
def test_every_due_day_is_a_working_day_after_the_one_before(
    start: date, lengths: list[int], calendar: dict[date, bool]
) -> None:
    found = due.path(start, lengths, calendar)
    assert list(found) == sorted(set(found))
    assert all(due.is_working(day, calendar) for day in found)
    assert found[0] >= start


def test_a_pause_counts_from_the_day_the_plan_began() -> None:
    assert due.paused_days(FRIDAY, MONDAY, since=date(2026, 11, 1)) == 3
    assert due.paused_days(FRIDAY, MONDAY, since=date(2026, 11, 29)) == 1
    assert due.paused_days(FRIDAY, MONDAY, since=date(2026, 12, 29)) == 0
    assert due.shifted(FRIDAY, 1, {}) == MONDAY


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


EVENTS = [
    Happening(at(1), "enrolled", version=1),
    Happening(at(1), "entered", "distance", 1),
    Happening(at(5), "passed", "distance", 1),
    Happening(at(5), "entered", "live", 1),
    Happening(at(8), "paused", version=1),
    Happening(at(12), "resumed", version=1),
    Happening(at(13), "moved", version=2),
    Happening(at(14), "passed", "live", 2),
    Happening(at(14), "finished", version=2),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, Standing("active", "distance", 1)),
        (6, Standing("active", "live", 1, ("distance",))),
        (9, Standing("paused", "live", 1, ("distance",))),
        (13, Standing("active", "live", 2, ("distance",))),
        (20, Standing("finished", "", 2, ("distance", "live"))),
    ],
)
def test_a_past_day_shows_what_was_so_then(day: int, expected: Standing) -> None:
    assert history.standing(EVENTS, at(day)) == expected


def test_before_the_first_event_there_was_nothing() -> None:
    assert history.standing(EVENTS, at(1) - timedelta(seconds=1)) is None


JOINED = date(2026, 11, 2)
ANNA = Facts(1, JOINED, line="chat", post="agent", grades=frozenset({"line/j"}))


def concerned(rule: triggers.Rule, today: date, *people: Facts) -> list[str]:
    return [one.occasion for one in triggers.hits(rule, people or (ANNA,), today) if not one.excluded]


def test_day_thirty_comes_once_and_is_forgiven_late() -> None:
    rule = AfterDays(days=30, grace_days=7)
    ripe = JOINED + timedelta(days=30)
    found = [concerned(rule, ripe + timedelta(days=shift)) for shift in (-1, 0, 7, 8)]
    assert found == [[], ["joined 2026-11-02"], ["joined 2026-11-02"], []]


def test_every_180_days_has_an_occasion_for_each_round() -> None:
    rule = Every(days=180, grace_days=10)
    found = [concerned(rule, JOINED + timedelta(days=shift)) for shift in (0, 179, 180, 190, 191, 360)]
    one, two = ["joined 2026-11-02 round 1"], ["joined 2026-11-02 round 2"]
    assert found == [[], [], one, one, [], two]


def test_an_intake_takes_those_who_joined_before_it() -> None:
    rule = Newcomers(starts=date(2026, 11, 30), window_days=31)
    assert concerned(rule, MONDAY) == ["intake 2026-11-30"]
    assert concerned(Newcomers(starts=date(2026, 12, 30), window_days=31), MONDAY) == []
    assert concerned(rule, MONDAY, Facts(2, None), Facts(3, date(2026, 12, 1))) == []


def test_a_campaign_leaves_out_who_no_longer_makes_the_mistake() -> None:
    rule = Problem(metric="csat", limit=4.85, least_n=20)
    people = [Facts(1, JOINED, value=4.7, n=30), Facts(2, JOINED, value=4.9, n=30), Facts(3, JOINED, value=1, n=2)]
    found = list(triggers.hits(rule, people, MONDAY))
    assert [one.excluded for one in found] == [False, True, True]
    assert [one.why.text for one in found] == [
        "csat: 4.7 in the last 28 days, the campaign is for those off 4.85",
        "no longer makes the mistake — csat: 4.9, the limit is 4.85",
        "csat: too few records to tell (2)",
    ]


def test_where_less_is_better_the_limit_is_turned() -> None:
    rule = Problem(metric="technical", limit=10, higher_is_better=False)
    people = [Facts(1, JOINED, value=12, n=30), Facts(2, JOINED, value=8, n=30)]
    assert [one.excluded for one in triggers.hits(rule, people, MONDAY)] == [False, True]


def test_a_scope_narrows_by_every_part_that_is_named() -> None:
    others = [Facts(2, JOINED, line="phone", post="agent"), Facts(3, JOINED, line="chat", post="lead")]
    scope = Scope(lines=frozenset({"chat"}), posts=frozenset({"agent"}))
    found = triggers.hits(Launch(by=MONDAY, scope=scope), [ANNA, *others], FRIDAY)
    assert [one.person_id for one in found] == [1]
    assert Scope(grades=frozenset({"line/j"})).holds(ANNA)
    assert not Scope(grades=frozenset({"line/s"})).holds(ANNA)
    assert not Scope(people=frozenset({9})).holds(ANNA)


scopes = st.builds(Scope, lines=st.frozensets(st.sampled_from("abc")), people=st.frozensets(st.integers(1, 5)))
rules = st.one_of(
    st.builds(Newcomers, starts=days, window_days=st.integers(1, 60), scope=scopes),
    st.builds(AfterDays, days=st.integers(1, 400), scope=scopes),
    st.builds(Every, days=st.integers(1, 400), scope=scopes),
    st.builds(Problem, metric=st.sampled_from(["", "csat"]), limit=st.floats(0, 5), scope=scopes),
    st.builds(Launch, by=days, scope=scopes),
)


@given(rules)
def test_a_rule_survives_being_stored(rule: triggers.Rule) -> None:
    assert triggers.from_json(triggers.to_json(rule)) == rule


@pytest.mark.parametrize(
    "stored", [{}, {"when": "never"}, {"when": "launch"}, {"when": "every", "days": 0}, {"when": "launch", "by": "x"}]
)
def test_what_is_no_rule_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(BadRule):
        triggers.from_json(stored)
