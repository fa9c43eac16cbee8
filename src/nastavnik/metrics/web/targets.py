"""Targets: the list, the history of one, setting with its effect shown first, closing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.metrics.actions import targets as actions
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.models import Target
from nastavnik.metrics.permissions import may_edit_targets, may_see_board, may_see_scope
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries import screens_targets as screens
from nastavnik.metrics.queries.readings import metric_of
from nastavnik.metrics.queries.screens_effect import Effect, Proposal, effect
from nastavnik.metrics.queries.targets import scope_of
from nastavnik.metrics.web.forms import CloseTargetForm, TargetFilterForm, TargetForm
from nastavnik.metrics.web.metric import crumbs_of
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.people.permissions import today

PAGE = 50


@require_safe
def targets(request: PersonRequest) -> HttpResponseBase:
    """Versions by metric and scope; those in force by default. Targets of people show to those who see the people."""
    require(may_see_board, request.user)
    now = today()
    chosen = {key: request.GET.get(key, "") for key in ("metric", "kind")}
    found = screens.all_targets(now, **chosen, state=request.GET.get("state", "current"), viewer=request.user)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, "targets", screens.export_heads(), screens.export_rows(found))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": screens.rows_of(list(page.object_list), now),
        "page": page,
        "form": TargetFilterForm({**chosen, "state": request.GET.get("state", "current")}, auto_id="filter_%s"),
        "may_edit": may_edit_targets(request.user),
        "crumbs": crumbs_of(request),
    }
    return render(request, "metrics/target_list.html", context)


@require_safe
def history(request: PersonRequest, code: str) -> HttpResponse:
    """All versions of one metric and scope as a timeline."""
    require(may_see_board, request.user)
    metric = metric_of(code)
    text = request.GET.get("scope", ScopeKind.ORGANISATION.value)[:120]
    scope = scopes.parse(text)
    if not may_see_scope(request.user, scope.kind, scope.id):
        raise NotFound
    context = {
        "screen": screens.history(metric, scope, text, today()),
        "may_edit": may_edit_targets(request.user),
        "crumbs": [*crumbs_of(request), screens.list_crumb()],
    }
    return render(request, "metrics/target_history.html", context)


@require_GET
def set_form(request: PersonRequest) -> HttpResponse:
    """The empty form; metric and scope may be in the URL."""
    require(may_edit_targets, request.user)
    initial = {key: request.GET[key] for key in ("metric", "scope") if key in request.GET}
    form = TargetForm(request.user, initial={"active_from": today(), **initial})
    return _page(request, form)


@require_POST
def set_target(request: PersonRequest) -> HttpResponse:
    """First the effect, then the deed: what was shown must still be so, else the new effect is shown."""
    require(may_edit_targets, request.user)
    form = TargetForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form)
    preview = effect(_proposal(form), today())
    if request.POST.get("step") != "set":
        return _page(request, form, preview)
    if request.POST.get("seen") != preview.seen:
        return _page(request, form, preview, problem=_("The targets changed since you looked. This is the effect now."))
    try:
        actions.set_target(**form.arguments(), by=request.user, at=clock.now())
    except DomainError as error:
        form.add_error(None, explain(error))
        return _page(request, form, preview)
    messages.success(request, _("The target is set."))
    return redirect(screens.history_url(form.cleaned_data["metric"], form.cleaned_data["scope_text"]))


def _proposal(form: TargetForm) -> Proposal:
    data = form.cleaned_data
    return Proposal(
        METRICS[data["metric"]], data["scope_chosen"], data["active_from"], data["active_to"], data["target"],
        data["floor"], data["min_n"],
    )  # fmt: skip


def _page(request: PersonRequest, form: TargetForm, preview: Effect | None = None, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "form": form, "preview": preview, "problem": problem, "crumbs": [*crumbs_of(request), screens.list_crumb()],
    }  # fmt: skip
    status = 422 if form.errors else 409 if problem else 200
    return render(request, "metrics/target_set.html", context, status=status)


@require_POST
def close(request: PersonRequest, target_id: int) -> HttpResponse:
    """Let a target end; days before keep it."""
    require(may_edit_targets, request.user)
    target = get_object_or_404(Target, pk=target_id)
    form = CloseTargetForm(request.POST)
    url = screens.history_url(target.metric, scopes.text_of(scope_of(target)))
    if not form.is_valid():
        messages.error(request, _("Give the first day without the target, and say why."))
        return redirect(url)
    try:
        actions.close_target(target=target, **form.cleaned_data, by=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(url)
    messages.success(request, _("The target is closed."))
    return redirect(url)
