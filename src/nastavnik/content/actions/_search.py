"""The text a course is found by: of its published version, or of the draft while nothing is published."""

from nastavnik.content import queries
from nastavnik.content.logic.activities import Slides, words_of
from nastavnik.content.logic.search import search_form
from nastavnik.content.models import Course

LONGEST = 900_000  # a tsvector holds a megabyte


def refresh(course: Course) -> None:
    """Write the search text anew; inside the transaction of what changed it."""
    version = queries.published(course) or queries.draft(course) or course.versions.first()
    parts = [course.title, course.code, course.summary]
    if version is not None:
        files = queries.files_of(course)
        for activity in version.activities.all():
            content = activity.content
            parts += [activity.title, words_of(content)]
            file = files.get(content.file) if isinstance(content, Slides) else None
            parts += file.pages if file else []
    course.search_text = search_form("\n".join(parts))[:LONGEST]
    Course.objects.filter(pk=course.pk).update(search_text=course.search_text)
