"""The form of an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models import OfferKind
from nastavnik.crisis.queries.authority import Choice
from nastavnik.crisis.web.money_common import AmountField


class OfferForm(forms.Form):
    """What is offered: the kind, its sum, what exactly. Only kinds that may be offered now are listed."""

    kind = forms.ModelChoiceField(OfferKind.objects.none(), label=_("Offer"), empty_label=None)
    amount = AmountField(label=_("Sum"), required=False, help_text=_("Empty for what costs nothing."))
    details = forms.CharField(label=_("What exactly"), max_length=300, required=False)

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "offer_%s", **kwargs})
        kind: Any = self.fields["kind"]
        kind.queryset = OfferKind.objects.filter(pk__in=[one.kind.pk for one in choices if one.may])

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {**self.cleaned_data, "amount": self.cleaned_data["amount"] or 0}
