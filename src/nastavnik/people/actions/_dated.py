"""What every dated change shares: one writer at a time per person, rows rewritten as of a day, clear conflicts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, models, transaction

from nastavnik.kernel import journal
from nastavnik.kernel.dated import Dated
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.errors import ChangedMeanwhile, ConflictingRows, NotEmployed
from nastavnik.people.logic import spans
from nastavnik.people.logic.spans import Span
from nastavnik.people.models import Employment, Person

D = TypeVar("D", bound=Dated)
Values = tuple[Any, ...]


@dataclass(frozen=True)
class Outcome(Generic[D]):
    """What a change did: the row in force before it on its day, the row in force after it, and whether any differs."""

    before: D | None
    after: D | None
    differs: bool


@contextmanager
def one_writer(model: type[models.Model], pk: int) -> Iterator[None]:
    """A transaction in which nobody else changes this record's dated rows; the loser of a race gets a Conflict."""
    try:
        with transaction.atomic():
            # Locks against writers only: rows that refer to the record may still come.
            list(model._default_manager.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
            yield
    except IntegrityError as error:
        raise ConflictingRows from error


def writing_to(person: Person) -> Any:
    """The transaction of a change to one person."""
    return one_writer(Person, person.pk)


def refuse_stale(kinds: Sequence[str], seen: int | None, **about: Any) -> None:
    """Raise ChangedMeanwhile when an entry of these kinds came after `seen`, the last one its author had before them.

    `about` names the entry's fields, such as `person_id`. None means: no page was looked at (imports, the demo).
    """
    if seen is None:
        return
    newer = JournalEntry.objects.filter(kind__in=kinds, pk__gt=seen, **about).order_by("-pk").first()
    if newer:
        raise ChangedMeanwhile(actor=newer.actor_name or "Nastavnik", what=journal.sentence(newer))


def employment_on(person: Person, day: date) -> Employment:
    """The employment in force, which bounds every other dated row; raises NotEmployed."""
    employment = Employment.objects.filter(person=person).on(day).select_related("partner").first()
    if employment is None:
        raise NotEmployed(person=str(person), day=day.isoformat())
    return employment


def rewrite(
    rows: models.QuerySet[D],
    key: dict[str, Any],
    fields: tuple[str, ...],
    values: Values | None,
    *,
    since: date,
    until: date | None = None,
) -> Outcome[D]:
    """Make `fields` hold `values` (None: nothing) from `since` until the next known change, for the rows of `key`."""
    stored = list(rows.filter(**key).order_by("active_from"))
    before = next((row for row in stored if row.is_active_on(since)), None)
    old = [Span(row.active_from, row.active_to, tuple(getattr(row, f) for f in fields), row.pk) for row in stored]
    new = spans.changed(old, values, since, until)
    if new == old:
        return Outcome(before, before, differs=False)
    steps = spans.rewrite(old, new)
    written = _write(rows.model, key, fields, steps)
    gone = {*steps.delete, *(span.row for span in steps.update)}
    left = [*written, *(row for row in stored if row.pk not in gone)]
    return Outcome(before, next((row for row in left if row.is_active_on(since)), None), differs=True)


def _write(model: type[D], key: dict[str, Any], fields: tuple[str, ...], steps: spans.Rewrite[Values]) -> list[D]:
    """Carry the steps out; answers the rows that were changed or added, as they are now."""
    written = []
    if steps.delete:
        model._default_manager.filter(pk__in=steps.delete).delete()
    for span in [*steps.update, *steps.insert]:
        values = {**dict(zip(fields, span.value, strict=True)), "active_from": span.start, "active_to": span.end}
        row = model(pk=span.row, **key, **values)
        row.save(force_insert=span.row is None, update_fields=None if span.row is None else list(values))
        written.append(row)
    return written


def the_day_before(day: date) -> date:
    """The last day of a period that ends (exclusively) with `day`, as people say it."""
    return day - timedelta(days=1)


def named(thing: Any) -> dict[str, Any] | None:
    """What the journal keeps of a named record: its number and its names at the time."""
    if thing is None:
        return None
    return {"id": thing.pk, "name": thing.name, "name_en": getattr(thing, "name_en", "")}
