"""What courses and tests are told to people about: a task marked, a course to look over, a test offered."""

from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse

from nastavnik.assessment.models import Sitting
from nastavnik.content.models import Activity, Course, Submission
from nastavnik.learning.actions.notices import Saying, notify, notify_each
from nastavnik.learning.enums import NoticeKind
from nastavnik.learning.logic.messages import gettext_noop
from nastavnik.people.models import Person

ACCEPTED = gettext_noop("Your task is accepted: {task}")
RETURNED = gettext_noop("Your task is returned to be done again: {task}")
TO_REVIEW = gettext_noop("The course «{course}» was to be looked over by {day}: is everything in it still so?")
OFFERED = gettext_noop("You are offered the test «{exam}»: from {opens} until {closes}")


def tell_marked(*, person_id: int, course_code: str, key: str, accepted: bool, at: datetime) -> None:
    """The learner is told what became of the task handed in last."""
    rows = Submission.objects.filter(progress__person=person_id, progress__course__code=course_code, key=key)
    rows = rows.filter(marked_at__isnull=False).select_related("progress__person", "progress__course")
    row = rows.order_by("-marked_at", "-number").first()
    if row is None:
        return
    activity = Activity.objects.filter(version=row.progress.version_id, key=key).first()
    course = row.progress.course
    notify(
        person=row.progress.person, kind=NoticeKind.DECISION, title=ACCEPTED if accepted else RETURNED,
        object_key=f"submission:{row.public_id}", at=at, params={"task": activity.title if activity else course.title},
        url=reverse("content:activity-play", args=[course.public_id, key]),
    )  # fmt: skip


def tell_review_due(*, course_code: str, owner_id: int | None, review_date: date, at: datetime) -> None:
    """The owner of a course is told that its review date has come. A course nobody owns has nobody to tell."""
    owner = Person.objects.filter(pk=owner_id).first()
    course = Course.objects.filter(code=course_code).first()
    if owner is None or course is None:
        return
    notify(
        person=owner, kind=NoticeKind.DUE_SOON, title=TO_REVIEW, at=at, url=course.get_absolute_url(),
        object_key=f"course review:{course.public_id}:{review_date.isoformat()}",
        params={"course": course.title, "day": {"day": review_date.isoformat()}},
    )  # fmt: skip


def tell_offered(*, sitting_id: int, person_ids: Collection[int], at: datetime) -> int:
    """Everybody offered a window is told of it, thousands in a fixed number of statements; returns how many.

    A window taken back meanwhile is told to nobody.
    """
    sitting = Sitting.objects.filter(pk=sitting_id, cancelled_at=None).select_related("exam").first()
    if sitting is None:
        return 0
    opens, closes = ({"moment": one.isoformat()} for one in (sitting.opens_at, sitting.closes_at))
    params, url = {"exam": sitting.exam.title, "opens": opens, "closes": closes}, reverse("assessment:my-exams")
    sayings = [
        Saying(person, NoticeKind.ASSIGNED, OFFERED, f"sitting:{sitting_id}", params, url)
        for person in dict.fromkeys(person_ids)
    ]
    return notify_each(sayings, at=at, once=True)
