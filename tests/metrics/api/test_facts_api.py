"""Records pushed over the API."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from nastavnik.config.api import api
from nastavnik.config.wsgi import application
from nastavnik.kernel import clock
from nastavnik.metrics import api as metrics_api
from nastavnik.metrics import store
from nastavnik.people.actions import api_keys
from nastavnik.people.models import Person
from tests.factories.facts import NOW, centre, contact, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    centre()
    return api_keys.create(person=planner(), name="telephony", by=None, at=NOW).secret


def push(key: str, rows: Any, stream: str = "contacts") -> tuple[int, Any]:
    client = Client(headers={"authorization": f"Bearer {key}", "accept-language": "en"})
    body = rows if isinstance(rows, str) else json.dumps({"rows": rows})
    with clock.frozen(NOW):
        answer = client.post(f"/api/v1/facts/{stream}", body, content_type="application/json")
    return answer.status_code, answer.json()


def counts(answer: Any) -> list[int]:
    return [answer[name] for name in ("read", "accepted", "rejected", "replaced", "unchanged")]


def test_a_batch_is_stored_once_however_often_it_is_sent(key: str) -> None:
    rows = [contact(1), contact(2, rating=4, answered=True)]
    assert [counts(push(key, rows)[1]) for _ in range(2)] == [[2, 2, 0, 0, 0], [2, 0, 0, 0, 2]]


def test_a_corrected_record_replaces_the_old_one_also_on_another_day(key: str) -> None:
    push(key, [contact(1), contact(2)])
    status, answer = push(key, [contact(1, started_at="2026-11-01T08:00:00+03:00", rating=1)])
    assert (status, counts(answer)) == (200, [1, 1, 0, 1, 0])
    with store.connect() as duck:
        found = duck.execute(
            f"SELECT id, day::VARCHAR, started_at::VARCHAR, rating FROM {store.relation_sql('contacts')} ORDER BY id"
        ).fetchall()
    assert found == [
        ("C1", "2026-11-01", "2026-11-01 05:00:00", 1),
        ("C2", "2026-10-03", "2026-10-03 07:00:00", 5),
    ]


def test_bad_rows_are_named_and_good_ones_stored(key: str) -> None:
    status, answer = push(key, [contact(1), contact(2, rating=6), {}])
    assert (status, counts(answer)) == (200, [3, 1, 2, 0, 0])
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [
        (2, "rating"), (3, "id"), (3, "started_at"),
    ]  # fmt: skip


def test_what_cannot_be_a_batch_is_refused_as_declared(key: str) -> None:
    assert push(key, [contact(1)], stream="letters")[0] == 404
    assert push(key, [{"secret": 1}])[0] == 422
    assert push(key, [{}] * 5001)[0] == 422
    assert push(key, "{")[0] in (400, 422)
    assert push(key, '{"rows": ["' + "x" * 6_000_000 + '"]}')[0] == 413
    assert push("nk_wrong", [contact(1)])[0] == 401


def test_a_person_without_the_right_is_refused(key: str) -> None:
    agent = Person.objects.get(code="a-1")
    secret = api_keys.create(person=agent, name="mine", by=None, at=NOW).secret
    assert push(secret, [contact(1)])[0] == 403


def test_a_revoked_key_opens_nothing(key: str) -> None:
    person = Person.objects.get(code="planner")
    api_keys.revoke(key=person.api_keys.get(), by=None, at=NOW)
    assert push(key, [contact(1)])[0] == 401


def test_a_session_needs_the_csrf_token(key: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(code="planner"))
    answer = client.post("/api/v1/facts/contacts", json.dumps({"rows": []}), content_type="application/json")
    assert answer.status_code == 403


def test_too_many_requests_are_slowed_down(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_api, "REQUESTS_PER_MINUTE", 1)
    assert [push(key, [])[0] for _ in range(2)] == [200, 429]


def test_streams_document_their_columns(key: str) -> None:
    client = Client(headers={"authorization": f"Bearer {key}", "accept-language": "en"})
    found = {stream["name"]: stream for stream in client.get("/api/v1/streams").json()}
    assert list(found) == ["contacts", "reviews", "retention", "cases", "exam_results", "plan_items"]
    rating = next(column for column in found["contacts"]["columns"] if column["name"] == "rating")
    assert (rating["least"], rating["most"], rating["required"]) == (1, 5, False)


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """The test's own connection stays open between requests of the real WSGI application."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
def test_the_api_keeps_to_its_own_description(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schemathesis makes requests from the schema and checks every answer against it."""
    monkeypatch.setattr(metrics_api, "REQUESTS_PER_MINUTE", 1_000_000)
    described = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    described.app = application
    for operation in described.get_all_operations():
        _exercise(operation.ok(), key)


def _exercise(operation: Any, key: str) -> None:
    # The same requests in every run: what new dice would find is for whoever changes the API.
    @settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=[ignored_auth])

    check()
