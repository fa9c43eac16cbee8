"""The list of items, one item as its taker sees it, its versions, its steps through life."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment import files, queries
from nastavnik.assessment.actions import items
from nastavnik.assessment.actions._stored import tag_names
from nastavnik.assessment.enums import FileFormat, ItemKind, ItemState
from nastavnik.assessment.logic import scoring
from nastavnik.assessment.logic.items import Body, Case
from nastavnik.assessment.logic.validation import faults
from nastavnik.assessment.models import Item, ItemVersion, Tag, Topic
from nastavnik.assessment.web import rich, taking
from nastavnik.assessment.web.common import UNPROCESSABLE, author, fault_text, points_text, visible_item
from nastavnik.kernel import clock, journal
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain

IN_USE = "in-use"


def _in_state(rows: Any, value: str) -> Any:
    if value == IN_USE:
        return rows.exclude(state=ItemState.RETIRED)
    return rows.filter(fault_count__gt=0) if value == "faults" else rows.filter(state=value)


ITEMS = Listing(
    name="questions",
    columns=[
        Column("label", _("Question"), value=lambda item: item.label, sort="label"),
        Column("kind", _("Kind"), value=lambda item: item.get_kind_display(), sort="kind"),
        Column("topic", _("Topic"), value=lambda item: str(item.topic or ""), sort="topic__path"),
        Column("state", _("State"), value=lambda item: item.get_state_display(), sort="state"),
        Column("tags", _("Tags"), value=lambda item: ", ".join(tag.name for tag in item.tags.all())),
        Column("owner", _("Owner"), value=lambda item: str(item.owner or ""), sort="owner__sort_key"),
        Column("changed", _("Changed"), value=lambda item: item.changed_at, sort="changed_at"),
    ],
    filters=[
        ChoiceFilter(
            "topic",
            _("Topic"),
            lambda: [(str(topic.pk), str(topic)) for topic in Topic.objects.all()],
            lambda rows, value: rows.below(Topic.objects.get(pk=value)),
        ),
        ChoiceFilter("kind", _("Kind"), lambda: ItemKind.choices, lambda rows, value: rows.filter(kind=value)),
        ChoiceFilter(
            "state",
            _("State"),
            lambda: [(IN_USE, _("all but retired")), *ItemState.choices, ("faults", _("with faults"))],
            _in_state,
        ),
        ChoiceFilter(
            "tag",
            _("Tag"),
            lambda: [(str(tag.pk), tag.name) for tag in Tag.objects.filter(items__isnull=False).distinct()],
            lambda rows, value: rows.filter(pk__in=Item.objects.filter(tags__pk=int(value)).values("pk")),
        ),
    ],
    search=lambda rows, text: rows.matching(text),
    default_sort="-changed",
)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Item bank"), reverse("assessment:item-list"))]


@require_safe
def item_list(request: HttpRequest) -> HttpResponseBase:
    """The bank: search, filters, pages, export of the list."""
    rows = queries.bank(author(request))
    if download := ITEMS.export(rows, request.GET):
        return download
    context = {"list": ITEMS.page(rows, request.GET), "formats": FileFormat.choices}
    return render(request, "assessment/item_list.html", context)


@require_safe
def item_export(request: HttpRequest) -> HttpResponse:
    """The questions of the list, with the filters of its address, as a file that can be imported."""
    rows = ITEMS.narrowed(queries.bank(author(request)), request.GET).order_by("pk")
    wanted = request.GET.get("format", "")
    format = FileFormat(wanted) if wanted in FileFormat.values else FileFormat.GIFT
    written = files.write(queries.drafts(rows), format)
    if written.left_out and "anyway" not in request.GET:
        left_out = [(draft.item.label, gettext(reason)) for draft, reason in written.left_out]
        context = {"left_out": left_out, "format": format, "crumbs": _crumbs()}
        return render(request, "assessment/item_left_out.html", context)
    answer = HttpResponse(written.data, content_type=written.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{written.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def item_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The item as its taker sees it; an answer posted here is scored and kept nowhere."""
    item = visible_item(request, public_id)
    body = items.latest(item).content
    context = _shown(item, body) | _tried(request, item, body)
    fragment = request.method == "POST" and getattr(request, "htmx", False)
    return render(request, "assessment/_try.html" if fragment else "assessment/item_detail.html", context)


def _tried(request: HttpRequest, item: Item, body: Body) -> dict[str, Any]:
    if request.method != "POST":
        return {"taking": taking.taking(body, seed=item.public_id)}
    given = taking.answer_of(body, request.POST)
    context: dict[str, Any] = {"taking": taking.taking(body, given, seed=item.public_id)}
    try:
        return context | {"score": _score_shown(scoring.score(body, given)), "is_empty": given in (None, [])}
    except scoring.UnfitAnswer as error:
        return context | {"problem": explain(error)}


def _score_shown(score: scoring.Score) -> dict[str, Any]:
    return {
        "points": points_text(score.points),
        "maximum": points_text(score.maximum),
        "is_full": score.is_full,
        "is_none": not score.points,
        "to_mark": points_text(score.to_mark) if score.to_mark else "",
        "feedbacks": [rich.html(text) for text in score.feedbacks],
        "parts": [_score_shown(part) for part in score.parts],
    }


def _shown(item: Item, body: Body) -> dict[str, Any]:
    state = ItemState(item.state)
    steps = [(step.value, _VERBS[(state, step)]) for step in items.STEPS[state] if step != ItemState.RETIRED]
    found = [{"text": fault_text(fault), "place": fault.place} for fault in faults(body)]
    return {
        "item": item,
        "body": body,
        "tags": tag_names(item),
        "faults": found,
        "steps": [] if found and state == ItemState.PILOT else steps,
        "versions": item.versions.select_related("made_by"),
        "history": [_happened(entry) for entry in queries.history(item)[:30]],
        "explanation": rich.html(body.feedback),
        "kinds": [(kind.value, kind.label) for kind in ItemKind if kind != ItemKind.CASE],
        "parts": _parts(body),
        "crumbs": _crumbs(),
    }


def _parts(body: Body) -> list[dict[str, Any]]:
    parts = body.parts if isinstance(body, Case) else ()
    return [{"label": part.label, "kind": part.kind.label, "points": points_text(part.points)} for part in parts]


def _happened(entry: Any) -> dict[str, Any]:
    return {"at": entry.at, "title": journal.sentence(entry), "by": entry.actor_name, "text": entry.reason}


_VERBS: dict[tuple[ItemState, ItemState], Any] = {
    (ItemState.PILOT, ItemState.LIVE): _("Make it live"),
    (ItemState.LIVE, ItemState.ANCHOR): _("Make it an anchor"),
    (ItemState.ANCHOR, ItemState.LIVE): _("Make it live, no longer an anchor"),
    (ItemState.RETIRED, ItemState.PILOT): _("Bring it back as a pilot"),
}


@require_POST
def item_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """One step of the item's life."""
    item, person = visible_item(request, public_id), author(request)
    wanted, reason = request.POST.get("to", ""), request.POST.get("reason", "")[:500]
    said: dict[str, Any] = {"item": item, "by": person, "at": clock.now(), "reason": reason}
    try:
        if wanted == ItemState.RETIRED:
            items.retire(**said)
        elif wanted == ItemState.PILOT:
            items.bring_back(**said)
        elif wanted in ItemState.values:
            items.promote(to=ItemState(wanted), **said)
        else:
            raise NotFound
    except DomainError as error:
        context = _shown(item, items.latest(item).content) | {"refusal": explain(error)}
        context |= {"taking": taking.taking(context["body"], seed=item.public_id)}
        return render(request, "assessment/item_detail.html", context, status=UNPROCESSABLE)
    item.refresh_from_db()
    toasts.say(request, gettext("The item is now: {state}.").format(state=item.get_state_display()))
    return redirect(item)


@require_safe
def version_detail(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """An earlier version, as its takers saw it."""
    item = visible_item(request, public_id)
    version = ItemVersion.objects.select_related("made_by").filter(item=item, number=number).first()
    if version is None:
        raise NotFound
    crumbs = [*_crumbs(), (item.label, item.get_absolute_url())]
    context: dict[str, Any] = {"item": item, "version": version, "crumbs": crumbs}
    context["taking"] = taking.taking(version.content, seed=item.public_id)
    return render(request, "assessment/version_detail.html", context)
