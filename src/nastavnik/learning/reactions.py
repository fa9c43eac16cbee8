"""What learning does when people come, move and leave."""

from datetime import datetime

from nastavnik.content.actions import progress
from nastavnik.content.enums import ActivityKind
from nastavnik.kernel.events import reacts_to
from nastavnik.learning.actions import bookings, permits
from nastavnik.learning.events import SessionAttended
from nastavnik.people.events import EmploymentChanged
from nastavnik.people.models import Person


@reacts_to(EmploymentChanged)
def withdraw_the_permits_of_a_leaver(event: EmploymentChanged, at: datetime) -> None:
    """Somebody who left takes no contacts. A leaving noted for later is caught by the nightly job."""
    permits.withdraw_of_leavers(person_id=event.person_id, at=at)


@reacts_to(EmploymentChanged)
def free_the_seats_of_a_leaver(event: EmploymentChanged, at: datetime) -> None:
    """Seats in sessions after the last day of work go to the wait-list."""
    bookings.free_leavers_seats(person=Person.objects.get(pk=event.person_id), at=at)


@reacts_to(SessionAttended)
def tick_the_activities_that_ask_for_the_session(event: SessionAttended, at: datetime) -> None:
    """Courses with a live session of this kind have it done."""
    person = Person.objects.get(pk=event.person_id)
    progress.note_evidence(
        person=person,
        kind=ActivityKind.SESSION,
        reference=event.session_kind_code,
        evidence={"attended": True, "at": event.at.isoformat()},
        at=at,
    )
