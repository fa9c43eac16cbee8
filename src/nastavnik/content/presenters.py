"""Sentences of the journal about courses."""

from django.utils.translation import gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry


@presents("content.access_granted")
def access_granted(entry: JournalEntry) -> str:
    return gettext("Course granted: {course}").format(course=entry.data["course"])


@presents("content.access_revoked")
def access_revoked(entry: JournalEntry) -> str:
    return gettext("Access to the course withdrawn: {course}").format(course=entry.data["course"])


def _of_version(template: str, entry: JournalEntry) -> str:
    return template.format(course=entry.data["course"], version=entry.data["version"])


@presents("content.course_begun")
def course_begun(entry: JournalEntry) -> str:
    return _of_version(gettext("Began the course: {course} (version {version})"), entry)


@presents("content.course_completed")
def course_completed(entry: JournalEntry) -> str:
    return _of_version(gettext("Completed the course: {course} (version {version})"), entry)


@presents("content.progress_moved")
def progress_moved(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Moved to another version of the course: {course}, {before} → {after}")
    return text.format(course=data["course"], before=data["from"], after=data["to"])
