"""What the views of courses share."""

from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from nastavnik.content.logic.messages import Said
from nastavnik.content.models import Course
from nastavnik.content.permissions import may_edit_courses
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page is behind the log-in)."""
    return cast(Person, request.user)


def author(request: HttpRequest) -> Person:
    """The same, allowed to write courses. Raises NotPermitted."""
    require(may_edit_courses, me(request))
    return me(request)


def visible_course(request: HttpRequest, public_id: str) -> Course:
    """The course of the address, if it is one for this person. Raises NotFound."""
    rows = Course.objects.visible_to(me(request)).select_related("author", "owner")
    course = rows.filter(public_id=public_id).first()
    if course is None:
        raise NotFound
    return course


def authored_course(request: HttpRequest, public_id: str) -> Course:
    """The course of the address, for those who write. Raises NotPermitted, NotFound."""
    author(request)
    return visible_course(request, public_id)


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def told(said: Said) -> str:
    """A sentence of the logic in the reader's language."""
    params = {name: gettext(value) if name == "wanted" else value for name, value in said.params}
    return gettext(said.message).format(**params)


def minutes_words(minutes: int | None) -> str:
    """«1 h 5 min»; a dash where nothing is known."""
    if not minutes:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("{n} min").format(n=rest)
    if not rest:
        return gettext("{n} h").format(n=hours)
    return gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def crumbs(course: Course | None = None) -> list[tuple[str, str]]:
    """The way back: courses, then this one."""
    found = [(gettext("Courses"), reverse("content:course-list"))]
    return [*found, (course.title, course.get_absolute_url())] if course else found
