"""What a taker sees of their own exams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from nastavnik.assessment.enums import AttemptState, Purpose
from nastavnik.assessment.models import Attempt, Exam, Result
from nastavnik.people.models import Person

_WAITING = (AttemptState.PREPARED, AttemptState.OPEN)


def attempts_of(person: Person) -> QuerySet[Attempt]:
    """The person's attempts with window, exam and the result in force (`results_in_force`, none or one)."""
    in_force = Prefetch("results", Result.objects.in_force(), to_attr="results_in_force")
    rows = Attempt.objects.of(person).select_related("sitting", "exam", "form").prefetch_related(in_force)
    return rows.exclude(sitting__cancelled_at__isnull=False)


@dataclass(frozen=True)
class MyExams:
    """Attempts one can go on with or begin now, those whose window opens later, those that are over."""

    now: list[Attempt]
    later: list[Attempt]
    over: list[Attempt]


def my_exams(person: Person, at: datetime) -> MyExams:
    """Everything the person may sit or has sat, soonest first; what is over, newest first."""
    rows = list(attempts_of(person).order_by("sitting__closes_at", "pk"))
    alive = (one for one in rows if one.state in _WAITING and one.sitting.closes_at > at)
    running = [one for one in alive if not is_out_of_time(one, at)]
    return MyExams(
        now=[one for one in running if one.sitting.opens_at <= at],
        later=[one for one in running if one.sitting.opens_at > at],
        over=[one for one in reversed(rows) if one not in running],
    )


def is_out_of_time(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt is past its deadline and only waits for the job."""
    return attempt.state == AttemptState.OPEN and attempt.deadline_at is not None and attempt.deadline_at <= at


def attempt_for(person: Person, exam: Exam, at: datetime) -> Attempt | None:
    """The attempt a link to the exam means: one under way, else one to begin, else the next, else the latest over."""
    rows = list(attempts_of(person).filter(exam=exam))

    def rank(one: Attempt) -> tuple[int, float]:
        until = (one.sitting.closes_at - at).total_seconds()
        if one.state == AttemptState.OPEN and not is_out_of_time(one, at):
            return (0, until)
        if one.state == AttemptState.PREPARED and until > 0:
            return (1 if one.sitting.opens_at <= at else 2, until)
        return (3, -one.prepared_at.timestamp())

    return min(rows, key=rank, default=None)


def history(attempt: Attempt) -> Sequence[Attempt]:
    """All attempts of the same person in the same exam, newest first."""
    return list(attempts_of(attempt.person).filter(exam_id=attempt.exam_id).exclude(state__in=_WAITING))


def retest_of(attempt: Attempt) -> Attempt | None:
    """The short retest offered after this attempt."""
    rows = Attempt.objects.filter(after=attempt, sitting__purpose=Purpose.RETEST).select_related("sitting")
    return rows.order_by("-pk").first()
