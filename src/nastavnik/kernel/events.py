"""Upward information: frozen dataclasses in the past tense, through an outbox, to idempotent reactions.

    publish(TargetChanged(target_id=7), at=at)      # inside the action's transaction

    @reacts_to(TargetChanged)                       # in a higher app's reactions.py
    def note_the_new_target(event: TargetChanged, at: datetime) -> None: ...

"What happens after X" is found by searching for the class name.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.db import connection, transaction

from nastavnik.kernel.models import OutboxEvent

GIVEN_UP_AFTER = timedelta(days=2)  # longer than the pauses of `jobs.EVENT_RETRIES` together
KEEP_DELIVERED = timedelta(days=30)


@dataclasses.dataclass(frozen=True)
class Event:
    """Base of all events: ids and plain values only (numbers, text, days, moments, tuples of them)."""

    @classmethod
    def kind(cls) -> str:
        """The stored name, `app.EventName`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


E = TypeVar("E", bound=Event)
Handler = Callable[[Any, datetime], None]
_reactions: dict[type[Event], dict[str, Handler]] = {}
_unanswered: ContextVar[bool] = ContextVar("unanswered", default=False)


def reacts_to(event_type: type[E]) -> Callable[[Callable[[E, datetime], None]], Callable[[E, datetime], None]]:
    """Register a reaction. It may run more than once after a crash before its commit, never after."""

    def register(handler: Callable[[E, datetime], None]) -> Callable[[E, datetime], None]:
        name = f"{handler.__module__}.{handler.__name__}"
        _reactions.setdefault(event_type, {})[name] = handler
        return handler

    return register


def reactions_to(event_type: type[Event]) -> dict[str, Handler]:
    """Registered reactions by name."""
    return dict(_reactions.get(event_type, {}))


def all_event_types() -> dict[str, type[Event]]:
    """Every event class that has been imported, by its stored name."""
    return {subclass.kind(): subclass for subclass in Event.__subclasses__()}


def to_payload(event: Event) -> dict[str, Any]:
    """The event as JSON values; `from_payload` gives the equal event back."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        return [plain(one) for one in value] if isinstance(value, tuple) else value

    return {field.name: plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def from_payload(event_type: type[E], payload: dict[str, Any]) -> E:
    """Rebuild an event from its stored payload. A field the class gained since takes its default."""
    kinds = get_type_hints(event_type)
    known = [field.name for field in dataclasses.fields(event_type) if field.name in payload]
    return event_type(**{name: _revive(kinds[name], payload[name]) for name in known})


def _revive(kind: Any, value: Any) -> Any:
    """A stored value as the annotated type: days and moments from text, tuples from lists, members of enums."""
    if value is None:
        return None
    options = get_args(kind)
    if type(None) in options:
        return _revive(next(one for one in options if one is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_revive(options[0], one) for one in value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


@contextmanager
def unanswered() -> Iterator[None]:
    """Within the block events are kept as delivered and nothing reacts to them.

    For whoever builds up an empty centre in one transaction, where what reactions look after does not exist yet.
    """
    token = _unanswered.set(True)
    try:
        yield
    finally:
        _unanswered.reset(token)


def publish(event: Event, *, at: datetime) -> None:
    """Write the event to the outbox and, if anything reacts to it, defer its delivery, in the caller's transaction.

    Raises RuntimeError outside a transaction: an event without the fact it tells of must be impossible.
    """
    publish_all([event], at=at)


def publish_all(events: Sequence[Event], *, at: datetime) -> None:
    """Publish many events of one transaction in one statement, in their order."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{', '.join({event.kind() for event in events})} published outside a transaction")
    rows = OutboxEvent.objects.bulk_create(
        OutboxEvent(
            kind=event.kind(),
            payload=to_payload(event),
            published_at=at,
            delivered_at=None if _reactions.get(type(event)) and not _unanswered.get() else at,
        )
        for event in events
    )
    from nastavnik.kernel.jobs import deliver_event  # noqa: PLC0415 - jobs run events, events defer jobs

    deliver_event.defer_all([{"event_id": row.pk} for row in rows if row.delivered_at is None])


def deliver(event_id: int, at: datetime) -> None:
    """Run every reaction that has not yet answered this event, each in a transaction of its own.

    A reaction that fails does not hold up the others; the first failure is raised at the end, so that the job is tried
    again and only what failed runs again. An event deleted meanwhile is nothing to do.
    """
    row = OutboxEvent.objects.filter(pk=event_id).first()
    if row is None:
        return
    event_type = all_event_types()[row.kind]
    event = from_payload(event_type, row.payload)
    failures: list[Exception] = []
    for name, handler in reactions_to(event_type).items():
        try:
            _react(row, name, handler, event, at)
        except Exception as error:  # raised below, after the others had their turn
            failures.append(error)
    if failures:
        raise failures[0]
    OutboxEvent.objects.filter(pk=event_id).update(delivered_at=at)


_FIRST = """
INSERT INTO kernel_reaction (event_id, name, reacted_at) VALUES (%s, %s, %s)
ON CONFLICT (event_id, name) DO NOTHING RETURNING id
"""


def _react(row: OutboxEvent, name: str, handler: Handler, event: Event, at: datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # A second deliverer waits at the unique index until the first is done, then finds the reaction there.
        cursor.execute(_FIRST, [row.pk, name, at])
        if cursor.fetchone():
            handler(event, at)


def given_up(at: datetime) -> list[int]:
    """Events of the last month that are still undelivered after all retries of their job."""
    return list(
        OutboxEvent.objects.filter(
            delivered_at=None, published_at__lt=at - GIVEN_UP_AFTER, published_at__gte=at - KEEP_DELIVERED
        ).values_list("pk", flat=True)
    )


def delete_delivered(at: datetime) -> int:
    """Delete events delivered over a month ago; returns how many. What happened is told by the journal."""
    deleted, _by_model = OutboxEvent.objects.filter(delivered_at__lt=at - KEEP_DELIVERED).delete()
    return deleted
