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


@presents("content.course_created")
def course_created(entry: JournalEntry) -> str:
    return gettext("New course: {course}").format(course=entry.data["course"])


@presents("content.course_described")
def course_described(entry: JournalEntry) -> str:
    return gettext("What is said about the course changed: {course}").format(course=entry.data["course"])


@presents("content.draft_begun")
def draft_begun(entry: JournalEntry) -> str:
    return _of_version(gettext("Draft begun: {course} (version {version})"), entry)


@presents("content.draft_ordered")
def draft_ordered(entry: JournalEntry) -> str:
    return _of_version(gettext("Order of activities made binding or free: {course} (version {version})"), entry)


@presents("content.draft_discarded")
def draft_discarded(entry: JournalEntry) -> str:
    return _of_version(gettext("Draft discarded: {course} (version {version})"), entry)


@presents("content.version_published")
def version_published(entry: JournalEntry) -> str:
    return _of_version(gettext("Published: {course} (version {version})"), entry)


@presents("content.version_retired")
def version_retired(entry: JournalEntry) -> str:
    return _of_version(gettext("Retired: {course} (version {version})"), entry)


def _of_activity(template: str, entry: JournalEntry) -> str:
    return template.format(course=entry.data["course"], activity=entry.data["activity"])


@presents("content.activity_added")
def activity_added(entry: JournalEntry) -> str:
    return _of_activity(gettext("Activity added: {activity} ({course})"), entry)


@presents("content.activity_changed")
def activity_changed(entry: JournalEntry) -> str:
    return _of_activity(gettext("Activity changed: {activity} ({course})"), entry)


@presents("content.activity_moved")
def activity_moved(entry: JournalEntry) -> str:
    return _of_activity(gettext("Activity put in another place: {activity} ({course})"), entry)


@presents("content.activity_removed")
def activity_removed(entry: JournalEntry) -> str:
    return _of_activity(gettext("Activity taken out of the draft: {activity} ({course})"), entry)


@presents("content.file_added")
def file_added(entry: JournalEntry) -> str:
    return gettext("File added: {file} ({course})").format(file=entry.data["file"], course=entry.data["course"])


@presents("content.file_removed")
def file_removed(entry: JournalEntry) -> str:
    return gettext("File taken away: {file} ({course})").format(file=entry.data["file"], course=entry.data["course"])


@presents("content.task_handed_in")
def task_handed_in(entry: JournalEntry) -> str:
    return _of_activity(gettext("Task handed in: {activity} ({course})"), entry)


@presents("content.task_marked")
def task_marked(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Task marked: {activity} ({course}), {points} of {maximum} points")
    return text.format(activity=data["activity"], course=data["course"], points=data["points"], maximum=data["of"])


@presents("content.course_imported")
def course_imported(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Course imported from {file}: {course}, activities: {n}")
    return text.format(file=data["file"], course=data["course"], n=data["activities"])
