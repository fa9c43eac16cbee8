"""Background work of the learning app."""

from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic
from nastavnik.learning.actions import certificates, permits


@periodic(name="learning.follow_certificates", cron="13 * * * *")
def follow_certificates() -> None:
    """Tell which certificates may be renewed from today and which have ended; end the permits of people who left."""
    certificates.follow_days(at=clock.now())
    permits.withdraw_of_leavers(at=clock.now())
