"""Forms of certificates, their kinds, permits and contact types."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nastavnik.learning.enums import RenewalFrom
from nastavnik.learning.models import CertificateKind, ContactType
from nastavnik.people.models import Line, Person
from nastavnik.people.reach import today


class DayField(forms.DateField):
    """The browser's own date picker; its value is always ISO."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _people() -> Any:
    return Person.objects.employed_on(today()).order_by("sort_key")


class CertificateKindForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Latin letters, digits, hyphens; it stays."))
    title = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=160)
    title_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    valid_months = forms.IntegerField(
        label=_("Holds for, months"), min_value=1, max_value=240, required=False, help_text=_("Empty: without end.")
    )
    expiry_month = forms.TypedChoiceField(
        label=_("Always ends with the month"), coerce=int, empty_value=None, required=False,
        choices=[("", _("any month")), *MONTHS.items()],
        help_text=_("All certificates of the kind then end together, never earlier than after their months."),
    )  # fmt: skip
    window_days = forms.IntegerField(
        label=_("May be renewed before the end, days"), min_value=0, max_value=366, initial=30
    )
    grace_days = forms.IntegerField(
        label=_("Grace days after the end"), min_value=0, max_value=366, initial=0,
        help_text=_("Permits hold through them."),
    )  # fmt: skip
    renewal_from = forms.ChoiceField(label=_("A renewal counts"), choices=RenewalFrom.choices)
    contact_types = forms.ModelMultipleChoiceField(
        ContactType.objects.all(), label=_("Permits contacts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("Is awarded"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("expiry_month") and not given.get("valid_months"):
            self.add_error("valid_months", _("A fixed month needs the number of months a certificate holds."))
        return given


class ContactTypeForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("What routing calls these contacts: the code of a line or a topic.")
    )
    title = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=160)
    title_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    line = forms.ModelChoiceField(Line.objects.filter(is_active=True), label=_("Line"), required=False)
    needed_from = DayField(label=_("Permit needed from"), help_text=_("Before that day everybody may take them."))


class AwardForm(forms.Form):
    """A certificate by decision of a person."""

    kind = forms.ModelChoiceField(CertificateKind.objects.filter(is_active=True), label=_("Certificate kind"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = _people()  # type: ignore[attr-defined]  # a ModelChoiceField


class PermitForm(forms.Form):
    """A permit by decision of a person."""

    contact_type = forms.ModelChoiceField(ContactType.objects.all(), label=_("Contact type"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    since = DayField(label=_("From"))
    last_day = DayField(label=pgettext_lazy("last day", "Through"), required=False, help_text=_("Empty: without end."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = _people()  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: the end is exclusive there."""
        given = dict(self.cleaned_data)
        last: date | None = given.pop("last_day")
        given["until"] = last + timedelta(days=1) if last else None
        return given
