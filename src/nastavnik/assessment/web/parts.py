"""The questions of a case: added, changed and taken away one by one."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.assessment.actions import items
from nastavnik.assessment.enums import ItemKind, ItemState
from nastavnik.assessment.logic.items import Case, Part
from nastavnik.assessment.models import Item
from nastavnik.assessment.web.common import UNPROCESSABLE, author, refuse, visible_item
from nastavnik.assessment.web.editor import answer, crumbs, is_ready, kind_of
from nastavnik.assessment.web.forms import BodyForm, ChangeForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain


def _case(item: Item) -> tuple[Case, str]:
    """The case and the hash of its version. Raises NotFound for other kinds."""
    version = items.latest(item)
    body = version.content
    if not isinstance(body, Case):
        raise NotFound
    return body, version.content_hash


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """One more question of a case."""
    item, chosen = visible_item(request, public_id), kind_of(kind)
    if chosen == ItemKind.CASE:
        raise NotFound
    case, _seen = _case(item)
    return _write(request, item, case, len(case.parts), chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Change a question of a case; `number` counts from 1."""
    item = visible_item(request, public_id)
    case, _seen = _case(item)
    if not 1 <= number <= len(case.parts):
        raise NotFound
    return _write(request, item, case, number - 1, case.parts[number - 1].kind)


def _write(request: HttpRequest, item: Item, case: Case, place: int, kind: ItemKind) -> HttpResponse:
    old = case.parts[place] if place < len(case.parts) else None
    form = BodyForm(request.POST or None, kind=kind, item=old)
    change = ChangeForm(request.POST or None, initial={"seen": items.latest(item).content_hash})
    if is_ready(request, form, change) and form.body and not isinstance(form.body, Case):
        try:
            body = _with_part(case, place, form.body)
            items.revise(item=item, body=body, by=author(request), at=clock.now(), **change.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The item is saved."))
            return redirect(item)
    context = {"form": form, "change": change, "kind": kind, "item": item, "part_number": place + 1}
    return answer(request, context | {"crumbs": crumbs(item)})


def _with_part(case: Case, place: int, part: Part) -> Case:
    return replace(case, parts=(*case.parts[:place], part, *case.parts[place + 1 :]))


@require_POST
def remove(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Take a question out of a case."""
    item, person = visible_item(request, public_id), author(request)
    case, seen = _case(item)
    if not 1 <= number <= len(case.parts):
        raise NotFound
    body = replace(case, parts=(*case.parts[: number - 1], *case.parts[number:]))
    try:
        anew = item.state == ItemState.ANCHOR
        items.revise(item=item, body=body, by=person, at=clock.now(), seen=seen, begins_anew=anew)
    except DomainError as error:
        context = {"message": explain(error), "status": UNPROCESSABLE}
        return render(request, "kernel/error.html", context, status=UNPROCESSABLE)
    toasts.say(request, gettext("The item was taken out of the case."))
    return redirect(item)
