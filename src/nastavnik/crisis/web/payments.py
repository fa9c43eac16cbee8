"""Payments, double ones, and what becomes of money that came by mistake."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import duplicates, payments
from nastavnik.crisis.models import CrisisCase, DuplicateCandidate, Payment
from nastavnik.crisis.money_enums import Verdict
from nastavnik.crisis.money_permissions import may_move_money
from nastavnik.crisis.web.money_common import UNPROCESSABLE, me, reader, refuse, tabs
from nastavnik.crisis.web.payments_forms import ChoiceForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts

STATES = [
    ("waiting", _("waits to be cleared")), ("settled", _("settled with the customer")), ("contract", _("of a contract"))
]  # fmt: skip


def _in_state(rows: Any, value: str) -> Any:
    if value == "settled":
        return rows.filter(choice__isnull=False)
    if value == "contract":
        return rows.filter(contract__isnull=False, choice__isnull=True)
    aside = DuplicateCandidate.objects.filter(verdict=Verdict.CONFIRMED).values("second_id")
    return rows.filter(choice__isnull=True).filter(contract__isnull=True) | rows.filter(
        choice__isnull=True, pk__in=aside
    )


def _providers() -> list[tuple[str, str]]:
    names = Payment.objects.order_by("provider").values_list("provider", flat=True).distinct()
    return [(name, name) for name in names]


PAYMENTS = Listing(
    name="payments",
    columns=[
        Column("paid", _("Paid"), value=lambda one: one.paid_at, sort="paid_at"),
        Column("ref", _("Reference"), value=lambda one: one.ref, sort="ref"),
        Column("payer", _("Payer"), value=lambda one: one.payer, sort="payer"),
        Column("customer", _("Customer"), value=lambda one: str(one.customer or "")),
        Column("amount", _("Sum"), value=lambda one: one.amount / 100, sort="amount", number=True),
        Column("currency", _("Currency"), value=lambda one: one.currency),
        Column("invoice", _("Invoice"), value=lambda one: one.invoice),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: STATES, _in_state),
        ChoiceFilter(
            "provider", _("Payment system"),
            _providers,
            lambda rows, value: rows.filter(provider=value),
        ),
    ],
    search=lambda rows, text: rows.matching(text),
    default_sort="-paid",
)  # fmt: skip

DUPLICATES = Listing(
    name="double-payments",
    columns=[
        Column("found", _("Found"), value=lambda one: one.found_at, sort="found_at"),
        Column("payer", _("Payer"), value=lambda one: one.second.payer, sort="second__payer"),
        Column("amount", _("Sum"), value=lambda one: one.second.amount / 100, sort="second__amount", number=True),
        Column("first", _("First payment"), value=lambda one: one.first.ref),
        Column("second", _("Second payment"), value=lambda one: one.second.ref),
        Column("verdict", _("Verdict"), value=lambda one: one.get_verdict_display(), sort="verdict"),
    ],
    filters=[
        ChoiceFilter("verdict", _("Verdict"), lambda: Verdict.choices, lambda rows, value: rows.filter(verdict=value))
    ],
    search=lambda rows, text: rows.filter(second__payer__icontains=text) | rows.filter(second__ref__icontains=text),
    default_sort="-found",
)


@require_safe
def payment_list(request: HttpRequest) -> HttpResponseBase:
    """All payments: what waits to be cleared is one filter away."""
    reader(request)
    rows = Payment.objects.select_related("customer", "contract", "choice")
    if download := PAYMENTS.export(rows, request.GET):
        return download
    waiting = _in_state(Payment.objects.all(), "waiting").count()
    context = {"list": PAYMENTS.page(rows, request.GET), "waiting": waiting, "tabs": tabs(request, "payment-list")}
    return render(request, "crisis/payment_list.html", context)


def _payment(public_id: str) -> Payment:
    whose = ("customer", "contract", "entry", "choice__case__customer", "choice__recorded_by")
    found = Payment.objects.select_related(*whose).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def payment_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One payment with its movements; the customer's choice is recorded here."""
    person = reader(request)
    payment = _payment(public_id)
    cases = CrisisCase.objects.visible_to(person)
    if payment.customer_id:
        cases = cases.filter(customer_id=payment.customer_id)
    waiting, choice = payments.waiting_account(payment), getattr(payment, "choice", None)
    form = ChoiceForm(request.POST or None, cases=cases)
    if request.method == "POST" and form.is_valid():
        require(may_move_money, person)
        try:
            payments.settle(payment=payment, by=person, at=clock.now(), **form.said())
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The money went where the customer chose."))
            return redirect("crisis:payment-detail", public_id)
    crumbs = [(gettext("Payments"), reverse("crisis:payment-list"))]
    context = {
        "payment": payment, "waiting": waiting, "form": form, "crumbs": crumbs, "may_move": may_move_money(person),
        "sees_case": choice is not None and cases.filter(pk=choice.case_id).exists(),
        "twins": DuplicateCandidate.objects.filter(second=payment).select_related("first"),
    }  # fmt: skip
    return render(request, "crisis/payment_detail.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponseBase:
    """The queue of possible double payments."""
    person = reader(request)
    rows = DuplicateCandidate.objects.select_related("first", "second__customer", "judged_by")
    if download := DUPLICATES.export(rows, request.GET):
        return download
    query = request.GET.copy()
    query.setdefault("verdict", Verdict.PENDING)
    context = {
        "list": DUPLICATES.page(rows, query), "tabs": tabs(request, "duplicate-list"),
        "may_judge": may_move_money(person),
    }  # fmt: skip
    return render(request, "crisis/duplicate_list.html", context)


@require_POST
def duplicate_judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm or reject a pair."""
    person = me(request)
    require(may_move_money, person)
    candidate = DuplicateCandidate.objects.select_related("second").filter(public_id=public_id).first()
    if candidate is None:
        raise NotFound
    is_double = request.POST.get("verdict") == Verdict.CONFIRMED
    reason = request.POST.get("reason", "")
    duplicates.judge(candidate=candidate, is_double=is_double, reason=reason, by=person, at=clock.now())
    if is_double:
        toasts.say(request, gettext("Set aside to be cleared: ask the customer now where the money should go."))
        return redirect("crisis:payment-detail", candidate.second.public_id)
    toasts.say(request, gettext("Not a double payment: noted."))
    return redirect("crisis:duplicate-list")
