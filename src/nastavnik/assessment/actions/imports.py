"""Questions come from files: looked at first, loaded in one transaction, the same file twice changes nothing.

An item is known by its content. With `replaces`, an item of the file that carries the id of one item of the bank
becomes its new version; without it, ids are only kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from nastavnik.assessment import files
from nastavnik.assessment.actions import items, topics
from nastavnik.assessment.enums import FileFormat, ImportState, ItemState
from nastavnik.assessment.errors import NothingToLoad
from nastavnik.assessment.logic.codec import content_hash
from nastavnik.assessment.logic.formats.drafts import Draft, Reading
from nastavnik.assessment.logic.validation import Fault, faults
from nastavnik.assessment.models import Item, ItemImport, Topic
from nastavnik.kernel import journal
from nastavnik.people.models import Person

IMPORTED = "assessment.items_imported"
NEW, REVISED, KNOWN = "new", "revised", "known"
NAME_LETTERS = 255


@dataclass(frozen=True)
class Planned:
    """What becomes of one item of the file; `faults` keep it from going live, not from coming in."""

    draft: Draft
    fate: str
    item: Item | None = None
    faults: tuple[Fault, ...] = ()


@dataclass
class Loaded:
    """What came of a file."""

    reading: Reading
    planned: list[Planned] = field(default_factory=list)

    def count(self, fate: str) -> int:
        return sum(one.fate == fate for one in self.planned)


def plan(reading: Reading, *, replaces: bool = False) -> list[Planned]:
    """What loading would do with each item. Reads only, in a fixed number of queries."""
    digests = [content_hash(draft.item) for draft in reading.drafts]
    alive = Item.objects.exclude(state=ItemState.RETIRED)
    by_hash = {item.content_hash: item for item in alive.filter(content_hash__in=digests)}
    by_id = _by_external_id(reading.drafts) if replaces else {}
    found: list[Planned] = []
    met: set[str] = set()
    for draft, digest in zip(reading.drafts, digests, strict=True):
        named = by_id.get(draft.external_id)
        if digest in by_hash or digest in met:
            fate, item = KNOWN, by_hash.get(digest)
        elif named is not None and named.kind == draft.item.kind:
            fate, item = REVISED, named
        else:
            fate, item = NEW, None
        met.add(digest)
        found.append(Planned(draft, fate, item, tuple(faults(draft.item))))
    return found


def _by_external_id(drafts: Sequence[Draft]) -> dict[str, Item]:
    """Items of the bank by the ids of the file; an id that several items have names none."""
    wanted = {draft.external_id for draft in drafts if draft.external_id}
    found: dict[str, list[Item]] = {}
    for item in Item.objects.exclude(state=ItemState.RETIRED).filter(external_id__in=wanted):
        found.setdefault(item.external_id, []).append(item)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def load(
    *,
    reading: Reading,
    file_name: str,
    by: Person | None,
    at: datetime,
    topic: Topic | None = None,
    replaces: bool = False,
) -> Loaded:
    """Put the items of a file into the bank, all or none. Topics of the file grow under `topic`."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # one import at a time: two of the same file must not race
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assessment.imports'))")
        done = Loaded(reading, plan(reading, replaces=replaces))
        grown = _grown(reading, topic, by=by, at=at)
        for one in done.planned:
            _take(one, grown.get(one.draft.topic), by=by, at=at, note=file_name)
        data = {"file": file_name} | {fate: done.count(fate) for fate in (REVISED, KNOWN)}
        data["created"] = done.count(NEW)
        if done.count(NEW) or done.count(REVISED):
            journal.write(IMPORTED, by=by, at=at, data=data)
    return done


def _grown(
    reading: Reading, root: Topic | None, *, by: Person | None, at: datetime
) -> dict[tuple[str, ...], Topic | None]:
    """The topics of the file; without any, everything goes to the chosen one."""
    above = root.parts if root else ()
    paths = dict.fromkeys([*reading.topics, *(draft.topic for draft in reading.drafts)])
    return {path: topics.ensure(path=(*above, *path), by=by, at=at) for path in paths}


def _take(one: Planned, topic: Topic | None, *, by: Person | None, at: datetime, note: str) -> None:
    draft = one.draft
    if one.fate == NEW:
        items.create(
            body=draft.item,
            by=by,
            at=at,
            topic=topic,
            tags=draft.tags,
            source=draft.source,
            external_id=draft.external_id[:120],
        )
    elif one.fate == REVISED and one.item is not None:
        items.revise(item=one.item, body=draft.item, by=by, at=at, note=note[:300], begins_anew=True)


def receive(
    *,
    data: bytes,
    file_name: str,
    by: Person | None,
    at: datetime,
    format: FileFormat | None = None,
    topic: Topic | None = None,
    replaces: bool = False,
) -> ItemImport:
    """Take a file in and look at it; nothing of the bank changes. Raises what `files.sniff` and `files.read` raise."""
    kind = format or files.sniff(data, file_name)
    reading = files.read(data, file_name, kind)
    planned = plan(reading, replaces=replaces)
    return ItemImport.objects.create(
        file_name=file_name[-NAME_LETTERS:],
        format=kind,
        content=data,
        topic=topic,
        replaces=replaces,
        read=reading.read,
        accepted=len(reading.drafts),
        rejected=len(reading.problems),
        created=sum(one.fate == NEW for one in planned),
        revised=sum(one.fate == REVISED for one in planned),
        known=sum(one.fate == KNOWN for one in planned),
        started_by=by,
        created_at=at,
    )


def look(run: ItemImport) -> Loaded:
    """What the kept file holds and what loading it would do now."""
    reading = files.read(bytes(run.content or b" "), run.file_name, FileFormat(run.format))
    return Loaded(reading, plan(reading, replaces=run.replaces))


def confirm(*, run: ItemImport, by: Person | None, at: datetime) -> ItemImport:
    """Load the file that was looked at; a second time changes nothing. Raises NothingToLoad."""
    with transaction.atomic():
        run = ItemImport.objects.select_for_update().get(pk=run.pk)
        if run.state == ImportState.LOADED:
            return run
        reading = files.read(bytes(run.content or b" "), run.file_name, FileFormat(run.format))
        if not reading.drafts:
            raise NothingToLoad(name=run.file_name)
        done = load(
            reading=reading, file_name=run.file_name, by=by, at=at, topic=run.topic, replaces=run.replaces
        )  # fmt: skip
        run.state, run.loaded_at, run.content = ImportState.LOADED, at, None
        run.created, run.revised, run.known = done.count(NEW), done.count(REVISED), done.count(KNOWN)
        run.save()
    return run
