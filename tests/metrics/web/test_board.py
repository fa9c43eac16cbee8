"""The board: metrics by periods, judged by the target of their days."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nastavnik.metrics.enums import Period
from nastavnik.metrics.logic.presets import back
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries.scopes import ORGANISATION
from tests.metrics.world import TODAY, World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def test_the_board_says_first_how_many_targets_are_met(world: World, client_of: Enter) -> None:
    board = client_of("head").get("/metrics/").context["board"]
    assert board.statement == "1 of 4 targets are met"
    assert board.lead == "November\u00a02026 so far. Missed: CSAT, QA, Retention."


def test_six_periods_and_the_one_running_stand_side_by_side(world: World, client_of: Enter) -> None:
    board = client_of("head").get("/metrics/").context["board"]
    assert [(column.first.month, column.open) for column in board.columns] == [
        (5, False), (6, False), (7, False), (8, False), (9, False), (10, False), (11, True),
    ]  # fmt: skip


def test_a_cell_holds_what_a_reading_says(world: World, client_of: Enter) -> None:
    row = next(one for one in client_of("head").get("/metrics/").context["board"].rows if one.code == "qa")
    first = back(Period.MONTH, TODAY, 6)
    told = readings.read(["qa"], scope=ORGANISATION, first=first, end=row.figures[-1].reading.end, per=Period.MONTH)[
        "qa"
    ]
    assert [one.reading for one in row.figures] == told
    assert [one.state for one in row.figures[-3:]] == ["missed", "missed", "missed"]
    assert row.target == "≥\u00a095%"


def test_other_ways_of_counting_show_on_request(world: World, client_of: Enter) -> None:
    client = client_of("head")
    plain = {row.code for row in client.get("/metrics/").context["board"].rows}
    asked = {row.code for row in client.get("/metrics/?variants=1").context["board"].rows}
    assert asked - plain == {
        "csat_top", "csat_low", "sla_answered", "sla_offered", "sla_abandoned_fail", "technical_refund_share_of_cases",
    }  # fmt: skip


def test_the_board_of_a_team_holds_the_teams_records_only(world: World, client_of: Enter) -> None:
    board = client_of("head").get("/metrics/?scope=team:in-1").context["board"]
    assert board.scope_title == "Вход-1"
    csat = next(row for row in board.rows if row.code == "csat")
    assert csat.figures[-1].bare == "5.00"


def test_a_leads_board_is_of_the_leads_own_people(world: World, client_of: Enter) -> None:
    board = client_of("lead").get("/metrics/").context["board"]
    assert board.scope_title == "My people"
    assert next(row for row in board.rows if row.code == "csat").figures[-1].bare == "5.00"


def test_the_export_has_a_line_per_metric_and_period(world: World, client_of: Enter) -> None:
    client = client_of("head")
    board = client.get("/metrics/").context["board"]
    answer = client.get("/metrics/?export=csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == 1 + len(board.rows) * len(board.columns)
    assert lines[0][:4] == ["Metric", "First day", "Last day", "Value"]


def test_the_number_of_queries_does_not_grow_with_people(
    world: World, client_of: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("head")
    client.get("/metrics/")
    with django_assert_max_num_queries(25):
        client.get("/metrics/")


@pytest.mark.parametrize("who", ["A-001", "nobody"])
def test_who_sees_only_oneself_has_no_board(world: World, client_of: Enter, who: str) -> None:
    answer = client_of(who).get("/metrics/")
    assert answer.status_code == 403
    assert "see the figures of more than oneself" in answer.content.decode()
