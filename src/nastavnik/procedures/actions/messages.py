"""Labelled messages are added, brought from a file, relabelled and taken away."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.detection import MAX_CHARS, normalise
from nastavnik.procedures.enums import Language, MessageLabel
from nastavnik.procedures.errors import BadMessage, EmptyMessage, KnownMessage, NoMessages, NotText, TooManyMessages
from nastavnik.procedures.logic.masking import masked
from nastavnik.procedures.models import LabelledMessage

MOST = 50_000
ADDED, LOADED = "procedures.message_added", "procedures.messages_loaded"
RELABELLED, REMOVED = "procedures.message_relabelled", "procedures.message_removed"


@dataclass(frozen=True)
class Row:
    """One message of a file."""

    id: str
    lang: str
    text: str
    label: str


@dataclass(frozen=True)
class Loaded:
    """What a file brought: messages that are new, with another label than before, known already."""

    new: int
    relabelled: int
    known: int


def hash_of(text: str) -> str:
    """The same for texts the rules read alike."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def read(data: bytes) -> list[Row]:
    """The messages of a CSV file with the columns id, lang, text, label; others are passed over.

    Raises NotText, NoMessages, BadMessage, TooManyMessages.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText from error
    reader = csv.DictReader(text.replace("\0", "").splitlines(keepends=True))
    if not {"lang", "text", "label"} <= set(reader.fieldnames or ()):
        raise NoMessages
    rows = list(_rows(reader))
    if not rows:
        raise NoMessages
    return rows


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST:
                raise TooManyMessages(limit=MOST)
            yield _row(row, reader.line_num)
    except csv.Error as error:
        raise BadMessage(line=reader.line_num, why=str(error)) from error


def _row(row: dict[str, str], line: int) -> Row:
    lang, label, text = (str(row.get(name) or "").strip() for name in ("lang", "label", "text"))
    if lang not in Language.values:
        raise BadMessage(line=line, why=_("the language is none of ru, en."))
    if label not in MessageLabel.values:
        raise BadMessage(line=line, why=_("the label is none of the six known ones."))
    if not normalise(text):
        raise BadMessage(line=line, why=_("the message is empty."))
    return Row(str(row.get("id") or "")[:120], lang, text[:MAX_CHARS], label)


def load(*, rows: Sequence[Row], source: str, by: Person | None, at: datetime) -> Loaded:
    """Take in the messages of a file; a known message takes the file's label."""
    wanted = {(row.lang, hash_of(row.text)): row for row in rows}
    with transaction.atomic():
        hashes = [digest for _lang, digest in wanted]
        known = {
            (one.lang, one.text_hash): one
            for one in LabelledMessage.objects.select_for_update().filter(text_hash__in=hashes)
        }
        changed = [one for key, one in known.items() if key in wanted and wanted[key].label != one.label]
        for one in changed:
            one.label = wanted[one.lang, one.text_hash].label
        LabelledMessage.objects.bulk_update(changed, ["label"], batch_size=1000)
        fresh = [_message(row, key[1], source, by, at) for key, row in wanted.items() if key not in known]
        LabelledMessage.objects.bulk_create(fresh, batch_size=1000)
        old = sum(key in wanted for key in known) - len(changed)
        found = Loaded(len(fresh), len(changed), old)
        journal.write(LOADED, by=by, at=at, data={"source": source, **vars(found)})
    return found


def add(*, text: str, lang: str, label: str, by: Person | None, at: datetime, source: str = "") -> LabelledMessage:
    """Label one message; numbers and addresses in it are masked. Raises EmptyMessage, KnownMessage."""
    clean = masked(text.replace("\0", "").strip())[:MAX_CHARS]
    if not normalise(clean):
        raise EmptyMessage
    with transaction.atomic():
        row = Row("", lang, clean, label)
        message = _message(row, hash_of(clean), source, by, at)
        made, created = LabelledMessage.objects.get_or_create(
            lang=lang, text_hash=message.text_hash,
            defaults={"text": clean, "label": label, "source": source, "added_by": by, "added_at": at},
        )  # fmt: skip
        if not created:
            raise KnownMessage
        journal.write(ADDED, by=by, at=at, subject=made, data={"label": label})
    return made


def relabel(*, message: LabelledMessage, label: str, by: Person | None, at: datetime) -> None:
    """Say that a message is something else."""
    with transaction.atomic():
        message = LabelledMessage.objects.select_for_update().get(pk=message.pk)
        if message.label == label:
            return
        data = {"from": message.label, "label": label}
        message.label = label
        message.save(update_fields=["label"])
        journal.write(RELABELLED, by=by, at=at, subject=message, data=data)


def remove(*, message: LabelledMessage, by: Person | None, at: datetime) -> None:
    """Take a message out of the labelled ones."""
    with transaction.atomic():
        journal.write(REMOVED, by=by, at=at, subject=message, data={"label": message.label})
        message.delete()


def _message(row: Row, digest: str, source: str, by: Person | None, at: datetime) -> LabelledMessage:
    return LabelledMessage(
        lang=row.lang, text=row.text, text_hash=digest, label=row.label, external_id=row.id, source=source[:200],
        added_by=by, added_at=at,
    )  # fmt: skip
