from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import ratings
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.crisis.money_errors import AskedAlready, BadRatingLink, RatedAlready, RatingClosed
from tests.factories.crisis import a_bare_case
from tests.factories.people import AT

pytestmark = pytest.mark.django_db


def a_conversation() -> Conversation:
    case = a_bare_case()
    return Conversation.objects.create(case=case, customer=case.customer, channel="chat", started_at=AT)


def a_request() -> RatingRequest:
    return ratings.ask(conversation=a_conversation(), person=None, at=AT)


def test_a_rating_is_asked_once_per_conversation() -> None:
    asked = a_request()
    with pytest.raises(AskedAlready):
        ratings.ask(conversation=asked.conversation, person=None, at=AT)


def test_the_answer_is_stored_once_and_told_to_the_case() -> None:
    asked = a_request()
    found = ratings.by_token(ratings.token_of(asked))
    answered = ratings.answer(request=found, score=5, comment="Спасибо\0!", at=AT)
    assert (answered.score, answered.comment) == (5, "Спасибо!")
    assert asked.case is not None
    assert list(asked.case.events.values_list("kind", "payload")) == [("rated", {"score": 5})]
    with pytest.raises(RatedAlready):
        ratings.answer(request=found, score=1, comment="", at=AT)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_only_one_to_five_are_ratings(score: int) -> None:
    with pytest.raises(ratings.ScoreOutOfRange):
        ratings.answer(request=a_request(), score=score, comment="", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingRequest.objects.update(score=score if score > 0 else 0, answered_at=AT)


def test_the_link_expires_and_cannot_be_made_up() -> None:
    asked = a_request()
    with pytest.raises(RatingClosed):
        ratings.answer(request=asked, score=5, comment="", at=AT + timedelta(days=7))
    token = ratings.token_of(asked)
    for bad in ("", "x", token[:-1], asked.public_id):
        with pytest.raises(BadRatingLink):
            ratings.by_token(bad)
