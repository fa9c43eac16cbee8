"""What the views of the bank share."""

from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from nastavnik.assessment.logic.validation import Fault
from nastavnik.assessment.models import Item
from nastavnik.assessment.permissions import may_edit_items
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page is behind the log-in)."""
    return cast(Person, request.user)


def author(request: HttpRequest) -> Person:
    """The same, allowed to see the bank. Raises NotPermitted."""
    require(may_edit_items, me(request))
    return me(request)


def visible_item(request: HttpRequest, public_id: str) -> Item:
    """The item of the address. Raises NotPermitted, NotFound."""
    item = Item.objects.visible_to(author(request)).select_related("topic", "owner").filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    return item


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def fault_text(fault: Fault) -> str:
    """A fault in the reader's language."""
    return gettext(fault.message).format(**dict(fault.params))


def points_text(points: object) -> str:
    """«2 points», «1/3 point»: exact, as a fraction where it is none."""
    number = int(points) if getattr(points, "denominator", 1) == 1 else 0  # type: ignore[call-overload]  # a Fraction
    if number or not points:
        return ngettext("{n} point", "{n} points", number).format(n=number)
    return gettext("{n} of a point").format(n=points)
