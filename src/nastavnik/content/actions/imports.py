"""Courses come in as archives: looked at first, loaded when nothing is wrong. A known code gets a new draft."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from nastavnik.content import archive, queries
from nastavnik.content.actions import courses, files, versions
from nastavnik.content.actions._search import refresh
from nastavnik.content.enums import FileState
from nastavnik.content.errors import HasProblems, ImportDone, TooLarge
from nastavnik.content.logic.activities import renamed, to_settings
from nastavnik.content.logic.manifest import NAME, CourseDraft, Problem
from nastavnik.content.logic.messages import gettext_noop, said
from nastavnik.content.models import Activity, Course, CourseFile, CourseImport
from nastavnik.kernel import journal
from nastavnik.kernel.errors import DomainError
from nastavnik.people.models import Person

LOADED = "content.course_imported"
KEPT_FOR = timedelta(days=7)
NO_OWNER = gettext_noop("There is nobody with the code “{code}”.")


@dataclass(frozen=True)
class Looked:
    """What an archive holds and what loading it would do."""

    draft: CourseDraft | None
    problems: list[Problem]
    course: Course | None
    media: dict[str, str]

    @property
    def is_loadable(self) -> bool:
        return self.draft is not None and not self.problems


def look(path: Path, name: str) -> Looked:
    """Read the archive; nothing changes. Raises NotAnArchive."""
    opened = archive.look(path, name)
    draft = opened.reading.draft
    course = Course.objects.filter(code=draft.code).first() if draft else None
    problems = list(opened.problems)
    if draft and draft.owner and not Person.objects.filter(code=draft.owner).exists():
        problems.append(Problem(NAME, 0, said(NO_OWNER, code=draft.owner)))
    return Looked(draft, problems, course, opened.media)


def receive(*, name: str, chunks: Iterable[bytes], by: Person | None, at: datetime) -> CourseImport:
    """Keep an uploaded archive until it is loaded. Raises NotAnArchive, TooLarge."""
    run = CourseImport(file_name=name[:255], started_by=by, created_at=at)
    run.path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    try:
        with run.path.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > archive.MOST_BYTES:
                    raise TooLarge(name=name, size=size // archive.MB, limit=archive.MOST_BYTES // archive.MB)
                out.write(chunk)
        archive.look(run.path, name)
    except DomainError:
        run.path.unlink(missing_ok=True)
        raise
    run.save(force_insert=True)
    return run


def sweep(*, at: datetime) -> int:
    """Remove archives nobody loaded within a week, and what a crash left in their folder; returns how many files."""
    before = at - KEPT_FOR
    old = CourseImport.objects.filter(loaded_at=None, created_at__lt=before)
    removed = 0
    for run in old:
        removed += run.path.exists()
        run.path.unlink(missing_ok=True)
    old.delete()
    known = {one.path for one in CourseImport.objects.filter(loaded_at=None)}
    folder = CourseImport(public_id="x").path.parent
    for path in folder.glob("*.zip") if folder.exists() else ():
        if path not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def confirm(*, run: CourseImport, by: Person | None, at: datetime) -> Course:
    """Load the archive that was looked at. Raises ImportDone, HasProblems."""
    with transaction.atomic():
        run = CourseImport.objects.select_for_update().get(pk=run.pk)
        if run.loaded_at is not None:
            raise ImportDone
        run.course = load(path=run.path, name=run.file_name, by=by, at=at)
        run.loaded_at = at
        run.save(update_fields=["course", "loaded_at"])
        transaction.on_commit(lambda: run.path.unlink(missing_ok=True))
    return run.course


def load(*, path: Path, name: str, by: Person | None, at: datetime) -> Course:
    """Make the course, or the draft of its next version when its code is known. All or nothing.

    Raises NotAnArchive, HasProblems, and the errors of files with the name of the file.
    """
    looked = look(path, name)
    if looked.draft is None or looked.problems:
        raise HasProblems(n=len(looked.problems))
    made: list[CourseFile] = []
    try:
        with transaction.atomic():
            course = _course(looked.draft, by=by, at=at)
            names = _media(course, path, looked.media, made, by=by, at=at)
            _fill(course, looked.draft, names, by=by, at=at)
            data = {"course": course.title, "file": name, "activities": len(looked.draft.activities)}
            journal.write(LOADED, by=by, at=at, subject=course, data=data)
    except BaseException:
        for file in made:
            shutil.rmtree(file.folder, ignore_errors=True)
        raise
    return course


def _course(draft: CourseDraft, *, by: Person | None, at: datetime) -> Course:
    owner = Person.objects.filter(code=draft.owner).first() if draft.owner else None
    told: dict[str, Any] = {
        "title": draft.title,
        "summary": draft.summary,
        "is_open": draft.is_open,
        "review_date": draft.review_date,
    }
    course = Course.objects.filter(code=draft.code).first()
    if course is None:
        return courses.create(code=draft.code, owner=owner, by=by, at=at, **told)
    courses.describe(course=course, by=by, at=at, **told | ({"owner": owner} if owner else {}))
    course.refresh_from_db()
    return course


def _media(
    course: Course,
    path: Path,
    media: dict[str, str],
    made: list[CourseFile],
    *,
    by: Person | None,
    at: datetime,
) -> dict[str, str]:
    """Take the files in; returns the name each got in the course. A refusal names the file."""
    names: dict[str, str] = {}
    known = set(CourseFile.objects.filter(course=course).values_list("pk", flat=True))
    for name, inner in sorted(media.items()):
        file = files.add(course=course, name=name, chunks=archive.chunks(path, inner), by=by, at=at)
        if file.pk not in known:
            made.append(file)
        names[name] = file.name
    return names


def _fill(course: Course, draft: CourseDraft, names: dict[str, str], *, by: Person | None, at: datetime) -> None:
    """Write the activities of the archive into the draft, instead of what it held."""
    version = queries.draft(course) or versions.begin_draft(course=course, by=by, at=at)
    version.activities.all().delete()
    version.in_order = draft.in_order
    version.save(update_fields=["in_order"])
    Activity.objects.bulk_create(
        Activity(
            version=version, key=one.key, position=place, kind=one.kind, title=one.title, minutes=one.minutes,
            is_required=one.is_required, settings=to_settings(renamed(one.content, names)),
        )
        for place, one in enumerate(draft.activities, start=1)
    )  # fmt: skip
    refresh(course)


def pending(course: Course) -> list[CourseFile]:
    """Slides of the course whose pages are still to be made."""
    return list(CourseFile.objects.filter(course=course, state=FileState.PENDING).select_related("course"))
