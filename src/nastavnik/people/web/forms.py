"""Forms of the people pages: they check the shape of what was typed and turn it into an action's arguments."""

from abc import abstractmethod
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nastavnik.kernel.web.abstract import AbstractForm
from nastavnik.people.actions import clearances, grades, persons, posts, roles, teams
from nastavnik.people.actions.persons import Newcomer
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope
from nastavnik.people.models import Grade, Line, Organisation, Partner, Person, Post, Team


class DayInput(forms.DateInput):
    """The browser's own date picker; its value is always ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput


class ChangeForm(forms.Form, metaclass=AbstractForm):
    """A change to one person as of a day. `seen` is the newest journal entry its author had before their eyes."""

    since = DayField(label=_("From"), help_text=_("The first day it holds. A day in the past is fine."))
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    submit: Any = _("Save")
    title: Any = ""
    lead: Any = ""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("since", "reason")] + ["since", "reason"])

    @property
    def _common(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "since": self.cleaned_data["since"],
            "reason": self.cleaned_data["reason"],
            "seen": self.cleaned_data["seen"],
        }

    @abstractmethod
    def act(self, *, by: Person, at: datetime) -> None:
        """Call the one action this form stands for."""


class MoveForm(ChangeForm):
    """To another team, or out of any."""

    title, submit = _("Move to another team"), _("Move")
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True).order_by("name"),
        label=_("Team"),
        required=False,
        empty_label=_("no team"),
    )

    def act(self, *, by: Person, at: datetime) -> None:
        teams.move(team=self.cleaned_data["team"], by=by, at=at, **self._common)


class PostForm(ChangeForm):
    title, submit = _("Appoint to a post"), _("Appoint")
    post = forms.ModelChoiceField(
        Post.objects.order_by("name"), label=_("Post"), required=False, empty_label=_("no post")
    )

    def act(self, *, by: Person, at: datetime) -> None:
        posts.appoint(post=self.cleaned_data["post"], by=by, at=at, **self._common)


class GradeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Grades with their ladder: «Operator's ladder: Senior»."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.ladder}: {obj}"


class GradeForm(ChangeForm):
    title, submit = _("Change the grade"), _("Change the grade")
    grade = GradeChoice(Grade.objects.select_related("ladder").order_by("ladder__name", "rank"), label=_("Grade"))

    def act(self, *, by: Person, at: datetime) -> None:
        grades.promote(grade=self.cleaned_data["grade"], by=by, at=at, **self._common)


class ClearanceForm(ChangeForm):
    title, submit = _("Change the work on a line"), _("Save")
    WITHDRAW = "withdraw"
    line = forms.ModelChoiceField(Line.objects.filter(is_active=True).order_by("name"), label=_("Line"))
    mode = forms.ChoiceField(
        label=_("How"), choices=[*ClearanceMode.choices, (WITHDRAW, _("does not work on this line"))]
    )

    def act(self, *, by: Person, at: datetime) -> None:
        mode, line = self.cleaned_data["mode"], self.cleaned_data["line"]
        if mode == ClearanceMode.WRITTEN_ONLY:
            clearances.restrict(line=line, by=by, at=at, **self._common)
        elif mode == ClearanceMode.FULL:
            clearances.allow(line=line, by=by, at=at, **self._common)
        else:
            clearances.withdraw(line=line, by=by, at=at, **self._common)


class RoleForm(ChangeForm):
    title, submit = _("Grant a role"), _("Grant the role")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    scope = forms.ChoiceField(label=_("Reach"), choices=RoleScope.choices)
    team = forms.ModelChoiceField(Team.objects.filter(is_active=True).order_by("name"), label=_("Team"), required=False)
    partner = forms.ModelChoiceField(Partner.objects.order_by("name"), label=_("Partner centre"), required=False)

    def act(self, *, by: Person, at: datetime) -> None:
        data = self.cleaned_data
        role, scope = Role(data["role"]), RoleScope(data["scope"])
        where = {"team": data["team"], "partner": data["partner"]}
        roles.grant(role=role, scope=scope, **where, by=by, at=at, **self._common)


class EmploymentForm(ChangeForm):
    """The kind of employment; for a former employee, coming back."""

    title, submit = _("Change the employment"), _("Save")
    kind = forms.ChoiceField(label=_("Kind"), choices=EmploymentKind.choices)
    partner = forms.ModelChoiceField(
        Partner.objects.filter(is_active=True).order_by("name"), label=_("Partner centre"), required=False
    )

    def act(self, *, by: Person, at: datetime) -> None:
        kind, partner = EmploymentKind(self.cleaned_data["kind"]), self.cleaned_data["partner"]
        persons.transfer(kind=kind, partner=partner, by=by, at=at, **self._common)


class RehireForm(EmploymentForm):
    title, submit = _("Take on again"), _("Take on again")

    def act(self, *, by: Person, at: datetime) -> None:
        common = self._common
        common["joined"] = common.pop("since")
        kind, partner = EmploymentKind(self.cleaned_data["kind"]), self.cleaned_data["partner"]
        persons.rehire(kind=kind, partner=partner, by=by, at=at, **common)


class LeaveForm(ChangeForm):
    """People say the last day of work; rows end on the day after it."""

    title, submit = _("Note that the person leaves"), _("End the employment")
    since = DayField(label=_("Last day of work"))

    def act(self, *, by: Person, at: datetime) -> None:
        common = self._common
        common["left"] = common.pop("since") + timedelta(days=1)
        persons.leave(by=by, at=at, **common)


class AliasesField(forms.CharField):
    """One name a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class CardForm(forms.Form):
    """Names, code, log-in: what identifies a person."""

    title, submit, lead = _("Correct the card"), _("Save the card"), ""
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    latin_name = forms.CharField(label=_("Name in Latin letters"), max_length=200, required=False)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Imports find the person by it."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    login = forms.CharField(label=_("Login"), max_length=80, required=False)
    aliases = AliasesField(label=_("Names in other systems, one a line"), required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def act(self, *, by: Person, at: datetime) -> None:
        data = {**self.cleaned_data, "login": self.cleaned_data["login"] or None}
        persons.edit(person=self.person, by=by, at=at, **data)


class HireForm(forms.Form):
    """A newcomer with what they begin with."""

    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Imports find the person by it."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    kind = forms.ChoiceField(label=_("Employment"), choices=EmploymentKind.choices)
    partner = forms.ModelChoiceField(
        Partner.objects.filter(is_active=True).order_by("name"), label=_("Partner centre"), required=False
    )
    joined = DayField(label=_("First day"))
    team = forms.ModelChoiceField(Team.objects.filter(is_active=True).order_by("name"), label=_("Team"), required=False)
    post = forms.ModelChoiceField(Post.objects.order_by("name"), label=_("Post"), required=False)
    grade = GradeChoice(
        Grade.objects.select_related("ladder").order_by("ladder__name", "rank"), label=_("Grade"), required=False
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *Role.choices], required=False)

    def newcomer(self) -> Newcomer:
        """The action's argument."""
        data = dict(self.cleaned_data)
        grade, role = data.pop("grade"), data.pop("role", "")
        kind = EmploymentKind(data.pop("kind"))
        return Newcomer(**data, kind=kind, grades=[grade] if grade else [], roles=[Role(role)] if role else [])


def zone_choices() -> list[tuple[str, Any]]:
    """Time zones with the organisation's own as «not chosen»."""
    return [("", _("As the organisation")), *((zone, zone) for zone in sorted(available_timezones()) if "/" in zone)]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What a person decides for themselves."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser")), *settings.LANGUAGES], required=False
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, required=False)
    hides_rank = forms.BooleanField(
        label=_("Do not show me on boards"), required=False, help_text=_("Your lead still sees your figures.")
    )

    class Meta:
        model = Person
        fields = ("language", "time_zone", "hides_rank")


class ApiKeyForm(forms.Form):
    name = forms.CharField(label=_("What for"), max_length=80)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """The organisation's own settings."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: zone_choices()[1:])
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Organisation
        fields = ("name", "time_zone", "language", "rank_limit")
        help_texts = {"rank_limit": _("Agents see ranks down to this place and their own.")}


class CalendarDayForm(forms.Form):
    day = DayField(label=_("Day"))
    is_working = forms.BooleanField(label=_("A working day"), required=False)
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=120, required=False)


class LeadForm(forms.Form):
    """Who leads a team from a day on."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Lead"), required=False, empty_label=_("no lead"))
    since = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates  # type: ignore[attr-defined]  # a ModelChoiceField


class PasswordForm(forms.Form):
    """The first password, twice."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least eight characters; not one of the common ones."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") != data.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return data
