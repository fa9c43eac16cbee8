"""The editor: choose a kind, write, see it as a taker would, save; later change it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment.actions import items
from nastavnik.assessment.actions._stored import tag_names
from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.models import Item
from nastavnik.assessment.web import rich, taking
from nastavnik.assessment.web.common import UNPROCESSABLE, author, refuse, visible_item
from nastavnik.assessment.web.editor_rows import BadRow
from nastavnik.assessment.web.forms import AboutForm, BodyForm, ChangeForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person
from nastavnik.people.permissions import today

MEANINGS: dict[ItemKind, Any] = {
    ItemKind.SINGLE: _("Several options, one of them is chosen."),
    ItemKind.MULTIPLE: _("Several options, as many as are right are chosen."),
    ItemKind.TRUE_FALSE: _("A statement; the taker says whether it holds."),
    ItemKind.MATCHING: _("Two lists; what belongs together is put together."),
    ItemKind.ORDERING: _("Steps that are put in their order."),
    ItemKind.GAP: _("A text with gaps; the missing words are typed."),
    ItemKind.SHORT: _("A few words are typed; several spellings may be right."),
    ItemKind.NUMBER: _("A number is typed, with a tolerance if you like."),
    ItemKind.ESSAY: _("A free text; people mark it along a rubric."),
    ItemKind.CASE: _("A situation and several items about it."),
}


def kind_of(text: str) -> ItemKind:
    """The kind of the address. Raises NotFound."""
    if text not in ItemKind.values:
        raise NotFound
    return ItemKind(text)


def crumbs(item: Item | None = None) -> list[tuple[str, str]]:
    """The way back."""
    above = [(gettext("Item bank"), reverse("assessment:item-list"))]
    return [*above, (item.label, item.get_absolute_url())] if item else above


def _owners(request: HttpRequest) -> Any:
    return Person.objects.visible_to(author(request)).employed_on(today()).order_by("sort_key")


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of question."""
    author(request)
    kinds = [(kind.value, kind.label, meaning) for kind, meaning in MEANINGS.items()]
    return render(request, "assessment/item_choose.html", {"kinds": kinds, "crumbs": crumbs()})


def _checked(forms: Any) -> list[bool]:
    """Every form is checked, also after a bad one, so that all that is to be corrected is said at once."""
    return [form.is_valid() for form in forms]


def is_ready(request: HttpRequest, *forms: Any) -> bool:
    """Whether the forms are to be saved now; «more rows» only draws them again."""
    return request.method == "POST" and request.POST.get("do") != "more" and all(_checked(forms))


def answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The editor's page; 422 when something is to be corrected."""
    more = request.POST.get("do") == "more"
    if more:
        for form in (context["form"], context.get("about"), context.get("change")):
            if form is not None:
                form.errors.clear()
    wrong = request.method == "POST" and not more
    return render(request, "assessment/item_edit.html", context, status=UNPROCESSABLE if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new item."""
    person, chosen = author(request), kind_of(kind)
    form = BodyForm(request.POST or None, kind=chosen)
    about = AboutForm(request.POST or None, owners=_owners(request), initial={"owner": person})
    if is_ready(request, form, about) and form.body:
        try:
            item = items.create(body=form.body, by=person, at=clock.now(), **about.said())
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The item is in the bank, as a pilot."))
            return redirect(item)
    return answer(request, {"form": form, "about": about, "kind": chosen, "crumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an item: what it asks, and what is said about it."""
    item, person = visible_item(request, public_id), author(request)
    version = items.latest(item)
    form = BodyForm(request.POST or None, kind=ItemKind(item.kind), item=version.content)
    about = AboutForm(request.POST or None, owners=_owners(request), initial=_about(item))
    change = ChangeForm(request.POST or None, initial={"seen": version.content_hash})
    if is_ready(request, form, about, change) and form.body:
        try:
            items.revise(item=item, body=form.body, by=person, at=clock.now(), **change.cleaned_data)
            items.describe_anew(item=item, by=person, at=clock.now(), **about.said())
        except DomainError as error:
            refuse(form, error)
            change.data = {**request.POST.dict(), "seen": items.latest(item).content_hash}
        else:
            toasts.say(request, gettext("The item is saved."))
            return redirect(item)
    context = {"form": form, "about": about, "change": change, "kind": ItemKind(item.kind), "item": item}
    return answer(request, context | {"crumbs": crumbs(item)})


def _about(item: Item) -> dict[str, Any]:
    return {
        "topic": item.topic_id,
        "tags": ", ".join(tag_names(item)),
        "owner": item.owner_id,
        "source": item.source,
        "review_date": item.review_date,
    }


@require_POST
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """The question as its taker would see it, while it is being written."""
    author(request)
    form = BodyForm(request.POST, kind=kind_of(kind))
    form.is_valid()
    try:
        body = form.draft(form.cleaned_data)
    except BadRow:
        return render(request, "assessment/_preview.html", {"taking": None})
    context = {"taking": taking.taking(body, seed=kind), "explanation": rich.html(body.feedback)}
    return render(request, "assessment/_preview.html", context)
