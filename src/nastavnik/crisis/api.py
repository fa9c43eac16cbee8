"""REST routes of the crisis desk: conversations that other systems send by webhook."""

import json
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from nastavnik.crisis.actions import webhooks
from nastavnik.crisis.logic import payloads
from nastavnik.crisis.models import CaseSource
from nastavnik.kernel import clock

BODY_LIMIT = 1024 * 1024
REQUESTS_PER_MINUTE = 600
router = Router(tags=["crisis"], auth=None)


class Message(Schema):
    """What went wrong, in a sentence."""

    message: str


class Taken(Schema):
    """`accepted`: kept, or known already; `ignored`: of no interest to the desk."""

    status: str
    case: int | None = None
    new_messages: int = 0


_FAILURES: dict[int, Any] = {401: Message, 404: Message, 413: Message, 422: Message, 429: Message}


@router.post("/events/{source_id}/", response={200: Taken, **_FAILURES}, auth=None)
def receive(request: HttpRequest, source_id: str) -> Taken:
    """A conversation with its messages, in the dialect of the source. The same again changes nothing.

    Signed by `Authorization: Bearer <secret>` or `X-Nastavnik-Signature: sha256=<HMAC of the body>`.
    """
    source = CaseSource.objects.select_related("team").filter(public_id=source_id, is_active=True).first()
    if source is None:
        raise HttpError(404, _("There is no such source of cases."))
    _limit_rate(source)
    if len(request.body) > BODY_LIMIT:
        raise HttpError(413, _("The request is too large. Send it in parts."))
    if not webhooks.is_signed(source, request.body, dict(request.headers)):
        raise HttpError(401, _("The signature or the token does not fit."))
    incoming = _read(source, request.body)
    done = webhooks.take_in(source=source, incoming=incoming, at=clock.now()) if incoming else None
    if done is None:
        return Taken(status="ignored" if incoming is None else "accepted")
    return Taken(status="accepted", case=done.case.number, new_messages=done.messages)


def _read(source: CaseSource, body: bytes) -> payloads.Incoming | None:
    try:
        return payloads.read(source.preset, json.loads(body))
    except (payloads.BadPayload, ValueError, RecursionError) as error:
        text = str(error) if isinstance(error, payloads.BadPayload) else "JSON"
        raise HttpError(422, _("The body cannot be read: {place}.").format(place=text)) from error


def _limit_rate(source: CaseSource) -> None:
    """At most 600 requests a minute for a source; approximate where several processes count at once."""
    minute = int(clock.now().timestamp() // 60)
    key = f"crisis-hook:{source.pk}:{minute}"
    seen = int(cache.get(key, 0)) + 1
    if seen > REQUESTS_PER_MINUTE:
        raise HttpError(429, _("Too many requests: at most %(most)s a minute.") % {"most": REQUESTS_PER_MINUTE})
    cache.set(key, seen, timedelta(minutes=2).total_seconds())
