"""Ranking over cells: tiers with names, opt-outs, limits, months in first place."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nastavnik.kernel import clock
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.enums import ScopeKind, Tier
from nastavnik.metrics.logic.funnel import Flag
from nastavnik.metrics.logic.ranking import FirstPlace
from nastavnik.metrics.models import CellEdition
from nastavnik.metrics.queries import ranking
from nastavnik.metrics.queries.scopes import ORGANISATION
from nastavnik.people.models import Person, TeamMembership
from nastavnik.people.reach import organisations_zone
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


@pytest.fixture
def centre() -> Iterator[Centre]:
    with clock.frozen(AT):
        yield make.centre()


def rank(code: str = "retention", by: ScopeKind = ScopeKind.PERSON) -> ranking.Ranking:
    return ranking.rank(code, by=by, within=ORGANISATION, first=JULY, end=OCTOBER)


def wishes(centre: Centre, kept: dict[str, tuple[int, int]], day: date = JULY) -> None:
    make.tally("retention", [
        make.refund_wish(centre.people[code], day, "retained" if n < stayed else "unresolved")
        for code, (stayed, of) in kept.items() for n in range(of)
    ])  # fmt: skip


def test_the_known_answer_puts_one_above_and_the_rest_within_noise_in_alphabetical_order(centre: Centre) -> None:
    wishes(centre, {"C-2": (9, 10), "B-1": (46, 50), "A-2": (150, 200), "C-1": (88, 100), "A-1": (5, 10)})
    found = rank()
    assert [(row.name, row.tier, row.raw_place) for row in found.rows] == [
        ("B-1 Яна", Tier.ABOVE, 1),
        ("A-1 Яна", Tier.WITHIN, 5),
        ("A-2 Яна", Tier.WITHIN, 4),
        ("C-1 Яна", Tier.WITHIN, 3),
        ("C-2 Яна", Tier.WITHIN, 2),
    ]
    best = found.rows[0]
    assert (best.value, best.n) == (92.0, 50)
    assert (round(best.estimate or 0, 3), round(best.probability or 0, 4)) == (89.349, 0.9783)
    assert (found.is_ranked, found.no_difference, str(found.note)) == (True, False, "")
    assert round(found.average or 0, 4) == 80.5405


def test_too_few_records_come_last_without_a_place(centre: Centre) -> None:
    wishes(centre, {"A-1": (9, 9), "A-2": (46, 50), "B-1": (150, 200), "B-2": (88, 100), "C-1": (5, 10)})
    last = rank().rows[-1]
    assert (last.name, last.tier, last.raw_place) == ("A-1 Яна", Tier.TOO_FEW, None)
    assert rank().funnel is not None
    assert len(rank().funnel.points) == 4  # type: ignore[union-attr]  # asserted just above


def test_equal_people_are_within_noise_and_the_note_says_so(centre: Centre) -> None:
    wishes(centre, {code: (80 + number % 3, 100) for number, code in enumerate(centre.people)})
    found = rank()
    assert found.no_difference
    assert {row.tier for row in found.rows} == {Tier.WITHIN}
    assert str(found.note)
    assert found.funnel is not None
    assert {point.flag for point in found.funnel.points} == {Flag.INSIDE}
    assert found.funnel.curve[0][0] == 10


def test_quality_is_ranked_by_points_earned_of_points_possible(centre: Centre) -> None:
    make.tally("reviews", [
        make.review(who, JULY + timedelta(days=n), 70 + number * 5 + n % 3, 100)
        for number, who in enumerate(centre.people.values()) for n in range(10)
    ])  # fmt: skip
    found = rank("qa")
    assert [row.tier for row in found.rows] == [Tier.ABOVE] * 3 + [Tier.BELOW] * 3
    assert [row.raw_place for row in found.rows] == [3, 2, 1, 6, 5, 4]


def test_a_band_and_a_headcount_have_no_ranking(centre: Centre) -> None:
    make.tally("contacts", [make.contact(who, JULY, handled_ms=60_000) for who in centre.people.values()])
    found = rank("aht")
    assert (found.is_ranked, found.funnel, found.average) == (False, None, None)
    assert (found.rows[0].name, found.rows[0].tier, found.rows[0].value) == ("A-1 Яна", None, 60.0)
    assert "AHT" in str(found.note)
    assert str(rank("junior_share", by=ScopeKind.TEAM).note) != str(found.note)


def test_fewer_than_five_are_listed_without_a_ranking(centre: Centre) -> None:
    wishes(centre, {"A-1": (9, 10), "B-1": (46, 50)})
    found = rank()
    assert (found.is_ranked, [row.tier for row in found.rows], found.rows[0].probability) == (False, [None, None], None)
    assert [row.name for row in rank(by=ScopeKind.TEAM).rows] == ["blue", "red"]


def test_agents_see_neither_who_opted_out_nor_places_beyond_the_limit(centre: Centre) -> None:
    wishes(centre, {"A-1": (46, 50), "A-2": (45, 50), "B-1": (40, 50), "B-2": (30, 50), "C-1": (10, 50)})
    Person.objects.filter(code="A-2").update(hides_rank=True)
    found = rank()
    me = centre.people["C-1"].pk
    shown = ranking.for_agents(found, me, 3)
    assert sorted(row.name for row in shown.rows) == ["A-1 Яна", "B-1 Яна", "C-1 Яна"]
    assert shown.funnel is not None
    assert len(shown.funnel.points) == 3
    assert len(ranking.for_agents(found, centre.people["A-2"].pk, 3).rows) == 3
    assert ranking.for_agents(rank("csat"), me, 3).rows == ()


def test_months_in_first_place_end_with_the_last_whole_month(centre: Centre) -> None:
    levels = {"A-1": 98, "A-2": 60, "B-1": 62, "B-2": 70, "C-1": 40}
    for month in (6, 7, 8, 9):
        kept = dict(levels) | ({"B-2": 99, "A-1": 50} if month == 7 else {})
        wishes(centre, {code: (stayed, 100) for code, stayed in kept.items()}, date(2026, month, 15))
    found = ranking.months_in_first_place(
        "retention", by=ScopeKind.PERSON, within=ORGANISATION, end=date(2026, 10, 20), months=6
    )
    assert found == {centre.people["A-1"].pk: FirstPlace(2, 3), centre.people["B-2"].pk: FirstPlace(0, 1)}
    assert ranking.months_in_first_place("aht", by=ScopeKind.PERSON, within=ORGANISATION, end=OCTOBER) == {}


def test_a_ranking_takes_as_many_queries_for_many_as_for_few(centre: Centre) -> None:
    wishes(centre, {"A-1": (9, 10)})
    organisations_zone()  # kept by the process for some seconds, whichever test asked before
    with CaptureQueriesContext(connection) as few:
        rank()
    wishes(centre, {code: (9, 10 + n) for n, code in enumerate(centre.people)})
    with CaptureQueriesContext(connection) as many:
        rank()
    assert len(few) == len(many) <= 6


def test_a_remembered_comparison_is_forgotten_when_records_or_teams_change(centre: Centre) -> None:
    wishes(centre, {"A-1": (45, 50), "A-2": (150, 200), "B-1": (46, 50), "B-2": (88, 100), "C-1": (40, 50)})
    assert len(rank().rows) == 5
    with CaptureQueriesContext(connection) as again:
        assert len(rank().rows) == 5
    assert [one["sql"] for one in again.captured_queries if "GROUP BY" in one["sql"]] == []
    wishes(centre, {"C-2": (40, 50)}, date(2026, 7, 2))
    assert len(rank().rows) == 6
    edition = CellEdition.objects.get().number
    who = centre.people["C-1"]
    TeamMembership.objects.filter(person=who).update(active_to=JULY)
    TeamMembership.objects.create(person=who, team=centre.teams["blue"], active_from=JULY)
    tallies.reattribute(person_ids=[who.pk], since=JULY, at=AT)
    assert CellEdition.objects.get().number == edition + 1


def test_nothing_is_forgotten_when_the_facts_stay_the_same(centre: Centre) -> None:
    wishes(centre, {"A-1": (45, 50)})
    edition = CellEdition.objects.get().number
    tallies.retally(stream="retention", days=None, at=AT)
    assert CellEdition.objects.get().number == edition
