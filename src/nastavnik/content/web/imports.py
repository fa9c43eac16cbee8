"""Courses come in and go out as archives: upload, look at what was read, load; download."""

import tempfile
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.content import archive, queries
from nastavnik.content.actions import imports
from nastavnik.content.jobs import read_slides
from nastavnik.content.models import Course, CourseImport
from nastavnik.content.web.common import UNPROCESSABLE, author, authored_course, crumbs, me, refuse, told
from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web import steps as stepper
from nastavnik.kernel.web import toasts

SHOWN = 200
IN_MEMORY = 8 * 1024**2


class ArchiveForm(forms.Form):
    file = forms.FileField(
        label=_("Archive"), help_text=_("A ZIP with course.yaml, Markdown texts and media inside."), max_length=255
    )


def _steps(current: int) -> list[dict[str, Any]]:
    return stepper.steps([gettext("Archive"), gettext("What is in it"), gettext("Load")], current)


def _crumbs() -> list[tuple[str, str]]:
    return [*crumbs(), (gettext("Writing courses"), reverse("content:course-shelf"))]


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose an archive; what is in it is shown on the next page."""
    person = author(request)
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            return redirect(imports.receive(name=upload.name, chunks=upload.chunks(), by=person, at=clock.now()))
        except DomainError as error:
            refuse(form, error)
    context = {"form": form, "steps": _steps(0), "crumbs": _crumbs()}
    return render(request, "content/import_upload.html", context, status=UNPROCESSABLE if form.errors else 200)


def _run(request: HttpRequest, public_id: str) -> CourseImport:
    author(request)
    run = CourseImport.objects.select_related("course").filter(public_id=public_id).first()
    if run is None:
        raise NotFound
    return run


@require_safe
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was read, what is wrong by file and line, and what loading would do."""
    run = _run(request, public_id)
    context: dict[str, Any] = {"run": run, "crumbs": _crumbs(), "steps": _steps(3 if run.loaded_at else 1)}
    if run.loaded_at is None:
        looked = imports.look(run.path, run.file_name)
        problems = [{"file": one.file, "line": one.line, "text": told(one.said)} for one in looked.problems[:SHOWN]]
        context |= {"looked": looked, "draft": looked.draft, "problems": problems, "known": looked.course}
    return render(request, "content/import_detail.html", context)


@require_POST
def import_load(request: HttpRequest, public_id: str) -> HttpResponse:
    """Load the archive that was looked at; the pages of its slides are made by jobs."""
    course = imports.confirm(run=_run(request, public_id), by=author(request), at=clock.now())
    make_pages(request, course)
    toasts.say(request, gettext("Loaded. The draft can be looked at and published."))
    return redirect("content:course-edit", public_id=course.public_id)


def make_pages(request: HttpRequest, course: Course) -> None:
    """A job for each document whose pages are still to be made."""
    for file in imports.pending(course):
        title = gettext("Pages of {name}").format(name=file.name)
        task = progress.start("content.slides", title, by=me(request), at=clock.now())
        read_slides.defer(file_id=file.pk, task_id=task.pk)


@require_safe
def course_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The published version, else the draft, as an archive that can be imported."""
    course = authored_course(request, public_id)
    version = queries.published(course) or queries.draft(course) or course.versions.first()
    if version is None:
        raise NotFound
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    archive.write(course, version, out)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=f"{course.code}.zip", content_type="application/zip")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
