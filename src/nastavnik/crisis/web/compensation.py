"""The toolkit's editors: kinds of offers and the matrix, limits and rules of tools, signs of abuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import compensation, compensation_flags
from nastavnik.crisis.models import AbuseFlag, AuthorityLimit, MatrixRow, OfferKind, ToolRule
from nastavnik.crisis.money_enums import AbuseSign, Fault, Issue, Verdict
from nastavnik.crisis.money_permissions import may_keep_toolkit
from nastavnik.crisis.queries import authority_training
from nastavnik.crisis.web.compensation_forms import KindForm, LimitForm, RowChangeForm, RowForm, ToolForm
from nastavnik.crisis.web.money_common import UNPROCESSABLE, keeper, reader, refuse, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.reach import today

MATRIX = Listing(
    name="matrix",
    columns=[
        Column("kind", _("Offer"), value=lambda row: str(row.kind), sort="kind__name"),
        Column("issue", _("What went wrong"), value=lambda row: row.get_issue_display(), sort="issue"),
        Column("fault", _("Whose fault"), value=lambda row: row.get_fault_display(), sort="fault"),
        Column("severity", _("Severity"), value=lambda row: row.get_severity_display() or "", sort="severity"),
        Column("band", _("Value band"), value=lambda row: row.value_band, sort="value_band"),
        Column("channel", _("Channel"), value=lambda row: row.get_channel_display()),
        Column("least", _("From"), value=lambda row: row.least / 100, sort="least", number=True),
        Column("most", _("Up to"), value=lambda row: row.most / 100, sort="most", number=True),
        Column("version", _("Version"), value=lambda row: row.version, number=True),
        Column("since", _("In force from"), value=lambda row: row.active_from, sort="active_from"),
    ],
    filters=[
        ChoiceFilter(
            "when", _("When"), lambda: [("all", _("also past and future rows"))], lambda rows, _value: rows
        ),
        ChoiceFilter("issue", _("What went wrong"), lambda: Issue.choices, lambda rows, v: rows.filter(issue=v)),
        ChoiceFilter("fault", _("Whose fault"), lambda: Fault.choices, lambda rows, v: rows.filter(fault=v)),
    ],
    search=lambda rows, text: rows.filter(kind__name__icontains=text) | rows.filter(value_band__icontains=text),
)  # fmt: skip
FLAGS = Listing(
    name="signs",
    columns=[
        Column("sign", _("Sign"), value=lambda one: one.get_sign_display(), sort="sign"),
        Column("case", _("Case"), value=lambda one: str(one.offer.case), sort="offer__case__number"),
        Column("by", _("Given by"), value=lambda one: str(one.offer.made_by), sort="offer__made_by__sort_key"),
        Column("amount", _("Sum"), value=lambda one: one.offer.amount / 100, sort="offer__amount", number=True),
        Column("raised", _("Noticed"), value=lambda one: one.raised_at, sort="raised_at"),
        Column("verdict", _("Verdict"), value=lambda one: one.get_verdict_display(), sort="verdict"),
    ],
    filters=[
        ChoiceFilter("verdict", _("Verdict"), lambda: Verdict.choices, lambda rows, v: rows.filter(verdict=v)),
        ChoiceFilter("sign", _("Sign"), lambda: AbuseSign.choices, lambda rows, v: rows.filter(sign=v)),
    ],
    search=lambda rows, text: rows.filter(offer__made_by__search_text__icontains=text.lower()),
    default_sort="-raised",
)


@require_safe
def matrix_list(request: HttpRequest) -> HttpResponseBase:
    """What may be offered when, as of today."""
    person = reader(request)
    rows = MatrixRow.objects.select_related("kind")
    if request.GET.get("when") != "all":
        rows = rows.on(today())
    if download := MATRIX.export(rows, request.GET):
        return download
    context = {
        "list": MATRIX.page(rows, request.GET), "tabs": tabs(request, "matrix-list"),
        "kinds": OfferKind.objects.all(), "keeps": may_keep_toolkit(person),
    }  # fmt: skip
    return render(request, "crisis/matrix_list.html", context)


@require_safe
def limit_list(request: HttpRequest) -> HttpResponse:
    """What each grade may give, and which certificates the tools ask for."""
    person = reader(request)
    limits = list(AuthorityLimit.objects.on(today()).select_related("grade__ladder", "kind"))
    tools = list(ToolRule.objects.on(today()))
    codes = [*(one.certificate_code for one in limits), *(one.certificate_code for one in tools)]
    names = {code: one.title for code, one in authority_training.described(set(codes) - {""}).items()}
    context = {
        "limits": [(one, names.get(one.certificate_code, one.certificate_code)) for one in limits],
        "coming": AuthorityLimit.objects.filter(active_from__gt=today()).select_related("grade__ladder", "kind"),
        "tools": [(one, names.get(one.certificate_code, one.certificate_code)) for one in tools],
        "tabs": tabs(request, "limit-list"), "keeps": may_keep_toolkit(person),
    }  # fmt: skip
    return render(request, "crisis/limit_list.html", context)


def _edited(
    request: HttpRequest, form: forms.Form, save: Callable[[dict[str, Any]], object], title: str, back: str
) -> HttpResponse:
    """One page for every form of the toolkit: saved, or shown again with what stands in the way."""
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("Saved."))
            return redirect(back)
    context = {"form": form, "title": title, "back": reverse(back), "crumbs": [(gettext("Matrix"), reverse(back))]}
    return render(request, "crisis/toolkit_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """A new kind of offer, or one changed."""
    person = keeper(request)
    kind = OfferKind.objects.filter(public_id=public_id).first() if public_id else None
    if public_id and kind is None:
        raise NotFound
    form = KindForm(request.POST or None, initial=vars(kind) if kind else None)
    if kind is not None:
        form.fields["code"].disabled = True
        form.initial["code"] = kind.code
    title = gettext("Change the kind of offer") if kind else gettext("Add a kind of offer")
    return _edited(
        request, form, lambda said: compensation.save_kind(kind=kind, by=person, at=clock.now(), **said), title,
        "crisis:matrix-list",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def matrix_add(request: HttpRequest) -> HttpResponse:
    """A new row of the matrix."""
    person = keeper(request)
    return _edited(
        request, RowForm(request.POST or None),
        lambda said: compensation.add_row(by=person, at=clock.now(), **said), gettext("Add a row"),
        "crisis:matrix-list",
    )  # fmt: skip


def _row(pk: int) -> MatrixRow:
    found = MatrixRow.objects.select_related("kind").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def matrix_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other bounds from a day on: the next version of the row."""
    person, row = keeper(request), _row(pk)
    initial = {"least": row.least, "most": row.most, "position": row.position}
    return _edited(
        request, RowChangeForm(request.POST or None, initial=initial),
        lambda said: compensation.change_row(row=row, by=person, at=clock.now(), **said), gettext("Change the row"),
        "crisis:matrix-list",
    )  # fmt: skip


@require_POST
def matrix_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From today on the row is no longer in force."""
    person = keeper(request)
    compensation.end_row(row=_row(pk), since=today(), by=person, at=clock.now())
    toasts.say(request, gettext("The row ended today."))
    return redirect("crisis:matrix-list")


@require_http_methods(["GET", "HEAD", "POST"])
def limit_add(request: HttpRequest) -> HttpResponse:
    """A limit from a day on; the one before is closed."""
    person = keeper(request)
    return _edited(
        request, LimitForm(request.POST or None),
        lambda said: compensation.set_limit(by=person, at=clock.now(), **said), gettext("Set a limit"),
        "crisis:limit-list",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def tool_set(request: HttpRequest) -> HttpResponse:
    """Which certificate a tool asks for from a day on."""
    person = keeper(request)
    return _edited(
        request, ToolForm(request.POST or None),
        lambda said: compensation.set_tool(by=person, at=clock.now(), **said), gettext("Set the certificate of a tool"),
        "crisis:limit-list",
    )  # fmt: skip


@require_safe
def flag_list(request: HttpRequest) -> HttpResponseBase:
    """The review queue: signs nobody has judged yet come first."""
    keeper(request)
    rows = AbuseFlag.objects.select_related("offer__case", "offer__made_by", "offer__kind", "judged_by")
    if download := FLAGS.export(rows, request.GET):
        return download
    context = {"list": FLAGS.page(rows, request.GET), "tabs": tabs(request, "flag-list")}
    return render(request, "crisis/flag_list.html", context)


@require_POST
def flag_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it is abuse."""
    person = keeper(request)
    flag = AbuseFlag.objects.select_related("offer__case").filter(pk=pk).first()
    if flag is None:
        raise NotFound
    is_abuse = request.POST.get("verdict") == Verdict.CONFIRMED
    note = request.POST.get("note", "")
    compensation_flags.judge(flag=flag, is_abuse=is_abuse, note=note, by=person, at=clock.now())
    toasts.say(request, gettext("Judged."))
    return redirect("crisis:flag-list")
