"""Import of people: upload, mapping, dry run, loading, result, lines that were refused."""

import secrets
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.files import open_table
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import steps as stepper
from nastavnik.kernel.web.messages import explain
from nastavnik.people import import_words
from nastavnik.people.actions import imports
from nastavnik.people.folders import uploads
from nastavnik.people.jobs import load_people
from nastavnik.people.logic.people_import import FIELDS
from nastavnik.people.models import PeopleImport, PeopleMapping
from nastavnik.people.permissions import may_import_people, today
from nastavnik.people.web.common import UNPROCESSABLE, me, refuse
from nastavnik.people.web.forms import DayField

SAMPLE = 5


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or Parquet; the first row holds the headings."))


class MappingForm(forms.Form):
    """Which column holds which field; guessed from the headings, or taken from a saved mapping."""

    as_of = DayField(label=_("As of"), help_text=_("Changes hold from this day, unless the row names its own."))
    save_as = forms.CharField(label=_("Save this mapping as"), max_length=80, required=False)

    def __init__(self, *args: Any, headings: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((heading, heading) for heading in headings)]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=capfirst(str(import_words.FIELD_TITLES[name])), choices=choices, required=name == "code"
            )
        self.order_fields([f"column_{name}" for name in FIELDS])

    def mapping(self, values: Any = None) -> dict[str, Any]:
        """The mapping as the action takes it."""
        chosen = {name: self.cleaned_data[f"column_{name}"] for name in FIELDS if self.cleaned_data[f"column_{name}"]}
        return {"columns": chosen, "values": values or {}}


def guess(headings: tuple[str, ...]) -> dict[str, str]:
    """Fields whose name or title (in either language) a heading repeats."""
    found: dict[str, str] = {}
    for name in FIELDS:
        words = {name, str(import_words.FIELD_TITLES[name])} | set(_SPELLINGS.get(name, ()))
        known = {word.casefold().replace("ё", "е") for word in words}
        for heading in headings:
            if heading.casefold().replace("ё", "е").strip() in known:
                found.setdefault(name, heading)
    return found


_SPELLINGS: dict[str, tuple[str, ...]] = {
    "code": ("табельный номер", "таб. номер", "id", "employee id", "код"),
    "name": ("фио", "сотрудник", "full name", "employee"),
    "family_name": ("фамилия", "last name", "surname"),
    "given_name": ("имя", "first name"),
    "patronymic": ("отчество", "middle name"),
    "email": ("почта", "e-mail", "email", "электронная почта"),
    "team": ("команда", "группа", "отдел"),
    "post": ("должность", "position", "job title"),
    "grade": ("грейд", "уровень"),
    "partner": ("партнер", "партнерский центр", "аутсорсер"),
    "kind": ("вид занятости", "занятость", "employment"),
    "joined": ("дата приема", "принят", "первый день", "первый рабочий день", "start date", "hired"),
    "left": ("дата увольнения", "уволен", "последний день", "последний рабочий день", "end date", "last day"),
    "since": ("дата изменения", "с даты", "effective date"),
    "reason": ("причина",),
    "alias": ("логин в crm", "alias"),
    "login": ("логин",),
}


def import_list(request: HttpRequest) -> HttpResponse:
    """Past imports, and a new file."""
    require(may_import_people, me(request))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given: UploadedFile[Any] = form.cleaned_data["file"]
        stored = _store(given)
        try:
            open_table(uploads() / stored, name=given.name).close()
        except DomainError as error:
            (uploads() / stored).unlink()
            refuse(form, error)
        else:
            made = imports.upload(file_name=given.name or "", stored_as=stored, by=me(request), at=clock.now())
            return redirect("people:import-map", made.public_id)
    rows = PeopleImport.objects.select_related("uploaded_by")[:50]
    context = {"form": form, "rows": rows, "crumbs": [(gettext("People"), reverse("people:person-list"))]}
    return render(request, "people/import_list.html", context, status=UNPROCESSABLE if form.errors else 200)


def _store(given: "UploadedFile[Any]") -> str:
    """Keep the upload under a name of our own; the name it came with is only shown."""
    name = secrets.token_hex(16)
    with (uploads() / name).open("wb") as target:
        for chunk in given.chunks():
            target.write(chunk)
    return name


def _crumbs() -> list[tuple[str, str]]:
    return [
        (gettext("People"), reverse("people:person-list")),
        (gettext("Import of people"), reverse("people:import-list")),
    ]


def steps(current: int) -> list[dict[str, Any]]:
    """The wizard's steps for the stepper."""
    return stepper.steps([_("File"), _("Mapping"), _("Dry run"), _("Result")], current)


def import_map(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which column is what; the first rows are shown beside."""
    require(may_import_people, me(request))
    upload = get_object_or_404(PeopleImport, public_id=public_id)
    with open_table(uploads() / upload.stored_as, name=upload.file_name) as table:
        headings, sample = table.headings, [cells for (_n, cells), _i in zip(table.rows(), range(SAMPLE), strict=False)]
    saved = PeopleMapping.objects.filter(name=request.GET.get("saved", "")).first()
    known = saved.mapping if saved else upload.mapping
    columns = known.get("columns") or guess(headings)
    initial = {f"column_{name}": heading for name, heading in columns.items() if heading in headings}
    form = MappingForm(request.POST or None, headings=headings, initial={"as_of": upload.as_of or today(), **initial})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        extra = {"as_of": data["as_of"], "save_as": data["save_as"], "by": me(request), "at": clock.now()}
        imports.map_columns(run=upload, mapping=form.mapping(known.get("values")), **extra)
        return redirect("people:import-detail", upload.public_id)
    context = {"form": form, "upload": upload, "headings": headings, "sample": sample, "steps": steps(1)}
    context |= {"saved": PeopleMapping.objects.order_by("name"), "crumbs": _crumbs()}
    return render(request, "people/import_map.html", context, status=UNPROCESSABLE if form.errors else 200)


def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The dry run's diff before loading, the result after it."""
    require(may_import_people, me(request))
    upload = get_object_or_404(PeopleImport.objects.select_related("task"), public_id=public_id)
    if upload.state == PeopleImport.State.UPLOADED:
        return redirect("people:import-map", upload.public_id)
    done = upload.state == PeopleImport.State.DONE
    task = upload.task
    context: dict[str, Any] = {"upload": upload, "steps": steps(4 if done else 2), "task": task, "crumbs": _crumbs()}
    context["stopped"] = explain(DomainError(task.error, **task.error_params)) if task and task.error else ""
    if getattr(request, "htmx", False):
        return render(request, "people/_import_progress.html", context)
    if done:
        context["result"] = upload.result
    elif task is None or task.is_over:
        context["result"] = imports.check(upload=upload, folder=uploads(), at=clock.now()).as_json()
    return render(request, "people/import_detail.html", context)


@require_POST
def import_load(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the loading into the queue; the page shows how far it is."""
    require(may_import_people, me(request))
    upload = get_object_or_404(PeopleImport, public_id=public_id, state=PeopleImport.State.CHECKED)
    imports.queue(upload=upload, by=me(request), at=clock.now(), defer=load_people.defer)
    return redirect("people:import-detail", upload.public_id)


def import_errors(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The refused lines with their numbers, as CSV."""
    require(may_import_people, me(request))
    upload = get_object_or_404(PeopleImport, public_id=public_id)
    result = upload.result or imports.check(upload=upload, folder=uploads(), at=clock.now()).as_json()
    heads = [pgettext("of a file", "Line"), gettext("Code"), gettext("What is wrong")]
    rows = ([one["line"], one["code"], one["problem"]] for one in result["problems"])
    return exports.response("csv", "errors", heads, rows)
