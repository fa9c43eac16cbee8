"""Forms of intake: a case by hand, the public form, a file."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.actions.intake import Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, Channel, Severity
from nastavnik.crisis.models import DeskSkill
from nastavnik.people.models import Team


class AmountField(forms.DecimalField):
    """An amount as people type it; cleaned to integer minor units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"min_value": 0, "max_value": Decimal(10**10), "decimal_places": 2, "required": False, **kwargs}
        )

    def clean(self, value: Any) -> int | None:
        text = value.replace(" ", "").replace("\u00a0", "").replace(",", ".") if isinstance(value, str) else value
        found = super().clean(text)
        return None if found is None else int(found * 100)


class CaseForm(forms.Form):
    """A case opened by hand."""

    customer_id = forms.CharField(label=_("Number of the customer"), max_length=120)
    customer_name = forms.CharField(label=_("Name of the customer"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What the customer comes with"), choices=CaseKind.choices)
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, coerce=int, initial=Severity.MEDIUM
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    text = forms.CharField(
        label=_("What the customer said"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Word for word: the policy reads it."),
    )  # fmt: skip
    remedy = forms.CharField(label=_("What the customer asks for"), max_length=300, required=False)
    contract_id = forms.CharField(label=_("Number of the contract"), max_length=120, required=False)
    contract_title = forms.CharField(label=_("What was sold"), max_length=200, required=False)
    paid = AmountField(label=_("Paid"))
    used = AmountField(label=_("Value used"))
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), initial="RUB", required=False)
    team = forms.ModelChoiceField(Team.objects.filter(is_active=True), label=_("To the queue of"), required=False)
    skill = forms.ModelChoiceField(
        DeskSkill.objects.filter(is_active=True), label=_("Special assignment"), required=False
    )  # fmt: skip

    def arrival(self, at: datetime) -> Arrival:
        """What was filled in, as what came."""
        told = self.cleaned_data
        said = [Said(text=told["text"], at=at)] if told["text"].strip() else []
        return Arrival(
            customer_id=told["customer_id"], customer_name=told["customer_name"], kind=told["kind"],
            severity=told["severity"], channel=told["channel"], remedy=told["remedy"], contract_id=told["contract_id"],
            contract_title=told["contract_title"], paid=told["paid"], used=told["used"],
            currency=told["currency"] if told["contract_id"] else "", team=told["team"], skill=told["skill"],
            said=said, subject=told["text"].strip()[:120], origin="hand",
        )  # fmt: skip
