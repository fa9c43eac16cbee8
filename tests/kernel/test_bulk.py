"""COPY writes what an insert would, and refuses what an insert would."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from nastavnik.kernel import bulk
from nastavnik.kernel.models import JournalEntry

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
FIELDS = tuple(field.attname for field in JournalEntry._meta.concrete_fields if not field.primary_key)


def rows_like(*entries: JournalEntry) -> list[tuple[Any, ...]]:
    return [tuple(getattr(entry, name) for name in FIELDS) for entry in entries]


def entry(kind: str, data: dict[str, Any]) -> JournalEntry:
    return JournalEntry(kind=kind, at=AT, data=data)


def test_what_is_copied_reads_back_as_it_was(db: None) -> None:
    awkward = {"quote": "«a»\t\\N\n'", "deep": [1, None, {"x": 1.5}]}
    wanted = [entry("test.one", awkward), entry("test.two", {})]
    assert bulk.copy_in(JournalEntry, FIELDS, rows_like(*wanted)) == 2
    read = JournalEntry.objects.filter(kind__startswith="test.").order_by("pk")
    assert rows_like(*read) == rows_like(*wanted)


def test_no_rows_write_nothing(db: None) -> None:
    before = JournalEntry.objects.count()
    assert bulk.copy_in(JournalEntry, FIELDS, []) == 0
    assert JournalEntry.objects.count() == before


def test_a_row_the_table_refuses_leaves_none_of_them(db: None) -> None:
    good, bad = entry("test.good", {}), entry("test.bad", {})
    bad.at = None  # type: ignore[assignment]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.copy_in(JournalEntry, FIELDS, rows_like(good, bad))
    long = entry("x" * 500, {})
    with pytest.raises(DataError), transaction.atomic():
        bulk.copy_in(JournalEntry, FIELDS, rows_like(good, long))
    assert not JournalEntry.objects.filter(kind__startswith="test.").exists()


def test_an_unknown_field_is_named(db: None) -> None:
    with pytest.raises(KeyError, match="colour"):
        bulk.copy_in(JournalEntry, ("colour",), [])
