"""Every page as every role: outsiders and partners see only what is theirs."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern

from nastavnik.metrics.web import import_urls
from nastavnik.metrics.web.urls import urlpatterns
from tests.metrics.world import World

Enter = Callable[[str], Client]
pytestmark = pytest.mark.django_db
SCOPED = (
    "/metrics/csat/", "/metrics/csat/people/", "/metrics/csat/first-places/", "/metrics/csat/records/",
    "/metrics/csat/cells/", "/metrics/csat/slices/",
)  # fmt: skip
EXPORTED = ("/metrics/csat/", "/metrics/csat/people/", "/metrics/csat/records/", "/metrics/csat/cells/")
STRANGERS = {
    "A-001": ("organisation", "team:in-1", "line:inbound", "person:A-002", "partner:north"),
    "nobody": ("organisation", "team:in-1", "person:A-001"),
    "lead": ("team:in-2", "partner:north", "person:A-004"),
    "partner_lead": ("team:in-1", "person:A-001"),
}
FOREIGN_NAMES = {
    "A-001": ("Громов", "Жукова"), "nobody": ("Алёхина", "Громов", "Жукова"), "lead": ("Громов", "Жукова"),
    "partner_lead": ("Алёхина", "Громов"),
}  # fmt: skip


@pytest.mark.parametrize("path", SCOPED)
@pytest.mark.parametrize(("who", "scope"), [(who, scope) for who, scopes in STRANGERS.items() for scope in scopes])
def test_scopes_out_of_reach_are_not_there(world: World, client_of: Enter, path: str, who: str, scope: str) -> None:
    assert client_of(who).get(f"{path}?scope={scope}").status_code == 404


@pytest.mark.parametrize("who", ["lead", "partner_lead", "nobody"])
def test_no_page_names_somebody_out_of_reach(world: World, client_of: Enter, who: str) -> None:
    client = client_of(who)
    for path in (*SCOPED, "/metrics/", "/metrics/targets/", "/metrics/mine/", "/", "/search/?q=яна"):
        text = client.get(path).content.decode()
        assert [name for name in FOREIGN_NAMES[who] if name in text] == [], path


@pytest.mark.parametrize("who", ["lead", "partner_lead"])
@pytest.mark.parametrize("path", EXPORTED)
def test_no_export_names_somebody_out_of_reach(world: World, client_of: Enter, who: str, path: str) -> None:
    answer = client_of(who).get(f"{path}?export=csv")
    text = b"".join(answer.streaming_content).decode()
    assert [name for name in FOREIGN_NAMES[who] if name in text] == []


@pytest.mark.parametrize(("who", "other", "status"), [
    ("A-001", "A-001", 200), ("A-001", "A-002", 404), ("lead", "A-002", 200), ("lead", "A-004", 404),
    ("partner_lead", "A-007", 200), ("partner_lead", "A-001", 404), ("head", "A-007", 200), ("customer", "A-001", 404),
    ("nobody", "A-001", 404),
])  # fmt: skip
def test_figures_of_a_person_open_within_reach(
    world: World, client_of: Enter, who: str, other: str, status: int
) -> None:
    person = world.people[other]
    client = client_of(who)
    for tail in ("", "panel/", "standing/"):
        assert client.get(f"/metrics/people/{person.public_id}/{tail}").status_code == status


@pytest.mark.parametrize(("who", "team", "status"), [
    ("lead", "in-1", 200), ("lead", "in-2", 404), ("partner_lead", "north-1", 200), ("partner_lead", "in-1", 404),
    ("A-001", "in-1", 404), ("head", "north-1", 200),
])  # fmt: skip
def test_figures_of_a_team_open_within_reach(world: World, client_of: Enter, who: str, team: str, status: int) -> None:
    client = client_of(who)
    for tail in ("", "panel/", "standing/"):
        assert client.get(f"/metrics/teams/{team}/{tail}").status_code == status


@pytest.mark.parametrize("who", ["lead", "customer", "A-001"])
def test_targets_are_set_by_those_with_the_right(world: World, client_of: Enter, who: str) -> None:
    client = client_of(who)
    assert client.get("/metrics/targets/set/").status_code == 403
    assert client.post("/metrics/targets/set/confirm/", {}).status_code == 403
    assert client.post("/metrics/targets/1/close/", {}).status_code == 403


def test_every_page_asks_for_a_log_in(world: World) -> None:
    own = [one for one in urlpatterns if one not in import_urls.urlpatterns]
    for one in own:
        assert isinstance(one, URLPattern)
        path = str(one.pattern)
        for argument, value in (("<str:public_id>", "x"), ("<slug:code>", "csat"), ("<int:target_id>", "1")):
            path = path.replace(argument, value)
        answer = Client().get(f"/metrics/{path}")
        assert (answer.status_code, "/accounts/login/" in answer.headers.get("location", "")) == (302, True), path
