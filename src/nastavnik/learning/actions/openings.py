"""A stage that is entered opens its courses and offers its tests. Idempotent: what is open stays open."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from nastavnik.assessment.actions import sittings
from nastavnik.assessment.enums import ExamState
from nastavnik.assessment.errors import NobodyToSit, NoFormYet, NotOfferable, WindowOver
from nastavnik.assessment.models import Attempt, Exam
from nastavnik.content.actions import access
from nastavnik.content.models import Course
from nastavnik.kernel import clock
from nastavnik.learning.days import zone
from nastavnik.learning.enums import EnrolmentState, LearningKind
from nastavnik.learning.models import PlanItem
from nastavnik.people.models import Person

SHORTEST_WINDOW = timedelta(days=1)


def open_stages(enrolments: Collection[int], *, at: datetime) -> None:
    """Open what the present stages of these enrolments ask for and is not done."""
    rows = PlanItem.objects.to_do().filter(enrolment__in=enrolments, enrolment__state=EnrolmentState.ACTIVE)
    rows = rows.filter(stage_id__isnull=False).select_related("person", "enrolment__programme")
    here = [row for row in rows if row.enrolment and row.stage_id == row.enrolment.stage_id]
    _open_courses([row for row in here if row.kind == LearningKind.COURSE], at)
    _offer_tests([row for row in here if row.kind == LearningKind.EXAM], at)


def offer_again(items: Collection[PlanItem], *, at: datetime) -> None:
    """The courses and the second form of the test that a failed one has put into the plan."""
    courses = [one for one in items if one.kind == LearningKind.COURSE]
    _open_courses(courses, at)
    _offer_tests([one for one in items if one.kind == LearningKind.EXAM], at)


def _open_courses(rows: Collection[PlanItem], at: datetime) -> None:
    people: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for row in rows:
        source = f"programme {row.enrolment.programme.code}" if row.enrolment else "failed test"
        people[row.reference, source].append(row.person)
    courses = {one.code: one for one in Course.objects.filter(code__in={code for code, _source in people})}
    for (code, source), who in people.items():
        if code in courses:
            access.grant_all(people=who, course=courses[code], source=source, by=None, at=at)


def _offer_tests(rows: Collection[PlanItem], at: datetime) -> None:
    """A window until the end of the due day, a day at least. Who has a window already is not offered another."""
    codes = {row.reference for row in rows}
    with transaction.atomic():
        # Two reactions about one person at one moment: the second waits here and sees the window of the first.
        published = Exam.objects.select_for_update(no_key=True).filter(code__in=codes, state=ExamState.PUBLISHED)
        _offer({one.code: one for one in published.order_by("pk")}, rows, at)


def _offer(exams: dict[str, Exam], rows: Collection[PlanItem], at: datetime) -> None:
    codes = set(exams)
    waits = set(
        Attempt.objects.filter(
            exam__code__in=codes, person__in={row.person_id for row in rows}, sitting__closes_at__gt=at, closed_at=None
        ).values_list("person_id", "exam__code")
    )
    people: dict[tuple[str, datetime], list[Person]] = defaultdict(list)
    where = zone()
    for row in rows:
        if row.reference in exams and (row.person_id, row.reference) not in waits:
            end = clock.start_of(row.due_date + timedelta(days=1), where)
            people[row.reference, max(end, at + SHORTEST_WINDOW)].append(row.person)
    for (code, end), who in people.items():
        try:
            with transaction.atomic():
                sittings.offer(exam=exams[code], people=who, opens_at=at, closes_at=end, by=None, at=at)
        except (NoFormYet, NotOfferable, NobodyToSit, WindowOver):
            continue  # the plan keeps the item: the author of the test is told by the page of the exam
