"""What the views of programmes share: who asks, which programme or enrolment, how a form reports a refusal."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.learning.models import Enrolment, Programme, Stage
from nastavnik.learning.permissions import may_edit_programmes, may_see_programmes
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page of the room is behind the log-in)."""
    return cast(Person, request.user)


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def saying(request: HttpRequest, action: Callable[[], Any], done: str) -> bool:
    """Do something with one button: say what came of it. Whether it was done."""
    try:
        action()
    except DomainError as error:
        messages.error(request, explain(error))
        return False
    messages.success(request, done)
    return True


def programme_of(request: HttpRequest, public_id: str) -> Programme:
    """The programme of the address. Raises NotPermitted, NotFound."""
    require(may_see_programmes, me(request))
    found = Programme.objects.select_related("owner").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def draft_stage(request: HttpRequest, public_id: str, pk: int) -> Stage:
    """A stage of the programme's draft. Raises NotPermitted, NotFound."""
    require(may_edit_programmes, me(request))
    rows = Stage.objects.filter(version__programme__public_id=public_id, version__published_at=None)
    found = rows.select_related("version__programme").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def enrolment_of(request: HttpRequest, public_id: str) -> Enrolment:
    """The enrolment of the address, if its person's learning may be seen. Raises NotFound."""
    rows = Enrolment.objects.visible_to(me(request)).filter(public_id=public_id)
    found = rows.select_related("person", "programme", "version", "stage", "intake", "enrolled_by").first()
    if found is None:
        raise NotFound
    return found


def may_change(viewer: Person, enrolment: Enrolment) -> bool:
    """Whether the viewer may enrol this person, and is somebody else."""
    if viewer.pk == enrolment.person_id:
        return False
    return Enrolment.objects.within_reach_of(viewer).filter(pk=enrolment.pk).exists()


def crumbs(programme: Programme | None = None) -> list[tuple[str, str]]:
    """Pages above."""
    found = [(gettext("Programmes"), reverse("learning:programme-list"))]
    return [*found, (programme.title, programme.get_absolute_url())] if programme else found


def day_of(text: str) -> date | None:
    """A day as the address says it; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
