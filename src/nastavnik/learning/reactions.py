"""What learning does when people come, move and leave."""

from datetime import datetime

from nastavnik.kernel.events import reacts_to
from nastavnik.learning.actions import permits
from nastavnik.people.events import EmploymentChanged


@reacts_to(EmploymentChanged)
def withdraw_the_permits_of_a_leaver(event: EmploymentChanged, at: datetime) -> None:
    """Somebody who left takes no contacts. A leaving noted for later is caught by the nightly job."""
    permits.withdraw_of_leavers(person_id=event.person_id, at=at)
