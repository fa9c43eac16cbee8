"""Plans beyond programmes: what follows a failed test, what is assigned by hand; the month's plan is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Sum

from nastavnik.assessment.models import ItemResult, Result
from nastavnik.content.models import Course, CourseProgress
from nastavnik.kernel import journal
from nastavnik.learning.days import calendar, local_days, zone
from nastavnik.learning.enums import LearningKind, Source
from nastavnik.learning.errors import MonthFrozen
from nastavnik.learning.logic import due, remedies
from nastavnik.learning.logic.messages import Words
from nastavnik.learning.models import Enrolment, FrozenItem, PlanItem, PlanVersion, TopicRemedy
from nastavnik.metrics.actions.facts import PUSH_LIMIT, push
from nastavnik.people.models import Person, TeamMembership

FROZEN, ASSIGNED = "learning.plan_frozen", "learning.item_assigned"
REMEDY_DAYS, RETEST_DAYS = 5, 7
WEAK_PERCENT = 75
REPORT_DAYS = 62


@dataclass(frozen=True)
class Assignment:
    """What is put into a plan."""

    kind: LearningKind
    title: str
    reference: str = ""
    minutes: int = 30
    why: Words | None = None
    working_days: int = REMEDY_DAYS


def assign(
    *, person: Person, what: Sequence[Assignment], source: Source, by: Person | None, at: datetime,
    enrolment: Enrolment | None = None,
) -> list[PlanItem]:  # fmt: skip
    """Put things into a person's plan, each with its due day; what waits there already is not put in twice."""
    today, off = local_days()(at), calendar()
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        waits = set(PlanItem.objects.to_do().filter(person=person).values_list("kind", "reference", "title"))
        place = PlanItem.objects.filter(person=person, enrolment=None).aggregate(last=Max("position"))["last"] or 0
        new = [one for one in what if not _waits(one, waits)]
        items = PlanItem.objects.bulk_create(
            PlanItem(
                person=person, kind=one.kind, reference=one.reference, title=one.title, minutes=one.minutes,
                source=source, why=one.why.to_json() if one.why else {},
                due_date=due.after(today, one.working_days, off), position=place + number, created_at=at,
            )
            for number, one in enumerate(new, start=1)
        )  # fmt: skip
        journal.write_all(
            journal.compose(ASSIGNED, by=by, at=at, subject=item, person_id=person.pk, data={"title": item.title})
            for item in items
        )
    return items


def _waits(one: Assignment, waits: set[tuple[str, str, str]]) -> bool:
    if one.reference:
        return any((one.kind.value, one.reference) == known[:2] for known in waits)
    return (one.kind.value, "", one.title) in waits


def plan_after_failure(*, attempt_id: int, at: datetime) -> list[PlanItem]:
    """Weak topics of a failed attempt become items: a course where one is named for the topic, else a review; then the
    test again. What the person completed on the version in use is not assigned again. A test that waits in the plan
    already, of a programme say, is the one to be sat again: it keeps its day, gets the reason, and is returned too.
    """
    rows = Result.objects.in_force().select_related("attempt__exam", "attempt__person")
    result = rows.defer("attempt__layout", "attempt__exam__blueprint").filter(attempt_id=attempt_id).first()
    if result is None or result.is_passed:
        return []
    attempt = result.attempt
    weak = remedies.weak(_shares(result), WEAK_PERCENT)
    cures = {one.topic_id: one.course for one in TopicRemedy.objects.select_related("course")}
    completed = set(_completed(attempt.person, list(cures.values())))
    what: list[Assignment] = []
    for topic in weak:
        why = Words.of(remedies.WEAK_TOPIC, title=attempt.exam.title, topic=topic.title, percent=topic.percent)
        course = cures.get(topic.key)
        if course is not None and course.pk not in completed:
            what.append(Assignment(LearningKind.COURSE, course.title, course.code, minutes=30, why=why))
        else:
            what.append(Assignment(LearningKind.TASK, topic.title, minutes=20, why=why))
    again = Words.of(remedies.AGAIN, title=attempt.exam.title, percent=round(float(result.percent), 1))
    waiting = PlanItem.objects.to_do().filter(
        person=attempt.person, kind=LearningKind.EXAM, reference=attempt.exam.code
    )  # fmt: skip
    with transaction.atomic():
        waits = list(waiting)
        waiting.update(why=again.to_json())
        exam = attempt.exam
        what.append(Assignment(LearningKind.EXAM, exam.title, exam.code, exam.minutes, again, RETEST_DAYS))
        return [*assign(person=attempt.person, what=what, source=Source.FAILED_TEST, by=None, at=at), *waits]


def _shares(result: Result) -> list[remedies.Topic]:
    rows = (
        ItemResult.objects.filter(result=result, is_left_out=False, item__topic__isnull=False)
        .values(key=F("item__topic_id"), title=F("item__topic__title"))
        .annotate(points=Sum("points"), possible=Sum("max_points"))
    )
    return [
        remedies.Topic(row["key"], row["title"], float(row["points"]), float(row["possible"]))
        for row in rows
        if row["possible"]
    ]


def _completed(person: Person, courses: Sequence[Course]) -> list[int]:
    rows = CourseProgress.objects.filter(person=person, course__in=courses, completed_at__isnull=False)
    return list(rows.filter(version__state="published").values_list("course_id", flat=True))


def set_remedy(*, topic_id: int, course: Course | None) -> None:
    """Which course helps with a topic; None: none does."""
    with transaction.atomic():
        TopicRemedy.objects.filter(topic_id=topic_id).delete()
        if course is not None:
            TopicRemedy.objects.create(topic_id=topic_id, course=course)


def freeze(*, month: date, by: Person | None, at: datetime) -> PlanVersion:
    """Freeze what is due in the month that begins on `month`: completion is counted against it. Raises MonthFrozen."""
    first = month.replace(day=1)
    end = (first + timedelta(days=32)).replace(day=1)
    try:
        with transaction.atomic():
            version = PlanVersion.objects.create(month_date=first, frozen_at=at, frozen_by=by)
            items = PlanItem.objects.filter(due_date__gte=first, due_date__lt=end, dropped_at=None, is_required=True)
            items = items.exclude(enrolment__state="paused")
            rows = list(items.values_list("pk", "person_id", "due_date"))
            teams = dict(
                TeamMembership.objects.on(first)
                .filter(person__in={person for _pk, person, _day in rows})
                .values_list("person_id", "team_id")
            )
            FrozenItem.objects.bulk_create(
                (
                    FrozenItem(version=version, item_id=pk, person_id=person, team_id=teams.get(person), due_date=day)
                    for pk, person, day in rows
                ),
                batch_size=2000,
            )
            data = {"month": first.isoformat(), "count": len(rows)}
            journal.write(FROZEN, by=by, at=at, subject=version, data=data)
    except IntegrityError as error:
        raise MonthFrozen(month=f"{first:%Y-%m}") from error
    return version


def report(*, at: datetime) -> int:
    """Push what came of the frozen plans of the last two months as facts; returns how many items were told.

    An item is told once its due day is over, done or not: records have no moments in the future. Told again it changes
    nothing, a late tick corrects it.
    """
    day_of = local_days()
    today = day_of(at)
    rows = (
        FrozenItem.objects.filter(due_date__gte=today - timedelta(days=REPORT_DAYS), due_date__lt=today)
        .exclude(item__dropped_at__isnull=False)
        .select_related("item", "person")
        .order_by("pk")
    )
    where, told = zone(), list[dict[str, object]]()
    for row in rows:
        done = row.item.done_at
        noon = datetime.combine(row.due_date, time(12), tzinfo=where)
        told.append(
            {
                "id": f"plan-{row.pk}", "person": row.person.code, "due_at": noon.isoformat(), "kind": row.item.kind,
                "title": row.item.title, "on_time": bool(done and day_of(done) <= row.due_date),
            }
        )  # fmt: skip
    for begin in range(0, len(told), PUSH_LIMIT):
        push(stream="plan_items", rows=told[begin : begin + PUSH_LIMIT], by=None, at=at)
    return len(told)
