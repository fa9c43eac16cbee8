"""A customer's account: balance, statement, payout; and the reconciliation with payment systems."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.crisis.actions import payments
from nastavnik.crisis.models import CrisisCase, Customer, LedgerAccount, Payment, Reconciliation
from nastavnik.crisis.money_enums import AccountKind
from nastavnik.crisis.money_permissions import may_move_money
from nastavnik.crisis.queries import ledger as known
from nastavnik.crisis.web.money_common import (
    UNPROCESSABLE,
    customer_of,
    keeper,
    reader,
    refuse,
    tabs,
    visible_case,
)
from nastavnik.crisis.web.payments_forms import PayoutForm
from nastavnik.kernel import clock, journal
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.models import new_public_id
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person

LOOKED = "crisis.account_looked_at"
STATEMENT = Listing(
    name="statement",
    columns=[
        Column("at", _("When"), value=lambda row: row.entry.at),
        Column("kind", _("What"), value=lambda row: row.entry.get_kind_display()),
        Column("memo", _("What for"), value=lambda row: row.entry.memo),
        Column("case", _("Case"), value=lambda row: str(row.entry.case or "")),
        Column("by", _("By"), value=lambda row: str(row.entry.made_by or "")),
        Column("amount", _("Sum"), value=lambda row: row.amount / 100, number=True),
        Column("balance", _("Balance"), value=lambda row: row.running / 100, number=True),
    ],
)
RECONCILIATIONS = Listing(
    name="reconciliations",
    columns=[
        Column("date", _("Day"), value=lambda one: one.date, sort="date"),
        Column("provider", _("Payment system"), value=lambda one: one.provider, sort="provider"),
        Column("matched", _("Matched"), value=lambda one: one.matched, sort="matched", number=True),
        Column("differences", _("Differences"), value=lambda one: one.differences, sort="differences", number=True),
    ],
    filters=[
        ChoiceFilter(
            "agrees", _("State"), lambda: [("no", _("with differences")), ("yes", _("without"))],
            lambda rows, value: rows.filter(differences__gt=0) if value == "no" else rows.filter(differences=0),
        )
    ],
    search=lambda rows, text: rows.filter(provider__icontains=text),
    default_sort="-date",
)  # fmt: skip


@require_safe
def account_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The customer's account on the case page: the balance and the latest movements."""
    case = visible_case(request, public_id)
    context = {"case": case, "customer": case.customer} | known.summary(case.customer, latest=5)
    return render(request, "crisis/_account_panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The statement of a customer's account; every look is in the journal."""
    person, customer = reader(request), customer_of(public_id)
    account = _chosen(customer, request.GET.get("currency", ""))
    rows = known.statement(account) if account else known.no_statement()
    if download := STATEMENT.export(rows, request.GET):
        return download
    form = PayoutForm(request.POST or None, initial={"once": new_public_id()})
    if request.method == "POST" and form.is_valid() and account is not None:
        require(may_move_money, person)
        try:
            _pay_out(account, form, person)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The payout is on its way to the card."))
            return redirect("crisis:account-detail", public_id)
    else:
        journal.write(LOOKED, by=person, at=clock.now(), subject=customer)
    context: dict[str, Any] = {
        "customer": customer, "account": account, "list": STATEMENT.page(rows, request.GET), "form": form,
        "may_move": may_move_money(person), "crumbs": [(gettext("Payments"), reverse("crisis:payment-list"))],
    }  # fmt: skip
    context |= known.summary(customer, latest=0)
    named = {leg.entry.case_id for leg in context["list"].rows}
    context["cases_seen"] = set(CrisisCase.objects.visible_to(person).filter(pk__in=named).values_list("pk", flat=True))
    return render(request, "crisis/account_detail.html", context, status=UNPROCESSABLE if form.errors else 200)


def _chosen(customer: Customer, currency: str) -> LedgerAccount | None:
    wallets = LedgerAccount.objects.filter(customer=customer, kind=AccountKind.WALLET).order_by("currency")
    return wallets.filter(currency=currency).first() or wallets.first()


def _pay_out(account: LedgerAccount, form: PayoutForm, person: Person) -> None:
    latest = Payment.objects.filter(customer=account.customer).order_by("-paid_at").first()
    payments.pay_out(
        account=account, amount=form.cleaned_data["amount"], provider=latest.provider if latest else "bank",
        card=latest.card if latest else "", case=None, by=person, at=clock.now(),
        idem=f"payout:{form.cleaned_data['once']}",
    )  # fmt: skip


@require_safe
def reconciliation_list(request: HttpRequest) -> HttpResponseBase:
    """Days with what matched and what differs."""
    keeper(request)
    rows = Reconciliation.objects.all()
    if download := RECONCILIATIONS.export(rows, request.GET):
        return download
    context = {
        "list": RECONCILIATIONS.page(rows, request.GET), "tabs": tabs(request, "reconciliation-list"),
        "faults": known.balance_faults(),
    }  # fmt: skip
    return render(request, "crisis/reconciliation_list.html", context)


@require_safe
def reconciliation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One day, its sums and every difference."""
    keeper(request)
    found = Reconciliation.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    crumbs = [(gettext("Reconciliation"), reverse("crisis:reconciliation-list"))]
    return render(request, "crisis/reconciliation_detail.html", {"found": found, "crumbs": crumbs})
