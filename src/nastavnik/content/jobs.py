"""Background work of courses: pages of slides, reminders of reviews."""

from nastavnik.content.actions import courses, files, imports
from nastavnik.content.models import CourseFile
from nastavnik.kernel import clock, progress
from nastavnik.kernel.jobs import job, periodic
from nastavnik.people.reach import today


@job(name="content.read_slides")
def read_slides(file_id: int, task_id: int) -> None:
    """Make the pictures and texts of the pages of uploaded slides."""
    file = CourseFile.objects.select_related("course").filter(pk=file_id).first()
    if file is None:
        progress.finish(task_id)
        return
    progress.advance(task_id, done=0)
    files.read_pages(file=file, at=clock.now())
    progress.finish(task_id, result_url=file.course.get_absolute_url())


@periodic(name="content.tell_of_reviews", cron="11 5 * * *")
def tell_of_reviews() -> None:
    """Tell of courses whose review date has come, once for each date."""
    courses.tell_of_reviews(day=today(), at=clock.now())


@periodic(name="content.sweep_imports", cron="33 3 * * *")
def sweep_imports() -> None:
    """Remove uploaded archives of courses that nobody loaded within a week."""
    imports.sweep(at=clock.now())
