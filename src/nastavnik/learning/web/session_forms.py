"""Forms of live sessions, rooms and kinds."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nastavnik.learning.models import LiveSession, Room, SessionKind
from nastavnik.people.enums import Role
from nastavnik.people.models import Person, RoleAssignment
from nastavnik.people.reach import today
from nastavnik.people.roles import ROLE_CARDS, Right


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and an hour, in the reader's time zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    widget = MomentInput


def trainers() -> Any:
    """People whose role lets them hold sessions."""
    roles = [role for role in Role if Right.HOLD_SESSIONS in ROLE_CARDS[role].rights]
    held = RoleAssignment.objects.on(today()).filter(role__in=roles)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("sort_key")


class SessionForm(forms.Form):
    """A session: what, where, who, when, for how many."""

    kind = forms.ModelChoiceField(SessionKind.objects.filter(is_active=True), label=_("Kind of session"))
    starts_at = MomentField(label=_("Starts"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720)
    trainer = forms.ModelChoiceField(Person.objects.none(), label=_("Trainer"))
    room = forms.ModelChoiceField(
        Room.objects.filter(is_active=True),
        label=pgettext_lazy("of sessions", "Room"),
        required=False,
        empty_label=_("no room: by link"),
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=1000)
    minimum = forms.IntegerField(
        label=_("Held from how many people"),
        min_value=0,
        max_value=1000,
        required=False,
        help_text=_("Fewer are marked in the list, so that you can cancel in time."),
    )
    team_quota = forms.IntegerField(label=_("Seats for one team at most"), min_value=1, max_value=1000, required=False)
    closes_hours = forms.IntegerField(
        label=_("Registration closes, hours before the start"), min_value=0, max_value=720, initial=4
    )
    is_open = forms.BooleanField(label=_("People register themselves"), required=False, initial=True)
    for_partners = forms.BooleanField(label=_("For people of partner centres too"), required=False)
    note = forms.CharField(label=_("What to bring, what to prepare"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainer"].queryset = trainers()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("room") and not given.get("link"):
            raise ValidationError(_("Name a room or give a link."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = dict(self.cleaned_data)
        starts: datetime = given["starts_at"]
        given["ends_at"] = starts + timedelta(minutes=given.pop("minutes"))
        given["closes_at"] = starts - timedelta(hours=given.pop("closes_hours"))
        given["minimum"] = given["minimum"] or 0
        return given


def initial_of(session: LiveSession) -> dict[str, Any]:
    """The form's beginning for an existing session."""
    names = ("kind", "starts_at", "trainer", "room", "link", "capacity", "minimum", "team_quota", "is_open",
             "for_partners", "note")  # fmt: skip
    initial = {name: getattr(session, name) for name in names}
    initial["minutes"] = int((session.ends_at - session.starts_at).total_seconds() // 60)
    initial["closes_hours"] = int((session.starts_at - session.closes_at).total_seconds() // 3600)
    return initial


class ReasonForm(forms.Form):
    """Why: told to those concerned and kept."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class CodeForm(forms.Form):
    """The six figures on the screen."""

    code = forms.CharField(
        label=_("Code on the screen"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )  # fmt: skip


class _PartForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Latin letters, digits, hyphens; it stays."))
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)


class RoomForm(_PartForm):
    place = forms.CharField(label=_("How to get there"), max_length=200, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=1000, initial=12)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from zoneinfo import available_timezones  # noqa: PLC0415 - reads the disk

        super().__init__(*args, **kwargs)
        zones = [(name, name) for name in sorted(available_timezones()) if "/" in name]
        self.fields["time_zone"].choices = [("", _("as the organisation")), *zones]  # type: ignore[attr-defined]  # a ChoiceField


class SessionKindForm(_PartForm):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=90)
    capacity = forms.IntegerField(label=_("Usual number of seats"), min_value=1, max_value=1000, initial=12)
    minimum = forms.IntegerField(label=_("Held from how many people"), min_value=0, max_value=1000, initial=0)
    description = forms.CharField(
        label=_("What it is about"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    needs_approval = forms.BooleanField(
        label=_("The lead agrees to each registration"), required=False,
        help_text=_("Who registers oneself asks the lead of the team; whoever registers others has decided already."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
