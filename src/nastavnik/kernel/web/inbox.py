"""The inbox: long tasks a person started, how far they are and what came of them."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.models import LongTask
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain


def sentence(task: LongTask) -> str:
    """Why the task stopped in the reader's language, or what it last said of itself."""
    return explain(DomainError(task.error, **task.error_params)) if task.error else task.note


TASKS = Listing(
    name="tasks",
    columns=[
        Column("title", _("title"), lambda task: task.title),
        Column("state", _("state"), lambda task: task.get_state_display()),
        Column("created", _("created"), lambda task: task.created_at, sort="created_at"),
        Column("finished", _("finished"), lambda task: task.finished_at),
        Column("error", _("error"), sentence),
    ],
    filters=[
        ChoiceFilter("state", _("state"), lambda: LongTask.State.choices, lambda rows, value: rows.filter(state=value))
    ],
    default_sort="-created",
    page_size=20,
)


def own_tasks(request: HttpRequest) -> QuerySet[LongTask]:
    """Nobody sees the tasks of others."""
    return LongTask.objects.filter(owner_id=request.user.pk)


def _own_task(request: HttpRequest, public_id: str) -> LongTask:
    task = own_tasks(request).filter(public_id=public_id).first()
    if task is None:
        raise NotFound
    return task


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All tasks of the reader, newest first; looking at them makes them old news."""
    tasks = own_tasks(request)
    if exported := TASKS.export(tasks, request.GET):
        return exported
    page = TASKS.page(tasks, request.GET)
    shown = [(task, sentence(task)) for task in page.rows]
    progress.mark_seen(cast(int, request.user.pk), at=clock.now())
    return render(request, "kernel/inbox_list.html", {"list": page, "tasks": shown})


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One task as a fragment; it asks for itself again while it runs."""
    task = _own_task(request, public_id)
    return render(request, "kernel/_task.html", {"task": task, "words": sentence(task)})


@require_POST
def dismiss(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a finished task out of the inbox; what it made stays."""
    progress.dismiss(_own_task(request, public_id))
    toasts.say(request, str(_("Taken out of the inbox.")))
    return redirect("kernel:inbox-list")
