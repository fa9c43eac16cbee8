"""Programmes for their list and pages: counts of those learning, stages with gates in words, what may be chosen."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nastavnik.assessment.models import Exam
from nastavnik.content.models import Course
from nastavnik.learning.enums import OPEN_STATES, EnrolmentState, LearningKind, Path
from nastavnik.learning.logic.requirements import Group, Need
from nastavnik.learning.models import Enrolment, Programme, ProgrammeVersion, SessionKind, Stage, StageActivity
from nastavnik.learning.requirements import Titles
from nastavnik.people.models import Person


def programmes_for(viewer: Person) -> QuerySet[Programme]:
    """Every programme, with counts of the people the viewer may see: learning, through."""
    seen = Enrolment.objects.visible_to(viewer).filter(programme=OuterRef("pk")).order_by().values("programme")

    def counted(condition: Q) -> Any:
        return Coalesce(Subquery(seen.filter(condition).annotate(n=Count("pk")).values("n")), 0)

    versions = ProgrammeVersion.objects.filter(programme=OuterRef("pk"))
    return Programme.objects.select_related("owner").annotate(
        learning=counted(Q(state__in=OPEN_STATES)),
        through=counted(Q(state=EnrolmentState.FINISHED)),
        published_number=Subquery(
            versions.filter(published_at__isnull=False).order_by("-number").values("number")[:1]
        ),
        draft_number=Subquery(versions.filter(published_at=None).values("number")[:1]),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A requirement of a gate in words."""

    key: str
    text: str
    is_alternative: bool = False


@dataclass(frozen=True)
class Node:
    """A stage on the drawn path."""

    stage: Stage
    activities: list[StageActivity]
    gate: str
    lines: list[Line]
    groups: list[list[Line]]
    minutes: int


def path_of(version: ProgrammeVersion, path: str = Path.ORIGINAL) -> list[Node]:
    """The stages of a version with their gates as sentences, in a fixed number of queries."""
    stages = list(version.stages.filter(path=path).order_by("position").prefetch_related("activities"))
    titles = Titles([stage.tree for stage in stages])
    return [node_of(stage, titles) for stage in stages]


def node_of(stage: Stage, titles: Titles | None = None) -> Node:
    """One stage."""
    said, activities = titles or Titles([stage.tree]), list(stage.activities.all())
    lines = [Line(part.key, said.sentence(part)) for part in stage.tree.parts if isinstance(part, Need)]
    groups = [
        [Line(need.key, said.sentence(need), True) for need in part.needs()]
        for part in stage.tree.parts
        if isinstance(part, Group)
    ]
    minutes = sum(activity.minutes for activity in activities)
    return Node(stage, activities, said.gate(stage.tree), lines, groups, minutes)


def references() -> dict[str, list[tuple[str, str]]]:
    """What a course, a test or a live session on a stage may be."""
    return {
        LearningKind.COURSE.value: list(Course.objects.order_by("title").values_list("code", "title")),
        LearningKind.EXAM.value: list(Exam.objects.order_by("title").values_list("code", "title")),
        LearningKind.SESSION.value: session_kinds(),
    }


def session_kinds() -> list[tuple[str, str]]:
    """Kinds of live sessions."""
    return [(one.code, str(one)) for one in SessionKind.objects.filter(is_active=True)]
