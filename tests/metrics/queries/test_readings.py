"""Readings: ratios of sums, the target of each day, scopes, reach, maturity, a fixed number of queries."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nastavnik.kernel import clock
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Period, ScopeKind, Verdict
from nastavnik.metrics.errors import UnknownMetric, UnknownScope
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import columns, readings, scopes
from nastavnik.metrics.queries.scopes import ORGANISATION, Scope
from nastavnik.people.models import GradeHolding, TeamMembership
from nastavnik.people.permissions import Reach
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


@pytest.fixture
def centre() -> Iterator[Centre]:
    with clock.frozen(AT):
        yield make.centre()


def one(code: str, scope: Scope, first: date = JULY, end: date = OCTOBER, **options: Any) -> Reading:
    """The reading of a whole time."""
    return readings.read([code], scope=scope, first=first, end=end, per=Period.WHOLE, **options)[code][0]


def of_person(centre: Centre, code: str) -> Scope:
    return Scope(ScopeKind.PERSON, centre.people[code].pk)


def of_team(centre: Centre, code: str) -> Scope:
    return Scope(ScopeKind.TEAM, centre.teams[code].pk)


def test_a_quarter_is_judged_piece_by_piece_across_a_change_of_target(centre: Centre) -> None:
    who = centre.people["A-1"]
    make.tally("reviews", [make.review(who, JULY + timedelta(days=n), 93) for n in range(30)] + [
        make.review(who, date(2026, 9, 1) + timedelta(days=n), 94) for n in range(10)
    ])  # fmt: skip
    make.target("qa", 920_000, date(2026, 1, 1), date(2026, 9, 1))
    make.target("qa", 950_000, date(2026, 9, 1))
    found = one("qa", of_person(centre, "A-1"))
    assert (found.period, found.scope, found.value, found.n) == ("2026-Q3", "person:A-1", 93.25, 40)
    assert (found.target, found.verdict, found.met) == (92.75, Verdict.MET, True)
    assert [(p.n, p.value, p.target, p.verdict, p.target_scope) for p in found.pieces] == [
        (30, 93.0, 92.0, Verdict.MET, "organisation"),
        (10, 94.0, 95.0, Verdict.MISSED, "organisation"),
    ]


def test_a_target_that_changes_in_the_middle_of_a_month_cuts_the_month_by_days(centre: Centre) -> None:
    who = centre.people["A-1"]
    make.tally("reviews", [make.review(who, date(2026, 8, 1) + timedelta(days=n), 90) for n in range(31)])
    make.target("qa", 920_000, date(2026, 1, 1), date(2026, 8, 11))
    make.target("qa", 850_000, date(2026, 8, 11))
    found = one("qa", of_person(centre, "A-1"))
    assert [(p.n, p.verdict) for p in found.pieces] == [(10, Verdict.MISSED), (21, Verdict.MET)]


def test_periods_without_records_are_shown_empty(centre: Centre) -> None:
    make.tally("reviews", [make.review(centre.people["A-1"], date(2026, 8, 5), 90)])
    make.target("qa", 920_000, date(2026, 1, 1))
    found = readings.read(["qa"], scope=of_team(centre, "red"), first=JULY, end=OCTOBER, per=Period.MONTH)["qa"]
    assert [(r.period, r.n, r.value, r.target) for r in found] == [
        ("2026-07", 0, None, 92.0), ("2026-08", 1, 90.0, 92.0), ("2026-09", 0, None, 92.0),
    ]  # fmt: skip


def test_targets_of_the_grade_of_the_day_judge_each_record_of_a_person(centre: Centre) -> None:
    who, ladder = centre.people["A-1"], centre.grades["junior"].ladder
    GradeHolding.objects.filter(person=who).update(active_to=date(2026, 8, 1))
    GradeHolding.objects.create(person=who, ladder=ladder, grade=centre.grades["senior"], active_from=date(2026, 8, 1))
    for code, amount in (("junior", 900_000), ("senior", 950_000)):
        make.target("qa", amount, date(2026, 1, 1), scope=Scope(ScopeKind.GRADE, centre.grades[code].pk))
    make.tally(
        "reviews", [make.review(who, day, 92) for day in (date(2026, 7, 5), date(2026, 8, 5)) for _n in range(10)]
    )
    found = one("qa", of_person(centre, "A-1"))
    assert [(p.target_scope, p.target, p.verdict) for p in found.pieces] == [
        ("grade:agent/junior", 90.0, Verdict.MET),
        ("grade:agent/senior", 95.0, Verdict.MISSED),
    ]
    assert (found.target, found.verdict) == (92.5, Verdict.MISSED)
    assert one("qa", of_team(centre, "red")).verdict == Verdict.NO_TARGET


def test_a_person_is_judged_by_a_personal_target_before_any_other(centre: Centre) -> None:
    make.tally("reviews", [make.review(centre.people["A-1"], JULY, 80) for _n in range(8)])
    make.target("qa", 920_000, date(2026, 1, 1))
    make.target("qa", 800_000, date(2026, 1, 1), scope=of_person(centre, "A-1"))
    assert one("qa", of_person(centre, "A-1")).met is True
    assert one("qa", of_team(centre, "red")).met is False
    by_team = readings.by(["qa"], by=ScopeKind.PERSON, within=of_team(centre, "red"), first=JULY, end=OCTOBER)["qa"]
    assert [r.target for r in by_team[centre.people["A-1"].pk]] == [80.0]


def test_lines_judge_the_organisation_not_at_all_and_a_team_by_their_share(centre: Centre) -> None:
    voice, chat = (Scope(ScopeKind.LINE, centre.lines[code].pk) for code in ("voice", "chat"))
    make.target("qa", 900_000, date(2026, 1, 1), scope=voice)
    make.target("qa", 800_000, date(2026, 1, 1), scope=chat)
    make.tally("reviews", [
        make.review(centre.people["A-1"], JULY, 85, line_id=line.id) for line in (voice, chat, chat, chat)
        for _n in range(3)
    ])  # fmt: skip
    found = one("qa", of_team(centre, "red"))
    assert (found.target, found.verdict, len(found.pieces)) == (82.5, Verdict.MET, 2)
    assert one("qa", ORGANISATION).verdict == Verdict.NO_TARGET


def test_lower_is_better_for_technical_refunds(centre: Centre) -> None:
    who = centre.people["A-1"]
    make.tally(
        "retention", [make.refund_wish(who, JULY, "refunded", "technical" if n < 1 else "price") for n in range(25)]
    )
    make.target("technical_refund_share", 70_000, date(2026, 1, 1))
    found = one("technical_refund_share", of_team(centre, "red"))
    assert (found.value, found.n, found.target, found.met) == (4.0, 25, 7.0, True)


def test_the_ratio_of_sums_is_read_not_the_mean_of_ratios(centre: Centre) -> None:
    wishes = [make.refund_wish(centre.people["A-1"], JULY, "retained" if n < 9 else "unresolved") for n in range(10)]
    wishes += [make.refund_wish(centre.people["A-2"], JULY, "retained" if n < 60 else "unresolved") for n in range(100)]
    make.tally("retention", wishes)
    found = one("retention", of_team(centre, "red"))
    assert (found.numerator, found.denominator, round(found.value or 0, 1)) == (69, 110, 62.7)


def test_history_stays_with_the_team_of_its_day(centre: Centre) -> None:
    who = centre.people["A-1"]
    make.tally("reviews", [make.review(who, day, 90) for day in (date(2026, 7, 5), date(2026, 9, 5))])
    TeamMembership.objects.filter(person=who).update(active_to=date(2026, 9, 1))
    TeamMembership.objects.create(person=who, team=centre.teams["blue"], active_from=date(2026, 9, 1))
    tallies.reattribute(person_ids=[who.pk], since=date(2026, 9, 1), at=AT)
    assert [one("qa", of_team(centre, code)).n for code in ("red", "blue")] == [1, 1]
    assert one("qa", of_person(centre, "A-1")).n == 2


def test_every_scope_adds_up_the_same_records(centre: Centre) -> None:
    rows = [
        make.contact(who, JULY + timedelta(days=40 * n), rating=1 + n, line_id=centre.lines["chat"].pk)
        for n in range(2) for who in centre.people.values()
    ]  # fmt: skip
    make.tally("contacts", rows)
    assert one("csat", ORGANISATION).n == 12
    for kind, units in (
        (ScopeKind.PERSON, 6), (ScopeKind.TEAM, 3), (ScopeKind.GRADE, 2), (ScopeKind.LINE, 1), (ScopeKind.PARTNER, 1),
    ):  # fmt: skip
        found = readings.by(["csat"], by=kind, within=ORGANISATION, first=JULY, end=OCTOBER)["csat"]
        assert len(found) == units
        assert sum(r[0].n for r in found.values()) == (4 if kind == ScopeKind.PARTNER else 12)
        for unit, found_one in found.items():
            assert one("csat", Scope(kind, unit)) == found_one[0]


@pytest.mark.parametrize("reach", ["team", "partner", "self", "everyone"])
def test_reach_limits_what_is_added_up(centre: Centre, reach: str) -> None:
    make.tally("contacts", [make.contact(who, JULY, rating=3) for who in [*centre.people.values(), None]])
    me = centre.people["A-1"].pk
    limits, seen = {
        "team": (Reach(me, team_ids=frozenset({centre.teams["blue"].pk})), 3),
        "partner": (Reach(me, partner_ids=frozenset({centre.partner.pk if centre.partner else 0})), 3),
        "self": (Reach(me), 1),
        "everyone": (Reach(me, everyone=True), 7),
    }[reach]
    assert one("csat", ORGANISATION, reach=limits).n == seen
    assert one("csat", of_person(centre, "A-1"), reach=limits).n == 1
    assert one("csat", of_person(centre, "A-2"), reach=limits).n == (1 if reach == "everyone" else 0)
    assert one("csat", of_team(centre, "blue"), reach=limits).n == {"team": 2, "everyone": 2}.get(reach, 0)
    people = readings.by(["csat"], by=ScopeKind.PERSON, within=ORGANISATION, first=JULY, end=OCTOBER, reach=limits)[
        "csat"
    ]
    assert len(people) == min(seen, 6)


def test_fcr_leaves_contacts_out_until_they_are_mature(centre: Centre) -> None:
    who = centre.people["A-1"]
    rows = [
        make.contact(who, date(2026, 9, 1) + timedelta(days=n), customer=f"c{n}", topic="a", resolved=True)
        for n in range(20)
    ]
    make.tally("contacts", rows)
    found = one("fcr", of_person(centre, "A-1"))
    assert (found.n, found.mature_until, found.incomplete) == (13, date(2026, 9, 13), True)
    assert one("fcr", of_person(centre, "A-1"), end=date(2026, 9, 10)).n == 9


def test_fcr_without_any_records_is_empty(centre: Centre) -> None:
    found = one("fcr", ORGANISATION)
    assert (found.n, found.mature_until) == (0, None)


def test_juniors_are_counted_on_the_last_day_of_each_period(centre: Centre) -> None:
    promoted = centre.people["A-1"]
    GradeHolding.objects.filter(person=promoted).update(active_to=date(2026, 8, 15))
    grade = centre.grades["senior"]
    GradeHolding.objects.create(person=promoted, ladder=grade.ladder, grade=grade, active_from=date(2026, 8, 15))
    found = readings.read(["junior_share"], scope=of_team(centre, "red"), first=JULY, end=OCTOBER, per=Period.MONTH)
    assert [(r.value, r.n, r.numerator) for r in found["junior_share"]] == [(50.0, 2, 1), (0.0, 2, 0), (0.0, 2, 0)]
    assert [r.low for r in found["junior_share"]] == [None] * 3


def test_a_headcount_of_a_period_that_goes_on_is_todays_and_of_one_to_come_is_empty(centre: Centre) -> None:
    found = readings.read(
        ["junior_share"], scope=ORGANISATION, first=date(2026, 11, 1), end=date(2027, 1, 1), per=Period.MONTH
    )["junior_share"]
    assert [(r.n, r.incomplete) for r in found] == [(6, True), (0, True)]


def test_juniors_are_counted_by_unit_and_within_reach(centre: Centre) -> None:
    by_line = readings.by(["junior_share"], by=ScopeKind.LINE, within=ORGANISATION, first=JULY, end=OCTOBER)
    assert {unit: r[0].n for unit, r in by_line["junior_share"].items()} == {
        centre.lines["voice"].pk: 2, centre.lines["chat"].pk: 4,
    }  # fmt: skip
    mine = Reach(centre.people["B-1"].pk)
    assert one("junior_share", ORGANISATION, reach=mine).n == 1


def test_the_number_of_queries_does_not_grow_with_what_is_asked(centre: Centre) -> None:
    make.tally("contacts", [
        make.contact(who, JULY + timedelta(days=n), rating=4, handled_ms=1) for who in centre.people.values()
        for n in range(3)
    ])  # fmt: skip
    make.target("csat", 40_000, date(2026, 1, 1))

    def count(codes: list[str], end: date, per: Period, within: Scope) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            readings.by(codes, by=ScopeKind.PERSON, within=within, first=JULY, end=end, per=per)
        return len(found)

    count(["csat"], date(2026, 8, 1), Period.WHOLE, of_team(centre, "red"))  # the zone is known from here on
    few = count(["csat"], date(2026, 8, 1), Period.WHOLE, of_team(centre, "red"))
    many = count(["csat", "csat_top", "aht", "sla"], OCTOBER, Period.DAY, ORGANISATION)
    assert few == many
    with CaptureQueriesContext(connection) as everything:
        readings.read(list(METRICS), scope=ORGANISATION, first=date(2025, 1, 1), end=OCTOBER, per=Period.WEEK)
    assert len(everything) <= 13  # one for each tally set, and what they share


def test_columns_of_the_records_split_a_figure_exactly(centre: Centre) -> None:
    make.tally("contacts", [
        make.contact(who, JULY, rating=1 + n, topic=topic, channel=n, line_id=centre.lines["chat"].pk, resolved=n == 1)
        for who in centre.people.values() for n, topic in enumerate(("a", "b", None))
    ])  # fmt: skip
    whole = one("csat", ORGANISATION)
    for column, titles in (
        ("topic", ["a", "b", "не указано"]),
        ("line", ["chat"]),
        ("channel", None),
        ("resolved", None),
    ):
        found = columns.by_column("csat", column=column, scope=ORGANISATION, first=JULY, end=OCTOBER)
        assert sum(row.reading.n for row in found) == whole.n
        assert sum(row.reading.numerator for row in found) == whole.numerator
        if titles == ["chat"]:
            assert [row.title for row in found] == titles
    assert columns.by_column("csat", column="customer", scope=ORGANISATION, first=JULY, end=OCTOBER) == []
    assert columns.by_column("junior_share", column="topic", scope=ORGANISATION, first=JULY, end=OCTOBER) == []


def test_scopes_are_read_back_from_their_text(centre: Centre) -> None:
    for text in ("organisation", "person:A-1", "team:red", "line:chat", "partner:partner", "grade:agent/senior"):
        assert scopes.text_of(scopes.parse(text)) == text
    assert scopes.title_of(scopes.parse("team:red")) == "red"
    assert scopes.title_of(ORGANISATION) == "Голос"


@pytest.mark.parametrize("text", ["", "person", "person:nobody", "organisation:1", "planet:earth", "grade:agent"])
def test_an_unknown_scope_is_refused(centre: Centre, text: str) -> None:
    with pytest.raises(UnknownScope):
        scopes.parse(text)


def test_an_unknown_metric_is_refused(centre: Centre) -> None:
    with pytest.raises(UnknownMetric, match="csatx"):
        one("csatx", ORGANISATION)


def test_no_time_gives_no_readings(centre: Centre) -> None:
    assert readings.read(["csat"], scope=ORGANISATION, first=JULY, end=JULY, per=Period.DAY) == {"csat": []}
