"""One enrolment: where it stands and why, its history as of any day; pauses, waivers, moves, decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import NotPermitted
from nastavnik.learning.actions import decisions, enrolments
from nastavnik.learning.enums import LearningKind, WaiverScope
from nastavnik.learning.models import Enrolment, PlanItem, StageActivity
from nastavnik.learning.permissions import may_enrol, may_see_programmes
from nastavnik.learning.queries.enrolment_pages import page_of, waivable
from nastavnik.learning.web.programme_common import (
    UNPROCESSABLE,
    crumbs,
    day_of,
    enrolment_of,
    may_change,
    me,
    refuse,
    saying,
)
from nastavnik.learning.web.programme_forms import (
    MarkForm,
    MoveForm,
    PauseForm,
    ReasonForm,
    ResumeForm,
    WaiverForm,
)
from nastavnik.people.enums import Role
from nastavnik.people.reach import roles_of, today

TITLES = {
    "pause": _("Pause the enrolment"), "resume": _("Resume learning"), "waive": _("Waive something"),
    "move": _("Move to another version or intake"), "close": _("Close the enrolment"),
}  # fmt: skip


@require_safe
def enrolment_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Path, gate, plan, history; `?on=` shows it as it was at the end of that day."""
    enrolment, viewer = enrolment_of(request, public_id), me(request)
    day = day_of(request.GET.get("on", ""))
    page = page_of(enrolment, day)
    context: dict[str, Any] = {"enrolment": enrolment, "page": page, "day": day, "today": today()}
    context["may_change"] = enrolment.is_open and may_change(viewer, enrolment)
    context["may_judge"] = context["may_change"] or (may_enrol(viewer) and viewer.pk != enrolment.person_id)
    mine = roles_of(viewer) if viewer.pk != enrolment.person_id else frozenset()
    context["sign_offs"] = [one for one in page.sign_offs if one.role in mine] if enrolment.is_open else []
    context["crumbs"] = crumbs(enrolment.programme) if may_see_programmes(viewer) else [_home()]
    context["may_mark"] = enrolment.is_open and viewer.pk != enrolment.person_id and may_see_programmes(viewer)
    return render(request, "learning/enrolment_detail.html", context)


def _home() -> tuple[str, str]:
    return gettext("My plan"), reverse("learning:my-plan")


def enrolment_change(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """Pause, resume, waive, move or close."""
    enrolment = enrolment_of(request, public_id)
    if what not in TITLES:
        raise NotFound
    if not may_change(me(request), enrolment):
        raise NotPermitted(meaning=gettext("enrol this person"))
    form = _form(request, enrolment, what)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, enrolment, what, form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Written down."))
            return redirect(enrolment)
    above = [*crumbs(enrolment.programme), (str(enrolment.person), enrolment.get_absolute_url())]
    context = {"form": form, "crumbs": above, "title": TITLES[what], "cancel": enrolment.get_absolute_url()}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


def _form(request: HttpRequest, enrolment: Enrolment, what: str) -> Any:
    data = request.POST if request.method == "POST" else None
    if what == "pause":
        return PauseForm(data, initial={"since": today()})
    if what == "resume":
        return ResumeForm(data, initial={"on": today()})
    if what == "waive":
        return WaiverForm(data, choices=[(key, text) for key, text, _scope in waivable(enrolment)])
    if what == "move":
        return MoveForm(data, programme=enrolment.programme)
    return ReasonForm(data)


def _change(request: HttpRequest, enrolment: Enrolment, what: str, given: dict[str, Any]) -> None:
    who: dict[str, Any] = {"enrolment": enrolment, "by": me(request), "at": clock.now()}
    if what == "waive" and enrolment.stage is not None:
        scope = next(scope for key, _text, scope in waivable(enrolment) if key == given["what"])
        key = "" if scope == WaiverScope.GATE else given["what"]
        enrolments.waive(stage=enrolment.stage, scope=scope, key=key, reason=given["reason"], **who)
        return
    act = {"pause": enrolments.pause, "resume": enrolments.resume, "move": enrolments.move, "close": enrolments.close}
    act[what](**given, **who)  # type: ignore[operator]  # each form has its action's arguments


@require_POST
def sign_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign off as a role one holds."""
    enrolment = enrolment_of(request, public_id)
    role, stage = request.POST.get("role", ""), request.POST.get("stage", "")
    if role not in Role.values or not stage.isdigit():
        raise NotFound
    approved = request.POST.get("do") == "approve"
    saying(
        request,
        lambda: decisions.sign_off(
            enrolment=enrolment, stage_id=int(stage), role=Role(role), approved=approved, by=me(request),
            at=clock.now(), comment=request.POST.get("comment", ""),
        ),
        gettext("Signed off.") if approved else gettext("Written down: not yet."),
    )  # fmt: skip
    return redirect((request.POST.get("back") == "queue" and "learning:decision-queue") or enrolment)


@require_POST
def item_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a task of somebody within reach was done."""
    rows = PlanItem.objects.visible_to(me(request)).select_related("person", "enrolment")
    item = rows.filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    enrolment = item.enrolment
    if not may_enrol(me(request)) or (enrolment and not may_change(me(request), enrolment)):
        raise NotPermitted(meaning=gettext("accept tasks of this person"))
    saying(request, lambda: decisions.accept(item=item, by=me(request), at=clock.now()), gettext("Accepted."))
    return redirect(enrolment) if enrolment else redirect("learning:decision-queue")


def defence_mark(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One judge's points for a defence."""
    enrolment = enrolment_of(request, public_id)
    activity = StageActivity.objects.filter(
        stage__version=enrolment.version, stage__path=enrolment.path, key=key, kind=LearningKind.PANEL
    ).first()
    if activity is None or not may_see_programmes(me(request)) or me(request).pk == enrolment.person_id:
        raise NotFound
    form = MarkForm(request.POST if request.method == "POST" else None, rubric=activity.rubric)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.mark_defence(
                enrolment=enrolment, activity=activity, points=form.points, comment=form.cleaned_data["comment"],
                by=me(request), at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Your marks are written down."))
            return redirect(enrolment)
    above = [*crumbs(enrolment.programme), (str(enrolment.person), enrolment.get_absolute_url())]
    context = {"form": form, "crumbs": above, "title": activity.title, "cancel": enrolment.get_absolute_url()}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)
