"""Forms of targets: amounts are typed as people say them (4,85; 92 %; 4:30), scope and days are checked for shape."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import ScopeKind, Unit
from nastavnik.metrics.errors import UnknownScope
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries.screens_frame import scope_choices
from nastavnik.people.models import Person

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_STATES = (("current", _("in force")), ("future", _("to come")), ("past", _("over")), ("all", _("all")))


def amount_of(text: str) -> Decimal:
    """The number a person typed: decimal comma or point, an optional % sign, minutes and seconds as seconds."""
    plain = re.sub(r"[\s\u00a0\u202f%≥≤]", "", text).replace(",", ".").replace("−", "-")
    if found := _CLOCK.fullmatch(plain):
        return Decimal(int(found[1]) * 60 + int(found[2]))
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise forms.ValidationError(_("Write a number, for example 4.85, 92 or 4:30.")) from error


class AmountField(forms.CharField):
    """An amount in the metric's unit."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        amount = amount_of(text)
        if not amount.is_finite() or abs(amount) > 10**9:
            raise forms.ValidationError(_("This number is too large."))
        if amount != amount.quantize(Decimal("0.0001")):
            raise forms.ValidationError(_("At most four decimals are kept."))
        return amount


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class TargetFilterForm(forms.Form):
    """The filter bar of the list of targets."""

    metric = forms.ChoiceField(label=_("Metric"), required=False)
    kind = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("all")), *ScopeKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=_STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = [("", _("all")), *_metric_choices()]  # type: ignore[attr-defined]  # a choice field


def _metric_choices() -> list[tuple[str, Any]]:
    return [(code, metric.title) for code, metric in METRICS.items()]


class TargetForm(forms.Form):
    """A new version of a target."""

    metric = forms.ChoiceField(label=_("Metric"))
    scope = forms.ChoiceField(label=_("For"))
    person = forms.CharField(
        label=_("Or for one person"),
        required=False,
        max_length=40,
        help_text=_("The person's code, for example A-001."),
    )
    active_from = DayField(label=_("From"), help_text=_("The first day that is judged by this target."))
    active_to = DayField(
        label=_("Until, this day not included"), required=False, help_text=_("Empty: until another target follows.")
    )
    target = AmountField(label=_("Target"), help_text=_("In the metric's own unit: 4.85, 92 for 92 %, 4:30."))
    floor = AmountField(
        label=_("Floor"), required=False,
        help_text=_("What is still tolerable; worse than the target. For a band: its lower bound."),
    )  # fmt: skip
    stretch = AmountField(label=_("Stretch"), required=False, help_text=_("What would be excellent."))
    min_n = forms.IntegerField(
        label=_("Least number of records"), required=False, min_value=1, max_value=1_000_000,
        help_text=_("Fewer are shown and not judged. Empty: the metric's own."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
    corrects_history = forms.BooleanField(
        label=_("Corrects days that were judged already"), required=False,
        help_text=_("Their judgement changes; a reason is needed."),
    )  # fmt: skip

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = _metric_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["scope"].choices = scope_choices(viewer)  # type: ignore[attr-defined]  # a choice field

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        names = (
            "metric", "target", "floor", "stretch", "min_n", "active_from", "active_to", "reason", "corrects_history",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names} | {"scope": self.cleaned_data["scope_chosen"]}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        code = data.get("person", "").strip()
        text = f"person:{code}" if code else data.get("scope", "")
        try:
            data["scope_chosen"] = scopes.parse(text) if text else None
        except UnknownScope:
            self.add_error("person", _("There is no person with this code."))
        data["scope_text"] = text
        first, end = data.get("active_from"), data.get("active_to")
        if first and end and end <= first:
            self.add_error("active_to", _("The last day must come after the first."))
        metric = METRICS.get(data.get("metric", ""))
        if (
            metric
            and metric.unit == Unit.PERCENT
            and any(
                data.get(name) is not None and not 0 <= data[name] <= 100 for name in ("target", "floor", "stretch")
            )
        ):
            self.add_error("target", _("Percent lie between 0 and 100."))
        return data


class CloseTargetForm(forms.Form):
    """The first day without a target, and why."""

    active_to = DayField()
    reason = forms.CharField(max_length=300)
