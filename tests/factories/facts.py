"""People, lines and files for tests of loading."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nastavnik.people.actions import organisation as organisations
from nastavnik.people.models import Line, Person, RoleAssignment

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CONTACT = ("id", "person", "started_at", "channel", "line", "handled_ms", "rating")


def centre() -> None:
    """An organisation in Moscow, two agents, one line."""
    organisations.ensure(name="Голос", by=None, at=NOW)
    for code in ("a-1", "a-2"):
        Person.objects.create(code=code, family_name=f"Иванова {code}", login=f"user-{code}")
    Line.objects.create(code="inbound", name="Вход", name_en="Inbound")


def planner() -> Person:
    """A person who may import facts."""
    person: Person = Person.objects.create(code="planner", login="planner", family_name="Планова")
    RoleAssignment.objects.create(person=person, role="planner", scope="organisation", active_from=NOW.date())
    return person


def contact(number: int = 1, **said: Any) -> dict[str, Any]:
    """A good row of contacts."""
    row = {
        "id": f"C{number}",
        "person": "a-1",
        "started_at": f"2026-10-{1 + number % 28:02} 10:00:00",
        "channel": "phone",
        "line": "inbound",
        "handled_ms": 60_000,
        "rating": 5,
    }
    return row | said


def table(path: Path, rows: Sequence[dict[str, Any]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as CSV; the headings are all keys in the order they come."""
    headings = list(dict.fromkeys(key for row in rows for key in row)) or list(CONTACT)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path
