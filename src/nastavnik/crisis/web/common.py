"""What the views of the desk share."""

import secrets
from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext

from nastavnik.crisis.models import CrisisCase
from nastavnik.crisis.permissions import may_see_desk
from nastavnik.crisis.queries.screen import cases_of
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.permissions import require
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page but the public form is behind the log-in)."""
    return cast(Person, request.user)


def at_desk(request: HttpRequest) -> Person:
    """The same, allowed to see the desk. Raises NotPermitted."""
    require(may_see_desk, me(request))
    return me(request)


def visible_case(request: HttpRequest, public_id: str) -> CrisisCase:
    """The case of the address. Raises NotPermitted, NotFound."""
    case = cases_of(at_desk(request)).filter(public_id=public_id).first()
    if case is None:
        raise NotFound
    return case


def new_click() -> str:
    """A name for one post: sent twice, it is the same act."""
    return secrets.token_urlsafe(12)


def desk_title() -> str:
    return gettext("Crisis desk")
