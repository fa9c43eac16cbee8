"""The journal is append-only, whoever asks: the ORM, bulk statements, raw SQL."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry, LongTask

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def entry() -> JournalEntry:
    return journal.write("kernel.thing_done", by=None, at=AT, reason="as agreed", data={"places": 3})


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_entry_says_who_what_when_and_why() -> None:
    subject = LongTask.objects.create(kind="x", title="Load", created_at=AT)
    actor = LongTask(pk=77, title="Anna Petrova")  # anything with a number and a name
    written = journal.write("kernel.thing_done", by=actor, at=AT, subject=subject, person_id=5, reason="as agreed")
    assert JournalEntry.objects.values(
        "kind", "at", "actor_id", "actor_name", "subject_kind", "subject_id", "person_id", "reason", "data"
    ).get(pk=written.pk) == {
        "kind": "kernel.thing_done",
        "at": AT,
        "actor_id": 77,
        "actor_name": "Anna Petrova",
        "subject_kind": "kernel.longtask",
        "subject_id": subject.pk,
        "person_id": 5,
        "reason": "as agreed",
        "data": {},
    }


def test_many_entries_are_written_at_once() -> None:
    journal.write_all(journal.compose("kernel.thing_done", by=None, at=AT, data={"n": n}) for n in range(3))
    assert [entry.data for entry in JournalEntry.objects.order_by("pk")] == [{"n": 0}, {"n": 1}, {"n": 2}]


def change(written: JournalEntry) -> None:
    written.reason = "another"
    written.save()


@pytest.mark.parametrize(
    "attempt",
    [
        change,
        lambda written: written.delete(),
        lambda _: JournalEntry.objects.update(reason="another"),
        lambda written: JournalEntry.objects.bulk_update([JournalEntry(pk=written.pk, reason="another")], ["reason"]),
        lambda _: JournalEntry.objects.all().delete(),
        lambda _: raw("UPDATE kernel_journalentry SET reason = 'another'"),
        lambda _: raw("DELETE FROM kernel_journalentry"),
        lambda _: raw("SET LOCAL nastavnik.may_truncate = 'off'; TRUNCATE kernel_journalentry"),
    ],
    ids=["save", "delete", "update", "bulk_update", "delete all", "raw update", "raw delete", "truncate"],
)
def test_the_database_refuses_to_change_an_entry(attempt: Callable[[JournalEntry], object]) -> None:
    written = entry()
    with pytest.raises(IntegrityError, match="kernel_journalentry is append-only"), transaction.atomic():
        attempt(written)
    assert list(JournalEntry.objects.values_list("reason", flat=True)) == ["as agreed"]


def test_a_presenter_says_the_entry_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_presenters", {})
    written = entry()
    assert journal.sentence(written) == "kernel.thing_done"
    journal.presents("kernel.thing_done")(lambda one: f"took {one.data['places']} places")
    assert journal.sentence(written) == "took 3 places"
    assert journal.presented_kinds() == {"kernel.thing_done"}
