"""Forms of the toolkit: kinds of offers, the matrix, limits, rules of tools, budgets."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import Channel, Severity
from nastavnik.crisis.models import OfferKind
from nastavnik.crisis.money_enums import Category, Fault, Issue, Tool
from nastavnik.crisis.web.money_common import AmountField, DayField
from nastavnik.learning.models import CertificateKind
from nastavnik.people.models import Grade, Team
from nastavnik.people.reach import today

ANY = [("", _("any"))]


def _currency() -> forms.RegexField:
    return forms.RegexField("^[A-Z]{3}$", label=_("Currency"), initial="RUB", max_length=3)


def _certificates() -> list[tuple[str, Any]]:
    kinds = CertificateKind.objects.filter(is_active=True)
    return [("", _("none needed")), *((kind.code, str(kind)) for kind in kinds)]


class KindForm(forms.Form):
    """A kind of offer."""

    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Latin letters; it stays for ever."))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    category = forms.ChoiceField(label=_("Sort"), choices=Category.choices)
    has_cost = forms.BooleanField(label=_("It costs money: a budget is needed"), required=False, initial=True)
    to_account = forms.BooleanField(label=_("Accepted, it is credited to the customer's account"), required=False)
    lifetime_hours = forms.IntegerField(label=_("Stands for, hours"), min_value=1, max_value=720, initial=24)
    is_active = forms.BooleanField(label=_("It is offered"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("to_account") and not found.get("has_cost"):
            self.add_error("to_account", _("What is credited costs money."))
        return found


class RowForm(forms.Form):
    """A new row of the matrix."""

    kind = forms.ModelChoiceField(OfferKind.objects.filter(is_active=True), label=_("Offer"))
    issue = forms.ChoiceField(label=_("What went wrong"), choices=[*ANY, *Issue.choices], required=False)
    fault = forms.ChoiceField(label=_("Whose fault"), choices=[*ANY, *Fault.choices], required=False)
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=[*ANY, *Severity.choices], coerce=int, empty_value=None, required=False
    )
    value_band = forms.CharField(label=_("Value band of the customer"), max_length=20, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[*ANY, *Channel.choices], required=False)
    least = AmountField(label=_("From"), initial=0)
    most = AmountField(label=_("Up to"))
    currency = _currency()
    position = forms.IntegerField(label=_("Order"), min_value=1, max_value=999, initial=100)
    since = DayField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()

    def clean(self) -> dict[str, Any]:
        return _bounded(self, super().clean() or {})


class RowChangeForm(forms.Form):
    """Other bounds of a row, from a day on."""

    least = AmountField(label=_("From"))
    most = AmountField(label=_("Up to"))
    position = forms.IntegerField(label=_("Order"), min_value=1, max_value=999)
    since = DayField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today() + timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        return _bounded(self, super().clean() or {})


def _bounded(form: forms.Form, found: dict[str, Any]) -> dict[str, Any]:
    if (found.get("least") or 0) > (found.get("most") or 0):
        form.add_error("most", _("At least as much as the lower bound."))
    return found


class LimitForm(forms.Form):
    """What a grade may give of a kind."""

    grade = forms.ModelChoiceField(Grade.objects.select_related("ladder"), label=_("Grade"))
    kind = forms.ModelChoiceField(OfferKind.objects.filter(is_active=True), label=_("Offer"))
    most = AmountField(label=_("Up to"))
    second_from = AmountField(label=_("Second person from"), required=False, help_text=_("Empty: never."))
    certificate_code = forms.ChoiceField(label=_("Certificate needed"), choices=_certificates, required=False)
    since = DayField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()


class ToolForm(forms.Form):
    """Which certificate a tool asks for."""

    tool = forms.TypedChoiceField(label=_("Tool"), choices=Tool.choices, coerce=lambda value: Tool(int(value)))
    certificate_code = forms.ChoiceField(label=_("Certificate needed"), choices=_certificates, required=False)
    since = DayField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()


class BudgetForm(forms.Form):
    """A budget of a team or the whole desk, for a kind or all."""

    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=_("Team"), required=False, empty_label=_("the whole desk")
    )
    kind = forms.ModelChoiceField(
        OfferKind.objects.filter(is_active=True, has_cost=True), label=_("Offer"), required=False,
        empty_label=_("all offers"),
    )  # fmt: skip
    amount = AmountField(label=_("Sum"))
    currency = _currency()
    active_from = DayField(label=_("From"))
    active_to = DayField(label=_("Until (exclusive)"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("active_from") and found.get("active_to") and found["active_to"] <= found["active_from"]:
            self.add_error("active_to", _("The last day must come after the first."))
        return found

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return dict(self.cleaned_data)


class BudgetSumForm(forms.Form):
    """Another sum, with why."""

    amount = AmountField(label=_("Sum"))
    reason = forms.CharField(label=_("Why"), max_length=300)
