"""The outbox: an event lives and dies with the transaction of its cause, and is answered once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest
from django.db import transaction

from nastavnik.kernel import clock, events, jobs
from nastavnik.kernel.events import Event, publish, reacts_to
from nastavnik.kernel.models import LongTask, OutboxEvent, Reaction
from tests.support.jobs import run_waiting, waiting

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Mood(StrEnum):
    CALM = "calm"


@dataclass(frozen=True)
class ShiftMoved(Event):
    """For these tests only."""

    person_id: int
    since: date = date(2026, 1, 1)
    at: datetime | None = None
    line_ids: tuple[int, ...] = ()
    days: tuple[date, ...] | None = None
    mood: Mood = Mood.CALM
    note: str = ""


MOVED = ShiftMoved(person_id=7, since=date(2026, 11, 1), at=AT, line_ids=(1, 2), days=(date(2026, 11, 2),), note="x")


@pytest.fixture(autouse=True)
def own_reactions() -> Iterator[None]:
    kept = {kind: dict(found) for kind, found in events._reactions.items()}
    yield
    events._reactions.clear()
    events._reactions.update(kept)


def answers(text: str, broken: list[str] | None = None) -> Callable[[ShiftMoved, datetime], None]:
    """A reaction that writes a row when it runs, and fails after writing while its text is in `broken`."""

    def react(event: ShiftMoved, at: datetime) -> None:
        LongTask.objects.create(kind="reaction", title=f"{text} {event.person_id}", created_at=at)
        if broken and text in broken:
            raise RuntimeError(f"{text} is broken")

    react.__name__ = text
    return reacts_to(ShiftMoved)(react)


def answered() -> list[str]:
    return list(LongTask.objects.filter(kind="reaction").order_by("pk").values_list("title", flat=True))


def published() -> OutboxEvent:
    with transaction.atomic():
        publish(MOVED, at=AT)
    return OutboxEvent.objects.get()


def test_an_event_comes_back_from_json_as_it_was() -> None:
    answers("note")
    row = published()
    row.refresh_from_db()
    assert row.kind == "kernel.ShiftMoved"
    assert events.from_payload(ShiftMoved, row.payload) == MOVED


def test_a_field_the_class_gained_since_takes_its_default() -> None:
    assert events.from_payload(ShiftMoved, {"person_id": 7, "gone": 1}) == ShiftMoved(person_id=7)


def test_an_event_that_nothing_answers_is_delivered_at_once() -> None:
    assert published().delivered_at == AT
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"kernel\.ShiftMoved published outside a transaction"):
        publish(MOVED, at=AT)


def test_an_event_is_lost_with_the_transaction_of_its_cause() -> None:
    answers("note")
    with transaction.atomic():
        publish(MOVED, at=AT)
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []
    assert not OutboxEvent.objects.exists()


def test_every_reaction_answers_once_however_often_the_event_is_delivered() -> None:
    answers("first")
    answers("second")
    row = published()
    with clock.frozen(AT + timedelta(minutes=1)):
        assert run_waiting() == ["kernel.deliver_event"]
    events.deliver(row.pk, AT + timedelta(hours=1))
    assert answered() == ["first 7", "second 7"]
    row.refresh_from_db()
    assert Reaction.objects.filter(event=row).count() == 2
    assert set(row.reactions.values_list("reacted_at", flat=True)) == {AT + timedelta(minutes=1)}


def test_a_failing_reaction_holds_up_nobody_and_is_the_only_one_to_run_again() -> None:
    broken = ["first"]
    answers("first", broken)
    answers("second")
    row = published()
    with pytest.raises(RuntimeError, match="first is broken"):
        events.deliver(row.pk, AT)
    assert answered() == ["second 7"]
    row.refresh_from_db()
    assert row.delivered_at is None
    broken.clear()
    events.deliver(row.pk, AT + timedelta(minutes=1))
    assert answered() == ["second 7", "first 7"]
    row.refresh_from_db()
    assert row.delivered_at == AT + timedelta(minutes=1)


def test_an_event_deleted_meanwhile_is_nothing_to_do() -> None:
    answers("note")
    row = published()
    number = row.pk
    row.delete()
    events.deliver(number, AT)
    assert answered() == []


def test_events_are_published_in_their_order_and_in_one_statement_each(
    django_assert_num_queries: Callable[..., object],
) -> None:
    answers("note")
    many = [ShiftMoved(person_id=number) for number in range(3)]
    with transaction.atomic(), django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context manager
        events.publish_all(many, at=AT)
    run_waiting()
    assert answered() == ["note 0", "note 1", "note 2"]


def test_whoever_builds_up_an_empty_centre_publishes_without_an_answer() -> None:
    answers("note")
    with events.unanswered():
        row = published()
    assert (row.delivered_at, waiting()) == (AT, [])
    with transaction.atomic():
        publish(MOVED, at=AT)
    run_waiting()
    assert answered() == ["note 7"]


def test_what_was_given_up_is_tried_again_and_what_is_old_is_deleted() -> None:
    answers("note")
    row = published()
    run_waiting_without_running()
    with clock.frozen(AT + timedelta(days=1)):
        jobs.redeliver_events()
    assert waiting() == []
    with clock.frozen(AT + timedelta(days=3)):
        jobs.redeliver_events()
        assert waiting() == [("kernel.deliver_event", {"event_id": row.pk})]
        run_waiting()
    assert answered() == ["note 7"]
    with clock.frozen(AT + timedelta(days=32)):
        jobs.delete_old_traces()
    assert OutboxEvent.objects.count() == 1
    with clock.frozen(AT + timedelta(days=34)):
        jobs.delete_old_traces()
    assert OutboxEvent.objects.count() == 0


def run_waiting_without_running() -> None:
    """The jobs are lost: as if deleted by hand, or failed for good."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
