"""The journal: one append-only table, written by actions only, shown by presenters.

journal.write("people.person_hired", by=by, at=at, subject=person, person_id=person.pk, data={...}, reason="...")

@journal.presents("people.person_hired")
def person_hired(entry: JournalEntry) -> str: ...       # a translated sentence without the actor
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import models

from nastavnik.kernel.models import JournalEntry

Presenter = Callable[[JournalEntry], str]
_presenters: dict[str, Presenter] = {}


class Actor(Protocol):
    """Whoever acts: a person of the people app."""

    pk: int | None

    def __str__(self) -> str: ...


def write(
    kind: str,
    *,
    by: Any,
    at: datetime,
    subject: models.Model | None = None,
    person_id: int | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> JournalEntry:
    """Append one entry; `kind` is `app.noun_verbed`, `by` None means the system itself."""
    entry = compose(kind, by=by, at=at, subject=subject, person_id=person_id, reason=reason, data=data)
    entry.save(force_insert=True)
    return entry


def write_all(entries: Iterable[JournalEntry]) -> None:
    """Append many composed entries at once."""
    JournalEntry.objects.bulk_create(entries, batch_size=1000)


def compose(
    kind: str,
    *,
    by: Any,
    at: datetime,
    subject: models.Model | None = None,
    person_id: int | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> JournalEntry:
    """An entry that is not yet written, for `write_all`."""
    return JournalEntry(
        kind=kind,
        at=at,
        actor_id=by.pk if by is not None else None,
        actor_name=str(by) if by is not None else "",
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        person_id=person_id,
        reason=reason,
        data=data or {},
    )


def presents(kind: str) -> Callable[[Presenter], Presenter]:
    """Register the function that says in a sentence what an entry of this kind means."""

    def register(presenter: Presenter) -> Presenter:
        _presenters[kind] = presenter
        return presenter

    return register


def sentence(entry: JournalEntry) -> str:
    """What happened, in the active language; the bare kind where nobody registered a presenter."""
    presenter = _presenters.get(entry.kind)
    return presenter(entry) if presenter else entry.kind


def presented_kinds() -> set[str]:
    """Kinds that have a presenter (a consistency test compares them with the kinds actions write)."""
    return set(_presenters)
