"""REST routes of ratings: ask for one, or bring what the customer said elsewhere."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth

from nastavnik.crisis.actions import ratings
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.crisis.money_permissions import may_see_money
from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.permissions import require
from nastavnik.people.key_auth import KeyAuth, limit_rate

REQUESTS_PER_MINUTE = 120
router = Router(tags=["ratings"], auth=[KeyAuth(), django_auth])


class Problem(Schema):
    """What went wrong, in a sentence."""

    message: str


class RatingIn(Schema):
    """A rating of a conversation, 1 to 5."""

    score: int = Field(ge=1, le=5)
    comment: str = Field("", max_length=2000)


class RatingOut(Schema):
    """The request: the customer's link until it is answered or expires."""

    token: str
    expires_at: datetime
    score: int | None


@router.post("/crisis/conversations/{public_id}/rating-request", response={200: RatingOut, 403: Problem, 404: Problem})
def ask(request: HttpRequest, public_id: str) -> RatingOut:
    """Ask for a rating; asked again, it is the same request. Put the token into the link `/crisis/rate/<token>/`."""
    return _out(_asked(request, public_id))


@router.post("/crisis/conversations/{public_id}/rating", response={200: RatingOut, 403: Problem, 404: Problem})
def answer(request: HttpRequest, public_id: str, body: RatingIn) -> RatingOut:
    """Bring a customer's rating from another system, once."""
    asked = _asked(request, public_id)
    return _out(ratings.answer(request=asked, score=body.score, comment=body.comment, at=clock.now()))


def _asked(request: HttpRequest, public_id: str) -> RatingRequest:
    limit_rate(request, REQUESTS_PER_MINUTE)
    require(may_see_money, request.user)
    found = Conversation.objects.select_related("case__assignee").filter(public_id=public_id.replace("\0", "")).first()
    if found is None:
        raise NotFound
    return ratings.ensure(conversation=found, at=clock.now())


def _out(asked: RatingRequest) -> RatingOut:
    return RatingOut(token=ratings.token_of(asked), expires_at=asked.expires_at, score=asked.score)
