"""Notices about plans: what was assigned, what is due soon, what is overdue; one a day for a person, by one engine."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse

from nastavnik.learning.actions import notices
from nastavnik.learning.days import calendar, local_days
from nastavnik.learning.enums import EnrolmentState, NoticeKind
from nastavnik.learning.logic import due
from nastavnik.learning.logic.messages import gettext_noop
from nastavnik.learning.models import Enrolment, PlanItem
from nastavnik.people.models import Person

ASSIGNED = gettext_noop("You are enrolled: {programme}, due {day}")
DUE_SOON = gettext_noop("Due {day} in your plan: {n}")
OVERDUE = gettext_noop("Overdue in your plan: {n}, the oldest since {day}")


def tell_enrolled(enrolments: Collection[int], *, at: datetime) -> None:
    """Tell people what they were enrolled in."""
    rows = Enrolment.objects.filter(pk__in=enrolments).select_related("person", "programme")
    for row in rows:
        notices.notify(
            person=row.person, kind=NoticeKind.ASSIGNED, title=ASSIGNED, object_key=f"enrolment {row.public_id}",
            params={"programme": row.programme.title, "day": {"day": row.due_date.isoformat()}},
            url=reverse("learning:my-plan"), at=at,
        )  # fmt: skip


def remind(*, at: datetime) -> int:
    """Tell each person once a day what is due on the next working day and what is overdue; returns how many people."""
    today = local_days()(at)
    next_day = due.next_working(today + timedelta(days=1), calendar())
    asked = PlanItem.objects.to_do().filter(is_required=True, due_date__lte=next_day)
    asked = asked.exclude(enrolment__state=EnrolmentState.PAUSED)
    told = set()
    for kind, title, rows in (
        (NoticeKind.DUE_SOON, DUE_SOON, asked.filter(due_date__gt=today)),
        (NoticeKind.OVERDUE, OVERDUE, asked.filter(due_date__lt=today)),
    ):
        counted = {
            row["person"]: row
            for row in rows.order_by().values("person").annotate(n=Count("pk"), day=Min("due_date"))
        }  # fmt: skip
        for person in Person.objects.filter(pk__in=counted):
            row = counted[person.pk]
            notices.notify(
                person=person, kind=kind, title=title, object_key=f"plan {row['day'].isoformat()}",
                params={"n": row["n"], "day": {"day": row["day"].isoformat()}}, url=reverse("learning:my-plan"), at=at,
                needs_action=kind == NoticeKind.OVERDUE,
            )  # fmt: skip
            told.add(person.pk)
    return len(told)
