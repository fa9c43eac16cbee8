"""Background work of people: loading an uploaded file, switching log-in off when an employment has ended."""

from django.urls import reverse

from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.jobs import job, periodic
from nastavnik.people.actions import employments, imports
from nastavnik.people.folders import uploads
from nastavnik.people.models import PeopleImport, Person


@job(name="people.load_people")
def load_people(import_id: int, task_id: int, by_id: int | None) -> None:
    """Load an upload as it was mapped and checked."""
    upload = PeopleImport.objects.get(pk=import_id)
    by = Person.objects.filter(pk=by_id).first()
    progress.advance(task_id, done=0)
    try:
        # A run after a crash finds the work done, and only has to say so.
        if upload.state != PeopleImport.State.DONE:
            imports.load(upload=upload, folder=uploads(), by=by, at=clock.now())
    except DomainError as error:
        progress.fail(task_id, error)
    else:
        progress.finish(task_id, result_url=reverse("people:import-detail", args=[upload.public_id]))


@periodic(name="people.close_log_ins", cron="7 * * * *")
def close_log_ins() -> None:
    """Switch off the log-in of people whose last employment has ended."""
    employments.close_log_ins(at=clock.now())
