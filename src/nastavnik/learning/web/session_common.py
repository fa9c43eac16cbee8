"""What the pages of sessions, certificates and notices share."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web.messages import explain
from nastavnik.learning.models import LiveSession
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page but the public ones is behind the log-in)."""
    return cast(Person, request.user)


def visible_session(request: HttpRequest, public_id: str) -> LiveSession:
    """The session of the address, if the reader may see it. Raises NotFound."""
    rows = LiveSession.objects.visible_to(me(request)).select_related("kind", "room", "trainer")
    session = rows.filter(public_id=public_id).first()
    if session is None:
        raise NotFound
    return session


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def attempt(request: HttpRequest, act: Callable[[], Any], done: Callable[[Any], str]) -> bool:
    """Do something a button asks for and say on the next page what came of it, or why not; whether it was done."""
    try:
        result = act()
    except DomainError as error:
        messages.error(request, explain(error))
        return False
    messages.success(request, done(result))
    return True


def base_of(request: HttpRequest) -> str:
    """How the outside knows us, without a slash at the end."""
    return (settings.PUBLIC_URL or request.build_absolute_uri("/")).rstrip("/")
