"""What other systems send, as what came: plain JSON, Chatwoot, Zammad. Pure: a body in, an `Incoming` out.

None means that the event is of no interest (a private note, a change of labels): it is answered kindly and dropped.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

MESSAGES_LIMIT = 500
CHANNELS = ("chat", "call", "email", "form")
KINDS = ("refund", "complaint", "payment", "claim", "public", "legal")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.I)


class BadPayload(ValueError):
    """The body is not what the dialect says; the message names the place."""


@dataclass(frozen=True)
class Spoken:
    """One message: `at` aware, `agent` the code of a person or empty, segments in ms."""

    id: str
    at: datetime
    side: str
    text: str
    agent: str = ""
    is_automatic: bool = False
    seg_start: int | None = None
    seg_end: int | None = None


@dataclass(frozen=True)
class Incoming:
    """A conversation with some of its messages."""

    conversation_id: str
    customer_id: str
    customer_name: str = ""
    lang: str = "ru"
    contacts: dict[str, str] = field(default_factory=dict)
    channel: str = "chat"
    kind: str = ""
    contract_id: str = ""
    subject: str = ""
    spoken: tuple[Spoken, ...] = ()
    ended_at: datetime | None = None
    hung_up_by: str = ""


def read(preset: str, body: Any) -> Incoming | None:
    """The body in its dialect. Raises BadPayload."""
    if not isinstance(body, Mapping):
        raise BadPayload("the body must be a JSON object")
    return _READERS[preset](body)


def _generic(body: Mapping[str, Any]) -> Incoming | None:
    customer = _object(body, "customer")
    raw = body.get("messages", [])
    if not isinstance(raw, list) or len(raw) > MESSAGES_LIMIT:
        raise BadPayload(f"messages: a list of at most {MESSAGES_LIMIT}")
    channel, kind = _text(body, "channel") or "chat", _text(body, "kind")
    if channel not in CHANNELS:
        raise BadPayload(f"channel: one of {', '.join(CHANNELS)}")
    if kind and kind not in KINDS:
        raise BadPayload(f"kind: one of {', '.join(KINDS)}")
    ended = body.get("ended_at")
    return Incoming(
        conversation_id=_needed(body, "conversation_id"), customer_id=_needed(customer, "id"),
        customer_name=_text(customer, "name"), lang=_text(customer, "lang") or "ru",
        contacts={key: _text(customer, key) for key in ("email", "phone") if customer.get(key)}, channel=channel,
        kind=kind, contract_id=_text(body, "contract_id"), subject=_text(body, "subject"),
        spoken=tuple(_spoken(one, place) for place, one in enumerate(raw)),
        ended_at=_moment(ended, "ended_at") if ended else None, hung_up_by=_side(body.get("hung_up_by") or "", True),
    )  # fmt: skip


def _spoken(one: Any, place: int) -> Spoken:
    where = f"messages[{place}]"
    if not isinstance(one, Mapping):
        raise BadPayload(f"{where}: an object")
    return Spoken(
        id=_needed(one, "id", where), at=_moment(one.get("at"), f"{where}.at"),
        side=_side(one.get("side"), False, where),
        text=_text(one, "text"), agent=_text(one, "agent"), is_automatic=one.get("automatic") is True,
        seg_start=_ms(one.get("from_ms"), where), seg_end=_ms(one.get("to_ms"), where),
    )  # fmt: skip


def _chatwoot(body: Mapping[str, Any]) -> Incoming | None:
    """`message_created` of a contact or an agent; a resolved conversation ends."""
    event = _text(body, "event")
    if event == "conversation_status_changed" and _text(body, "status") == "resolved":
        sender = _sender(body)
        return Incoming(
            _needed(body, "id"), _contact_id(sender), ended_at=_moment(body.get("updated_at"), "updated_at")
        )
    if event != "message_created" or body.get("private") is True:
        return None
    kind = body.get("message_type")
    side = {"incoming": "customer", "outgoing": "agent", "template": "agent", 0: "customer", 1: "agent", 3: "agent"}
    if isinstance(kind, bool) or not isinstance(kind, str | int) or kind not in side:
        return None
    conversation = _object(body, "conversation")
    sender = _sender(conversation) or _object(body, "sender")
    spoken = Spoken(
        id=_needed(body, "id"), at=_moment(body.get("created_at"), "created_at"), side=side[kind],
        text=_text(body, "content"), is_automatic=kind in ("template", 3),
    )  # fmt: skip
    return Incoming(
        conversation_id=_needed(conversation, "id", "conversation"), customer_id=_contact_id(sender),
        customer_name=_text(sender, "name"), channel=_channel(_text(conversation, "channel")), spoken=(spoken,),
        contacts={
            name: _text(sender, key)
            for name, key in (("email", "email"), ("phone", "phone_number"))
            if sender.get(key)
        },
    )  # fmt: skip


def _sender(conversation: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = conversation.get("meta")
    found = meta.get("sender") if isinstance(meta, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _contact_id(sender: Mapping[str, Any]) -> str:
    return _text(sender, "identifier") or f"chatwoot:{_needed(sender, 'id', 'sender')}"


def _channel(name: str) -> str:
    return "email" if "Email" in name else "chat"


def _zammad(body: Mapping[str, Any]) -> Incoming | None:
    """A trigger's webhook: the ticket with its latest article. Internal articles are notes."""
    ticket, article = _object(body, "ticket"), _object(body, "article")
    if article.get("internal") is True:
        return None
    customer = _object(ticket, "customer")
    sender = article.get("sender")
    name = sender.get("name") if isinstance(sender, Mapping) else sender
    side = {"Customer": "customer", "Agent": "agent", "System": "agent"}.get(str(name))
    if side is None:
        raise BadPayload("article.sender: Customer, Agent or System")
    text = _text(article, "body")
    if "html" in _text(article, "content_type"):
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    spoken = Spoken(
        id=_needed(article, "id", "article"), at=_moment(article.get("created_at"), "article.created_at"), side=side,
        text=text.strip(), is_automatic=name == "System",
    )  # fmt: skip
    return Incoming(
        conversation_id=_needed(ticket, "id", "ticket"), customer_id=f"zammad:{_needed(customer, 'id', 'customer')}",
        customer_name=f"{_text(customer, 'firstname')} {_text(customer, 'lastname')}".strip(), channel="email",
        contacts={key: _text(customer, key) for key in ("email", "phone") if customer.get(key)},
        subject=_text(ticket, "title"), spoken=(spoken,),
    )  # fmt: skip


_READERS: dict[str, Callable[[Mapping[str, Any]], Incoming | None]] = {
    "generic": _generic, "chatwoot": _chatwoot, "zammad": _zammad,
}  # fmt: skip


def _object(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = body.get(key)
    if not isinstance(found, Mapping):
        raise BadPayload(f"{key}: an object")
    return found


def _text(body: Mapping[str, Any], key: str) -> str:
    found = body.get(key)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise BadPayload(f"{key}: text")
    return str(found)


def _needed(body: Mapping[str, Any], key: str, where: str = "") -> str:
    found = _text(body, key).strip()
    if not found:
        raise BadPayload(f"{where}.{key} is missing".lstrip("."))
    if len(found) > 120:
        raise BadPayload(f"{where}.{key}: at most 120 characters".lstrip("."))
    return found


def _side(value: Any, may_be_empty: bool, where: str = "") -> str:
    if value in ("customer", "agent", "system") or (may_be_empty and value == ""):
        return str(value)
    raise BadPayload(f"{where}.side: customer, agent or system".lstrip("."))


def _ms(value: Any, where: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2_000_000_000:
        raise BadPayload(f"{where}: milliseconds from the start of the call")
    return value


def _moment(value: Any, where: str) -> datetime:
    """ISO 8601 with a zone, or seconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        raise BadPayload(f"{where}: a moment as 2026-11-23T12:00:00+03:00 or seconds since 1970") from None
    if found.tzinfo is None:
        raise BadPayload(f"{where}: a moment needs its zone")
    return found.astimezone(UTC)
