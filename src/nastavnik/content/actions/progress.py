"""People go through courses: begin, leave evidence, get their ticks, complete, are moved to another version.

A tick, once given, stays; the evidence that gave it stays with it. Everything about one way through a course happens
under the lock of its row, so that two reports at once lose nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from nastavnik.content import queries
from nastavnik.content.enums import ActivityKind, VersionState
from nastavnik.content.errors import (
    CourseOver,
    NoSuchActivity,
    NotForYou,
    NothingPublished,
    NotYourTurn,
    OnThatVersion,
    OtherCourse,
)
from nastavnik.content.events import ActivityCompleted, CourseCompleted
from nastavnik.content.logic.diff import unchanged_keys
from nastavnik.content.logic.rules import judge, rule_of
from nastavnik.content.models import Activity, ActivityProgress, Course, CourseProgress, CourseVersion
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

BEGUN, COMPLETED, MOVED = "content.course_begun", "content.course_completed", "content.progress_moved"
Evidence = Mapping[str, Any]
Change = Callable[[dict[str, Any]], dict[str, Any]]


def begin(*, person: Person, course: Course, at: datetime, again: bool = False) -> CourseProgress:
    """The person's way through the published version; one that is under way is simply returned.

    A completed course is begun anew only with `again`, as a new cycle. Raises NotForYou, NothingPublished.
    """
    known = queries.current(person, course)
    if known is not None and (known.completed_at is None or not again):
        return known
    version = queries.published(course)
    if version is None:
        raise NothingPublished(title=course.title)
    if not Course.objects.takeable_by(person).filter(pk=course.pk).exists():
        raise NotForYou(title=course.title)
    cycle = known.cycle + 1 if known else 1
    try:
        with transaction.atomic():
            made = CourseProgress.objects.create(
                person=person, course=course, version=version, cycle=cycle, began_at=at
            )
            data = {"course": course.title, "version": version.number, "cycle": cycle}
            journal.write(BEGUN, by=person, at=at, subject=course, person_id=person.pk, data=data)
    except IntegrityError:  # begun in another tab at the same moment
        return CourseProgress.objects.get(person=person, course=course, cycle=cycle)
    return made


def activity_of(progress: CourseProgress, key: str) -> Activity:
    """The activity of the version the person is on. Raises NoSuchActivity."""
    found = Activity.objects.filter(version_id=progress.version_id, key=key).first()
    if found is None:
        raise NoSuchActivity
    return found


def enter(*, progress: CourseProgress, key: str, at: datetime) -> ActivityProgress:
    """Note that the activity was opened. Raises NoSuchActivity, NotYourTurn."""
    activity = activity_of(progress, key)
    _refuse_out_of_turn(progress, activity)
    return record(progress=progress, activity=activity, change=lambda known: {**known, "opened": True}, at=at)


def _refuse_out_of_turn(progress: CourseProgress, activity: Activity) -> None:
    """Where activities go in their order, the required ones before this one come first."""
    if not progress.version.in_order:
        return
    done = set(progress.activities.filter(done_at__isnull=False).values_list("key", flat=True))
    before = progress.version.activities.filter(position__lt=activity.position, is_required=True)
    missing = next((one for one in before if one.key not in done), None)
    if missing is not None and activity.key not in done:
        raise NotYourTurn(title=missing.title)


def record(*, progress: CourseProgress, activity: Activity, change: Change, at: datetime) -> ActivityProgress:
    """Change the evidence of an activity and tick it when its rule is met; completes the course with the last tick."""
    with transaction.atomic():
        progress = (
            CourseProgress.objects.select_for_update(of=("self",))
            .select_related("course", "version")
            .get(pk=progress.pk)
        )
        mine, is_new = ActivityProgress.objects.get_or_create(
            progress=progress, key=activity.key, defaults={"opened_at": at, "changed_at": at}
        )
        evidence = change(mine.evidence)
        if evidence == mine.evidence and not is_new and (mine.done_at is not None or not evidence.keys() - {"opened"}):
            return mine
        mine.evidence, mine.changed_at = evidence, at
        if mine.done_at is None and _is_met(activity, evidence, progress.course):
            mine.done_at = at
            publish(ActivityCompleted(progress.person_id, progress.course.code, activity.key), at=at)
        mine.save()
        _complete_if_done(progress, at)
    return mine


def _is_met(activity: Activity, evidence: Evidence, course: Course) -> bool:
    kind, content = ActivityKind(activity.kind), activity.content
    needs_files = kind in (ActivityKind.SLIDES, ActivityKind.VIDEO)
    facts = queries.facts_of(content, queries.files_of(course) if needs_files else {})
    return judge(rule_of(kind, content), evidence, facts).is_met


def _complete_if_done(progress: CourseProgress, at: datetime) -> None:
    """A course is complete with its required activities; one that requires none, with all of them."""
    if progress.completed_at is not None:
        return
    rows = list(progress.version.activities.values_list("key", "is_required"))
    wanted = {key for key, is_required in rows if is_required} or {key for key, _ in rows}
    done = set(progress.activities.filter(done_at__isnull=False).values_list("key", flat=True))
    if not wanted or wanted - done:
        return
    progress.completed_at = at
    progress.save(update_fields=["completed_at"])
    course, number = progress.course, progress.version.number
    data = {"course": course.title, "version": number, "cycle": progress.cycle}
    journal.write(COMPLETED, by=None, at=at, subject=course, person_id=progress.person_id, data=data)
    publish(CourseCompleted(progress.person_id, course.code, number), at=at)


def note_evidence(*, person: Person, kind: ActivityKind, reference: str, evidence: Evidence, at: datetime) -> int:
    """What another room knows of an exam, drill, live session or survey; returns how many activities it reached.

    Evidence: exam and dialogue {"passed": bool, "percent": number}, session {"attended": bool}, survey
    {"answered": True}. A tick that was given stays, with the evidence that gave it.
    """
    rows = Activity.objects.filter(
        kind=ActivityKind(kind), settings__reference=reference, version__progresses__person=person
    )
    reached = 0
    for progress, activity in _latest_ways(person, rows):
        known = ActivityProgress.objects.filter(progress=progress, key=activity.key).first()
        if known is None or known.done_at is None:
            record(progress=progress, activity=activity, change=lambda _known: dict(evidence), at=at)
            reached += 1
    return reached


def _latest_ways(person: Person, rows: Any) -> list[tuple[CourseProgress, Activity]]:
    """Each activity with the person's latest cycle on its version; earlier cycles are history."""
    activities = list(rows.distinct())
    if not activities:
        return []
    ways: dict[int, CourseProgress] = {}
    for one in CourseProgress.objects.filter(person=person).order_by("cycle"):
        ways[one.course_id] = one
    by_version = {one.version_id: one for one in ways.values()}
    return [(by_version[row.version_id], row) for row in activities if row.version_id in by_version]


def move(*, progress: CourseProgress, to: CourseVersion, by: Person | None, at: datetime) -> CourseProgress:
    """Put a person who is under way onto another version.

    Activities that are the same there keep evidence and tick; those that changed begin anew, and what was known of them
    goes into the journal. Raises OtherCourse, OnThatVersion, CourseOver.
    """
    with transaction.atomic():
        progress = (
            CourseProgress.objects.select_for_update(of=("self",))
            .select_related("course", "version")
            .get(pk=progress.pk)
        )
        if to.course_id != progress.course_id or to.state == VersionState.DRAFT:
            raise OtherCourse
        if to.pk == progress.version_id:
            raise OnThatVersion
        if progress.completed_at is not None:
            raise CourseOver
        kept = unchanged_keys(queries.shapes(progress.version), queries.shapes(to))
        lost = list(progress.activities.exclude(key__in=kept))
        data = {
            "course": progress.course.title,
            "from": progress.version.number,
            "to": to.number,
            "begin_anew": [{"key": one.key, "evidence": one.evidence, "done": one.done_at is not None} for one in lost],
        }
        progress.activities.filter(pk__in=[one.pk for one in lost]).delete()
        progress.version = to
        progress.save(update_fields=["version"])
        journal.write(MOVED, by=by, at=at, subject=progress.course, person_id=progress.person_id, data=data)
        _complete_if_done(progress, at)
    return progress


def move_all(*, course: Course, to: CourseVersion, by: Person | None, at: datetime) -> int:
    """Move everybody who is under way on another version; returns how many."""
    rows = list(CourseProgress.objects.filter(course=course, completed_at=None).exclude(version=to))
    for one in rows:
        move(progress=one, to=to, by=by, at=at)
    return len(rows)
