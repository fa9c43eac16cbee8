"""Forms of the acts on a case. Each knows how to carry itself out; what was typed stays when it is refused."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.actions import cases, desk, messages, refunds
from nastavnik.crisis.enums import EventKind, Rung, Severity, Side, Source
from nastavnik.crisis.logic.texts import one_line
from nastavnik.crisis.models import CrisisCase, Message
from nastavnik.crisis.permissions import may_act_at_desk, may_mark_as_quality
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.abstract import AbstractForm
from nastavnik.people.models import Person, Team


class ActForm(forms.Form, metaclass=AbstractForm):
    """Base: the number of the last event that was seen, and the name of the click.

    Many forms stand on one page, so that the ids of their fields begin with the form's own name.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    idem = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    done: ClassVar[Any] = ""

    def __init__(self, data: Any = None, *, case: CrisisCase, person: Person) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        self.case, self.person = case, person

    def common(self, at: datetime) -> dict[str, Any]:
        """What every action takes."""
        name = self.cleaned_data.get("idem") or ""
        idem = f"click:{self.case.pk}:{name}" if name else ""
        return {"case": self.case, "by": self.person, "at": at, "seen": self.cleaned_data.get("seen"), "idem": idem}

    def allow(self) -> None:
        """Raises NotPermitted."""
        require(may_act_at_desk, self.person)

    @abstractmethod
    def act(self, at: datetime) -> None:
        """Do it. Raises what the action raises."""


class ReplyForm(ActForm):
    """The composer."""

    text = forms.CharField(
        label=_("Answer to the customer"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 20000}),
    )  # fmt: skip
    meaning = forms.ChoiceField(
        label=_("This is"), required=False, initial=EventKind.NEUTRAL,
        choices=[(EventKind.NEUTRAL, _("an answer")), (EventKind.SOFT, _("a soft attempt to keep the customer"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    done = _("The answer is sent.")

    def act(self, at: datetime) -> None:
        meaning = self.cleaned_data["meaning"] or EventKind.NEUTRAL
        messages.reply(text=self.cleaned_data["text"], meaning=meaning, **self.common(at))


class TakeForm(ActForm):
    done = _("The case is yours.")

    def act(self, at: datetime) -> None:
        cases.take(**self.common(at))


class RefundForm(ActForm):
    """The one button that starts the refund: nothing that happened meanwhile stops it."""

    done = _("The refund is started.")

    def act(self, at: datetime) -> None:
        if self.case.assignee_id is None and self.case.is_open:
            cases.take(case=self.case, by=self.person, at=at)
        refunds.start(case=self.case, by=self.person, at=at)


class TransferForm(ActForm):
    person_to = forms.ModelChoiceField(Person.objects.none(), label=_("To whom"), required=False)
    team_to = forms.ModelChoiceField(Team.objects.filter(is_active=True), label=_("To the queue of"), required=False)
    reason = forms.CharField(label=_("Why, and what is agreed with the customer"), max_length=500)
    done = _("The case is handed over.")

    def __init__(self, data: Any = None, *, case: CrisisCase, person: Person) -> None:
        super().__init__(data, case=case, person=person)
        crew = [one.pk for one in desk.crew(case) if one.pk != case.assignee_id]
        self.fields["person_to"].queryset = Person.objects.filter(pk__in=crew)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("person_to") and not cleaned.get("team_to"):
            self.add_error("person_to", _("Say to whom or into which queue."))
        return cleaned

    def act(self, at: datetime) -> None:
        told = self.cleaned_data
        cases.transfer(person=told["person_to"], team=told["team_to"], reason=told["reason"], **self.common(at))


class AssignForm(ActForm):
    """By the rule, or to a person."""

    done = _("The case is assigned.")

    def act(self, at: datetime) -> None:
        desk.assign_by_rule(case=self.case, by=self.person, at=at)


class PauseForm(ActForm):
    reason = forms.CharField(label=_("What we wait for from the customer"), max_length=300)
    done = _("The case waits for the customer, at most 72 hours.")

    def act(self, at: datetime) -> None:
        cases.pause(reason=self.cleaned_data["reason"], **self.common(at))


class ResumeForm(ActForm):
    done = _("The case is in work again.")

    def act(self, at: datetime) -> None:
        cases.resume(**self.common(at))


class EscalateForm(ActForm):
    rung = forms.ChoiceField(label=_("Step of the ladder"), choices=Rung.choices)
    reason = forms.CharField(label=_("Why"), max_length=500)
    done = _("The case is escalated. The refund goes on.")

    def act(self, at: datetime) -> None:
        cases.escalate(rung=self.cleaned_data["rung"], reason=self.cleaned_data["reason"], **self.common(at))


class SeverityForm(ActForm):
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int)
    done = _("The severity is changed; the clocks are counted anew.")

    def act(self, at: datetime) -> None:
        cases.set_severity(severity=self.cleaned_data["severity"], **self.common(at))


class NoteForm(ActForm):
    text = forms.CharField(label=_("Note for colleagues"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    done = _("The note is kept.")

    def act(self, at: datetime) -> None:
        given = self.common(at)
        given.pop("seen")
        cases.note(text=self.cleaned_data["text"], **given)


class CloseForm(ActForm):
    reason = forms.CharField(label=_("In a word, for colleagues"), max_length=500, required=False)
    done = _("The case is closed.")

    def act(self, at: datetime) -> None:
        cases.close(reason=self.cleaned_data["reason"], **self.common(at))


class ReopenForm(ActForm):
    reason = forms.CharField(label=_("Why"), max_length=500, required=False)
    done = _("The case is open again.")

    def act(self, at: datetime) -> None:
        cases.reopen(reason=self.cleaned_data["reason"], **self.common(at))


class ConsentForm(ActForm):
    """Proof: one of the customer's latest messages, or where the recorded «yes» is."""

    message = forms.ModelChoiceField(
        Message.objects.none(),
        label=_("The customer's message"),
        required=False,
        empty_label=_("no message, a recording"),
    )
    recording = forms.CharField(label=_("Where the recorded «yes» is"), max_length=300, required=False)
    done = _("The consent is recorded.")

    def __init__(self, data: Any = None, *, case: CrisisCase, person: Person) -> None:
        super().__init__(data, case=case, person=person)
        own = Message.objects.filter(conversation__case=case, side=Side.CUSTOMER).select_related("conversation")
        self.fields["message"].queryset = own.order_by("-at")  # type: ignore[attr-defined]  # a ModelChoiceField
        if data is None:  # a page shows the latest, a post may name any
            latest = list(own.order_by("-at")[:10])
            field: Any = self.fields["message"]
            field.choices = [("", field.empty_label), *((one.pk, one_line(one.text, 80)) for one in latest)]

    def act(self, at: datetime) -> None:
        told = self.cleaned_data
        messages.consent(message=told["message"], recording=told["recording"], **self.common(at))


class SilenceForm(ActForm):
    done = _("Silence is recorded.")

    def act(self, at: datetime) -> None:
        given = self.common(at)
        given.pop("seen")
        messages.silence(**given)


class MarkForm(ActForm):
    """One click on a message: `mark` is its number and the kind."""

    mark = forms.RegexField(r"^\d+:[A-Za-z_+]+$")
    done = _("The mark is kept.")

    def allow(self) -> None:
        if not may_mark_as_quality(self.person):
            require(may_act_at_desk, self.person)

    def act(self, at: datetime) -> None:
        pk, kind = self.cleaned_data["mark"].split(":")
        message = Message.objects.select_related("agent").filter(conversation__case=self.case, pk=int(pk)).first()
        if message is None:
            raise NotFound
        own = self.case.assignee_id == self.person.pk
        source = Source.QA if may_mark_as_quality(self.person) and not own else Source.AGENT
        messages.mark(case=self.case, message=message, kind=kind, by=self.person, at=at, source=source)


FORMS: dict[str, type[ActForm]] = {
    "reply": ReplyForm,
    "take": TakeForm,
    "refund": RefundForm,
    "transfer": TransferForm,
    "assign": AssignForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "escalate": EscalateForm,
    "severity": SeverityForm,
    "note": NoteForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "consent": ConsentForm,
    "silence": SilenceForm,
    "mark": MarkForm,
}
# Forms that open in a window: verb -> title, verb of the button.
DIALOGS: dict[str, tuple[Any, Any]] = {
    "transfer": (_("Hand the case over"), _("Hand over")),
    "pause": (_("Wait for the customer"), _("Wait")),
    "escalate": (_("Escalate the case"), _("Escalate")),
    "severity": (_("Change the severity"), _("Change")),
    "note": (_("Leave a note"), _("Leave a note")),
    "consent": (_("Record the consent"), _("Record the consent")),
    "close": (_("Close the case"), _("Close the case")),
    "reopen": (_("Reopen the case"), _("Reopen the case")),
}
