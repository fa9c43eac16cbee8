"""Ticks in plans: courses completed, tests passed, sessions attended. Proof of an earlier cycle does not count."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from nastavnik.assessment.enums import Outcome
from nastavnik.assessment.models import Result
from nastavnik.content.enums import VersionState
from nastavnik.content.models import CourseProgress
from nastavnik.learning.days import local_days
from nastavnik.learning.enums import LearningKind
from nastavnik.learning.models import Attendance, PlanItem

Known = dict[tuple[str, int, str], list[datetime]]
PROVEN = (LearningKind.COURSE, LearningKind.EXAM, LearningKind.SESSION)


def tick_of_enrolments(enrolments: Collection[int], *, at: datetime) -> int:
    """Tick what is proven of these enrolments' plans; returns how many."""
    return _tick(PlanItem.objects.to_do().filter(enrolment__in=enrolments), at)


def tick_of_person(person_id: int, *, at: datetime) -> int:
    """Tick what is proven of one person's whole plan."""
    return _tick(PlanItem.objects.to_do().filter(person_id=person_id), at)


def _tick(rows: Any, at: datetime) -> int:
    items = list(rows.filter(kind__in=PROVEN).select_related("enrolment"))
    known = _known(items)
    day_of = local_days()
    done = []
    for item in items:
        cycle = item.enrolment
        since = cycle.begins_date if cycle and cycle.cycle > 1 else None
        moments = known.get((item.kind, item.person_id, item.reference), [])
        if item.enrolment_id is None:  # assigned because something was not known: only what came after counts
            moments = [moment for moment in moments if moment > item.created_at]
        found = [moment for moment in moments if since is None or day_of(moment) >= since]
        if found:
            item.done_at = min(found)
            done.append(item)
    PlanItem.objects.bulk_update(done, ["done_at"], batch_size=1000)
    return len(done)


def _known(items: Iterable[PlanItem]) -> Known:
    """Moments of proof by kind, person and code, in three queries."""
    wanted: dict[str, tuple[set[int], set[str]]] = defaultdict(lambda: (set(), set()))
    for item in items:
        wanted[item.kind][0].add(item.person_id)
        wanted[item.kind][1].add(item.reference)
    known: Known = defaultdict(list)
    for kind, read in _READERS.items():
        if kind in wanted:
            for person, code, moment in read(*wanted[kind]):
                known[kind, person, code].append(moment)
    return known


def _courses(people: set[int], codes: set[str]) -> Iterable[tuple[int, str, Any]]:
    rows = CourseProgress.objects.filter(person__in=people, course__code__in=codes, completed_at__isnull=False)
    # Who passed an earlier version passed it; a course whose version was replaced meanwhile is not asked again.
    rows = rows.filter(~Q(version__state=VersionState.DRAFT))
    return rows.values_list("person_id", "course__code", "completed_at")


def _exams(people: set[int], codes: set[str]) -> Iterable[tuple[int, str, Any]]:
    rows = Result.objects.in_force().filter(outcome=Outcome.PASSED, attempt__closed_at__isnull=False)
    rows = rows.filter(attempt__person__in=people, attempt__exam__code__in=codes)
    return rows.values_list("attempt__person_id", "attempt__exam__code", "attempt__closed_at")


def _sessions(people: set[int], codes: set[str]) -> Iterable[tuple[int, str, Any]]:
    """Attendance that its trainer has settled."""
    rows = Attendance.objects.filter(person__in=people, session__kind__code__in=codes, told_at__isnull=False)
    return rows.values_list("person_id", "session__kind__code", "told_at")


_READERS: dict[str, Any] = {
    LearningKind.COURSE: _courses, LearningKind.EXAM: _exams, LearningKind.SESSION: _sessions,
}  # fmt: skip
