"""Versions of a course: a draft is begun, published with what changed, discarded; a published one is retired."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext

from nastavnik.content import queries
from nastavnik.content.actions._search import refresh
from nastavnik.content.enums import FileKind, FileState, VersionState
from nastavnik.content.errors import NoDraft, NothingChanged, NothingPublished, NotReady, SaysNothing
from nastavnik.content.logic import activities as kinds
from nastavnik.content.logic.activities import Exam, File, Link, Session, Slides, Task, Video
from nastavnik.content.logic.diff import Change, compare
from nastavnik.content.logic.messages import Said, gettext_noop, said
from nastavnik.content.models import Activity, Course, CourseFile, CourseVersion
from nastavnik.kernel import journal
from nastavnik.people.models import Person

BEGUN, PUBLISHED, RETIRED = "content.draft_begun", "content.version_published", "content.version_retired"
DISCARDED, ORDERED = "content.draft_discarded", "content.draft_ordered"


def locked_draft(course: Course) -> CourseVersion:
    """The draft, under lock. Raises NoDraft."""
    found = CourseVersion.objects.select_for_update().filter(course=course, state=VersionState.DRAFT).first()
    if found is None:
        raise NoDraft(title=course.title)
    return found


def begin_draft(*, course: Course, by: Person | None, at: datetime) -> CourseVersion:
    """The draft of the next version, a copy of the latest one; a draft that exists is returned."""
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        known = queries.draft(course)
        if known is not None:
            return known
        latest = CourseVersion.objects.get(pk=course.versions.values("pk")[:1])
        made = CourseVersion.objects.create(
            course=course, number=latest.number + 1, in_order=latest.in_order, made_by=by, made_at=at
        )
        copies = list(latest.activities.all())
        for one in copies:
            one.pk, one.version = None, made
        Activity.objects.bulk_create(copies)
        journal.write(BEGUN, by=by, at=at, subject=course, data={"course": course.title, "version": made.number})
    return made


def put_in_order(*, course: Course, in_order: bool, by: Person | None, at: datetime) -> None:
    """Say whether the activities of the draft are taken in their order. Raises NoDraft."""
    with transaction.atomic():
        draft = locked_draft(course)
        if draft.in_order == in_order:
            return
        draft.in_order = in_order
        draft.save(update_fields=["in_order"])
        data = {"course": course.title, "version": draft.number, "in_order": in_order}
        journal.write(ORDERED, by=by, at=at, subject=course, data=data)


def publish(*, course: Course, note: str, by: Person | None, at: datetime) -> CourseVersion:
    """Publish the draft; the version before it is retired, and those who are on it stay on it.

    From the second version on `note` says what changed. Raises NoDraft, NotReady, SaysNothing, NothingChanged.
    """
    with transaction.atomic():
        course = Course.objects.select_for_update().get(pk=course.pk)
        draft = locked_draft(course)
        found = faults(draft)
        if found:
            raise NotReady(faults=_sentences(found))
        before = queries.published(course)
        if draft.number > 1 and not note.strip():
            raise SaysNothing
        if before is not None:
            lines = compare(queries.shapes(before), queries.shapes(draft))
            if all(one.change == Change.SAME for one in lines) and before.in_order == draft.in_order:
                raise NothingChanged
            _retire(before, at)
        draft.state, draft.note, draft.published_by, draft.published_at = VersionState.PUBLISHED, note.strip(), by, at
        draft.save()
        Course.objects.filter(pk=course.pk).update(changed_at=at)
        refresh(course)
        data = {"course": course.title, "version": draft.number}
        journal.write(PUBLISHED, by=by, at=at, subject=course, reason=note.strip(), data=data)
    return draft


def _retire(version: CourseVersion, at: datetime) -> None:
    version.state, version.retired_at = VersionState.RETIRED, at
    version.save(update_fields=["state", "retired_at"])


def retire(*, course: Course, by: Person | None, at: datetime, reason: str = "") -> None:
    """Take the course out of use: nobody begins it any more, those under way finish. Raises NothingPublished."""
    with transaction.atomic():
        course = Course.objects.select_for_update().get(pk=course.pk)
        version = queries.published(course)
        if version is None:
            raise NothingPublished(title=course.title)
        _retire(version, at)
        data = {"course": course.title, "version": version.number}
        journal.write(RETIRED, by=by, at=at, subject=course, reason=reason, data=data)


def discard(*, course: Course, by: Person | None, at: datetime) -> None:
    """Throw the draft away; the only version of a course stays. Raises NoDraft."""
    with transaction.atomic():
        draft = locked_draft(course)
        if draft.number == 1:
            raise NoDraft(title=course.title)
        data = {"course": course.title, "version": draft.number}
        draft.delete()
        refresh(course)
        journal.write(DISCARDED, by=by, at=at, subject=course, data=data)


# What stands against publishing -----------------------------------------------------------------------------------

NO_ACTIVITIES = gettext_noop("The course has no activities.")
NOTHING_WRITTEN = gettext_noop("“{title}” has no text.")
NO_FILE = gettext_noop("“{title}” has no file.")
LOST_FILE = gettext_noop("“{title}” names the file “{name}”, which the course does not have.")
OTHER_FILE = gettext_noop("“{title}”: the file “{name}” is of another kind.")
NOT_READY = gettext_noop("“{title}”: the pages of “{name}” are not ready.")
NO_LENGTH = gettext_noop("“{title}”: the video does not tell its length; write it in.")
NO_ADDRESS = gettext_noop("“{title}” needs an address that begins with http:// or https://.")
NO_REFERENCE = gettext_noop("“{title}” does not say which one it is: fill in the code.")
NO_RUBRIC = gettext_noop("“{title}” has no rubric to mark it by.")
_WANTED = {"Slides": FileKind.PDF, "Video": FileKind.VIDEO}


def faults(version: CourseVersion) -> list[Said]:
    """Why this draft cannot be published yet; empty when it can."""
    rows = list(version.activities.all())
    if not rows:
        return [said(NO_ACTIVITIES)]
    files = queries.files_of(version.course)
    return [fault for row in rows for fault in _faults_of(row, files)]


def _faults_of(row: Activity, files: Mapping[str, CourseFile]) -> list[Said]:
    content = row.content
    found = _missing(row.title, content, files)
    for name in sorted(kinds.file_names(content)):
        file = files.get(name)
        if file is None:
            found.append(said(LOST_FILE, title=row.title, name=name))
        elif name in kinds.images_in(getattr(content, "text", "")):
            if file.kind != FileKind.IMAGE:
                found.append(said(OTHER_FILE, title=row.title, name=name))
        elif not _fits(content, name, file):
            found.append(said(OTHER_FILE, title=row.title, name=name))
        elif file.state != FileState.READY:
            found.append(said(NOT_READY, title=row.title, name=name))
    return found


def _fits(content: kinds.Content, name: str, file: CourseFile) -> bool:
    if isinstance(content, Video) and name == content.captions:
        return file.kind == FileKind.CAPTIONS
    wanted = _WANTED.get(type(content).__name__)
    return wanted is None or file.kind == wanted


def _missing(title: str, content: kinds.Content, files: Mapping[str, CourseFile]) -> list[Said]:
    match content:
        case kinds.Article(text=text) if not text.strip():
            return [said(NOTHING_WRITTEN, title=title)]
        case Slides(file="") | Video(file="") | File(file=""):
            return [said(NO_FILE, title=title)]
        case Video() if not queries.facts_of(content, files).seconds:
            return [said(NO_LENGTH, title=title)]
        case Link(url=url) if not kinds.is_web_address(url):
            return [said(NO_ADDRESS, title=title)]
        case Exam(reference="") | Session(reference="") | kinds.Dialogue(reference=""):
            return [said(NO_REFERENCE, title=title)]
        case Task(text=text) if not text.strip():
            return [said(NOTHING_WRITTEN, title=title)]
        case Task(rubric=()):
            return [said(NO_RUBRIC, title=title)]
        case _:
            return []


def _said(found: list[Said]) -> str:
    return " ".join(gettext(one.message).format(**dict(one.params)) for one in found)


_sentences = lazy(_said, str)  # in the language of whoever reads the refusal
