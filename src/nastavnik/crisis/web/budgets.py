"""Budgets with what is spent, reserved and left."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.crisis.actions import budgets
from nastavnik.crisis.models import Budget
from nastavnik.crisis.money_permissions import may_approve_offers, may_keep_toolkit, may_see_money
from nastavnik.crisis.web.compensation_forms import BudgetForm, BudgetSumForm
from nastavnik.crisis.web.money_common import UNPROCESSABLE, keeper, me, refuse, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person
from nastavnik.people.reach import today

BUDGETS = Listing(
    name="budgets",
    columns=[
        Column("team", _("Team"), value=lambda one: str(one.team or ""), sort="team__name"),
        Column("kind", _("Offer"), value=lambda one: str(one.kind or ""), sort="kind__name"),
        Column("period", _("Period"), value=lambda one: one.active_from, sort="active_from"),
        Column("amount", _("Budget"), value=lambda one: one.amount / 100, sort="amount", number=True),
        Column("spent", _("Spent"), value=lambda one: one.spent / 100, sort="spent", number=True),
        Column("reserved", _("Reserved"), value=lambda one: one.reserved / 100, sort="reserved", number=True),
        Column("left", _("Left"), value=lambda one: one.left / 100, number=True),
    ],
    filters=[
        ChoiceFilter(
            "when", _("Period"), lambda: [("now", _("in force today"))], lambda rows, _value: rows.on(today())
        )
    ],
    search=lambda rows, text: rows.filter(team__name__icontains=text) | rows.filter(kind__name__icontains=text),
    default_sort="-period",
)  # fmt: skip


def may_see_budgets(person: Person) -> bool:
    return may_see_money(person) or may_approve_offers(person)


@require_safe
def budget_list(request: HttpRequest) -> HttpResponseBase:
    """How much of each budget is left."""
    person = me(request)
    if not may_see_budgets(person):
        require(may_see_money, person)
    rows = Budget.objects.select_related("team", "kind")
    if download := BUDGETS.export(rows, request.GET):
        return download
    context = {
        "list": BUDGETS.page(rows, request.GET), "tabs": tabs(request, "budget-list"),
        "keeps": may_keep_toolkit(person),
    }  # fmt: skip
    return render(request, "crisis/budget_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_add(request: HttpRequest) -> HttpResponse:
    """A budget for a period."""
    person = keeper(request)
    form = BudgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            budgets.create(by=person, at=clock.now(), **form.said())
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The budget is set."))
            return redirect("crisis:budget-list")
    return _page(request, form, gettext("Set a budget"))


@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another sum for the same period."""
    person = keeper(request)
    budget = Budget.objects.filter(public_id=public_id).first()
    if budget is None:
        raise NotFound
    form = BudgetSumForm(request.POST or None, initial={"amount": budget.amount})
    if request.method == "POST" and form.is_valid():
        try:
            budgets.change(budget=budget, by=person, at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The budget is changed."))
            return redirect("crisis:budget-list")
    return _page(request, form, gettext("Change the budget"))


def _page(request: HttpRequest, form: BudgetForm | BudgetSumForm, title: str) -> HttpResponse:
    back = reverse("crisis:budget-list")
    context = {"form": form, "title": title, "back": back, "crumbs": [(gettext("Budgets"), back)]}
    return render(request, "crisis/toolkit_form.html", context, status=UNPROCESSABLE if form.errors else 200)
