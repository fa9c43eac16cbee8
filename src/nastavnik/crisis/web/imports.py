"""Cases from a file: the upload, what would be loaded, the lines with errors."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import imports
from nastavnik.crisis.models import CaseImport
from nastavnik.crisis.permissions import may_manage_desk
from nastavnik.crisis.web.common import UNPROCESSABLE, desk_title, me
from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, at most 5 MB and 10,000 lines."))


def _crumbs() -> list[tuple[str, str]]:
    return [(desk_title(), reverse("crisis:my-day")), (gettext("Imports of cases"), reverse("crisis:import-list"))]


def _found(request: HttpRequest, public_id: str) -> CaseImport:
    require(may_manage_desk, me(request))
    batch = CaseImport.objects.select_related("started_by").filter(public_id=public_id).first()
    if batch is None:
        raise NotFound
    return batch


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Files that came before, and the upload of the next one."""
    require(may_manage_desk, me(request))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            batch = imports.check(name=given.name, data=given.read(), by=me(request), at=clock.now())
        except DomainError as error:
            form.add_error("file", explain(error))
        else:
            return redirect(batch)
    context = {
        "form": form,
        "batches": CaseImport.objects.select_related("started_by")[:50],
        "columns": imports.COLUMNS,
    }
    context |= {"crumbs": _crumbs()[:1]}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "crisis/import_list.html", context, status=status)


@require_safe
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the file holds, what is wrong with it."""
    batch = _found(request, public_id)
    context = {"batch": batch, "good": batch.read - batch.rejected, "crumbs": _crumbs()}
    return render(request, "crisis/import_detail.html", context)


@require_safe
def import_errors(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The lines with errors as a file, by their numbers."""
    batch = _found(request, public_id)
    rows = [[one["line"], one["problem"]] for one in batch.problems]
    return exports.response("csv", "errors", [pgettext("of a file", "Line"), gettext("What is wrong")], iter(rows))


@require_POST
def import_load(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the cases of the good lines."""
    batch = _found(request, public_id)
    try:
        done = imports.load(batch=batch, by=me(request), at=clock.now())
    except DomainError as error:
        context = {"batch": batch, "good": 0, "refusal": explain(error), "crumbs": _crumbs()}
        return render(request, "crisis/import_detail.html", context, status=UNPROCESSABLE)
    toasts.say(request, gettext("Loaded: {new} new cases.").format(new=done.created))
    return redirect(done)
