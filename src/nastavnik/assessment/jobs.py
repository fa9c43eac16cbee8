"""Background work of the assessment app."""

from nastavnik.assessment.actions import attempts, schedules
from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic


@periodic(name="assessment.end_due_attempts", cron="* * * * *")
def end_due_attempts() -> None:
    """Submit attempts whose time is up, with the last answers that were saved; mark those never begun as missed."""
    attempts.end_due(at=clock.now())


@periodic(name="assessment.offer_monthly_tests", cron="5 * * * *")
def offer_monthly_tests() -> None:
    """Assemble and offer monthly tests that open within a day; add newcomers to those already offered."""
    schedules.monthly(at=clock.now())
