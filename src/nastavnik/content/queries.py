"""Reads of courses and of how far people have come, for screens and for the rooms above."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Max, OuterRef, Q, QuerySet, Subquery

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
    Submission,
    SurveyAnswer,
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


def submissions(marker: Person) -> QuerySet[Submission]:
    """What was handed in by the people within the marker's reach, with the title of its task."""
    task = Activity.objects.filter(version=OuterRef("progress__version"), key=OuterRef("key")).values("title")
    return (
        Submission.objects.visible_to(marker)
        .select_related("progress__person", "progress__course", "progress__version", "marked_by")
        .annotate(title=Subquery(task[:1]))
    )


# Fewer answers could be recognised by who they come from.
LEAST_ANSWERS = 3
SCORES = ("comfortable", "clear", "useful", "recommend")


@dataclass(frozen=True)
class SurveyResults:
    """Answers to the surveys of a course: means of scores 1 to 5, shares of 4 and 5, comments of the newest answers."""

    n: int
    means: Mapping[str, float]
    shares: Mapping[str, float]
    comments: tuple[str, ...]


def survey_results(course: Course) -> SurveyResults:
    """Over all versions and surveys of the course; empty below LEAST_ANSWERS."""
    rows = SurveyAnswer.objects.filter(progress__course=course)
    n = rows.count()
    if n < LEAST_ANSWERS:
        return SurveyResults(n, {}, {}, ())
    means = rows.aggregate(**{name: Avg(name) for name in SCORES})
    good = rows.aggregate(**{name: Count("pk", filter=Q(**{f"{name}__gte": 4})) for name in SCORES})
    comments = rows.exclude(comment="").order_by("?").values_list("comment", flat=True)[:50]
    return SurveyResults(n, means, {name: good[name] / n for name in SCORES}, tuple(comments))


@dataclass(frozen=True)
class Standing:
    """How many are under way and have completed; how many of those under way are on an earlier version."""

    under_way: int
    completed: int
    behind: int


def standing(course: Course) -> Standing:
    """Counts of people in the course today."""
    rows = CourseProgress.objects.filter(course=course)
    current_version = published(course)
    under_way = rows.filter(completed_at=None)
    behind = under_way.exclude(version=current_version).count() if current_version else 0
    done = rows.filter(completed_at__isnull=False).values("person_id").distinct().count()
    return Standing(under_way.count(), done, behind)
