"""What learning does by itself about courses, tests and results: reactions with real rows behind them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nastavnik.assessment.actions import exams, rescoring, sittings, topics
from nastavnik.assessment.enums import Treatment
from nastavnik.assessment.events import AttemptClosed, AttemptRescored, ExamOffered
from nastavnik.assessment.models import Attempt, Exam
from nastavnik.content.actions import access, progress, work
from nastavnik.content.enums import ActivityKind
from nastavnik.content.events import ActivityCompleted, CourseReviewDue, TaskMarked
from nastavnik.content.models import Course, CourseAccess, CourseProgress
from nastavnik.kernel.models import OutboxEvent
from nastavnik.learning import reactions
from nastavnik.learning.actions import advance, openings, plans, programmes, reminders
from nastavnik.learning.enums import Branch, LearningKind, NoticeKind
from nastavnik.learning.logic.requirements import Need
from nastavnik.learning.models import Enrolment, Notice, PlanItem
from nastavnik.learning.notice_words import title_of
from nastavnik.metrics import store
from nastavnik.metrics.models import FactDay
from nastavnik.people.models import Person
from tests.factories import results
from tests.factories.assessment_exams import a_published_exam
from tests.factories.content import a_course, a_task, a_trainer, an_activity
from tests.factories.content import published as published_course
from tests.factories.learning_programmes import a_draft, a_programme, a_stage, an_enrolment, later, published
from tests.factories.people import AT, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def said(person: Person) -> list[str]:
    """What the person's notices say, the oldest first, in English."""
    with override("en"), timezone.override("Europe/Moscow"):
        found = [title_of(one) for one in Notice.objects.filter(person=person).order_by("pk")]
    return [text.replace("\xa0", " ") for text in found]


# Courses --------------------------------------------------------------------------------------------------------------


def test_the_owner_of_a_course_is_told_of_its_review_date_and_of_the_next_one() -> None:
    owner = a_person()
    a_course("refunds", title="Возвраты", owner=owner, review_date=date(2026, 11, 20))
    a_course("nobodys")
    for day in (date(2026, 11, 20), date(2026, 12, 20)):
        for _again in range(2):
            event = CourseReviewDue("refunds", owner.pk, day)
            reactions.tell_the_owner_of_a_course(event, AT)
    reactions.tell_the_owner_of_a_course(CourseReviewDue("nobodys", None, date(2026, 11, 20)), AT)
    asks = "The course «Возвраты» was to be looked over by {}: is everything in it still so?"
    assert said(owner) == [asks.format("20 Nov 2026"), asks.format("20 Dec 2026")]
    assert Notice.objects.first().url == Course.objects.get(code="refunds").get_absolute_url()  # type: ignore[union-attr]  # there are two


def test_the_learner_is_told_of_each_mark_of_a_task() -> None:
    trainer, person = a_trainer(), a_person()
    course = a_course()
    an_activity(course, a_task(), ActivityKind.TASK, key="letter", title="Письмо клиенту")
    way = progress.begin(person=person, course=published_course(course), at=AT)
    for points in ([1, 1], [4, 6]):
        made = work.hand_in(progress=way, key="letter", text="Ответ", at=AT)
        work.mark(submission=made, points=points, comment="", by=trainer, at=AT)
        event = TaskMarked(person.pk, course.code, "letter", sum(points) == 10)
        reactions.tell_of_a_marked_task(event, AT)
    assert said(person) == [
        "Your task is returned to be done again: Письмо клиенту",
        "Your task is accepted: Письмо клиенту",
    ]
    assert Notice.objects.filter(person=person).first().url == reverse(  # type: ignore[union-attr]  # there are two
        "content:activity-play", args=[course.public_id, "letter"]
    )


def test_a_gate_may_ask_for_one_activity_of_a_course() -> None:
    person, course = a_person(), a_course("money", title="Деньги")
    for key in ("law", "sums"):
        an_activity(course, key=key, title=key.title())
    published_course(course)
    programme = a_draft()
    a_stage(programme, "first", Need.of("part", part="money/law"), tasks=0)
    a_stage(programme, "second")
    made = an_enrolment(person, published(programme))
    other = an_enrolment(person, a_programme())
    way = progress.begin(person=person, course=course, at=AT)

    def stage_after(key: str) -> str:
        activity = progress.activity_of(way, key)
        progress.record(progress=way, activity=activity, change=lambda _known: {"read_seconds": 60}, at=AT)
        reactions.go_on_after_an_activity(ActivityCompleted(person.pk, "money", key), AT)
        made.refresh_from_db()
        return made.stage.key if made.stage else ""

    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert made.lacks[0][0]["with"] == {"title": "Деньги: Law"}
    assert [stage_after("sums"), stage_after("law")] == ["first", "second"]
    other.refresh_from_db()
    assert other.evaluated_at is None  # nothing of it asks for an activity: it was not looked at


# Tests ----------------------------------------------------------------------------------------------------------------


def offered(exam: Exam, people: list[Person]) -> ExamOffered:
    sittings.offer(
        exam=exam, people=people, opens_at=AT + timedelta(hours=1), closes_at=AT + timedelta(hours=5), by=None, at=AT
    )
    payload = OutboxEvent.objects.filter(kind="assessment.ExamOffered").latest("pk").payload
    return ExamOffered(**{**payload, "person_ids": tuple(payload["person_ids"])})


def test_everybody_offered_a_test_is_told_the_window_in_as_many_queries_for_one_as_for_many() -> None:
    exam = a_published_exam()
    counts = []
    for many in (1, 12):
        people = [a_person() for _one in range(many)]
        event = offered(exam, people)
        with CaptureQueriesContext(connection) as queries:
            reactions.tell_those_offered_a_test(event, AT)
        counts.append(len(queries))
        reactions.tell_those_offered_a_test(event, AT + timedelta(days=1))
        assert {tuple(said(one)) for one in people} == {
            ("You are offered the test «Ежемесячный тест»: from 23 Nov 2026, 13:00 until 23 Nov 2026, 17:00",)
        }
    assert counts[0] == counts[1]
    assert set(Notice.objects.values_list("url", flat=True)) == {reverse("assessment:my-exams")}


def test_a_window_taken_back_is_told_to_nobody() -> None:
    person = a_person()
    event = offered(a_published_exam(), [person])
    sittings.cancel(sitting=Attempt.objects.get().sitting, by=None, at=AT)
    reactions.tell_those_offered_a_test(event, AT)
    assert said(person) == []


def a_failure(person: Person, *, right: int = 1) -> Attempt:
    """A test of eight items, four on each of two topics; the first `right` are answered rightly."""
    members = []
    for title in ("Возвраты", "Отказ"):
        members += results.live_items(4, topic=topics.create(title=title, parent=None, by=None, at=AT))
    form = results.a_form(results.an_exam("monthly", pass_percent=75), members)
    answers = [[0 if place < right else 1 for place in range(8)]]
    return results.sat(form, [person], answers)[0]


def closed(attempt: Attempt, outcome: str = "failed") -> AttemptClosed:
    return AttemptClosed(attempt.pk, attempt.person_id, attempt.exam.code, 0.0, outcome == "passed", outcome, AT)


def plan(person: Person) -> list[tuple[str, str, str]]:
    rows = PlanItem.objects.to_do().filter(person=person).order_by("position")
    return [(row.kind, row.reference or row.title, row.due_date.isoformat()) for row in rows]


def test_a_failed_test_becomes_a_plan_of_weak_topics_and_the_test_again() -> None:
    person = a_person()
    attempt = a_failure(person)
    course = published_course(a_course("refunds-again", is_open=False))
    topic = attempt.form.items.first().item.topic  # type: ignore[union-attr]  # a form has items
    plans.set_remedy(topic_id=topic.pk, course=course)  # type: ignore[union-attr]  # every item has a topic here
    for _again in range(2):
        reactions.go_on_after_a_test(closed(attempt), AT)
    # Five working days for topics, seven for the test, counted from Monday, 23 November.
    assert plan(person) == [
        ("task", "Отказ", "2026-11-27"),
        ("course", "refunds-again", "2026-11-27"),
        ("exam", "monthly", "2026-12-01"),
    ]
    assert CourseAccess.objects.get(course=course).person == person
    again = Attempt.objects.exclude(pk=attempt.pk).get()
    assert (again.person, again.exam, again.closed_at) == (person, attempt.exam, None)


def test_a_course_completed_already_is_not_assigned_again_and_a_passed_test_asks_nothing() -> None:
    person, lucky = a_person(), a_person()
    attempt = a_failure(person, right=4)
    topics = {member.item.topic for member in attempt.form.items.select_related("item__topic")}
    weak = next(topic for topic in topics if topic and topic.title == "Отказ")
    course = published_course(a_course("refusal"))
    plans.set_remedy(topic_id=weak.pk, course=course)
    way = progress.begin(person=person, course=course, at=AT)
    CourseProgress.objects.filter(pk=way.pk).update(completed_at=AT)
    reactions.go_on_after_a_test(closed(attempt), AT)
    assert [one[:2] for one in plan(person)] == [("task", "Отказ"), ("exam", "monthly")]
    passed = results.sat(attempt.form, [lucky], [[0] * 8])[0]
    assert plans.plan_after_failure(attempt_id=passed.pk, at=AT) == []


def test_whoever_was_scored_anew_is_told_and_goes_on() -> None:
    person = a_person()
    attempt = a_failure(person, right=5)
    programme = a_draft()
    a_stage(programme, "exam", Need.of("exam", exam="monthly", percent=75), tasks=0)
    made = an_enrolment(person, published(programme))
    advance.evaluate([made.pk], at=AT)
    version = results.version_of(attempt.form.items.get(position=6).item)
    rescoring.rescore(version=version, treatment=Treatment.FULL_POINTS, reason="ключ", by=None, at=AT)
    payload = OutboxEvent.objects.get(kind="assessment.AttemptRescored").payload
    event = AttemptRescored(**{**payload, "at": AT})
    reactions.tell_of_a_new_result(event, AT)
    reactions.look_again_after_a_rescore(event, AT)
    made.refresh_from_db()
    assert (said(person), made.state) == ([f"Your result was counted anew: {attempt.exam.title}"], "finished")


# Openings, reminders, the plan's figures ------------------------------------------------------------------------------


def a_learning_programme(course: Course, exam: Exam) -> Enrolment:
    programme = a_draft(branch=Branch.NEWCOMERS)
    stage = a_stage(programme, "distance", tasks=0)
    programmes.add_activity(stage=stage, kind=LearningKind.COURSE, reference=course.code, title="Курс", key="course")
    programmes.add_activity(stage=stage, kind=LearningKind.EXAM, reference=exam.code, title="Тест", key="exam")
    a_stage(programme, "live")
    return an_enrolment(a_person(), published(programme))


def test_a_stage_opens_its_course_and_its_test_once() -> None:
    course, exam = published_course(a_course("closed", is_open=False)), a_published_exam("entry")
    made = a_learning_programme(course, exam)
    for _again in range(2):
        openings.open_stages([made.pk], at=AT)
    grant = CourseAccess.objects.get()
    assert (grant.person, grant.course, grant.source) == (made.person, course, f"programme {made.programme.code}")
    attempt = Attempt.objects.get()
    # Until the end of the due day, 27 November, in Moscow.
    assert (attempt.person, attempt.sitting.closes_at.isoformat()) == (made.person, "2026-11-27T21:00:00+00:00")


def test_a_test_nobody_can_be_offered_stays_in_the_plan() -> None:
    course, exam = published_course(a_course("closed", is_open=False)), a_published_exam("entry")
    made = a_learning_programme(course, exam)
    exams.retire(exam=exam, by=None, at=AT)
    openings.open_stages([made.pk], at=AT)
    assert (Attempt.objects.count(), PlanItem.objects.to_do().filter(kind="exam").count()) == (0, 1)
    access.revoke(person=made.person, course=course, source=f"programme {made.programme.code}", by=None, at=AT)


def test_each_person_is_reminded_once_a_day_of_what_is_due_and_of_what_is_late() -> None:
    # Enrolled on the Wednesday, Tuesday and Monday before, and today: due on Tuesday, Monday, Friday, and next Friday.
    soon, today, late, calm = (
        an_enrolment(a_person(), a_programme(stages=["only"]), at=later(-days)) for days in (5, 6, 7, 0)
    )
    paused = an_enrolment(a_person(), late.programme, at=later(-7))
    Enrolment.objects.filter(pk=paused.pk).update(state="paused")
    assert [reminders.remind(at=AT + timedelta(hours=hours)) for hours in (0, 3)] == [2, 2]
    rows = Notice.objects.order_by("pk").values_list("person", "kind", "needs_action")
    assert list(rows) == [
        (soon.person_id, NoticeKind.DUE_SOON, False),
        (late.person_id, NoticeKind.OVERDUE, True),
    ]
    assert said(soon.person) == ["Due 24 Nov 2026 in your plan: 1"]
    assert said(late.person) == ["Overdue in your plan: 1, the oldest since 20 Nov 2026"]
    assert [said(one.person) for one in (today, calm)] == [[], []]


def facts() -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    with store.connect() as db:
        for day in FactDay.objects.filter(stream="plan_items").order_by("day"):
            path = store.path_of("plan_items", day.file_name)
            found += db.execute(f"SELECT title, on_time FROM read_parquet('{path}') ORDER BY title").fetchall()
    return found


def test_the_frozen_plan_becomes_facts_when_its_days_are_over_and_a_late_tick_corrects_them() -> None:
    made = an_enrolment(a_person(), a_programme(stages=["first", "second"]))
    an_enrolment(a_person(), made.programme)
    plans.freeze(month=date(2026, 11, 1), by=None, at=AT)
    first, second = PlanItem.objects.filter(activity_key="first-1").order_by("pk")
    PlanItem.objects.filter(pk=first.pk).update(done_at=later(1))
    # The stage is due on 27 November; the second one, due on 4 December, is not of this month's plan.
    assert [plans.report(at=later(days)) for days in (2, 4, 5)] == [0, 0, 2]
    assert sorted(facts()) == [("First-1", False), ("First-1", True)]
    PlanItem.objects.filter(pk=second.pk).update(done_at=later(5))
    PlanItem.objects.filter(pk=first.pk).update(done_at=later(4))
    assert plans.report(at=later(6)) == 2
    assert sorted(facts()) == [("First-1", False), ("First-1", True)]
    PlanItem.objects.filter(pk=second.pk).update(done_at=later(3))  # the clock of the one who ticked was wrong
    plans.report(at=later(6))
    assert facts() == [("First-1", True), ("First-1", True)]
