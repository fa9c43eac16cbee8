"""Courses taken elsewhere (on paper, in an earlier system) are brought in, all the people of a course at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from nastavnik.content import queries
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import BegunAlready, NothingPublished
from nastavnik.content.events import CourseCompleted
from nastavnik.content.logic.rules import judge, rule_of
from nastavnik.content.models import Activity, ActivityProgress, Course, CourseProgress, CourseVersion
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish_all
from nastavnik.people.models import Person

COMPLETED = "content.course_completed"  # as `progress` writes it
_BATCH = 2000
Evidence = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """How far one person came: (key of an activity, its evidence, when), in the order of time."""

    person_id: int
    began_at: datetime
    done: Sequence[tuple[str, Evidence, datetime]]


def bring_in(*, course: Course, ways: Sequence[Way], by: Person | None, at: datetime) -> list[CourseProgress]:
    """Write down ways through the published version, in a fixed number of statements; all of them or none.

    Each activity is ticked by its own rule; a course is completed with its last required tick. Raises NothingPublished,
    BegunAlready.
    """
    version = queries.published(course)
    if version is None:
        raise NothingPublished(title=course.title)
    activities = {one.key: one for one in version.activities.all()}
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        people = [way.person_id for way in ways]
        if CourseProgress.objects.filter(course=course, person__in=people).exists():
            raise BegunAlready(title=course.title)
        ticked = [_ticks(way, activities) for way in ways]
        rows = CourseProgress.objects.bulk_create(
            (_row(course, version, way, ticks, activities) for way, ticks in zip(ways, ticked, strict=True)),
            batch_size=_BATCH,
        )
        ActivityProgress.objects.bulk_create(_parts(rows, ways, ticked), batch_size=_BATCH)
        done = [row for row in rows if row.completed_at]
        data = {"course": course.title, "version": version.number, "cycle": 1}
        journal.write_all(
            journal.compose(COMPLETED, by=by, at=row.completed_at, subject=course, person_id=row.person_id, data=data)
            for row in done
            if row.completed_at
        )
        publish_all([CourseCompleted(row.person_id, course.code, version.number) for row in done], at=at)
    return rows


def _ticks(way: Way, activities: Mapping[str, Activity]) -> dict[str, datetime]:
    """When each activity was ticked. Rules that look into files are not met here: there is nothing to look into."""
    found = {}
    for key, evidence, moment in way.done:
        one = activities[key]
        if judge(rule_of(ActivityKind(one.kind), one.content), evidence, queries.facts_of(one.content, {})).is_met:
            found[key] = moment
    return found


def _row(
    course: Course, version: CourseVersion, way: Way, ticks: Mapping[str, datetime], activities: Mapping[str, Activity]
) -> CourseProgress:
    wanted = {key for key, one in activities.items() if one.is_required} or set(activities)
    completed = max(ticks[key] for key in wanted) if wanted and wanted <= set(ticks) else None
    return CourseProgress(
        person_id=way.person_id, course=course, version=version, began_at=way.began_at, completed_at=completed
    )


def _parts(
    rows: Sequence[CourseProgress], ways: Sequence[Way], ticked: Sequence[Mapping[str, datetime]]
) -> Iterable[ActivityProgress]:
    for row, way, ticks in zip(rows, ways, ticked, strict=True):
        for key, evidence, moment in way.done:
            yield ActivityProgress(
                progress=row, key=key, evidence=dict(evidence), opened_at=min(way.began_at, moment), changed_at=moment,
                done_at=ticks.get(key),
            )  # fmt: skip
