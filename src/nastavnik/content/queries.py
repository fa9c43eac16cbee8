"""Reads of courses and of how far people have come, for screens and for the rooms above."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from nastavnik.content.enums import ActivityKind, VersionState
from nastavnik.content.logic.activities import Content, Slides, Video
from nastavnik.content.logic.diff import Shape
from nastavnik.content.logic.rules import Facts, Rule, Verdict, judge, rule_of
from nastavnik.content.models import (
    Activity,
    ActivityProgress,
    Course,
    CourseFile,
    CourseProgress,
    CourseVersion,
)
from nastavnik.people.models import Person


def completions(person_ids: Iterable[int], course_codes: Iterable[str]) -> dict[tuple[int, str], datetime]:
    """When each person last completed each course, in one query; who has not is not in it."""
    rows = (
        CourseProgress.objects.filter(
            person_id__in=list(person_ids), course__code__in=list(course_codes), completed_at__isnull=False
        )
        .values_list("person_id", "course__code")
        .annotate(last=Max("completed_at"))
    )
    return {(person_id, code): last for person_id, code, last in rows}


def current(person: Person, course: Course) -> CourseProgress | None:
    """The person's latest way through the course: the open one, else the last completed."""
    rows = CourseProgress.objects.filter(person=person, course=course).select_related("version", "course", "person")
    return rows.order_by("-cycle").first()


def published(course: Course) -> CourseVersion | None:
    """The version people begin with today."""
    return course.versions.filter(state=VersionState.PUBLISHED).first()


def draft(course: Course) -> CourseVersion | None:
    """The version its authors work on."""
    return course.versions.filter(state=VersionState.DRAFT).first()


def files_of(course: Course) -> dict[str, CourseFile]:
    """The files of a course by name."""
    return {file.name: file for file in CourseFile.objects.filter(course=course).select_related("course")}


def facts_of(content: Content, files: Mapping[str, CourseFile]) -> Facts:
    """What the files of an activity tell about its rule."""
    if isinstance(content, Slides):
        file = files.get(content.file)
        return Facts(pages=len(file.pages) if file else 0)
    if isinstance(content, Video):
        file = files.get(content.file)
        told = (file.duration_ms or 0) / 1000 if file else 0.0
        return Facts(seconds=told or float(content.duration_s))
    return Facts()


@dataclass(frozen=True)
class OutlineRow:
    """An activity as its learner stands to it."""

    activity: Activity
    content: Content
    rule: Rule
    verdict: Verdict
    known: ActivityProgress | None
    is_open: bool

    @property
    def is_done(self) -> bool:
        return self.known is not None and self.known.done_at is not None

    @property
    def kind(self) -> ActivityKind:
        return ActivityKind(self.activity.kind)


def outline(version: CourseVersion, progress: CourseProgress | None) -> list[OutlineRow]:
    """The activities of a version with rule, evidence and tick, in three queries."""
    files = files_of(version.course)
    known = {one.key: one for one in progress.activities.all()} if progress else {}
    rows: list[OutlineRow] = []
    is_open = True
    for activity in version.activities.all():
        content = activity.content
        rule = rule_of(ActivityKind(activity.kind), content)
        mine = known.get(activity.key)
        verdict = judge(rule, mine.evidence if mine else {}, facts_of(content, files))
        row = OutlineRow(activity, content, rule, verdict, mine, is_open)
        rows.append(row)
        if version.in_order and activity.is_required and not row.is_done:
            is_open = False
    return rows


def progresses_of(person: Person) -> QuerySet[CourseProgress]:
    """Everything the person has begun, the newest first."""
    return CourseProgress.objects.filter(person=person).select_related("course", "version").order_by("-began_at", "-pk")


def shapes(version: CourseVersion) -> list[Shape]:
    """The activities of a version as they are compared with another one's."""
    return [
        Shape(one.key, one.kind, one.title, one.minutes, one.is_required, one.settings)
        for one in version.activities.all()
    ]
