"""What follows when an attempt has its result."""

from datetime import datetime

from nastavnik.assessment.actions import schedules
from nastavnik.assessment.enums import Outcome
from nastavnik.assessment.events import AttemptClosed, AttemptRescored
from nastavnik.assessment.models import Attempt
from nastavnik.content.actions import progress
from nastavnik.content.enums import ActivityKind
from nastavnik.kernel.events import reacts_to
from nastavnik.people.models import Person


@reacts_to(AttemptClosed)
def offer_the_short_retest(event: AttemptClosed, at: datetime) -> None:
    """Points too close to decide are followed by other questions."""
    if event.outcome != Outcome.GREY:
        return
    rows = Attempt.objects.select_related("exam", "form", "sitting", "person")
    schedules.retest(attempt=rows.get(pk=event.attempt_id), at=at)


@reacts_to(AttemptClosed)
def tell_the_courses(event: AttemptClosed, at: datetime) -> None:
    """Exam activities of courses are ticked, or know how far it is."""
    _note(event, at)


@reacts_to(AttemptRescored)
def tell_the_courses_again(event: AttemptRescored, at: datetime) -> None:
    """A rescore may turn a result; a tick that was given stays."""
    _note(event, at)


def _note(event: AttemptClosed | AttemptRescored, at: datetime) -> None:
    # Only the key of the person is asked for: the row is not.
    evidence = {"passed": event.passed, "percent": event.percent, "attempt": event.attempt_id}
    progress.note_evidence(
        person=Person(pk=event.person_id), kind=ActivityKind.EXAM, reference=event.exam_code, evidence=evidence, at=at,
    )  # fmt: skip
