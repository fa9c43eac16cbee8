"""Conversations as rows of `contacts`. A customer who came back in the same conversation is a contact of its own, so
that the share solved at once counts the return within its declared window. Sent again, nothing changes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from nastavnik.crisis.actions.facts import CHANNELS, push
from nastavnik.crisis.enums import Channel, Side
from nastavnik.crisis.logic.calendars import to_ms
from nastavnik.crisis.logic.standing import Visit, visits
from nastavnik.crisis.models import Conversation, Message
from nastavnik.crisis.queries.logs import entries, policy_of

LONGEST = timedelta(days=31)  # what the stream takes


def push_contacts_of(*, case_id: int, at: datetime) -> None:
    """The contacts of a case that was closed or reopened: whether they were solved has changed."""
    ended = Conversation.objects.filter(case_id=case_id, ended_at__isnull=False)
    push_contacts(conversation_ids=list(ended.values_list("pk", flat=True)), at=at)


def push_contacts(*, conversation_ids: Sequence[int], at: datetime) -> None:
    """Ended conversations as rows, one for each coming of the customer."""
    talks = Conversation.objects.filter(pk__in=conversation_ids).select_related(
        "customer", "case__assignee", "case__team__line", "case__cached", "rating"
    )
    said = Prefetch("messages", Message.objects.only("conversation_id", "n", "at", "side").order_by("at", "n"))
    rows = [row for talk in talks.prefetch_related(said) for row in _rows(talk)]
    if rows:
        push("contacts", rows, at)


def _rows(talk: Conversation) -> list[dict[str, Any]]:
    came = _visits(talk)
    ends = [*(visit.began for visit in came[1:]), None]
    parts: list[tuple[int, Visit, list[Message]]] = []
    for place, (visit, end) in enumerate(zip(came, ends, strict=True)):
        own = [
            one for one in talk.messages.all()
            if (not place or to_ms(one.at) >= visit.began) and (end is None or to_ms(one.at) < end)
        ]  # fmt: skip
        if own or not place:
            parts.append((place, visit, own))
    last = parts[-1][0]
    return [_row(talk, place, visit, own, is_last=place == last) for place, visit, own in parts]


def _visits(talk: Conversation) -> list[Visit]:
    """One, unless the case was reopened."""
    case = talk.case
    if case is None:
        return [Visit(to_ms(talk.started_at))]
    if not case.cached.reopened:
        return [Visit(to_ms(talk.started_at), case.outcome)]
    return visits(entries(case.pk), policy_of(case))


def _row(talk: Conversation, place: int, visit: Visit, said: Sequence[Message], *, is_last: bool) -> dict[str, Any]:
    """The rating is that of the last coming."""
    case, asked = talk.case, getattr(talk, "rating", None) if is_last else None
    came = next((one.at for one in said if one.side == Side.CUSTOMER), None)
    answered = next((one.at for one in said if one.side == Side.AGENT), None)
    began = came or talk.started_at
    ended = max([*(one.at for one in said[-1:]), *([talk.ended_at] if talk.ended_at and is_last else []), began])
    line = case.team.line if case and case.team else None
    return {
        "id": f"talk-{talk.public_id}" + (f"-{place + 1}" if place else ""),
        "person": case.assignee.code if case and case.assignee else None,
        "started_at": began.isoformat(),
        "channel": CHANNELS[Channel(talk.channel)],
        "line": line.code if line else None,
        "topic": case.kind if case else None,
        "answered": answered is not None,
        "start_delay_ms": _ms(began, answered),
        "waited_ms": _ms(began, answered),
        "handled_ms": _ms(answered, ended),
        "customer": talk.customer.ext_id,
        "survey_sent": asked is not None,
        "rating": asked.score if asked else None,
        "resolved": visit.solved,
    }


def _ms(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None:
        return None
    return round(min(max(end - start, timedelta()), LONGEST).total_seconds() * 1000)
