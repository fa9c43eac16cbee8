"""An import's way: the file is received, its mapping settled, checked without changing anything, loaded.

Checking and loading are jobs; `execute` is what the job calls. A run that died is taken up again by the job's retry:
loading the same file twice changes nothing.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from nastavnik.kernel import files, journal, progress
from nastavnik.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from nastavnik.kernel.models import new_public_id
from nastavnik.metrics.actions import facts
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.enums import ImportState
from nastavnik.metrics.logic import mapping
from nastavnik.metrics.logic.mapping import MappingSpec
from nastavnik.metrics.models import ImportRun, Mapping
from nastavnik.people.models import Person

TASK = "metrics.import"
KEEP_SOURCES = timedelta(days=30)
MAPPING_SAVED = "metrics.mapping_saved"


class UploadTooLarge(InvalidInput):
    """The file is larger than {limit} MB. Split it, or load it with `nastavnik import` on the server."""


class ImportIsRunning(Conflict):
    """This file is being worked on. Wait until it is done."""


class ImportIsOver(Conflict):
    """This file is loaded already. Upload it again to load it with another mapping."""


class FileIsGone(NotFound):
    """The uploaded file is no longer kept. Upload it again."""


class NoSuchMapping(NotFound):
    """There is no saved mapping called "{name}"."""


class MappingNameTaken(Conflict):
    """The mapping "{name}" belongs to another stream. Choose another name."""


def receive(*, stream: str, file_name: str, chunks: Iterable[bytes], by: Person | None, at: datetime) -> ImportRun:
    """Take a file in, piece by piece, and guess its mapping. Raises UploadTooLarge or what `kernel.files` raises."""
    if stream not in STREAMS:
        raise facts.UnknownStream(stream=stream, known=", ".join(STREAMS))
    public_id = new_public_id()
    stored = f"imports/{public_id}.data"
    path = upload_path(stored)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        size, digest = _save(path, chunks)
        with files.open_table(path, name=file_name) as table:
            spec = mapping.suggest(table.headings, STREAMS[stream])
        return ImportRun.objects.create(
            public_id=public_id,
            stream=stream,
            file_name=file_name[:255],
            stored_name=stored,
            size=size,
            sha256=digest,
            spec=spec.to_dict(),
            started_by=by,
            created_at=at,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def remap(*, run: ImportRun, spec: MappingSpec, create_people: bool, by: Person | None, at: datetime) -> ImportRun:
    """Settle how the file is read. An earlier check no longer counts. Raises ImportIsRunning, ImportIsOver, and
    what `mapping.resolve` raises when the file does not fit.
    """
    with open_file(run, spec) as table:
        mapping.resolve(spec, table.headings, STREAMS[run.stream])
    with transaction.atomic():
        fresh = _waiting(run)
        fresh.spec = spec.to_dict()
        fresh.options = {"create_people": create_people}
        fresh.state = ImportState.UPLOADED
        fresh.error, fresh.samples, fresh.errors_name = "", [], ""
        fresh.save(update_fields=["spec", "options", "state", "error", "samples", "errors_name"])
    return fresh


def begin(*, run: ImportRun, dry_run: bool, by: Person | None, at: datetime) -> ImportRun:
    """Mark the run as being worked on; the caller defers the job in the same transaction."""
    with transaction.atomic():
        fresh = _waiting(run)
        if not upload_path(fresh.stored_name).is_file():
            raise FileIsGone
        fresh.options = {**fresh.options, "dry_run": dry_run}
        fresh.state = ImportState.RUNNING
        fresh.task = progress.start(TASK, fresh.file_name, by=by, at=at, total=100)
        fresh.save(update_fields=["options", "state", "task"])
    return fresh


def execute(*, run: ImportRun, at: datetime, result_url: str) -> ImportRun:
    """Check or load the file, as `begin` said. An expected failure is kept on the run, not raised."""
    if run.state != ImportState.RUNNING:
        return run
    task_id, dry_run = run.task_id, bool(run.options.get("dry_run"))
    errors_name = f"imports/{run.public_id}-errors.csv"

    try:
        with translation.override(_language_of(run)), _teller(task_id) as tell:
            done = facts.load(
                stream=run.stream,
                source=upload_path(run.stored_name),
                name=run.file_name,
                spec=mapping.from_dict(run.spec),
                by=run.started_by,
                at=at,
                dry_run=dry_run,
                create_people=bool(run.options.get("create_people")),
                progress=tell,
                errors_to=upload_path(errors_name),
            )
    except (DomainError, OSError) as error:
        return _failed(run, error, at)
    except BaseException:
        _failed(run, progress.OurFault(), at)
        raise
    run.state = ImportState.CHECKED if dry_run else ImportState.DONE
    run.errors_name = errors_name if done.errors_path else ""
    run.samples, run.error, run.finished_at = done.samples, "", at
    for name in ("read", "accepted", "replaced", "unchanged", "rejected", "created_people", "seconds"):
        setattr(run, name, getattr(done, name))
    run.save()
    if task_id is not None:
        progress.finish(task_id, result_url=result_url)
    return run


def save_mapping(*, name: str, spec: MappingSpec, by: Person | None, at: datetime) -> Mapping:
    """Keep a mapping under a name; the same name and stream are overwritten. Raises MappingNameTaken."""
    with transaction.atomic():
        old = Mapping.objects.select_for_update().filter(name=name).first()
        if old is not None and old.stream != spec.stream:
            raise MappingNameTaken(name=name)
        saved, _new = Mapping.objects.update_or_create(
            name=name,
            defaults={"stream": spec.stream, "spec": spec.to_dict(), "saved_by": by, "saved_at": at},
        )
        journal.write(MAPPING_SAVED, by=by, at=at, subject=saved, data={"name": name, "stream": spec.stream})
    return saved


def saved_spec(name: str) -> MappingSpec:
    """A mapping by its name. Raises NoSuchMapping."""
    found = Mapping.objects.filter(name=name).first()
    if found is None:
        raise NoSuchMapping(name=name)
    return mapping.from_dict(found.spec)


def forget_sources(at: datetime) -> int:
    """Remove uploaded files older than 30 days; what came of them stays. Answers how many."""
    old = ImportRun.objects.filter(created_at__lt=at - KEEP_SOURCES).exclude(stored_name="")
    names = [name for row in old.values_list("stored_name", "errors_name") for name in row if name]
    for name in names:
        upload_path(name).unlink(missing_ok=True)
    return old.update(stored_name="", errors_name="")


def upload_path(name: str) -> Path:
    """Where a stored file lies."""
    return Path(settings.UPLOADS_DIR) / name


def open_file(run: ImportRun, spec: MappingSpec | None = None) -> files.TableFile:
    """The uploaded file as a table. Raises FileIsGone."""
    path = upload_path(run.stored_name)
    if not run.stored_name or not path.is_file():
        raise FileIsGone
    chosen = spec or mapping.from_dict(run.spec)
    return files.open_table(
        path, name=run.file_name, sheet=chosen.sheet, encoding=chosen.encoding, delimiter=chosen.delimiter
    )


def _save(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.UPLOAD_LIMIT_BYTES:
                raise UploadTooLarge(limit=settings.UPLOAD_LIMIT_BYTES // 1024**2)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _waiting(run: ImportRun) -> ImportRun:
    """The run, locked, if nobody works on it and it is not loaded."""
    fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
    if fresh.state == ImportState.RUNNING:
        raise ImportIsRunning
    if fresh.state == ImportState.DONE:
        raise ImportIsOver
    return fresh


def _failed(run: ImportRun, error: Exception, at: datetime) -> ImportRun:
    run.state, run.finished_at, run.error = ImportState.FAILED, at, _said(run, error)
    run.save(update_fields=["state", "finished_at", "error"])
    if run.task_id is not None:
        progress.fail(run.task_id, error)
    return run


def _language_of(run: ImportRun) -> str:
    """The language of whoever started the import; what is kept on the run is for them."""
    person = run.started_by
    return (person.language if person else "") or settings.LANGUAGE_CODE


def _said(run: ImportRun, error: Exception) -> str:
    if not isinstance(error, DomainError):
        return str(error)
    with translation.override(_language_of(run)):
        template = translation.gettext(error.template)
        return template.format(**error.params) if error.params else template


@contextmanager
def _teller(task_id: int | None) -> Iterator[facts.Progress]:
    """Says how far the work is over a connection of its own: what the load's own transaction writes, nobody sees yet.

    A step is passed on only when its figure differs from the last one.
    """
    last = -1

    def say(done: int, total: int, note: str) -> None:
        nonlocal last
        if task_id is not None and done != last:
            last = done
            pool.submit(progress.advance, task_id, done=done, total=total)

    with ThreadPoolExecutor(1) as pool:
        try:
            yield say
        finally:
            pool.submit(_close_connection)


def _close_connection() -> None:
    connection.close()  # of the thread this runs in
