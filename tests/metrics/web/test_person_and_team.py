"""A person's and a team's figures: pages, panels in the slots of people, what is beyond chance."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nastavnik.kernel import slots
from tests.metrics.world import World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def test_my_figures_say_what_is_short_of_the_target(world: World, client_of: Enter) -> None:
    screen = client_of("A-001").get("/metrics/mine/").context["screen"]
    assert screen.title == "My figures"
    assert screen.statement == "1 of 3 targets are met"
    assert "QA (−0.5)" in screen.lead


def test_a_tile_knows_its_target_its_n_and_when_it_is_too_few(world: World, client_of: Enter) -> None:
    tiles = {one.code: one for one in client_of("A-001").get("/metrics/mine/").context["screen"].tiles}
    assert (tiles["csat"].state, tiles["csat"].value, tiles["csat"].n) == ("met", "5.00", 58)
    assert (tiles["technical_refund_share"].state, tiles["technical_refund_share"].need) == ("too_few_data", 10)
    assert tiles["fcr"].note == "of resolved contacts of known customers; mature until 15\u00a0Nov\u00a02026"


def test_an_agent_is_told_a_tier_and_no_place(world: World, client_of: Enter) -> None:
    public_id = world.people["A-001"].public_id
    standing = client_of("A-001").get(f"/metrics/people/{public_id}/standing/").context["standing"]
    assert [(line.title, line.words) for line in standing.lines] == [
        ("CSAT", "clearly above"), ("QA", "clearly above"), ("Retention", "clearly below"),
    ]  # fmt: skip


def test_the_team_page_has_members_by_metric_and_the_team_as_weighted_total(world: World, client_of: Enter) -> None:
    screen = client_of("lead").get("/metrics/teams/in-1/").context["screen"]
    assert [row.name for row in screen.rows] == ["Алёхина Яна", "Белов Яна", "Волкова Яна"]
    column = [one.code for one in screen.columns].index("csat")
    assert [row.figures[column].bare for row in screen.rows] == ["5.00", "5.00", "5.00"]
    members = [row.figures[column].reading for row in screen.rows]
    total = screen.totals[column].reading
    assert (total.n, total.numerator) == (sum(one.n for one in members), sum(one.numerator for one in members))


def test_a_team_without_records_says_so(world: World, client_of: Enter) -> None:
    screen = client_of("lead").get("/metrics/teams/in-1/?from=2020-01-01&to=2020-01-31").context["screen"]
    assert (screen.statement, screen.rows) == ("No records in these days", [])


def test_few_people_are_not_compared(world: World, client_of: Enter) -> None:
    standing = client_of("lead").get("/metrics/teams/in-1/standing/").context["standing"]
    assert standing.lines == []
    assert standing.rest.startswith("CSAT, QA, Retention, FCR, SLA: nobody differs")


def test_panels_of_figures_are_in_the_slots_of_people() -> None:
    found = slots.all_slots()
    assert "metrics.figures" in found["people.person.panels"]
    assert "metrics.figures" in found["people.team.panels"]


def test_panels_are_fragments_with_tiles(world: World, client_of: Enter) -> None:
    client = client_of("lead")
    for path in (f"/metrics/people/{world.people['A-001'].public_id}/panel/", "/metrics/teams/in-1/panel/"):
        answer = client.get(path)
        assert "<html" not in answer.content.decode()
        assert {one.code for one in answer.context["tiles"]} >= {"csat", "qa", "retention"}


def test_queries_do_not_grow_with_members(world: World, client_of: Enter, django_assert_max_num_queries: Any) -> None:
    client = client_of("head")
    client.get("/metrics/teams/in-1/")
    with django_assert_max_num_queries(32):
        client.get("/metrics/teams/in-1/")
