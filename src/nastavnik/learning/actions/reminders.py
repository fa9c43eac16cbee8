"""Notices about plans: what was assigned, what is due soon, what is overdue; one a day for a person, by one engine."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse

from nastavnik.learning.actions.notices import Saying, notify_each
from nastavnik.learning.days import calendar, local_days
from nastavnik.learning.enums import EnrolmentState, NoticeKind
from nastavnik.learning.logic import due
from nastavnik.learning.logic.messages import gettext_noop
from nastavnik.learning.models import Enrolment, PlanItem

ASSIGNED = gettext_noop("You are enrolled: {programme}, due {day}")
DUE_SOON = gettext_noop("Due {day} in your plan: {n}")
OVERDUE = gettext_noop("Overdue in your plan: {n}, the oldest since {day}")


def tell_enrolled(enrolments: Collection[int], *, at: datetime) -> None:
    """Tell people what they were enrolled in."""
    rows = Enrolment.objects.filter(pk__in=enrolments).select_related("programme").order_by("pk")
    url = reverse("learning:my-plan")
    sayings = [
        Saying(
            row.person_id, NoticeKind.ASSIGNED, ASSIGNED, f"enrolment {row.public_id}",
            {"programme": row.programme.title, "day": {"day": row.due_date.isoformat()}}, url,
        )
        for row in rows
    ]  # fmt: skip
    notify_each(sayings, at=at)


def remind(*, at: datetime) -> int:
    """Tell each person once a day what is due on the next working day and what is overdue; returns how many people."""
    today = local_days()(at)
    next_day = due.next_working(today + timedelta(days=1), calendar())
    asked = PlanItem.objects.to_do().filter(is_required=True, due_date__lte=next_day)
    asked = asked.exclude(enrolment__state=EnrolmentState.PAUSED)
    url, sayings = reverse("learning:my-plan"), list[Saying]()
    for kind, title, rows in (
        (NoticeKind.DUE_SOON, DUE_SOON, asked.filter(due_date__gt=today)),
        (NoticeKind.OVERDUE, OVERDUE, asked.filter(due_date__lt=today)),
    ):
        for row in rows.order_by("person").values("person").annotate(n=Count("pk"), day=Min("due_date")):
            day = row["day"].isoformat()
            sayings.append(
                Saying(
                    row["person"], kind, title, f"plan {day}", {"n": row["n"], "day": {"day": day}}, url,
                    needs_action=kind == NoticeKind.OVERDUE,
                )
            )  # fmt: skip
    notify_each(sayings, at=at)
    return len({one.person_id for one in sayings})
