"""What the views of money share: who asks, the case of a panel, the tabs, amounts in forms."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nastavnik.crisis.models import CrisisCase, Customer
from nastavnik.crisis.money_permissions import (
    may_approve_offers,
    may_handle_customer_data,
    may_keep_toolkit,
    may_see_money,
)
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page but the rating's is behind the log-in)."""
    return cast(Person, request.user)


def reader(request: HttpRequest) -> Person:
    """The same, allowed to see the desk's money. Raises NotPermitted."""
    require(may_see_money, me(request))
    return me(request)


def keeper(request: HttpRequest) -> Person:
    """The same, allowed to keep the toolkit. Raises NotPermitted."""
    require(may_keep_toolkit, me(request))
    return me(request)


def visible_case(request: HttpRequest, public_id: str) -> CrisisCase:
    """The case of a panel. Raises NotFound where it is not this person's to see."""
    rows = CrisisCase.objects.visible_to(me(request)).select_related("customer", "contract", "assignee")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def customer_of(public_id: str) -> Customer:
    """The customer of the address. Raises NotFound."""
    found = Customer.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def refuse(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """The pages of money this person may open."""
    person = me(request)
    sees, keeps = may_see_money(person), may_keep_toolkit(person)
    pages = [
        ("payment-list", _("Payments"), sees), ("duplicate-list", _("Double payments"), sees),
        ("refund-list", _("Refunds"), sees), ("offer-list", _("Offers"), sees),
        ("approval-list", _("Approvals"), may_approve_offers(person)),
        ("budget-list", _("Budgets"), sees or may_approve_offers(person)), ("matrix-list", _("Matrix"), sees),
        ("limit-list", pgettext("of money", "Limits"), sees), ("flag-list", _("Signs of abuse"), keeps),
        ("reconciliation-list", _("Reconciliation"), keeps),
        ("retention-policy", _("Data of customers"), may_handle_customer_data(person)),
    ]  # fmt: skip
    return [
        {"title": title, "url": reverse(f"crisis:{name}"), "active": name == active}
        for name, title, shown in pages
        if shown
    ]


class AmountField(forms.DecimalField):
    """An amount in major units as people type it; cleaned to integer minor units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": Decimal(10**10), "decimal_places": 2, **kwargs})

    def clean(self, value: Any) -> int | None:
        text = value.replace(" ", "").replace("\u00a0", "").replace("\u202f", "") if isinstance(value, str) else value
        found = super().clean(text)
        return None if found is None else int(found * 100)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs})
