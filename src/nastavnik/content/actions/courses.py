"""Courses are created, described anew and reviewed. What they consist of is the business of `versions`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from nastavnik.content.actions._search import refresh
from nastavnik.content.errors import CodeTaken
from nastavnik.content.events import CourseReviewDue
from nastavnik.content.models import Course, CourseVersion
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

CREATED, DESCRIBED = "content.course_created", "content.course_described"
DESCRIPTION = ("title", "summary", "is_open", "author", "owner", "review_date")


def create(
    *,
    code: str,
    title: str,
    by: Person | None,
    at: datetime,
    summary: str = "",
    is_open: bool = False,
    author: Person | None = None,
    owner: Person | None = None,
    review_date: date | None = None,
) -> Course:
    """A course with an empty draft. Raises CodeTaken."""
    with transaction.atomic():
        if Course.objects.filter(code=code).exists():
            raise CodeTaken(code=code)
        course = Course.objects.create(
            code=code, title=title, summary=summary, is_open=is_open, author=author or by, owner=owner or by,
            review_date=review_date, created_at=at, changed_at=at,
        )  # fmt: skip
        CourseVersion.objects.create(course=course, number=1, made_by=by, made_at=at)
        refresh(course)
        journal.write(CREATED, by=by, at=at, subject=course, data={"course": title, "code": code})
    return course


def describe(*, course: Course, by: Person | None, at: datetime, **said: Any) -> None:
    """Change what is said about the course (names in DESCRIPTION); what it consists of stays."""
    with transaction.atomic():
        course = Course.objects.select_for_update().get(pk=course.pk)
        changed = [name for name, value in said.items() if name in DESCRIPTION and getattr(course, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(course, name, said[name])
        course.changed_at = at
        course.save(update_fields=[*changed, "changed_at"])
        refresh(course)
        journal.write(DESCRIBED, by=by, at=at, subject=course, data={"course": course.title, "changed": changed})


def tell_of_reviews(*, day: date, at: datetime) -> int:
    """Publish CourseReviewDue for every course whose review date has come; once for each date. Returns how many."""
    told = 0
    for pk in Course.objects.due_for_review(day).values_list("pk", flat=True):
        with transaction.atomic():
            course = Course.objects.select_for_update().get(pk=pk)
            if course.review_date is None or course.review_told_date == course.review_date:
                continue
            course.review_told_date = course.review_date
            course.save(update_fields=["review_told_date"])
            publish(CourseReviewDue(course.code, course.owner_id, course.review_date), at=at)
            told += 1
    return told
