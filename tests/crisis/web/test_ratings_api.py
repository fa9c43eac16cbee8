"""Ratings over the API, and what an ended conversation sets going."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from nastavnik.crisis.actions import ratings
from nastavnik.crisis.events import ContactEnded, ContactRated
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.kernel import clock
from nastavnik.kernel.events import deliver, reactions_to
from nastavnik.kernel.models import OutboxEvent
from nastavnik.metrics import store
from tests.factories.crisis import a_bare_case, a_contract, a_crisis_manager, a_customer
from tests.factories.people import AT, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Any:
    an_organisation()
    with clock.frozen(AT + timedelta(minutes=5)):
        yield


def a_talk(**customer: Any) -> Conversation:
    case = a_bare_case(a_contract(a_customer(**customer)), assignee=a_crisis_manager())
    return Conversation.objects.create(case=case, customer=case.customer, channel="chat", started_at=AT)


def call(client: Client, talk: Conversation, what: str, **body: Any) -> Any:
    url = f"/api/v1/crisis/conversations/{talk.public_id}/{what}"
    return client.post(url, json.dumps(body), content_type="application/json")


def test_another_system_asks_for_a_rating_and_brings_it_once() -> None:
    talk, client = a_talk(), Client(headers={"accept-language": "en"})
    client.force_login(a_crisis_manager())
    first, again = call(client, talk, "rating-request"), call(client, talk, "rating-request")
    assert (first.status_code, first.json()) == (200, again.json())
    assert ratings.by_token(first.json()["token"]).conversation == talk
    assert call(client, talk, "rating", score=6).status_code == 422
    assert call(client, talk, "rating", score=4, comment="Хорошо").json()["score"] == 4
    assert "rated already" in call(client, talk, "rating", score=1).json()["message"]


def test_the_api_is_closed_to_others() -> None:
    talk, client = a_talk(), Client()
    assert call(client, talk, "rating", score=5).status_code == 401
    client.force_login(a_person())
    assert call(client, talk, "rating", score=5).status_code == 403
    assert RatingRequest.objects.count() == 0


def react(event: ContactEnded | ContactRated) -> None:
    for handler in reactions_to(type(event)).values():
        handler(event, clock.now())


def test_an_ended_conversation_asks_once_by_letter(settings: Any) -> None:
    settings.PUBLIC_URL = "https://desk.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    talk = a_talk(contacts={"email": "maria@example.com"}, lang="ru")
    for _ in range(2):
        react(ContactEnded(talk.pk, AT))
    assert mail.outbox == []  # a link may leave only when its request is there for good
    asked = RatingRequest.objects.get()
    invited = OutboxEvent.objects.get(kind="crisis.RatingInvited")
    for _ in range(2):
        deliver(invited.pk, AT)
    assert [letter.to for letter in mail.outbox] == [["maria@example.com"]]
    assert f"https://desk.example/crisis/rate/{ratings.token_of(asked)}/" in mail.outbox[0].body
    assert talk.case is not None
    assert asked.person == talk.case.assignee


def test_a_rating_joins_the_row_of_its_contact() -> None:
    talk = a_talk()
    asked = ratings.answer(request=ratings.ensure(conversation=talk, at=AT), score=5, comment="", at=AT)
    react(ContactRated(asked.pk, talk.pk, 5, AT))
    with store.connect() as duck:
        rows = duck.execute(f"SELECT rating, survey_sent FROM {store.relation_sql('contacts')}").fetchall()
    assert rows == [(5, True)]
