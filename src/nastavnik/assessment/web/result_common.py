"""What the pages about results share: tabs, the way back, tasks under way."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from nastavnik.assessment.enums import AppealState
from nastavnik.assessment.models import Appeal, Exam, ItemAlarm, OpenAnswer, Signal
from nastavnik.assessment.permissions import may_judge_exams, may_see_results
from nastavnik.assessment.web.common import me
from nastavnik.kernel.models import LongTask
from nastavnik.kernel.permissions import require
from nastavnik.people.models import Person


def judge(request: HttpRequest) -> Person:
    """Who is logged in, allowed to mark and to read analysis. Raises NotPermitted."""
    require(may_judge_exams, me(request))
    return me(request)


def viewer(request: HttpRequest) -> Person:
    """Who is logged in, allowed to see results of others. Raises NotPermitted."""
    require(may_see_results, me(request))
    return me(request)


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """Links between the pages this person may open, with what waits on each."""
    person = me(request)
    found: list[tuple[str, str, int | None]] = []
    if may_see_results(person):
        found += [("result-list", gettext("Results"), None), ("topic-board", gettext("By topic"), None)]
    if may_judge_exams(person):
        found += [
            ("analysis-list", gettext("Exams and items"), None),
            ("alarm-list", gettext("Items to look at"), ItemAlarm.objects.filter(looked_at=None).count()),
            ("signal-list", gettext("Attempts to look at"), _signals(person)),
            ("marking-queue", gettext("Marking"), OpenAnswer.objects.open_to(person).count()),
            ("appeal-list", gettext("Appeals"), Appeal.objects.filter(state=AppealState.OPEN).count()),
        ]
    return [
        {"title": title, "url": reverse(f"assessment:{name}"), "active": name == active, "count": count or None}
        for name, title, count in found
    ]


def _signals(person: Person) -> int:
    return Signal.objects.visible_to(person).filter(looked_at=None).count()


def exam_choices() -> list[tuple[str, str]]:
    """Exams to filter by."""
    return [(str(pk), title) for pk, title in Exam.objects.values_list("pk", "title")]


def back_to(*pages: tuple[str, str]) -> list[tuple[str, str]]:
    """Crumbs: the name of an address without arguments, its title."""
    return [(title, reverse(f"assessment:{name}")) for name, title in pages]


def task_of(person: Person, kind: str) -> LongTask | None:
    """The newest long task of this kind that the person started."""
    return LongTask.objects.filter(owner_id=person.pk, kind=kind).order_by("-pk").first()
