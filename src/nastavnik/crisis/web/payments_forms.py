"""What the customer chose for a mistaken payment, and payouts of an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models import CrisisCase
from nastavnik.crisis.money_enums import MoneyChoice
from nastavnik.crisis.web.money_common import AmountField

CASES_SHOWN = 50


class CaseField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A case by its number, whose it is, and what it is about."""

    def label_from_instance(self, obj: Any) -> str:
        return f"№ {obj.number} · {obj.customer} · {obj.get_kind_display()}"


class ChoiceForm(forms.Form):
    """The choice with the customer's words; the card is always offered first."""

    case = CaseField(CrisisCase.objects.none(), label=_("Case"), empty_label=None)
    card_was_offered = forms.BooleanField(
        label=_("I offered the way back to the card"), required=False,
        help_text=_("A credit must not replace money the customer wants to have."),
    )  # fmt: skip
    choice = forms.ChoiceField(label=_("The customer chose"), choices=MoneyChoice.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("The customer's own words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.fields["case"]
        case.queryset = cases.select_related("customer")
        if not self.is_bound:  # a page shows the latest, a post may name any
            latest = cases.select_related("customer").order_by("-opened_at")[:CASES_SHOWN]
            case.choices = [(one.pk, case.label_from_instance(one)) for one in latest]

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {**self.cleaned_data, "choice": MoneyChoice(self.cleaned_data["choice"])}


class PayoutForm(forms.Form):
    """How much of the account goes out to the card."""

    amount = AmountField(label=_("Pay out to the card"))
    once = forms.CharField(widget=forms.HiddenInput(), max_length=64)
