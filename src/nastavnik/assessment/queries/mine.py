"""What a taker sees of their own exams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nastavnik.assessment.enums import AttemptState, Purpose
from nastavnik.assessment.models import Attempt, Result
from nastavnik.people.models import Person

_WAITING = (AttemptState.PREPARED, AttemptState.OPEN)
# Not the papers: a form's questions and a variant are long, and no page outside the room shows them.
_SHOWN = (
    "public_id", "sitting_id", "exam_id", "form_id", "person_id", "after_id", "number", "state", "prepared_at",
    "opened_at", "deadline_at", "ended_at", "ended_by", "closed_at", "void_reason", "sitting__opens_at",
    "sitting__closes_at", "sitting__purpose", "sitting__minutes", "sitting__pass_percent", "sitting__grey_from",
    "sitting__grey_to", "sitting__attempts_allowed", "sitting__gate_seconds", "exam__public_id", "exam__title",
    "exam__description", "form__item_count",
)  # fmt: skip


def _attempts_of(person: Person) -> QuerySet[Attempt]:
    rows = Attempt.objects.of(person).select_related("sitting", "exam", "form").only(*_SHOWN)
    return rows.filter(sitting__cancelled_at=None)


def _with_results(rows: QuerySet[Attempt]) -> list[Attempt]:
    """The attempts, each with the result in force as `results_in_force` (none or one)."""
    found = list(rows)
    closed = [one.pk for one in found if one.state == AttemptState.CLOSED]
    results = Result.objects.in_force().filter(attempt__in=closed) if closed else ()
    by_attempt = {result.attempt_id: [result] for result in results}
    for one in found:
        one.results_in_force = by_attempt.get(one.pk, [])  # type: ignore[attr-defined]  # as a prefetch would
    return found


@dataclass(frozen=True)
class MyExams:
    """Attempts one can go on with or begin now, those whose window opens later, those that are over."""

    now: list[Attempt]
    later: list[Attempt]
    over: list[Attempt]


def my_exams(person: Person, at: datetime) -> MyExams:
    """Everything the person may sit or has sat, soonest first; what is over, newest first."""
    rows = _with_results(_attempts_of(person).order_by("sitting__closes_at", "pk"))
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


def at_exam(person: Person, code: str) -> list[Attempt]:
    """The person's attempts at the exam of this code, newest first; two queries at most."""
    return _with_results(_attempts_of(person).filter(exam__code=code))


def beside(person: Person, public_id: str) -> list[Attempt]:
    """The person's attempts at the exam this attempt is of, itself among them, newest first; two queries at most."""
    exam = Attempt.objects.of(person).filter(public_id=public_id).order_by().values("exam")
    return _with_results(_attempts_of(person).filter(exam__in=exam))


def own(person: Person, public_id: str) -> Attempt | None:
    """One attempt of the person."""
    return _attempts_of(person).filter(public_id=public_id).first()


def meant(rows: Sequence[Attempt], at: datetime) -> Attempt | None:
    """The attempt a link to the exam means: one under way, else one to begin, else the next, else the latest over."""

    def rank(one: Attempt) -> tuple[int, float]:
        until = (one.sitting.closes_at - at).total_seconds()
        if one.state == AttemptState.OPEN and not is_out_of_time(one, at):
            return (0, until)
        if one.state == AttemptState.PREPARED and until > 0:
            return (1 if one.sitting.opens_at <= at else 2, until)
        return (3, -one.prepared_at.timestamp())

    return min(rows, key=rank, default=None)


def past(rows: Sequence[Attempt]) -> list[Attempt]:
    """Those of them that are over."""
    return [one for one in rows if one.state not in _WAITING]


def retest_of(rows: Sequence[Attempt], attempt: Attempt) -> Attempt | None:
    """The short retest among them that was offered after this attempt."""
    found = [one for one in rows if one.after_id == attempt.pk and one.sitting.purpose == Purpose.RETEST]
    return max(found, key=lambda one: one.pk, default=None)
