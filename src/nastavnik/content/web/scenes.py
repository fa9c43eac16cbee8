"""What the player shows of each kind of activity: the context of its part of the page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from nastavnik.content import queries
from nastavnik.content.errors import NoSuchActivity
from nastavnik.content.logic import intervals, rules
from nastavnik.content.logic.activities import Slides, Task, Video
from nastavnik.content.models import Course, CourseProgress, Submission
from nastavnik.content.queries import OutlineRow
from nastavnik.content.web import rich
from nastavnik.content.web.common import minutes_words
from nastavnik.content.web.learner_forms import SurveyForm, TaskForm
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.web.messages import explain

SPEEDS = ("0.75", "1", "1.25", "1.5", "1.75", "2")


def sentence(error: DomainError) -> str:
    """A refusal in the reader's language."""
    return explain(error)


def page_number(asked: str, otherwise: Any) -> int:
    """The page of slides the address asks for."""
    return int(asked) if asked.isdecimal() and len(asked) < 6 else int(otherwise)


@contextmanager
def absent_pages_ignored() -> Iterator[None]:
    """An address with a page that does not exist counts nothing and shows the first."""
    try:
        yield
    except NoSuchActivity:
        return


def picture_address(course: Course) -> Callable[[str], str | None]:
    """Where the pictures of a course's texts are, by name."""
    names = set(queries.files_of(course))
    return lambda name: reverse("content:file-open", args=[course.public_id, name]) if name in names else None


def left(rows: list[OutlineRow]) -> str:
    """How long the rest of the required activities takes."""
    return minutes_words(sum(row.activity.minutes for row in rows if row.activity.is_required and not row.is_done))


def scene(row: OutlineRow, way: CourseProgress | None, request: HttpRequest, course: Course | None = None) -> Any:
    """The context of the activity's own part of the page; without a way it is an author's preview."""
    content = row.content
    shown_course = way.course if way else course
    if shown_course is None:
        raise ValueError("a scene belongs to a course")
    text = rich.html(getattr(content, "text", ""), picture_address(shown_course))
    context: dict[str, Any] = {"content": content, "text": text, "kind": row.kind.value, "course": shown_course}
    if isinstance(content, Slides):
        context |= _slides(content, shown_course, request, row)
    if isinstance(content, Video):
        context |= _video(content, shown_course, row)
    if isinstance(content, Task):
        context |= _task(content, row, way)
    if row.kind == "survey":
        context["form"] = SurveyForm()
    return context


def _slides(content: Slides, course: Course, request: HttpRequest, row: OutlineRow) -> dict[str, Any]:
    file = queries.files_of(course).get(content.file)
    pages = file.pages if file else []
    last = row.known.evidence.get("page", 1) if row.known else 1
    number = page_number(request.GET.get("page", ""), last)
    number = number if 1 <= number <= len(pages) else 1
    return {
        "file": file,
        "page": number,
        "pages": len(pages),
        "page_text": pages[number - 1] if pages else "",
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(pages) else None,
    }


def _video(content: Video, course: Course, row: OutlineRow) -> dict[str, Any]:
    files = queries.files_of(course)
    evidence = row.known.evidence if row.known else {}
    return {
        "file": files.get(content.file),
        "captions": files.get(content.captions),
        "speeds": SPEEDS,
        "position": str(evidence.get("position", 0.0)),
        "furthest": str(intervals.furthest(rules.spans(evidence))),
        "percent": min(100, int(row.verdict.value)),
    }


def _task(content: Task, row: OutlineRow, way: CourseProgress | None) -> dict[str, Any]:
    handed_in = list(Submission.objects.filter(progress=way, key=row.activity.key).order_by("-number")) if way else []
    shown = [
        {"work": one, "lines": list(zip(content.rubric, one.points, strict=False)) if one.marked_at else []}
        for one in handed_in
    ]
    is_open = not handed_in or handed_in[0].state == "returned"
    return {"handed_in": shown, "form": TaskForm(hand_in=content.hand_in) if is_open else None}
