"""Activities of a draft: added, changed, moved up and down, taken out."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from nastavnik.content.actions._search import refresh
from nastavnik.content.actions.versions import locked_draft
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import ChangedMeanwhile, NoSuchActivity
from nastavnik.content.logic.activities import Content, to_settings
from nastavnik.content.models import Activity, Course, CourseVersion
from nastavnik.kernel import journal
from nastavnik.people.models import Person

ADDED, CHANGED = "content.activity_added", "content.activity_changed"
MOVED, REMOVED = "content.activity_moved", "content.activity_removed"


def digest(activity: Activity) -> str:
    """What an author saw: changes with everything that can be edited."""
    shown = [activity.title, activity.minutes, activity.is_required, activity.settings]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:24]


def _data(course: Course, activity: Activity) -> dict[str, Any]:
    return {"course": course.title, "activity": activity.title, "kind": activity.kind}


def add(
    *,
    course: Course,
    kind: ActivityKind,
    title: str,
    minutes: int,
    content: Content,
    by: Person | None,
    at: datetime,
    is_required: bool = True,
    key: str = "",
) -> Activity:
    """Put an activity at the end of the draft. Raises NoDraft."""
    with transaction.atomic():
        draft = locked_draft(course)
        last = draft.activities.order_by("-position").values_list("position", flat=True).first()
        activity = Activity.objects.create(
            version=draft, key=key or f"{kind}-{secrets.token_hex(4)}", position=(last or 0) + 1, kind=kind,
            title=title, minutes=minutes, is_required=is_required, settings=to_settings(content),
        )  # fmt: skip
        _touched(course, at)
        journal.write(ADDED, by=by, at=at, subject=course, data=_data(course, activity))
    return activity


def _touched(course: Course, at: datetime) -> None:
    Course.objects.filter(pk=course.pk).update(changed_at=at)
    refresh(course)


def _locked(draft: CourseVersion, key: str) -> Activity:
    found = Activity.objects.filter(version=draft, key=key).first()
    if found is None:
        raise NoSuchActivity
    return found


def change(
    *,
    course: Course,
    key: str,
    title: str,
    minutes: int,
    is_required: bool,
    content: Content,
    by: Person | None,
    at: datetime,
    seen: str | None = None,
) -> Activity:
    """Change an activity of the draft. `seen`: its digest when the author began. Raises NoDraft, NoSuchActivity,
    ChangedMeanwhile.
    """
    with transaction.atomic():
        activity = _locked(locked_draft(course), key)
        if seen is not None and seen != digest(activity):
            raise ChangedMeanwhile
        before = digest(activity)
        activity.title, activity.minutes, activity.is_required = title, minutes, is_required
        activity.settings = to_settings(content)
        if digest(activity) != before:
            activity.save()
            _touched(course, at)
            journal.write(CHANGED, by=by, at=at, subject=course, data=_data(course, activity))
    return activity


def move(*, course: Course, key: str, down: bool, by: Person | None, at: datetime) -> None:
    """Change places with the neighbour; at the edge nothing happens. Raises NoDraft, NoSuchActivity."""
    with transaction.atomic():
        draft = locked_draft(course)
        activity = _locked(draft, key)
        rows = draft.activities.order_by("position" if down else "-position")
        beyond = {"position__gt" if down else "position__lt": activity.position}
        neighbour = rows.filter(**beyond).first()
        if neighbour is None:
            return
        activity.position, neighbour.position = neighbour.position, activity.position
        Activity.objects.bulk_update([activity, neighbour], ["position"])
        journal.write(MOVED, by=by, at=at, subject=course, data=_data(course, activity))


def remove(*, course: Course, key: str, by: Person | None, at: datetime) -> None:
    """Take an activity out of the draft; published versions keep it. Raises NoDraft, NoSuchActivity."""
    with transaction.atomic():
        activity = _locked(locked_draft(course), key)
        activity.delete()
        _touched(course, at)
        journal.write(REMOVED, by=by, at=at, subject=course, data=_data(course, activity))
