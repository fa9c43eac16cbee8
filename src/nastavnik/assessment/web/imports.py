"""Import of questions: upload, look at what was read, load."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment.actions import imports
from nastavnik.assessment.enums import FileFormat, ImportState
from nastavnik.assessment.logic.formats.drafts import Problem
from nastavnik.assessment.models import ItemImport
from nastavnik.assessment.web import taking
from nastavnik.assessment.web.common import UNPROCESSABLE, author, fault_text, refuse
from nastavnik.assessment.web.forms import UploadForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import steps as stepper
from nastavnik.kernel.web import toasts

SHOWN = 50
FATES = {imports.NEW: _("new item"), imports.REVISED: _("new version"), imports.KNOWN: _("known already")}
IMPORTS = Listing(
    name="question-imports",
    columns=[
        Column("file", _("File"), lambda run: run.file_name, sort="file_name"),
        Column("format", _("Format"), lambda run: run.get_format_display(), sort="format"),
        Column("state", _("State"), lambda run: run.get_state_display(), sort="state"),
        Column("read", _("Read"), lambda run: run.read, sort="read", number=True),
        Column("created", _("New"), lambda run: run.created, sort="created", number=True),
        Column("rejected", _("Rejected"), lambda run: run.rejected, sort="rejected", number=True),
        Column("by", _("By"), lambda run: str(run.started_by or "")),
        Column("when", _("When"), lambda run: run.created_at, sort="created_at"),
    ],
    filters=[
        ChoiceFilter("format", _("Format"), lambda: FileFormat.choices, lambda rows, value: rows.filter(format=value)),
        ChoiceFilter("state", _("State"), lambda: ImportState.choices, lambda rows, value: rows.filter(state=value)),
    ],
    search=lambda rows, text: rows.filter(file_name__icontains=text),
    default_sort="-when",
)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(gettext("Item bank"), reverse("assessment:item-list")), *more]


@require_safe
def import_list(request: HttpRequest) -> HttpResponseBase:
    """Files that were looked at or loaded, the newest first."""
    author(request)
    rows = ItemImport.objects.defer("content").select_related("started_by")
    if download := IMPORTS.export(rows, request.GET):
        return download
    context = {"list": IMPORTS.page(rows, request.GET), "crumbs": _crumbs()}
    return render(request, "assessment/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what is in it is shown on the next page."""
    person = author(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            run = imports.receive(
                data=given["file"].read(),
                file_name=given["file"].name,
                format=FileFormat(given["format"]) if given["format"] else None,
                topic=given["topic"],
                replaces=given["replaces"],
                by=person,
                at=clock.now(),
            )
            return redirect(run)
        except DomainError as error:
            refuse(form, error)
    crumbs = _crumbs((gettext("Imports"), reverse("assessment:import-list")))
    context = {"form": form, "steps": _steps(0), "crumbs": crumbs}
    return render(request, "assessment/import_upload.html", context, status=UNPROCESSABLE if form.errors else 200)


def _run(request: HttpRequest, public_id: str) -> ItemImport:
    author(request)
    run = ItemImport.objects.select_related("topic", "started_by").filter(public_id=public_id).first()
    if run is None:
        raise NotFound
    return run


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was read, line by line, and what loading would do; later what it did."""
    run = _run(request, public_id)
    crumbs = _crumbs((gettext("Imports"), reverse("assessment:import-list")))
    context: dict[str, Any] = {"run": run, "crumbs": crumbs, "is_loaded": run.state == ImportState.LOADED}
    context["steps"] = _steps(3 if context["is_loaded"] else 1)
    if not context["is_loaded"]:
        looked = imports.look(run)
        context |= {
            "planned": [_planned(one) for one in looked.planned[:SHOWN]],
            "more": max(0, len(looked.planned) - SHOWN),
            "problems": [{"line": one.line, "text": _said(one)} for one in looked.reading.problems[:SHOWN]],
            "more_problems": max(0, len(looked.reading.problems) - SHOWN),
            "counts": {fate: looked.count(fate) for fate in FATES},
            "unfinished": sum(bool(one.faults) for one in looked.planned),
        }
    return render(request, "assessment/import_detail.html", context)


def _said(problem: Problem) -> str:
    return gettext(problem.message).format(**dict(problem.params))


def _planned(one: imports.Planned) -> dict[str, Any]:
    return {
        "line": one.draft.line,
        "kind": one.draft.item.kind.label,
        "fate": FATES[one.fate],
        "item": one.item,
        "topic": " / ".join(one.draft.topic),
        "taking": taking.taking(one.draft.item, name=f"l{one.draft.line}", seed=str(one.draft.line)),
        "faults": [fault_text(fault) for fault in one.faults],
    }


@require_POST
def load(request: HttpRequest, public_id: str) -> HttpResponse:
    """Load the file that was looked at."""
    run = imports.confirm(run=_run(request, public_id), by=author(request), at=clock.now())
    toasts.say(request, gettext("Loaded: {n} new items.").format(n=run.created))
    return redirect(run)


def _steps(current: int) -> list[dict[str, Any]]:
    return stepper.steps([gettext("File"), gettext("What was read"), gettext("Load")], current)
