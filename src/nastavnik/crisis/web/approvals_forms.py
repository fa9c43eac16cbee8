"""The form of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.money_enums import Decision
from nastavnik.crisis.web.money_common import AmountField


class DecisionForm(forms.Form):
    """Yes, yes in part, or no; with the rule it rests on."""

    decision = forms.ChoiceField(choices=[one for one in Decision.choices if one[0] != Decision.ESCALATED])
    amount = AmountField(label=_("Sum"), required=False)
    clause = forms.CharField(label=_("By which rule"), max_length=300, required=False)

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {**self.cleaned_data, "decision": Decision(self.cleaned_data["decision"])}
