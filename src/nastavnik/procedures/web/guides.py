"""Guides: the list, one as a case shows it, writing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.procedures import queries
from nastavnik.procedures.actions import guides
from nastavnik.procedures.enums import CaseKind, CaseStage
from nastavnik.procedures.models import Guide
from nastavnik.procedures.web.common import UNPROCESSABLE, crumbs, keeper, refuse, rendered, tabs
from nastavnik.procedures.web.forms import GuideForm

GUIDES = Listing(
    name="guides",
    columns=[
        Column("title", _("Guide"), value=lambda one: one.title, sort="title"),
        Column("kind", _("Kind of case"), value=lambda one: one.get_case_kind_display(), sort="case_kind"),
        Column("stage", _("Stage"), value=lambda one: one.get_stage_display(), sort="stage"),
        Column("position", _("Place"), value=lambda one: one.position, sort="position", number=True),
        Column("changed", _("Changed"), value=lambda one: one.changed_at, sort="changed_at"),
        Column("state", _("State"), value=lambda one: gettext("retired") if one.retired_at else gettext("in use")),
    ],
    filters=[
        ChoiceFilter("kind", _("Kind of case"), lambda: CaseKind.choices, lambda rows, v: rows.filter(case_kind=v)),
        ChoiceFilter("stage", _("Stage"), lambda: CaseStage.choices, lambda rows, value: rows.filter(stage=value)),
        ChoiceFilter(
            "state", _("State"), lambda: [("use", _("in use")), ("retired", _("retired"))],
            lambda rows, value: rows.filter(retired_at__isnull=value == "use"),
        ),
    ],
    search=lambda rows, text: rows.filter(title__icontains=text),
)  # fmt: skip


@require_safe
def guide_list(request: HttpRequest) -> HttpResponseBase:
    """All guides by the kind of case they help with."""
    keeper(request)
    rows = Guide.objects.all()
    if download := GUIDES.export(rows, request.GET):
        return download
    context = {"list": GUIDES.page(rows, request.GET), "tabs": tabs("guide-list")}
    return render(request, "procedures/guide_list.html", context)


def _guide(request: HttpRequest, public_id: str) -> Guide:
    keeper(request)
    if (found := queries.all_guides().filter(public_id=public_id).first()) is None:
        raise NotFound
    return found


@require_safe
def guide_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The guide as a case shows it, and its versions."""
    guide = _guide(request, public_id)
    versions = list(guide.versions.all())
    current = versions[0]
    entries = [
        {"at": one.published_at, "title": str(one), "text": one.note, "by": one.made_by}
        for one in guide.versions.select_related("made_by")
    ]
    context = {
        "guide": guide,
        "version": current,
        "body": rendered(current.body),
        "checks": list(current.checks.all()),
        "entries": entries,
        "crumbs": crumbs("guide-list"),
    }
    return render(request, "procedures/guide_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guide_create(request: HttpRequest) -> HttpResponse:
    """A new guide."""
    keeper(request)
    return _edit(request, None, GuideForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def guide_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new version of a guide."""
    guide = _guide(request, public_id)
    version = guide.versions.all()[0]
    initial = {
        "title": guide.title,
        "case_kind": guide.case_kind,
        "stage": guide.stage,
        "position": guide.position,
        "body": version.body,
        "checks": "\n".join(one.text for one in version.checks.all()),
    }
    return _edit(request, guide, GuideForm(request.POST or None, initial=initial))


def _edit(request: HttpRequest, guide: Guide | None, form: GuideForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = guides.publish(guide=guide, by=keeper(request), at=clock.now(), **form.said)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("Published: cases show it from now on."))
            return redirect(made.guide)
    context: dict[str, Any] = {"guide": guide, "form": form, "crumbs": crumbs("guide-list")}
    return render(request, "procedures/guide_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def guide_switch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Retire a guide, or bring it back."""
    guide = _guide(request, public_id)
    act = guides.bring_back if guide.retired_at else guides.retire
    act(guide=guide, by=keeper(request), at=clock.now())
    toasts.say(request, gettext("The guide is retired.") if act is guides.retire else gettext("The guide is in use."))
    return redirect(guide)
