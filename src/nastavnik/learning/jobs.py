"""Background work of the learning app."""

from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic
from nastavnik.learning.actions import attendance, certificates, notices, permits


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
