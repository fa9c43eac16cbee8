"""Upward information: frozen dataclasses in the past tense, through an outbox, to idempotent reactions.

    publish(TargetChanged(target_id=7), at=at)      # inside the action's transaction

    @reacts_to(TargetChanged)                       # in a higher app's reactions.py
    def note_the_new_target(event: TargetChanged, at: datetime) -> None: ...

"What happens after X" is found by searching for the class name.
"""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from nastavnik.kernel.models import OutboxEvent


@dataclasses.dataclass(frozen=True)
class Event:
    """Base of all events: ids and plain values only (numbers, text, days, moments, lists of them)."""

    @classmethod
    def kind(cls) -> str:
        """The stored name, `app.EventName`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


E = TypeVar("E", bound=Event)
Handler = Callable[[Any, datetime], None]
_reactions: dict[type[Event], dict[str, Handler]] = {}


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
    return {
        field.name: value.isoformat() if isinstance(value := getattr(event, field.name), date) else value
        for field in dataclasses.fields(event)
    }


def from_payload(event_type: type[E], payload: dict[str, Any]) -> E:
    """Rebuild an event from its stored payload."""

    def revive(kind: Any, value: Any) -> Any:
        if isinstance(value, str) and kind in (datetime, datetime | None):
            return datetime.fromisoformat(value)
        if isinstance(value, str) and kind in (date, date | None):
            return date.fromisoformat(value)
        return value

    return event_type(**{f.name: revive(f.type, payload[f.name]) for f in dataclasses.fields(event_type)})


def publish(event: Event, *, at: datetime) -> None:
    """Write the event to the outbox and, if anything reacts to it, defer its delivery, in the caller's transaction.

    Raises RuntimeError outside a transaction: an event without the fact it tells of must be impossible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.kind()} published outside a transaction")
    handled = bool(_reactions.get(type(event)))
    row = OutboxEvent.objects.create(
        kind=event.kind(), payload=to_payload(event), published_at=at, delivered_at=None if handled else at
    )
    if handled:
        from nastavnik.kernel.jobs import deliver_event  # noqa: PLC0415 - jobs run events, events defer jobs

        deliver_event.defer(event_id=row.pk)


def deliver(event_id: int, at: datetime) -> None:
    """Run every reaction that has not yet answered this event, each in a transaction of its own."""
    row = OutboxEvent.objects.get(pk=event_id)
    event_type = all_event_types()[row.kind]
    event = from_payload(event_type, row.payload)
    for name, handler in reactions_to(event_type).items():
        with transaction.atomic():
            # The row lock makes a second deliverer wait, then see the reaction already there.
            OutboxEvent.objects.select_for_update().get(pk=event_id)
            _reaction, first = row.reactions.get_or_create(name=name, defaults={"reacted_at": at})
            if first:
                handler(event, at)
    OutboxEvent.objects.filter(pk=event_id).update(delivered_at=at)
