"""Versions of the refusal policy: what is in force, what was, what comes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.reach import today
from nastavnik.procedures import queries
from nastavnik.procedures.actions import policies, settling
from nastavnik.procedures.consequences import consequences as sentences
from nastavnik.procedures.models import RefusalPolicy
from nastavnik.procedures.web.common import UNPROCESSABLE, crumbs, keeper, refuse, tabs
from nastavnik.procedures.web.forms import PolicyForm


def _scope(version: RefusalPolicy) -> str:
    return str(version.team or version.line or gettext("everybody"))


def _state(version: RefusalPolicy) -> str:
    if version.is_active_on(today()):
        return gettext("in force")
    return gettext("to come") if version.active_from > today() else gettext("over")


def _in_state(rows: Any, value: str) -> Any:
    day = today()
    if value == "current":
        return rows.on(day)
    return rows.filter(active_from__gt=day) if value == "future" else rows.filter(active_to__lte=day)


POLICIES = Listing(
    name="refusal-policies",
    columns=[
        Column("number", _("Version"), value=lambda one: one.number, sort="number"),
        Column("scope", _("For"), value=_scope),
        Column("from", _("From"), value=lambda one: one.active_from, sort="active_from"),
        Column("to", _("Until (exclusive)"), value=lambda one: one.active_to, sort="active_to"),
        Column("state", _("State"), value=_state),
        Column("max_soft", _("Soft attempts at most"), value=lambda one: one.max_soft, sort="max_soft", number=True),
        Column("start", _("Start of the refund, min"), value=lambda one: one.refund_start_ms // 60_000, number=True),
        Column("note", _("What changed and why"), value=lambda one: one.note),
    ],
    filters=[
        ChoiceFilter(
            "state",
            _("State"),
            lambda: [("current", _("in force")), ("future", _("to come")), ("past", _("over"))],
            _in_state,
        ),
    ],
    default_sort="-from",
)


@require_safe
def policy_list(request: HttpRequest) -> HttpResponseBase:
    """What holds today, in words, and all versions."""
    keeper(request)
    rows = RefusalPolicy.objects.select_related("team", "line")
    if download := POLICIES.export(rows, request.GET):
        return download
    current = queries.policy_at(today())
    context = {
        "list": POLICIES.page(rows, request.GET),
        "current": current,
        "words": sentences(current, get_language() or "ru") if current else [],
        "tabs": tabs("policy-list"),
        "today": today(),
    }
    return render(request, "procedures/policy_list.html", context)


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Put the shipped policy and lexicon in force where there are none."""
    settling.settle(by=keeper(request), at=clock.now(), since=today())
    toasts.say(request, gettext("The shipped policy and lexicon are in force."))
    return redirect("procedures:policy-list")


@require_http_methods(["GET", "HEAD", "POST"])
def policy_create(request: HttpRequest) -> HttpResponse:
    """A new version, with its consequences beside the form."""
    person = keeper(request)
    current = queries.policy_at(today())
    form = PolicyForm(request.POST or None, initial=PolicyForm.initial_of(current))
    if request.method == "POST" and form.is_valid():
        try:
            made = policies.add_version(
                parameters=form.parameters, active_from=form.cleaned_data["active_from"], by=person, at=clock.now(),
                note=form.cleaned_data["note"], **form.unit,
            )  # fmt: skip
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The new version is planned."))
            return redirect(made)
    shown = _parameters(form) or current or policies.Parameters()
    context = {"form": form, "crumbs": crumbs("policy-list"), "words": sentences(shown, get_language() or "ru")}
    return render(request, "procedures/policy_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


def _parameters(form: PolicyForm) -> policies.Parameters | None:
    return form.parameters if form.is_bound and form.is_valid() else None


@require_POST
def consequences(request: HttpRequest) -> HttpResponse:
    """A fragment: what the numbers in the form would mean; missing ones are passed over until they are there."""
    keeper(request)
    typed = request.POST.copy()
    typed["active_from"] = typed.get("active_from") or today().isoformat()
    said = _parameters(PolicyForm(typed))
    context = {"words": sentences(said, get_language() or "ru") if said else []}
    return render(request, "procedures/_consequences.html", context)


def _version(request: HttpRequest, public_id: str) -> RefusalPolicy:
    keeper(request)
    rows = RefusalPolicy.objects.select_related("team", "line", "made_by")
    if (found := rows.filter(public_id=public_id).first()) is None:
        raise NotFound
    return found


@require_safe
def policy_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version in words, with the others of its scope on a line of time."""
    version = _version(request, public_id)
    others = RefusalPolicy.objects.filter(team=version.team, line=version.line).select_related(
        "made_by", "team", "line"
    )
    entries = [
        {"day": one.active_from, "title": str(one), "text": one.note, "by": one.made_by, "url": one.get_absolute_url()}
        for one in others
    ]
    context = {
        "version": version,
        "scope": _scope(version),
        "state": _state(version),
        "is_planned": version.active_from > today(),
        "words": sentences(version, get_language() or "ru"),
        "entries": entries,
        "crumbs": crumbs("policy-list"),
    }
    return render(request, "procedures/policy_detail.html", context)


@require_POST
def policy_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remove a version that has not begun."""
    version = _version(request, public_id)
    reason = request.POST.get("reason", "")[:300]
    policies.take_back(version=version, by=keeper(request), at=clock.now(), reason=reason)
    toasts.say(request, gettext("The planned version was taken back."))
    return redirect("procedures:policy-list")
