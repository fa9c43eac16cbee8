"""Activities of a draft and files of a course: forms, order, previews."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.content import queries
from nastavnik.content.actions import activities, files
from nastavnik.content.enums import ActivityKind, FileKind, FileState
from nastavnik.content.jobs import read_slides
from nastavnik.content.models import Activity, Course, CourseFile
from nastavnik.content.web import labels, rich, scenes
from nastavnik.content.web.common import UNPROCESSABLE, author, authored_course, crumbs, refuse
from nastavnik.content.web.forms import ActivityForm, FileForm
from nastavnik.content.web.media import file_of
from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person


def take_in(course: Course, upload: Any, *, by: Person, wanted: FileKind | None = None) -> CourseFile:
    """Keep an upload; the pages of slides are made by a job that its owner finds in the inbox."""
    at = clock.now()
    file = files.add(course=course, name=upload.name, chunks=upload.chunks(), by=by, at=at, wanted=wanted)
    if file.state == FileState.PENDING:
        title = gettext("Pages of {name}").format(name=file.name)
        task = progress.start("content.slides", title, by=by, at=at)
        read_slides.defer(file_id=file.pk, task_id=task.pk)
    return file


def _edited(course: Course, key: str) -> Activity:
    draft = queries.draft(course)
    found = draft.activities.filter(key=key).first() if draft else None
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def activity_add(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """A new activity at the end of the draft."""
    course = authored_course(request, public_id)
    if kind not in ActivityKind.values or queries.draft(course) is None:
        raise NotFound
    form = ActivityForm(request.POST or None, request.FILES or None, kind=ActivityKind(kind), course=course)
    if request.method == "POST" and form.is_valid():
        try:
            said = _said(request, course, form)
            activities.add(course=course, kind=form.kind, **said)
            return redirect("content:course-edit", public_id=course.public_id)
        except DomainError as error:
            refuse(form, error)
    return _form(request, course, form)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Change an activity of the draft."""
    course = authored_course(request, public_id)
    activity = _edited(course, key)
    form = ActivityForm(
        request.POST or None, request.FILES or None, kind=ActivityKind(activity.kind), course=course,
        activity=activity, seen=activities.digest(activity),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            said = _said(request, course, form)
            activities.change(course=course, key=key, seen=form.cleaned_data["seen"] or None, **said)
            toasts.say(request, gettext("Saved."))
            return redirect("content:course-edit", public_id=course.public_id)
        except DomainError as error:
            refuse(form, error)
    return _form(request, course, form, activity)


def _said(request: HttpRequest, course: Course, form: ActivityForm) -> dict[str, Any]:
    given, person, name = form.cleaned_data, author(request), ""
    if upload := given.get("upload"):
        name = take_in(course, upload, by=person, wanted=form.wanted).name
    return {
        "title": given["title"],
        "minutes": given["minutes"],
        "is_required": given["is_required"],
        "content": form.content(name),
        "by": person,
        "at": clock.now(),
    }


def _form(request: HttpRequest, course: Course, form: ActivityForm, activity: Activity | None = None) -> HttpResponse:
    text = str(form["text"].value() or "") if "text" in form.fields else ""
    context = {
        "course": course,
        "form": form,
        "kind": form.kind,
        "activity": activity,
        "preview": rich.html(text, scenes.picture_address(course)),
        "pictures": [one.name for one in form.held if one.kind == FileKind.IMAGE],
        "crumbs": [*crumbs(course)],
    }
    return render(request, "content/activity_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def text_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The Markdown in the editor as its readers will see it."""
    course = authored_course(request, public_id)
    text = request.POST.get("text", "")
    return render(request, "content/_text_preview.html", {"preview": rich.html(text, scenes.picture_address(course))})


@require_safe
def activity_preview(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The activity as its learner will see it; nothing is counted."""
    course = authored_course(request, public_id)
    draft = queries.draft(course)
    rows = queries.outline(draft, None) if draft else []
    row = next((one for one in rows if one.activity.key == key), None)
    if row is None:
        raise NotFound
    context = {"row": labels.outline_row(row), "way": None, "crumbs": crumbs(course)}
    context |= scenes.scene(row, None, request, course)
    return render(request, "content/activity_preview.html", context)


@require_POST
def activity_move(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One place up or down."""
    course = authored_course(request, public_id)
    down = request.POST.get("to") == "down"
    activities.move(course=course, key=key, down=down, by=author(request), at=clock.now())
    return redirect("content:course-edit", public_id=course.public_id)


@require_POST
def activity_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Out of the draft."""
    course = authored_course(request, public_id)
    activities.remove(course=course, key=key, by=author(request), at=clock.now())
    toasts.say(request, gettext("The activity is out of the draft."))
    return redirect("content:course-edit", public_id=course.public_id)


FILES = Listing(
    name="course-files",
    columns=[
        Column("name", _("File"), lambda file: file.name, sort="name"),
        Column("kind", _("Kind"), lambda file: file.get_kind_display(), sort="kind"),
        Column("size", _("Size, kB"), lambda file: -(-file.size // 1024), sort="size", number=True),
        Column("state", _("State"), lambda file: file.get_state_display(), sort="state"),
        Column("when", _("Uploaded"), lambda file: file.uploaded_at, sort="uploaded_at"),
    ],
    filters=[ChoiceFilter("kind", _("Kind"), lambda: FileKind.choices, lambda rows, value: rows.filter(kind=value))],
    search=lambda rows, text: rows.filter(name__icontains=text.replace("\0", "")),
    default_sort="name",
)


@require_http_methods(["GET", "HEAD", "POST"])
def file_list(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The files of the course; a POST brings one more."""
    course, person = authored_course(request, public_id), author(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = FileKind.PDF if form.cleaned_data["upload"].name.lower().endswith(".pptx") else None
            file = take_in(course, form.cleaned_data["upload"], by=person, wanted=wanted)
            toasts.say(request, gettext("The course has the file {name}.").format(name=file.name))
            return redirect("content:file-list", public_id=course.public_id)
        except DomainError as error:
            refuse(form, error)
    rows = CourseFile.objects.filter(course=course)
    if download := FILES.export(rows, request.GET):
        return download
    context = {"course": course, "form": form, "list": FILES.page(rows, request.GET), "crumbs": crumbs(course)}
    return render(request, "content/file_list.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def file_remove(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Take a file away that no version needs."""
    course = authored_course(request, public_id)
    files.remove(file=file_of(course, name), by=author(request), at=clock.now())
    toasts.say(request, gettext("The file is taken away."))
    return redirect("content:file-list", public_id=course.public_id)
