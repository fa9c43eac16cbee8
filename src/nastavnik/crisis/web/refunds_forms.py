"""The form of a refund's sum."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.money_enums import RefundReason
from nastavnik.crisis.web.money_common import AmountField


class SumForm(forms.Form):
    """How much goes back, why it goes back, and why another sum than what is due."""

    amount = AmountField(label=_("Give back"))
    reason = forms.ChoiceField(label=_("Reason of the refund"), choices=RefundReason.choices)
    why = forms.CharField(
        label=_("Why another sum"), max_length=300, required=False,
        help_text=_("Needed where the sum differs from what is due."),
    )  # fmt: skip
    attach = forms.BooleanField(label=_("The customer gets the calculation"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "sum_%s", **kwargs})

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {**self.cleaned_data, "reason": RefundReason(self.cleaned_data["reason"])}
