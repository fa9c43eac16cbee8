"""The first page by what a person answers for, and the search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.metrics.world import World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "view", "counts"), [
    ("A-001", "agent", (3, None)), ("lead", "lead", (8, 1)), ("partner_lead", "lead", (8, 1)), ("head", "head", (8, 3)),
    ("academy", "head", (8, 3)), ("customer", "head", (8, 3)), ("admin", "keeper", (8, 3)),
    ("nobody", "agent", (0, None)),
])  # fmt: skip
def test_the_first_page_is_by_what_one_answers_for(
    world: World, client_of: Enter, who: str, view: str, counts: tuple[int, int | None]
) -> None:
    screen = client_of(who).get("/").context["screen"]
    shown = None if screen.teams is None else len(screen.teams.rows)
    assert (screen.view, len(screen.tiles), shown) == (view, *counts)


def test_an_agent_sees_three_figures_with_targets(world: World, client_of: Enter) -> None:
    screen = client_of("A-001").get("/").context["screen"]
    assert [one.code for one in screen.tiles] == ["csat", "qa", "retention"]
    assert all(one.target for one in screen.tiles)


def test_teams_that_miss_most_come_first(world: World, client_of: Enter) -> None:
    teams = client_of("head").get("/").context["screen"].teams
    assert [(row.name, row.missed) for row in teams.rows] == [("Север-1", 3), ("Вход-1", 2), ("Вход-2", 2)]
    assert teams.problem == "QA is missed by 3 teams"


def test_imports_and_jobs_show_to_those_who_import(world: World, client_of: Enter) -> None:
    assert client_of("lead").get("/").context["upkeep"] is None
    assert client_of("admin").get("/").context["upkeep"].failed == 0


def test_what_is_loaded_until_when_is_told(world: World, client_of: Enter) -> None:
    rows = client_of("head").get("/").context["screen"].freshness
    assert [(one.stream, one.days_behind, one.records) for one in rows] == [
        ("contacts", 1, 1512), ("reviews", 1, 252), ("retention", 1, 378), ("cases", 0, 0),
        ("exam_results", 0, 0), ("plan_items", 0, 0),
    ]  # fmt: skip


def test_strangers_are_asked_to_log_in(world: World) -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/accounts/login/?next=/")


def test_queries_of_the_first_page_are_few(world: World, client_of: Enter, django_assert_max_num_queries: Any) -> None:
    client = client_of("head")
    client.get("/")
    with django_assert_max_num_queries(48):
        client.get("/")


def hits(answer: Any) -> dict[str, list[str]]:
    return {group.title: [hit.title for hit in group.hits] for group in answer.context["groups"]}


def test_search_finds_people_teams_metrics_and_pages(world: World, client_of: Enter) -> None:
    client = client_of("head")
    assert hits(client.get("/search/?q=алех")) == {"People": ["Алёхина Яна"]}
    assert hits(client.get("/search/?q=alekhina")) == {"People": ["Алёхина Яна"]}
    assert hits(client.get("/search/?q=вход")) == {"Teams": ["Вход-1", "Вход-2"]}
    assert hits(client.get("/search/?q=retent"))["Metrics"] == ["Retention"]
    assert "Metrics" in hits(client.get("/search/?q=metr"))["Pages"]


def test_search_keeps_to_the_reach(world: World, client_of: Enter) -> None:
    assert hits(client_of("lead").get("/search/?q=яна")) == {
        "People": ["Алёхина Яна", "Белов Яна", "Волкова Яна", "Рыбакова Яна"]
    }
    assert hits(client_of("A-001").get("/search/?q=вход")) == {}
    assert hits(client_of("nobody").get("/search/?q=яна")) == {"People": ["Чужова Яна"]}


def test_many_people_lead_on_to_the_list(world: World, client_of: Enter) -> None:
    group = client_of("head").get("/search/?q=яна").context["groups"][0]
    assert len(group.hits) == 8
    assert group.more_url.endswith("?q=%D1%8F%D0%BD%D0%B0")


@pytest.mark.parametrize("text", ["", "я", "   ", "%", "(((", "\\", "я" * 5000])
def test_any_text_is_a_harmless_search(world: World, client_of: Enter, text: str) -> None:
    assert client_of("head").get("/search/", {"q": text}).status_code == 200


def test_the_dialog_gets_a_fragment(world: World, client_of: Enter) -> None:
    answer = client_of("head").get("/search/?q=вход", headers={"hx-request": "true"})
    assert "<html" not in answer.content.decode()
