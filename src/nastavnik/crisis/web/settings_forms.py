"""Forms of the desk's settings. Each knows how to carry itself out."""

from abc import abstractmethod
from datetime import datetime
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.actions import settings
from nastavnik.crisis.enums import CaseKind, ClockUnit, Measure, Rung, Severity
from nastavnik.crisis.logic.calendars import HOUR, MINUTE
from nastavnik.crisis.models import CaseSource, DeskCalendar, DeskSkill
from nastavnik.kernel.web.abstract import AbstractForm
from nastavnik.people.enums import Role
from nastavnik.people.models import Person, RoleAssignment, Team
from nastavnik.people.reach import today

WEEKDAYS = [(0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
            (5, _("Saturday")), (6, _("Sunday"))]  # fmt: skip
UNITS = [("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))]
_LENGTHS = {"minutes": MINUTE, "hours": HOUR, "days": 24 * HOUR}


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class SettingForm(forms.Form, metaclass=AbstractForm):
    """Base: a title, and the act."""

    title: ClassVar[Any] = ""

    @abstractmethod
    def act(self, by: Person, at: datetime) -> None:
        """Do it. Raises what the action raises."""


class HoursForm(SettingForm):
    title = _("Hours of a weekday")
    calendar = forms.ModelChoiceField(DeskCalendar.objects.all(), label=_("Desk calendar"), empty_label=None)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int)
    hours = forms.CharField(
        label=_("Hours"), max_length=120, required=False, help_text=_("09:00-13:00, 14:00-18:00; empty for a day off.")
    )  # fmt: skip
    since = day_field(label=_("From the day"))

    def clean_hours(self) -> list[tuple[int, int]]:
        found = []
        for part in (self.cleaned_data["hours"] or "").replace("–", "-").split(","):
            if not part.strip():
                continue
            try:
                begins, ends = (_minutes(text) for text in part.split("-"))
            except ValueError:
                raise forms.ValidationError(_("Write hours as 09:00-13:00, 14:00-18:00.")) from None
            if not 0 <= begins < ends <= 1440:
                raise forms.ValidationError(_("Hours begin before they end, within one day."))
            found.append((begins, ends))
        found.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
            raise forms.ValidationError(_("Hours of one day may not overlap."))
        return found

    def act(self, by: Person, at: datetime) -> None:
        told = self.cleaned_data
        settings.set_hours(
            calendar=told["calendar"],
            weekday=told["weekday"],
            intervals=told["hours"],
            since=told["since"],
            by=by,
            at=at,
        )


def _minutes(text: str) -> int:
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


class DayForm(SettingForm):
    title = _("Special day")
    calendar = forms.ModelChoiceField(DeskCalendar.objects.all(), label=_("Desk calendar"), empty_label=None)
    day = day_field(label=_("Day"))
    is_working = forms.BooleanField(label=_("A working day"), required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)

    def act(self, by: Person, at: datetime) -> None:
        settings.set_day(by=by, at=at, **self.cleaned_data)


class ClockForm(SettingForm):
    title = _("Clock")
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("The same code gives a new version."))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    measure = forms.ChoiceField(label=_("What it measures"), choices=Measure.choices)
    length = forms.IntegerField(label=_("Term"), min_value=1, max_value=100_000)
    length_unit = forms.ChoiceField(label=_("Unit of the term"), choices=UNITS)
    unit = forms.ChoiceField(label=_("Counted in"), choices=ClockUnit.choices)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of cases"), choices=CaseKind.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all kinds."),
    )  # fmt: skip
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=[("", _("any")), *Severity.choices], coerce=int, required=False, empty_value=None
    )
    can_pause = forms.BooleanField(label=_("Stands while we wait for the customer"), required=False)
    note_counts = forms.BooleanField(label=_("A note counts as an answer"), required=False)
    is_statutory = forms.BooleanField(
        label=_("Set by law"), required=False,
        help_text=_("Counts calendar days and never stands. Confirm with your lawyer."),
    )  # fmt: skip
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    since = day_field(label=_("From the day"))

    def act(self, by: Person, at: datetime) -> None:
        told = dict(self.cleaned_data)
        since, length = told.pop("since"), told.pop("length") * _LENGTHS[told.pop("length_unit")]
        settings.set_clock(fields=told | {"target_ms": length}, since=since, by=by, at=at)


class SkillForm(SettingForm):
    title = _("Special assignment")
    code = forms.SlugField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    contact_type = forms.CharField(
        label=_("Permit needed"),
        max_length=60,
        required=False,
        help_text=_("Code of the type of contacts in learning."),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if DeskSkill.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken."))
        return code

    def act(self, by: Person, at: datetime) -> None:
        settings.add_skill(fields=self.cleaned_data, by=by, at=at)


class HoldingForm(SettingForm):
    title = _("Who takes a special assignment")
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    skill = forms.ModelChoiceField(DeskSkill.objects.filter(is_active=True), label=_("Special assignment"))
    since = day_field(label=_("From the day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = RoleAssignment.objects.filter(role=Role.CRISIS_MANAGER).on(today()).values("person_id")
        self.fields["person"].queryset = Person.objects.filter(pk__in=working)  # type: ignore[attr-defined]  # a ModelChoiceField

    def act(self, by: Person, at: datetime) -> None:
        settings.give_skill(by=by, at=at, **self.cleaned_data)


class RungForm(SettingForm):
    title = _("Step of the ladder")
    rung = forms.ChoiceField(label=_("Step of the ladder"), choices=Rung.choices)
    owner = forms.ModelChoiceField(Person.objects.filter(is_active=True), label=_("Owner"), required=False)
    length = forms.IntegerField(label=_("Term"), min_value=1, max_value=100_000)
    length_unit = forms.ChoiceField(label=_("Unit of the term"), choices=UNITS)
    unit = forms.ChoiceField(label=_("Counted in"), choices=ClockUnit.choices)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    since = day_field(label=_("From the day"))

    def act(self, by: Person, at: datetime) -> None:
        told = dict(self.cleaned_data)
        since, length = told.pop("since"), told.pop("length") * _LENGTHS[told.pop("length_unit")]
        settings.set_rung(fields=told | {"target_ms": length}, since=since, by=by, at=at)


class SourceForm(SettingForm):
    title = _("Source of cases")
    code = forms.SlugField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=120)
    preset = forms.ChoiceField(label=_("Dialect"), choices=CaseSource._meta.get_field("preset").choices or [])
    kind = forms.ChoiceField(label=_("Kind of new cases"), choices=CaseKind.choices, initial=CaseKind.COMPLAINT)
    team = forms.ModelChoiceField(Team.objects.filter(is_active=True), label=_("To the queue of"), required=False)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if CaseSource.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken."))
        return code

    def act(self, by: Person, at: datetime) -> None:
        settings.add_source(fields=self.cleaned_data, by=by, at=at)


FORMS: dict[str, type[SettingForm]] = {
    "hours": HoursForm, "day": DayForm, "clock": ClockForm, "skill": SkillForm, "holding": HoldingForm,
    "rung": RungForm, "source": SourceForm,
}  # fmt: skip
