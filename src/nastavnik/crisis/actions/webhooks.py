"""Conversations that other systems send. Sent again, nothing changes; out of order, each message finds its place."""

import hashlib
import hmac
from datetime import datetime

from django.db import transaction

from nastavnik.crisis.actions import intake, messages
from nastavnik.crisis.actions.intake import Admitted, Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.logic.payloads import Incoming
from nastavnik.crisis.models import CaseSource, Conversation
from nastavnik.people.models import Person


def is_signed(source: CaseSource, body: bytes, headers: dict[str, str]) -> bool:
    """Whether the sender knows the secret: as a token, or by a signature of the body (SHA-256, Zammad's SHA-1)."""
    secret = source.secret.encode()
    bearer = headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if bearer:
        return hmac.compare_digest(bearer.encode(), secret)
    given = headers.get("X-Nastavnik-Signature") or headers.get("X-Hub-Signature") or ""
    method, _, digest = given.partition("=")
    if method not in ("sha256", "sha1") or not digest:
        return False
    # SHA-1 is what Zammad signs with; HMAC does not rest on its collisions.
    expected = hmac.new(secret, body, hashlib.sha256 if method == "sha256" else hashlib.sha1).hexdigest()
    return hmac.compare_digest(digest.encode(), expected.encode())


def take_in(*, source: CaseSource, incoming: Incoming, at: datetime) -> Admitted | None:
    """Keep what a source sent; None for the end of a conversation we never saw."""
    with transaction.atomic():
        done = intake.admit(arrival=_arrival(source, incoming), by=None, at=at) if incoming.spoken else None
        if incoming.ended_at is not None:
            rows = Conversation.objects.filter(origin=source.code, external_id=incoming.conversation_id)
            for talk in rows:
                messages.end(
                    conversation=talk, at=min(incoming.ended_at, at), hung_up_by=incoming.hung_up_by
                )  # fmt: skip
    return done


def _arrival(source: CaseSource, incoming: Incoming) -> Arrival:
    codes = {one.agent for one in incoming.spoken if one.agent}
    agents = {person.code: person for person in Person.objects.filter(code__in=codes)} if codes else {}
    return Arrival(
        customer_id=incoming.customer_id, customer_name=incoming.customer_name, lang=incoming.lang,
        contacts=incoming.contacts, contract_id=incoming.contract_id, kind=incoming.kind or source.kind,
        subject=incoming.subject, channel=incoming.channel, origin=source.code, external_id=incoming.conversation_id,
        opened_at=min(one.at for one in incoming.spoken), team=source.team,
        said=[
            Said(
                text=one.text, at=one.at, side=one.side, agent=agents.get(one.agent), source_id=one.id,
                seg_start=one.seg_start, seg_end=one.seg_end, is_automatic=one.is_automatic,
            )
            for one in incoming.spoken
        ],
    )  # fmt: skip
