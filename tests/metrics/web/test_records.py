"""Records and cells behind a figure: the same filter, the same sums."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from tests.metrics.world import World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db
SCOPES = ("organisation", "line:inbound", "team:in-2", "partner:north", "person:A-005")


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("code", ["csat", "qa", "retention", "technical_refund_share", "aht", "fcr", "sla"])
def test_the_records_own_sums_equal_the_figure(world: World, client_of: Enter, scope: str, code: str) -> None:
    client = client_of("head")
    screen = client.get(f"/metrics/{code}/records/?scope={scope}").context["screen"]
    figure = client.get(f"/metrics/{code}/?scope={scope}").context["screen"].figure
    assert screen.agrees is True
    assert screen.total == figure.n


def test_the_sums_are_said_in_the_metrics_terms(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/retention/records/").context["screen"]
    assert screen.sums == "252 / 378 = 66.7% of closed refund wishes"
    aht = client_of("head").get("/metrics/aht/records/?scope=team:in-1&from=2026-11-22&to=2026-11-22").context["screen"]
    assert aht.sums == "24\u00a0min / 6 = 4:00 of contacts answered"


def test_a_filter_narrows_the_records_and_names_the_whole(world: World, client_of: Enter) -> None:
    client = client_of("head")
    screen = client.get("/metrics/csat/records/?topic=возврат&most=4").context["screen"]
    assert screen.agrees is None
    assert screen.agreement == "Without these filters: 4.54, n = 1,512."
    topics = [column.key for column in screen.columns].index("topic")
    assert {row[topics].text for row in screen.rows} == {"возврат"}


def test_sorting_by_value_puts_the_worst_first(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/csat/records/?sort=value").context["screen"]
    assert {row[-1].text for row in screen.rows} == {"2.00"}


def test_pages_go_on_where_the_last_one_ended(world: World, client_of: Enter) -> None:
    client = client_of("head")
    pages = [client.get(f"/metrics/qa/records/?page={number}").context["screen"].rows for number in range(1, 7)]
    ids = [row[0].text for page in pages for row in page]
    assert len(ids) == len(set(ids)) == 252


def test_the_export_has_every_record(world: World, client_of: Enter) -> None:
    answer = client_of("head").get("/metrics/qa/records/?export=csv&scope=team:in-1")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == 1 + 84


def test_codes_of_closed_lists_are_read_as_words(world: World, client_of: Enter) -> None:
    screen = client_of("head").get("/metrics/retention/records/").context["screen"]
    outcome = [column.key for column in screen.columns].index("outcome")
    assert {row[outcome].text for row in screen.rows} == {"stayed", "refunded"}


def test_a_business_customer_reads_records_without_names(world: World, client_of: Enter) -> None:
    client = client_of("customer")
    screen = client.get("/metrics/csat/records/").context["screen"]
    assert "person" not in [column.key for column in screen.columns]
    export = b"".join(client.get("/metrics/csat/records/?export=csv").streaming_content).decode("utf-8-sig")
    assert "person" not in export.split("\r\n")[0]
    assert client.get("/metrics/csat/cells/").context["screen"].shows_people is False


def test_cells_add_up_to_the_figure_and_open_their_records(world: World, client_of: Enter) -> None:
    client = client_of("head")
    answer = client.get("/metrics/csat/cells/?scope=person:A-001&from=2026-11-20&to=2026-11-22")
    screen = answer.context["screen"]
    assert [(row.day.day, row.n, row.numerator) for row in screen.rows] == [(22, 2, 10), (21, 2, 10), (20, 2, 10)]
    assert screen.sums == "30 / 6 = 5.00 of answered surveys"
    behind = client.get(screen.rows[0].url).context["screen"]
    assert behind.total == 2


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "abc", "7000"])
def test_a_page_number_out_of_range_is_harmless(world: World, client_of: Enter, page: str) -> None:
    assert client_of("head").get(f"/metrics/csat/records/?page={page}").status_code == 200


UNREADABLE = (
    "from=x&to=y", "from=2026-11-30&to=2026-01-01", "per=fortnight", "line=no&channel=77&least=a", "sort=drop",
)  # fmt: skip


@pytest.mark.parametrize("query", UNREADABLE)
def test_what_cannot_be_read_falls_back(world: World, client_of: Enter, query: str) -> None:
    assert client_of("head").get(f"/metrics/csat/records/?{query}").status_code == 200
