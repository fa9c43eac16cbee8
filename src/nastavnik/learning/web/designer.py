"""The designer: the draft's stages as a path; click a stage to edit it, its activities and its gate as sentences."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import programmes
from nastavnik.learning.enums import Path
from nastavnik.learning.logic.requirements import Group, Need, Rule, without
from nastavnik.learning.models import Stage, StageActivity
from nastavnik.learning.permissions import may_edit_programmes
from nastavnik.learning.queries.programmes import node_of, path_of, references
from nastavnik.learning.requirements import kind_of
from nastavnik.learning.web.programme_common import (
    UNPROCESSABLE,
    crumbs,
    draft_stage,
    me,
    programme_of,
    refuse,
    saying,
)
from nastavnik.learning.web.programme_forms import ActivityForm, NeedForm, StageForm, VersionForm, kind_choices


@require_safe
def design(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft: both paths drawn, one stage open."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    draft = programme.versions.filter(published_at=None).first()
    if draft is None:
        return redirect(programme)
    paths = [(path, label, path_of(draft, path)) for path, label in Path.choices]
    chosen = request.GET.get("stage", "")
    nodes = [node for _path, _label, found in paths for node in found]
    current = next((node for node in nodes if str(node.stage.pk) == chosen), nodes[0] if nodes else None)
    context: dict[str, Any] = {"programme": programme, "draft": draft, "paths": paths, "node": current}
    context["faults"] = programmes.faults(draft)
    context["version_form"] = VersionForm(initial={"certificate": draft.certificate, "note": draft.note})
    context |= {"kinds": kind_choices(), "crumbs": crumbs(programme)}
    return render(request, "learning/programme_design.html", context)


def _back(stage: Stage) -> HttpResponse:
    address = reverse("learning:programme-design", args=[stage.version.programme.public_id])
    return redirect(f"{address}?stage={stage.pk}#stage")


@require_POST
def version_save(request: HttpRequest, public_id: str) -> HttpResponse:
    """The certificate at the end and what changed."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    form = VersionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        saying(request, lambda: programmes.set_certificate(programme=programme, **given), gettext("Written down."))
    return redirect("learning:programme-design", public_id)


def _form_page(request: HttpRequest, form: Any, *, title: str, submit: str, programme: Any) -> HttpResponse:
    above = [
        *crumbs(programme),
        (gettext("Designer"), reverse("learning:programme-design", args=[programme.public_id])),
    ]
    context = {"form": form, "crumbs": above, "title": title, "submit": submit}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


def stage_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """A stage at the end of a path."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    form = StageForm(request.POST or None, is_new=True, initial={"path": request.GET.get("path", Path.ORIGINAL)})
    if request.method == "POST" and form.is_valid():
        try:
            return _back(programmes.add_stage(programme=programme, **form.cleaned_data))
        except DomainError as error:
            refuse(form, error)
    return _form_page(
        request, form, title=gettext("New stage"), submit=gettext("Add the stage"), programme=programme
    )  # fmt: skip


def stage_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Title, kind, due rule."""
    stage = draft_stage(request, public_id, pk)
    initial = {"title": stage.title, "kind": stage.kind, "due_days": stage.due_days}
    form = StageForm(request.POST or None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.change_stage(stage=stage, **form.cleaned_data)
        return _back(stage)
    programme = stage.version.programme
    return _form_page(request, form, title=stage.title, submit=gettext("Save the stage"), programme=programme)


@require_POST
def stage_act(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Move a stage along its path, or remove it."""
    stage = draft_stage(request, public_id, pk)
    if request.POST.get("do") == "remove":
        programmes.remove_stage(stage=stage)
        return redirect("learning:programme-design", public_id)
    programmes.move_stage(stage=stage, by_places=-1 if request.POST.get("do") == "left" else 1)
    return _back(stage)


def activity_create(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Something more to do on the stage."""
    stage = draft_stage(request, public_id, pk)
    form = ActivityForm(request.POST or None, references=references())
    if request.method == "POST" and form.is_valid():
        programmes.add_activity(stage=stage, **form.cleaned_data)
        return _back(stage)
    programme = stage.version.programme
    return _form_page(
        request, form, title=gettext("New activity: %(stage)s") % {"stage": stage.title},
        submit=gettext("Add the activity"), programme=programme,
    )  # fmt: skip


def _activity(stage: Stage, key: str) -> StageActivity:
    found = stage.activities.filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def activity_edit(request: HttpRequest, public_id: str, pk: int, key: str) -> HttpResponse:
    """Change an activity of the draft."""
    stage = draft_stage(request, public_id, pk)
    activity = _activity(stage, key)
    rubric = "\n".join(f"{one['title']}: {one['points']}" for one in activity.rubric)
    initial = {
        "kind": activity.kind, "reference": f"{activity.kind}:{activity.reference}" if activity.reference else "",
        "title": activity.title, "minutes": activity.minutes, "is_required": activity.is_required, "rubric": rubric,
    }  # fmt: skip
    form = ActivityForm(request.POST or None, references=references(), initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.change_activity(activity=activity, values=form.cleaned_data)
        return _back(stage)
    programme = stage.version.programme
    return _form_page(request, form, title=activity.title, submit=gettext("Save the activity"), programme=programme)


@require_POST
def activity_act(request: HttpRequest, public_id: str, pk: int, key: str) -> HttpResponse:
    """Move an activity, or remove it."""
    stage = draft_stage(request, public_id, pk)
    activity = _activity(stage, key)
    if request.POST.get("do") == "remove":
        programmes.remove_activity(activity=activity)
    else:
        programmes.move_activity(activity=activity, by_places=-1 if request.POST.get("do") == "up" else 1)
    return _back(stage)


def need_add(request: HttpRequest, public_id: str, pk: int, kind: str) -> HttpResponse:
    """One more requirement: for all to meet, or as an alternative (`?to=key` of what it may stand for)."""
    stage, known = draft_stage(request, public_id, pk), kind_of(kind)
    if known is None:
        raise NotFound
    activities = list(stage.activities.values_list("key", "title"))
    form = NeedForm(request.POST if request.method == "POST" else None, kind=known, activities=activities)
    if request.method == "POST" and form.is_valid():
        try:
            programmes.set_gate(stage=stage, gate=_with(stage.tree, form.need, request.GET.get("to", "")))
        except DomainError as error:
            refuse(form, error)
        else:
            return _back(stage)
    programme = stage.version.programme
    return _form_page(request, form, title=str(known.title), submit=gettext("Add the requirement"), programme=programme)


def _with(tree: Group, need: Need, key: str) -> Group:
    """The gate with one need more: beside all others, or in one group «any of» with the need of `key`."""
    if need in tree.needs():
        return tree
    parts: list[Need | Group] = []
    placed = False
    for part in tree.parts:
        group = isinstance(part, Group) and any(one.key == key for one in part.needs())
        if group and isinstance(part, Group):
            parts.append(Group(part.rule, (*part.parts, need)))
        elif isinstance(part, Need) and part.key == key:
            parts.append(Group(Rule.ANY, (part, need)))
        else:
            parts.append(part)
            continue
        placed = True
    return Group(tree.rule, tuple(parts) if placed else (*parts, need))


@require_POST
def need_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a requirement out of the gate."""
    stage = draft_stage(request, public_id, pk)
    tree = stage.tree
    for need in list(tree.needs()):
        if need.key == request.POST.get("key"):
            tree = without(tree, need)
    saying(request, lambda: programmes.set_gate(stage=stage, gate=tree), gettext("Written down."))
    return _back(stage)


@require_safe
def stage_view(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The stage's panel alone, for the path drawn above it."""
    stage = draft_stage(request, public_id, pk)
    context = {"node": node_of(stage), "programme": stage.version.programme, "kinds": kind_choices()}
    return render(request, "learning/_stage_panel.html", context)
