"""People from a file: a dry run does everything and takes it back, so what it says is what loading would do."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from nastavnik.kernel import journal, progress
from nastavnik.kernel.errors import InvalidInput
from nastavnik.kernel.exports import csv_lines
from nastavnik.kernel.files import TableFile, open_table
from nastavnik.kernel.models import LongTask
from nastavnik.kernel.web.messages import explain
from nastavnik.people import import_words
from nastavnik.people.actions import _importing
from nastavnik.people.logic.people_import import FIELDS, Change, Rejected, plan
from nastavnik.people.models import PeopleImport, PeopleMapping, Person

IMPORTED = "people.people_imported"
SHOWN = 500


class MappingInvalid(InvalidInput):
    """The mapping is not usable: {problem}"""


class HeadingMissing(InvalidInput):
    """The file has no column “{heading}”, which the mapping reads as {field}. Its columns are: {headings}."""


class NotReady(InvalidInput):
    """This import was loaded already. Upload the file again to check it once more."""


@dataclass
class PeopleImportResult:
    """Counts of lines, the readable diff (at most 500 lines) and what was wrong where."""

    read: int = 0
    accepted: int = 0
    hired: int = 0
    changed: int = 0
    left: int = 0
    unchanged: int = 0
    rejected: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    lines: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check_mapping(mapping: Mapping[str, Any]) -> None:
    """A mapping has `columns` (our field -> heading there) and perhaps `values` (field -> {theirs: ours}).

    Raises MappingInvalid.
    """
    columns = mapping.get("columns")
    if not isinstance(columns, Mapping) or not all(isinstance(heading, str) for heading in columns.values()):
        raise MappingInvalid(problem="it needs a table “columns” of our fields and the headings of the file")
    if unknown := sorted(set(columns) - set(FIELDS)):
        raise MappingInvalid(problem=f"there are no fields {', '.join(unknown)}; known are {', '.join(FIELDS)}")
    if "code" not in columns:
        raise MappingInvalid(problem="it does not say which column holds the code")


def run(
    *,
    source: Path,
    mapping: Mapping[str, Any],
    as_of: date,
    dry_run: bool,
    by: Person | None,
    at: datetime,
    errors_to: Path | None = None,
    name: str = "",
) -> PeopleImportResult:
    """Load people from a CSV, XLSX or Parquet file, or say what loading would do.

    All accepted lines are written in one transaction; a rejected line leaves the others alone. Rejected lines go to
    `errors_to` as CSV with their numbers. Raises MappingInvalid, HeadingMissing and what `open_table` raises.
    """
    check_mapping(mapping)
    begun = time.monotonic()
    with open_table(source, name=name or source.name) as table:
        _refuse_missing(table, mapping["columns"])
        made = plan(_rows(table, mapping), _importing.people(), _importing.catalogue(), as_of)
    result = PeopleImportResult(read=made.read, unchanged=made.unchanged, dry_run=dry_run)
    with transaction.atomic():
        done, refused = _importing.apply(made.changes, by=by, at=at)
        _count(result, done, [*made.rejected, *refused])
        if not dry_run and done:
            data = {"file": name or source.name, "hired": result.hired, "changed": result.changed, "left": result.left}
            journal.write(IMPORTED, by=by, at=at, data=data)
        transaction.set_rollback(dry_run)
    if errors_to is not None and result.problems:
        _write_errors(errors_to, result.problems)
    result.seconds = round(time.monotonic() - begun, 3)
    return result


def _refuse_missing(table: TableFile, columns: Mapping[str, str]) -> None:
    for name, heading in columns.items():
        if heading not in table.headings:
            raise HeadingMissing(heading=heading, field=name, headings=", ".join(table.headings))


def _rows(table: TableFile, mapping: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Cells under our names, foreign values replaced by ours."""
    at = {name: table.headings.index(heading) for name, heading in mapping["columns"].items()}
    values: Mapping[str, Mapping[str, str]] = mapping.get("values", {})
    for line, cells in table.rows():
        row = {name: cells[index] for name, index in at.items()}
        yield line, {name: values.get(name, {}).get(cell or "", cell) for name, cell in row.items()}


def _count(result: PeopleImportResult, done: Sequence[Change], rejected: Sequence[Rejected]) -> None:
    for change in done:
        leaves = any(step.what == "left" for step in change.steps)
        result.hired += change.hiring is not None
        result.left += leaves
        result.changed += change.hiring is None and not leaves
    result.accepted = len(done)
    result.lines = [import_words.sentence(change) for change in done[:SHOWN]]
    result.rejected = len(rejected)
    for one in rejected:  # logic names fields by their code; people read their titles
        if "what" in one.problem.params:
            one.problem.params["what"] = import_words.FIELD_TITLES[one.problem.params["what"]]
    result.problems = [
        {"line": one.line, "code": one.code, "problem": explain(one.problem)}
        for one in sorted(rejected, key=lambda one: one.line)
    ]


def _write_errors(path: Path, problems: Sequence[Mapping[str, Any]]) -> None:
    heads = [
        translation.pgettext("of a file", "Line"),
        translation.gettext("Code"),
        translation.gettext("What is wrong"),
    ]
    rows = ([one["line"], one["code"], one["problem"]] for one in problems)
    path.write_text("".join(csv_lines(heads, rows)), encoding="utf-8", newline="")


def upload(*, file_name: str, stored_as: str, by: Person | None, at: datetime) -> PeopleImport:
    """Note an uploaded file; the people stay as they are."""
    return PeopleImport.objects.create(file_name=file_name[:200], stored_as=stored_as, uploaded_at=at, uploaded_by=by)


def map_columns(*, run: PeopleImport, mapping: Mapping[str, Any], as_of: date, save_as: str, by: Person | None,
                at: datetime) -> PeopleImport:  # fmt: skip
    """Say how the file is read; `save_as` keeps the mapping under a name. Raises MappingInvalid, NotReady."""
    check_mapping(mapping)
    if run.state == PeopleImport.State.DONE:
        raise NotReady
    with transaction.atomic():
        run.mapping, run.as_of, run.state = dict(mapping), as_of, PeopleImport.State.CHECKED
        run.save(update_fields=["mapping", "as_of", "state"])
        if save_as:
            saved = {"mapping": dict(mapping), "saved_at": at, "saved_by": by}
            PeopleMapping.objects.update_or_create(name=save_as[:80], defaults=saved)
    return run


def queue(*, upload: PeopleImport, by: Person | None, at: datetime, defer: Callable[..., Any]) -> LongTask:
    """Have the upload loaded by the worker: `defer` puts the job into the queue, in this transaction.

    Pressed twice, it is queued once. Raises NotReady.
    """
    with transaction.atomic():
        fresh = PeopleImport.objects.select_for_update(of=("self",)).select_related("task").get(pk=upload.pk)
        if fresh.state != PeopleImport.State.CHECKED:
            raise NotReady
        if fresh.task and not fresh.task.is_over:
            return fresh.task
        fresh.task = progress.start("people.import", fresh.file_name, by=by, at=at)
        fresh.save(update_fields=["task"])
        defer(import_id=fresh.pk, task_id=fresh.task.pk, by_id=by.pk if by else None)
    return fresh.task


def check(*, upload: PeopleImport, folder: Path, at: datetime) -> PeopleImportResult:
    """What loading this upload would do."""
    return _run_upload(upload, folder, by=None, at=at, dry_run=True)


def load(*, upload: PeopleImport, folder: Path, by: Person | None, at: datetime) -> PeopleImportResult:
    """Load the upload as it was mapped; a second time is refused, so that a job that runs again does nothing.

    Raises NotReady and what `run` raises.
    """
    with transaction.atomic():
        fresh = PeopleImport.objects.select_for_update().get(pk=upload.pk)
        if fresh.state != PeopleImport.State.CHECKED:
            raise NotReady
        result = _run_upload(fresh, folder, by=by, at=at, dry_run=False)
        fresh.state, fresh.finished_at, fresh.result = PeopleImport.State.DONE, at, result.as_json()
        fresh.save(update_fields=["state", "finished_at", "result"])
    return result


def _run_upload(
    upload: PeopleImport, folder: Path, *, by: Person | None, at: datetime, dry_run: bool
) -> PeopleImportResult:
    as_of = upload.as_of or at.date()
    source = folder / upload.stored_as
    return run(source=source, mapping=upload.mapping, as_of=as_of, dry_run=dry_run, by=by, at=at, name=upload.file_name)
