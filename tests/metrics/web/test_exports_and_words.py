"""Exports of every page, other periods, sentences of the journal, large centres."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.permissions import figures_reach
from nastavnik.metrics.queries import screens_metric, screens_people
from nastavnik.metrics.queries.screens_frame import When, frame_for_all
from nastavnik.metrics.queries.screens_standing import team_standing
from nastavnik.metrics.queries.screens_teams import teams_table
from tests.metrics.world import TODAY, World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db
WHEN = When(TODAY, date(2026, 8, 26), date(2026, 11, 24))


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize(("path", "rows"), [
    ("/metrics/csat/", 4), ("/metrics/csat/people/", 9), ("/metrics/csat/cells/?from=2026-11-20&to=2026-11-22", 27),
    ("/metrics/teams/in-1/", 32), ("/metrics/targets/?state=all", 5),
])  # fmt: skip
def test_every_table_is_exported_whole(world: World, client_of: Enter, path: str, rows: int) -> None:
    found = lines(client_of("head").get(f"{path}{'&' if '?' in path else '?'}export=csv"))
    assert len(found) == 1 + rows


def test_own_figures_are_exported(world: World, client_of: Enter) -> None:
    assert len(lines(client_of("A-001").get("/metrics/mine/?export=csv"))) > 1


def test_workbooks_come_too(world: World, client_of: Enter) -> None:
    answer = client_of("head").get("/metrics/?export=xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(("per", "last"), [("week", "week of 23\u00a0Nov\u00a02026"), ("quarter", "Q4 2026")])
def test_the_board_goes_by_weeks_and_quarters(world: World, client_of: Enter, per: str, last: str) -> None:
    board = client_of("head").get(f"/metrics/?per={per}").context["board"]
    assert [column.title for column in board.columns][-1] == last
    assert len(board.columns) == 7


def test_a_metric_by_week_labels_its_mondays(world: World, client_of: Enter) -> None:
    trend = client_of("head").get("/metrics/csat/?per=week").context["screen"].trend
    assert trend.frame.x_ticks[-1].text == "23\u00a0Nov"


def test_a_board_without_records_says_how_to_begin(world: World, client_of: Enter) -> None:
    answer = client_of("head").get("/metrics/?scope=person:X-1")
    assert (answer.context["board"].rows, "No records of work yet" in answer.content.decode()) == ([], True)


def test_records_without_a_target_are_not_judged(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/sla/").context["screen"]
    assert screen.statement == "SLA: 100.0%, no target is set"


def test_days_without_records_have_no_figure(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/csat/?from=2020-01-01&to=2020-01-31").context["screen"]
    assert screen.statement == "CSAT: no records in these days"


def test_who_stands_out_is_named_alphabetically(world: World) -> None:
    standing = team_standing(frame_for_all(world.people["head"], WHEN))
    told = {line.title: line.words for line in standing.lines}
    assert told["CSAT"] == (
        "заметно выше: Алёхина Яна, Белов Яна, Волкова Яна; заметно ниже: Жукова Яна, Зимин Яна, Ильина Яна"
    )


def test_a_large_centre_shows_teams_as_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens_metric, "MOST_MULTIPLES", 2)
    frame = frame_for_all(world.people["head"], WHEN)
    screen = screens_metric.metric_screen(frame, screens_metric.readings.metric_of("csat"))
    assert screen.multiples == []
    assert screen.teams is not None
    assert [row.label for row in screen.teams.rows] == ["Север-1", "Вход-2", "Вход-1"]


def test_a_large_centre_loads_the_funnel_by_itself(
    world: World, client_of: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens_people, "MOST_DOTS", 5)
    client = client_of("head")
    screen = client.get("/metrics/csat/people/").context["people"]
    assert screen.funnel is None
    chart = client.get(screen.funnel_url).context["funnel"]
    assert len(chart.marks) == 9


def test_teams_without_columns_make_no_table(world: World) -> None:
    assert teams_table(frame_for_all(world.people["head"], WHEN), []).rows == []


def test_a_lead_reaches_the_teams_led(world: World) -> None:
    reach = figures_reach(world.people["lead"])
    assert reach is not None
    assert reach.team_ids == {world.teams["in-1"].pk}


@pytest.mark.parametrize(("kind", "data", "sentence"), [
    ("metrics.target_set", {"metric": "qa", "scope": "team:in-1", "target": 950_000, "since": "2026-10-01"},
     "set the target QA ≥\u00a095% (team in-1) from 1\u00a0Oct\u00a02026"),
    ("metrics.target_closed", {"metric": "aht", "scope": "organisation", "floor": 1_800_000, "target": 3_300_000,
                               "since": "2026-10-01"},
     "closed the target AHT 3:00–5:30 (organisation) from 1\u00a0Oct\u00a02026"),
    ("metrics.target_set", {"metric": "gone", "scope": "x:y", "target": 1}, "set the target gone (x y) from "),
    ("metrics.facts_loaded", {"stream": "contacts", "accepted": 1512, "first_day": "2026-11-01",
                              "last_day": "2026-11-22"},
     "loaded 1,512 records (contacts, 1–22\u00a0Nov\u00a02026)"),
    ("metrics.facts_loaded", {"stream": "gone", "accepted": 1}, "loaded 1 record (gone, )"),
    ("metrics.mapping_saved", {"name": "calls"}, "saved the mapping «calls»"),
])  # fmt: skip
def test_the_journal_speaks_in_sentences(kind: str, data: dict[str, Any], sentence: str) -> None:
    with override("en"):
        assert journal.sentence(JournalEntry(kind=kind, at=datetime(2026, 11, 23, tzinfo=UTC), data=data)) == sentence
