"""A rating is asked once per conversation and answered once, by a signed link or by API."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import events
from nastavnik.crisis.enums import EventKind, Source
from nastavnik.crisis.events import ContactRated, RatingInvited
from nastavnik.crisis.models import Conversation, RatingRequest
from nastavnik.crisis.money_errors import AskedAlready, BadRatingLink, RatedAlready, RatingClosed
from nastavnik.kernel.errors import InvalidInput
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

OPEN_FOR = timedelta(days=7)
SALT = "crisis.rating"
COMMENT_LETTERS = 2000


class ScoreOutOfRange(InvalidInput):
    """A rating is a whole number from 1 to 5."""


def ask(*, conversation: Conversation, person: Person | None, at: datetime) -> RatingRequest:
    """Ask the customer how the conversation was. Raises AskedAlready."""
    try:
        with transaction.atomic():
            return RatingRequest.objects.create(
                conversation=conversation, case=conversation.case, person=person, asked_at=at,
                expires_at=at + OPEN_FOR,
            )  # fmt: skip
    except IntegrityError as error:
        raise AskedAlready from error


def ensure(*, conversation: Conversation, at: datetime) -> RatingRequest:
    """The request of a conversation, made where there is none; who is rated is who has the case."""
    found = RatingRequest.objects.select_related("case").filter(conversation=conversation).first()
    if found is not None:
        return found
    person = conversation.case.assignee if conversation.case else None
    return ask(conversation=conversation, person=person, at=at)


def invite(*, conversation: Conversation, at: datetime) -> RatingRequest | None:
    """Ask by letter, once; None where the customer was asked already. The letter follows the request, never precedes
    it: a link into a transaction that came to nothing would be dead for good.
    """
    if RatingRequest.objects.filter(conversation=conversation).exists():
        return None
    with transaction.atomic():
        asked = ensure(conversation=conversation, at=at)
        publish(RatingInvited(asked.pk), at=at)
    return asked


def token_of(request: RatingRequest) -> str:
    """What the link carries: the same each time it is asked for, and nobody can make one up."""
    return signing.Signer(salt=SALT).sign(request.public_id)


def by_token(token: str) -> RatingRequest:
    """The request a link stands for. Raises BadRatingLink."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise BadRatingLink from error
    found = RatingRequest.objects.select_related("conversation", "case").filter(public_id=public_id).first()
    if found is None:
        raise BadRatingLink
    return found


def answer(*, request: RatingRequest, score: int, comment: str, at: datetime) -> RatingRequest:
    """Store the customer's answer, once. Raises ScoreOutOfRange, RatedAlready, RatingClosed."""
    if not 1 <= score <= 5:
        raise ScoreOutOfRange
    with transaction.atomic():
        locked = RatingRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
        if locked.answered_at is not None:
            raise RatedAlready
        if at >= locked.expires_at:
            raise RatingClosed
        locked.score, locked.answered_at = score, at
        locked.comment = comment.replace("\0", "").strip()[:COMMENT_LETTERS]
        locked.save(update_fields=["score", "comment", "answered_at"])
        if locked.case is not None:
            events.record(
                case=locked.case, kind=EventKind.RATED, payload={"score": score}, actor=None, at=at,
                idem=f"rated:{locked.public_id}", source=Source.CUSTOMER,
            )  # fmt: skip
        publish(ContactRated(locked.pk, locked.conversation_id, score, at), at=at)
    return locked
