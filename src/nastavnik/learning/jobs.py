"""Background work of the learning app."""

from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic
from nastavnik.learning import letters
from nastavnik.learning.actions import (
    advance,
    attendance,
    certificates,
    dispatches,
    enrolments,
    launches,
    notices,
    permits,
    plans,
    reminders,
    triggers,
)
from nastavnik.learning.days import local_days
from nastavnik.learning.errors import MonthFrozen


@periodic(name="learning.follow_certificates", cron="13 * * * *")
def follow_certificates() -> None:
    """Tell which certificates may be renewed from today and which have ended; end the permits of people who left."""
    certificates.follow_days(at=clock.now())
    permits.withdraw_of_leavers(at=clock.now())


@periodic(name="learning.finish_sessions", cron="23 * * * *")
def finish_sessions() -> None:
    """Finish live sessions that ended half a day ago and that nobody finished."""
    attendance.finish_forgotten(at=clock.now())


@periodic(name="learning.climb_the_ladder", cron="37 5-17 * * *")
def climb_the_ladder() -> None:
    """Tell the lead, then the owner, of what nobody did."""
    notices.climb(at=clock.now())


@periodic(name="learning.follow_programmes", cron="5 1 * * *")
def follow_programmes() -> None:
    """Begin and end pauses, close what leavers were learning, run the triggers, look at every gate again, follow
    launches whose day is over.
    """
    at = clock.now()
    enrolments.follow_pauses(at=at)
    enrolments.close_of_leavers(at=at)
    triggers.run_all(at=at)
    advance.evaluate_all(at=at)
    launches.follow(at=at)
    reminders.remind(at=at)


@periodic(name="learning.freeze_plan", cron="25 1 * * *")
def freeze_plan() -> None:
    """Freeze the plan of the month, once, on its first day: completion is counted against it."""
    try:
        plans.freeze(month=local_days()(clock.now()), by=None, at=clock.now())
    except MonthFrozen:
        return


@periodic(name="learning.report_plan", cron="35 1 * * *")
def report_plan() -> None:
    """Tell the metrics which items of the frozen plans were done on time."""
    plans.report(at=clock.now())


@periodic(name="learning.send_notices", cron="*/10 * * * *")
def send_notices() -> None:
    """Make e-mails of unread notices and send what is due, in people's working hours only."""
    dispatches.compose(at=clock.now(), write=letters.write)
    dispatches.send_due(at=clock.now(), write=letters.write)
