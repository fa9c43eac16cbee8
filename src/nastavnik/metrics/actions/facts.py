"""Facts come: from a foreign file or over the API, all or nothing.

The new Parquet files are written and synced first; the FactDay rows that name them, the cells, the journal and the
event follow in one transaction. A crash leaves the old state and, at worst, files that no row names: the clean-up job
removes them. Loads of one stream wait for one another.
"""

import csv
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.kernel.errors import InvalidInput, NotFound
from nastavnik.kernel.events import publish
from nastavnik.metrics import store
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.catalogue.streams import STREAMS, Stream
from nastavnik.metrics.events import FactsLoaded
from nastavnik.metrics.loading import complaints, merging
from nastavnik.metrics.loading.locking import lock
from nastavnik.metrics.loading.merging import Comparison, WrittenDay
from nastavnik.metrics.loading.names import person_names
from nastavnik.metrics.loading.newcomers import newcomers
from nastavnik.metrics.loading.source import open_source
from nastavnik.metrics.loading.staging import Staged, stage
from nastavnik.metrics.logic.mapping import ColumnMapping, MappingSpec
from nastavnik.metrics.models import FactDay
from nastavnik.people.actions import organisation as organisations
from nastavnik.people.actions import persons
from nastavnik.people.models import Organisation, Person

LOADED = "metrics.facts_loaded"
PUSH_LIMIT = 5000
DEFAULT_ZONE = "Europe/Moscow"
Progress = Callable[[int, int, str], None]


class UnknownStream(NotFound):
    """There is no stream of facts called "{stream}". There are: {known}."""


class TooManyRows(InvalidInput):
    """A batch holds at most {limit} rows; this one has {rows}. Send it in parts."""


class UnknownColumns(InvalidInput):
    """{stream} have no column {columns}."""


@dataclass(frozen=True)
class LoadResult:
    """What came of a load. read = accepted + unchanged + rejected; replaced is the part of accepted that took the place
    of an older record. Days are those whose records changed.
    """

    read: int
    accepted: int
    rejected: int
    replaced: int
    unchanged: int
    created_people: int
    seconds: float
    samples: list[dict[str, Any]] = field(default_factory=list)
    errors_path: Path | None = None
    first_day: date | None = None
    last_day: date | None = None


def load(
    *,
    stream: str,
    source: Path,
    spec: MappingSpec | None,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
    create_people: bool = False,
    progress: Progress | None = None,
    errors_to: Path | None = None,
    name: str | None = None,
) -> LoadResult:
    """Load a file of facts; `spec` None guesses the mapping from the headings, `name` is what messages call the file.

    A dry run reads and compares everything and changes nothing. With `create_people` unknown names of persons with at
    least one good row are hired as agents. Rejected rows go to `errors_to`, written only when there are any. Raises
    UnknownStream, and what opening the file and its mapping raise; then nothing was loaded.
    """
    begun = time.monotonic()
    known = _stream(stream)
    tell = progress or (lambda _done, _total, _note: None)
    with ExitStack() as clean:
        scratch = clean.enter_context(_scratch())
        opened = open_source(source, name or source.name, known, spec, scratch)
        clean.callback(opened.table.close)
        duck = clean.enter_context(store.connect(scratch))
        tell(5, 100, "reading")
        zone = _zone(by=by, at=at, dry_run=dry_run)
        staged = stage(duck, opened, known, scratch=scratch, zone=zone, at=at, create_people=create_people)
        tell(40, 100, "checking")
        return _finish(staged, by=by, at=at, dry_run=dry_run, tell=tell, errors_to=errors_to, begun=begun)


def push(*, stream: str, rows: Sequence[Mapping[str, Any]], by: Person | None, at: datetime) -> LoadResult:
    """Load a batch of records in the stream's own columns (API). The same batch again changes nothing.

    Row numbers in `samples` count from 1. Raises UnknownStream, TooManyRows, UnknownColumns.
    """
    begun = time.monotonic()
    known = _stream(stream)
    if len(rows) > PUSH_LIMIT:
        raise TooManyRows(limit=PUSH_LIMIT, rows=len(rows))
    columns = [column.name for column in known]
    if strange := sorted({key for row in rows for key in row} - set(columns)):
        raise UnknownColumns(stream=stream, columns=", ".join(strange[:20]))
    with _scratch() as scratch, store.connect(scratch) as duck:
        path = scratch / "batch.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(columns)
            writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
        spec = MappingSpec(stream, {column: ColumnMapping((column,)) for column in columns}, "utf-8", ",")
        opened = open_source(path, "batch", known, spec, scratch)
        zone = _zone(by=by, at=at, dry_run=False)
        staged = stage(duck, opened, known, scratch=scratch, zone=zone, at=at, keep_blank=True)
        done = _finish(staged, by=by, at=at, dry_run=False, tell=lambda *_: None, errors_to=None, begun=begun)
    numbered = [{**sample, "row": sample["row"] - 1} for sample in done.samples]
    return LoadResult(**{**done.__dict__, "samples": numbered})


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = store.scratch_dir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _finish(
    staged: Staged,
    *,
    by: Person | None,
    at: datetime,
    dry_run: bool,
    tell: Progress,
    errors_to: Path | None,
    begun: float,
) -> LoadResult:
    first_days = staged.first_days()
    if dry_run:
        merging.prepare(staged)
        compared, created = merging.compare(staged), len(first_days)
    else:
        compared, created = _commit(staged, first_days, by=by, at=at, tell=tell)
    rejected = staged.read - compared.good - compared.collapsed
    samples = complaints.write(staged, errors_to) if rejected else []
    tell(100, 100, "done")
    return LoadResult(
        read=staged.read,
        accepted=compared.accepted,
        rejected=rejected,
        replaced=compared.replaced,
        unchanged=compared.unchanged + compared.collapsed,
        created_people=created,
        seconds=round(time.monotonic() - begun, 3),
        samples=samples,
        errors_path=errors_to if rejected else None,
        first_day=compared.days[0] if compared.days else None,
        last_day=compared.days[-1] if compared.days else None,
    )


def _commit(
    staged: Staged, first_days: Mapping[str, date], *, by: Person | None, at: datetime, tell: Progress
) -> tuple[Comparison, int]:
    stream = staged.stream.name
    written: list[WrittenDay] = []
    try:
        with transaction.atomic():
            lock(stream)
            created = _hire(staged, first_days, by=by, at=at)
            merging.prepare(staged)
            compared = merging.compare(staged)
            days = compared.days
            tell(50, 100, "writing")
            written += merging.write(staged, days, lambda done: tell(50 + 30 * done // len(days), 100, "writing"))
            superseded = _point_to(stream, written, at)
            tell(80, 100, "tallying")
            tallies.retally(
                stream=stream,
                days=days,
                at=at,
                progress=lambda done, total: tell(80 + 19 * done // max(total, 1), 100, "tallying"),
            )
            if days:
                _tell(staged, compared, created, by=by, at=at)
    except BaseException:
        merging.discard(stream, written)
        raise
    _mark(superseded)
    return compared, created


def _stream(name: str) -> Stream:
    if name not in STREAMS:
        raise UnknownStream(stream=name, known=", ".join(STREAMS))
    return STREAMS[name]


def zone_of_centre() -> str:
    """The organisation's time zone; Moscow's where there is no organisation yet."""
    found = Organisation.objects.first()
    return found.time_zone if found else DEFAULT_ZONE


def _zone(*, by: Person | None, at: datetime, dry_run: bool) -> str:
    """The organisation's time zone; a load into an empty centre founds the organisation."""
    if not dry_run:
        organisations.ensure(name="Контакт-центр", by=by, at=at, time_zone=DEFAULT_ZONE)
    return zone_of_centre()


def _hire(staged: Staged, first_days: Mapping[str, date], *, by: Person | None, at: datetime) -> int:
    """Enter the newcomers; answer how many. Those whom another load has entered meanwhile are found by name."""
    if not first_days:
        return 0
    known = person_names()
    ids = {name: known[name.lower()] for name in first_days if name.lower() in known}
    strangers = {name: day for name, day in first_days.items() if name not in ids}
    people = persons.hire_all(newcomers=newcomers(strangers), by=by, at=at) if strangers else []
    staged.settle(ids | dict(zip(strangers, (person.pk for person in people), strict=True)))
    return len(people)


def _point_to(stream: str, written: Sequence[WrittenDay], at: datetime) -> list[Path]:
    """Name the new files; answer the old ones."""
    days = [day.day for day in written]
    old = FactDay.objects.filter(stream=stream, day__in=days).values_list("file_name", flat=True)
    superseded = [store.path_of(stream, name) for name in old]
    FactDay.objects.bulk_create(
        [
            FactDay(
                stream=stream,
                day=day.day,
                version=day.version,
                file_name=day.file_name,
                rows=day.rows,
                written_at=at,
            )
            for day in written
        ],
        update_conflicts=True,
        unique_fields=["stream", "day"],
        update_fields=["version", "file_name", "rows", "written_at"],
        batch_size=1000,
    )
    return superseded


def _tell(staged: Staged, compared: Comparison, created: int, *, by: Person | None, at: datetime) -> None:
    stream, days = staged.stream.name, compared.days
    data = {
        "stream": stream,
        "file": staged.source.table.name,
        "read": staged.read,
        "accepted": compared.accepted,
        "replaced": compared.replaced,
        "created_people": created,
        "first_day": days[0].isoformat(),
        "last_day": days[-1].isoformat(),
    }
    journal.write(LOADED, by=by, at=at, data=data)
    publish(FactsLoaded(stream, days[0], days[-1], compared.accepted), at=at)


def _mark(superseded: Sequence[Path]) -> None:
    """Begin the grace time of replaced files: a reader may still hold their names (see `fact_files.sweep`)."""
    for path in superseded:
        if path.exists():
            path.touch()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\x00", "")
