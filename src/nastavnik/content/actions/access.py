"""Who may take a course that is not open: granted and withdrawn by source, so that sources do not undo each other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nastavnik.content.models import Course, CourseAccess
from nastavnik.kernel import journal
from nastavnik.people.models import Person

GRANTED, REVOKED = "content.access_granted", "content.access_revoked"
BY_HAND = "by hand"


def grant(*, person: Person, course: Course, source: str, by: Person | None, at: datetime) -> CourseAccess:
    """Let the person take the course. Granted already by the same source: nothing changes."""
    grant_all(people=[person], course=course, source=source, by=by, at=at)
    return CourseAccess.objects.get(person=person, course=course, source=source, revoked_at=None)


def grant_all(*, people: Sequence[Person], course: Course, source: str, by: Person | None, at: datetime) -> int:
    """Let many people take the course, in a fixed number of statements; returns how many could not before."""
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        have = CourseAccess.objects.filter(course=course, source=source, revoked_at=None, person__in=people)
        known = set(have.values_list("person_id", flat=True))
        new = [one for one in {person.pk: person for person in people}.values() if one.pk not in known]
        CourseAccess.objects.bulk_create(
            CourseAccess(course=course, person=person, source=source, granted_by=by, granted_at=at) for person in new
        )
        data = {"course": course.title, "source": source}
        journal.write_all(
            journal.compose(GRANTED, by=by, at=at, subject=course, person_id=person.pk, data=data) for person in new
        )
    return len(new)


def revoke(*, person: Person, course: Course, source: str, by: Person | None, at: datetime) -> None:
    """Withdraw what this source granted. What the person has begun stays open to them. Not granted: nothing changes."""
    with transaction.atomic():
        rows = CourseAccess.objects.filter(person=person, course=course, source=source, revoked_at=None)
        if rows.update(revoked_at=at):
            data = {"course": course.title, "source": source}
            journal.write(REVOKED, by=by, at=at, subject=course, person_id=person.pk, data=data)
