"""Imports: the list, the upload, the mapping with its preview, the check, the load, what came of it."""

from typing import Any

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import steps as stepper
from nastavnik.kernel.web.messages import explain
from nastavnik.metrics.actions import facts, imports
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.enums import ImportState
from nastavnik.metrics.jobs import run_import
from nastavnik.metrics.loading.preview import distinct_values, preview
from nastavnik.metrics.logic.mapping import MappingSpec, from_dict
from nastavnik.metrics.models import ImportRun, Mapping
from nastavnik.metrics.permissions import may_import_facts
from nastavnik.metrics.web import uploads
from nastavnik.metrics.web.import_forms import MappingForm, UploadForm, own_values
from nastavnik.metrics.web.requests import PersonRequest

IMPORTS = Listing(
    name="imports",
    columns=[
        Column("file", gettext_lazy("File"), lambda run: run.file_name, sort="file_name"),
        Column("stream", gettext_lazy("Records"), lambda run: run.stream, sort="stream"),
        Column("state", gettext_lazy("State"), lambda run: run.get_state_display(), sort="state"),
        Column("accepted", gettext_lazy("Accepted"), lambda run: run.accepted, sort="accepted", number=True),
        Column("rejected", gettext_lazy("Rejected"), lambda run: run.rejected, sort="rejected", number=True),
        Column("by", gettext_lazy("By"), lambda run: str(run.started_by or "")),
        Column("created", gettext_lazy("When"), lambda run: run.created_at, sort="created_at"),
    ],
    filters=[
        ChoiceFilter(
            "stream",
            gettext_lazy("Records"),
            lambda: [(name, stream.title) for name, stream in STREAMS.items()],
            lambda rows, value: rows.filter(stream=value),
        ),
        ChoiceFilter(
            "state",
            gettext_lazy("State"),
            lambda: ImportState.choices,
            lambda rows, value: rows.filter(state=value),
        ),
    ],
    search=lambda rows, text: rows.filter(file_name__icontains=text),
    default_sort="-created",
)


def _run(request: PersonRequest, public_id: str) -> ImportRun:
    require(may_import_facts, request.user)
    run = ImportRun.objects.select_related("task", "started_by").filter(public_id=public_id).first()
    if run is None:
        raise NotFound
    return run


@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """Imports, the newest first."""
    require(may_import_facts, request.user)
    rows = ImportRun.objects.select_related("started_by")
    streams = {name: stream.title for name, stream in STREAMS.items()}
    page = IMPORTS.page(rows, request.GET)
    context = {"list": page, "rows": [(run, streams.get(run.stream, run.stream)) for run in page.rows]}
    return IMPORTS.export(rows, request.GET) or render(request, "metrics/import_list.html", context)


@csrf_exempt  # the handler must be set before the token is looked for in the body; the view below checks it
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PersonRequest) -> HttpResponseBase:
    """Choose a file."""
    require(may_import_facts, request.user)
    if request.method == "POST":
        uploads.prepare(request)
    answer: HttpResponseBase = _upload(request)
    return answer


@csrf_protect
def _upload(request: PersonRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            run = imports.receive(
                stream=given["stream"],
                file_name=given["file"].name,
                chunks=uploads.chunks_of(given["file"]),
                by=request.user,
                at=clock.now(),
            )
            return redirect("metrics:import-mapping", run.public_id)
        except DomainError as error:
            form.add_error("file", explain(error))
    status = 422 if form.is_bound else 200
    return render(request, "metrics/import_upload.html", {"form": form, "steps": _steps(0)}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: PersonRequest, public_id: str) -> HttpResponse:
    """Say which heading is which column, and see the first rows as they would be read."""
    run = _run(request, public_id)
    if run.state in (ImportState.RUNNING, ImportState.DONE):
        return redirect("metrics:import-detail", run.public_id)
    spec = _chosen(request, run)
    try:
        with imports.open_file(run, spec) as table:
            form = _mapping_form(request, run, spec, table)
            if form.is_bound and form.is_valid():
                spec = form.to_spec()
                error = "" if "look" in request.POST else _settle(request, run, form, spec)
                if not error and "look" not in request.POST:
                    return _start(request, run, dry_run=True)
                if error:
                    form.add_error(None, error)
            context = _looked(run, spec, table, form)
    except DomainError as error:  # the file itself cannot be opened so
        return render(request, "metrics/import_broken.html", {"run": run, "message": explain(error)}, status=422)
    context |= {"run": run, "form": form, "steps": _steps(1), "saved": Mapping.objects.filter(stream=run.stream)}
    return render(request, "metrics/import_mapping.html", context, status=422 if form.errors else 200)


def _chosen(request: PersonRequest, run: ImportRun) -> MappingSpec:
    """The run's mapping, or the saved one the address names."""
    if name := request.GET.get("saved"):
        found = Mapping.objects.filter(name=name, stream=run.stream).first()
        if found is not None:
            return from_dict(found.spec)
    return from_dict(run.spec)


def _mapping_form(request: PersonRequest, run: ImportRun, spec: MappingSpec, table: Any) -> MappingForm:
    stream = STREAMS[run.stream]
    values: dict[str, list[str]] = {}
    for column in stream:
        chosen = request.POST.get(f"{column.name}-from-0") if request.method == "POST" else None
        said = spec.columns.get(column.name)
        heading = chosen if chosen is not None else (said.sources[0] if said and said.sources else "")
        if heading in table.headings and own_values(column):
            values[column.name] = distinct_values(table, heading)
    return MappingForm(
        request.POST if request.method == "POST" else None,
        stream=stream,
        headings=table.headings,
        spec=spec,
        values=values,
        create_people=bool(run.options.get("create_people")),
    )


def _settle(request: PersonRequest, run: ImportRun, form: MappingForm, spec: MappingSpec) -> str:
    """Store the mapping, and under a name if one is given; answers what stands against it."""
    try:
        at = clock.now()
        imports.remap(run=run, spec=spec, create_people=form.cleaned_data["create_people"], by=request.user, at=at)
        if name := form.cleaned_data["save_as"]:
            imports.save_mapping(name=name, spec=spec, by=request.user, at=at)
    except DomainError as error:
        return explain(error)
    return ""


def _looked(run: ImportRun, spec: MappingSpec, table: Any, form: MappingForm) -> dict[str, Any]:
    create = form.cleaned_data.get("create_people", False) if form.is_bound else bool(run.options.get("create_people"))
    columns = [column for column in STREAMS[run.stream] if column.name in spec.columns]
    context: dict[str, Any] = {"table": table, "columns": columns, "preview": [], "preview_problem": ""}
    try:
        rows = preview(
            table, spec, STREAMS[run.stream], zone=facts.zone_of_centre(), at=clock.now(), create_people=create
        )
    except DomainError as error:
        return context | {"preview_problem": explain(error)}
    shown = [place for place, column in enumerate(STREAMS[run.stream]) if column.name in spec.columns]
    context["preview"] = [(row.number, [row.cells[place] for place in shown]) for row in rows]
    return context


@require_safe
def detail(request: PersonRequest, public_id: str) -> HttpResponse:
    """Where the import stands."""
    run = _run(request, public_id)
    if run.state == ImportState.UPLOADED:
        return redirect("metrics:import-mapping", run.public_id)
    step = {ImportState.DONE: 4, ImportState.CHECKED: 3}.get(ImportState(run.state), 2)
    if run.state == ImportState.RUNNING and not run.options.get("dry_run"):
        step = 3
    context = {"run": run, "steps": _steps(step), "stream": STREAMS[run.stream], "states": ImportState}
    return render(request, "metrics/import_detail.html", context)


@require_POST
def check(request: PersonRequest, public_id: str) -> HttpResponse:
    """Check the file with its mapping; nothing is changed."""
    return _start(request, _run(request, public_id), dry_run=True)


@require_POST
def load(request: PersonRequest, public_id: str) -> HttpResponse:
    """Load the file."""
    return _start(request, _run(request, public_id), dry_run=False)


def _start(request: PersonRequest, run: ImportRun, *, dry_run: bool) -> HttpResponse:
    with transaction.atomic():
        imports.begin(run=run, dry_run=dry_run, by=request.user, at=clock.now())
        run_import.defer(lock=f"facts:{run.stream}", run_id=run.pk)
    return redirect("metrics:import-detail", run.public_id)


@require_safe
def progress_of(request: PersonRequest, public_id: str) -> HttpResponse:
    """How far it is; once over, the page is loaded anew."""
    run = _run(request, public_id)
    answer = render(request, "metrics/_import_progress.html", {"run": run})
    if run.state != ImportState.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
def errors(request: PersonRequest, public_id: str) -> FileResponse:
    """The rejected rows with their reasons."""
    run = _run(request, public_id)
    path = imports.upload_path(run.errors_name)
    if not run.errors_name or not path.is_file():
        raise imports.FileIsGone
    name = f"{run.file_name.rsplit('.', 1)[0]}-errors.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def _steps(current: int) -> list[dict[str, Any]]:
    return stepper.steps([_("File"), _("Columns"), _("Check"), _("Load")], current)
