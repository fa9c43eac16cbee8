"""The kit page: every component renders in both languages, with nothing inline, only where it is wanted."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """Collects what a strict policy forbids, ids used twice and labels without a field."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.ids: list[str] = []
        self.parts: set[str] = set()
        self.labels: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.forbidden += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.forbidden.append(tag)
        if identifier := found.get("id"):
            self.ids.append(identifier)
        if part := found.get("data-part"):
            self.parts.add(part)
        if tag == "label" and (target := found.get("for")):
            self.labels.add(target)


@pytest.fixture
def page(client: Client, settings: Settings) -> str:
    settings.SHOW_KIT = True
    return client.get("/kit/", headers={"accept-language": "en"}).content.decode()


def test_the_kit_is_shown_only_where_it_is_wanted(client: Client, settings: Settings) -> None:
    settings.SHOW_KIT = False
    assert client.get("/kit/").status_code == 404


def test_nothing_on_the_page_breaks_a_strict_policy(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.forbidden == []


def test_every_id_is_used_once_and_every_label_has_its_field(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert sorted(reader.ids) == sorted(set(reader.ids))
    assert reader.labels - set(reader.ids) == set()


def test_every_component_with_a_mark_of_its_own_is_on_the_page(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.parts == {
        "badge", "callout", "chart", "chart-multiples", "confidence-bar", "confirm", "copy", "dialog", "empty-state",
        "export-links", "filter-bar", "form", "form-errors", "form-field", "page-head", "pagination", "progress",
        "sparkline", "stat-tile", "state", "stepper", "table", "tabs", "timeline",
    }  # fmt: skip


def test_a_russian_page_keeps_points_in_the_geometry(client: Client, settings: Settings) -> None:
    settings.SHOW_KIT = True
    page = client.get("/kit/", headers={"accept-language": "ru"}).content.decode()
    assert re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width|height|viewBox)="[^"]*,[^"]*"', page) == []
    assert "4,90" in page


def test_active_filters_are_chips_that_can_be_taken_away(client: Client, settings: Settings) -> None:
    settings.SHOW_KIT = True
    page = client.get(
        "/kit/?line=chat&present=on&page=2&sort=-csat", headers={"accept-language": "en"}
    ).content.decode()
    assert re.findall(r'class="chip" href="([^"]+)"', page) == [
        "?present=on&amp;sort=-csat",
        "?line=chat&amp;sort=-csat",
    ]
    assert 'aria-sort="descending"><a href="?line=chat&amp;present=on&amp;sort=csat">' in page


def test_a_toast_offers_its_undo(client: Client, settings: Settings) -> None:
    settings.SHOW_KIT = True
    page = client.get("/kit/?toast=1", headers={"accept-language": "en"}).content.decode()
    assert re.findall(r'class="toast tone-(\w+)"', page) == ["success", "warning"]
    assert page.count('<form method="post" action="/kit/">') == 1
