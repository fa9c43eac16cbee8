"""The page of one metric: statement, trend with the steps of its target, teams, people, slices."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.metrics.world import World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def test_the_page_states_the_figure_and_its_judgement(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/csat/").context["screen"]
    assert screen.statement == "CSAT: 4.54, the target is missed"
    assert screen.figure.target == "≥\u00a04.85"


def test_a_period_with_two_targets_is_shown_in_pieces(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/qa/?from=2026-09-01&to=2026-10-31").context["screen"]
    assert screen.pieces == [
        "1–30\u00a0Sep\u00a02026: 91.5%, target ≥\u00a092%, n = 90: missed",
        "1–31\u00a0Oct\u00a02026: 91.5%, target ≥\u00a095%, n = 90: missed",
    ]
    assert screen.target_note == "weighted by n over its changes, floor 86.5%"


def test_the_chart_draws_the_target_as_steps_and_names_the_change(world: World, client_of: Enter) -> None:
    chart = client_of("head").get("/metrics/qa/").context["screen"].trend
    assert [label.text for label in chart.events] == ["target ≥\u00a095%"]
    assert [row.target for row in chart.rows] == ["92.0%", "95.0%", "95.0%"]
    assert [row.incomplete for row in chart.rows] == [False, False, True]


def test_teams_stand_side_by_side_on_one_axis(world: World, client_of: Enter) -> None:
    charts = client_of("head").get("/metrics/csat/").context["screen"].multiples
    assert [chart.title for chart in charts] == ["Вход-1", "Вход-2", "Север-1"]
    assert len({tuple(tick.text for tick in chart.frame.y_ticks) for chart in charts}) == 1


def test_people_come_in_tiers_alphabetically_with_the_raw_order_beside(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/csat/people/").context["people"]
    tiers = {tier.code: [row.name for row in tier.rows] for tier in screen.tiers}
    assert tiers == {
        "above": ["Алёхина Яна", "Белов Яна", "Волкова Яна"],
        "within": ["Громов Яна", "Дёмина Яна", "Ершов Яна"],
        "below": ["Жукова Яна", "Зимин Яна", "Ильина Яна"],
    }
    assert [row.place for row in screen.raw] == [1, 1, 1, 4, 4, 4, 7, 7, 7]


def test_a_team_alike_is_said_to_be_within_noise(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/csat/people/?scope=line:inbound&from=2026-11-20&to=2026-11-22").context
    assert screen["people"].answer != ""
    assert all(tier.code != "above" or not tier.rows for tier in screen["people"].tiers)


def test_the_part_for_the_metric_page_is_a_fragment(world: World, client_of: Enter) -> None:
    answer = client_of("head").get("/metrics/csat/people/", headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_an_agent_sees_own_row_and_the_first_within_the_limit(world: World, client_of: Enter) -> None:
    from nastavnik.people.models import Organisation

    Organisation.objects.update(rank_limit=1)
    shown = client_of("A-004").get("/metrics/csat/people/").context["people"]
    assert [row.name for row in shown.raw if row.place == 1] == ["Алёхина Яна", "Белов Яна", "Волкова Яна"]
    assert [(row.name, row.url != "") for row in shown.raw if row.place != 1] == [("Громов Яна", True)]
    assert all(row.url == "" for row in shown.raw if row.place == 1)


def test_a_partners_agent_is_compared_within_the_partner_centre(world: World, client_of: Enter) -> None:
    shown = client_of("A-007").get("/metrics/csat/people/").context["people"]
    assert {row.name for row in shown.raw} == {"Жукова Яна"}
    assert shown.lead.startswith("Север")


def test_a_business_customer_sees_the_figure_and_no_people(world: World, client_of: Enter) -> None:
    client = client_of("customer")
    assert client.get("/metrics/csat/").context["people_url"] == ""
    assert client.get("/metrics/csat/people/").status_code == 403


def test_slices_are_the_records_own(world: World, client_of: Enter) -> None:
    tables = client_of("head").get("/metrics/csat/slices/").context["slices"]
    assert [table.title for table in tables] == ["Channel", "Line", "Topic"]
    whole = client_of("head").get("/metrics/csat/").context["screen"].figure
    assert [sum(row.n for row in table.rows) for table in tables] == [whole.n] * 3


def test_months_in_first_place_are_told(world: World, client_of: Enter) -> None:
    rows = client_of("head").get("/metrics/csat/first-places/").context["rows"]
    assert {row.name: row.in_all for row in rows} == {"Алёхина Яна": 2, "Белов Яна": 2, "Волкова Яна": 2}


def test_an_unknown_metric_is_not_found(world: World, client_of: Enter) -> None:
    assert client_of("head").get("/metrics/happiness/").status_code == 404


def test_an_agents_page_is_about_the_agent(world: World, client_of: Enter) -> None:
    screen = client_of("A-001").get("/metrics/csat/").context["screen"]
    assert screen.lead.startswith("Алёхина Яна")


@pytest.mark.parametrize(
    "path", ["/metrics/csat/", "/metrics/csat/people/", "/metrics/qa/slices/", "/metrics/qa/cells/"]
)
def test_queries_stay_few(
    world: World, client_of: Enter, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    client = client_of("head")
    client.get(path)
    with django_assert_max_num_queries(36):
        assert client.get(path).status_code == 200
