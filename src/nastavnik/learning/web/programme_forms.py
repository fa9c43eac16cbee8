"""Forms of programmes, stages, gates, enrolments and plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.content.models import Course
from nastavnik.learning.enums import Branch, LearningKind, Path, PauseKind, StageKind
from nastavnik.learning.models import CertificateKind, Intake, Programme, ProgrammeVersion
from nastavnik.learning.requirements import Kind, Need, kinds
from nastavnik.people.models import Person

DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ProgrammeForm(forms.Form):
    """A programme as such."""

    title = forms.CharField(label=_("Title"), max_length=200)
    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Latin letters, digits and hyphens; it does not change later.")
    )
    branch = forms.ChoiceField(label=_("Branch"), choices=Branch.choices)
    purpose = forms.CharField(label=_("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Owner"), required=False)
    is_open = forms.BooleanField(label=_("People may be enrolled"), required=False, initial=True)

    def __init__(self, *args: Any, owners: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners
        if programme is not None:
            del self.fields["code"]
        else:
            del self.fields["is_open"]


class VersionForm(forms.Form):
    """What the draft awards at its end, and what changed in it."""

    certificate = forms.ChoiceField(label=_("Certificate at the end"), required=False)
    note = forms.CharField(label=_("What changed"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CertificateKind.objects.filter(is_active=True).order_by("title")
        certificate: Any = self.fields["certificate"]
        certificate.choices = [("", _("none")), *((one.code, str(one)) for one in rows)]


class StageForm(forms.Form):
    """A stage: its due rule is obligatory."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=StageKind.choices)
    due_days = forms.IntegerField(label=_("Working days for it"), min_value=1, max_value=400, initial=5)
    path = forms.ChoiceField(
        label=_("Path"), choices=Path.choices, help_text=_("Renewal is the shorter way of who has been through once.")
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["path"]


class ActivityForm(forms.Form):
    """Something to do on a stage. A panel's rubric: a line each, «Idea: 5»."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LearningKind.choices)
    reference = forms.ChoiceField(
        label=_("Which course, test or session"), required=False, help_text=_("Only for these three kinds.")
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False, help_text=_("Empty: as it is called."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=6000, initial=30)
    is_required = forms.BooleanField(label=_("Obligatory"), required=False, initial=True)
    rubric = forms.CharField(
        label=_("Criteria of the panel"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a panel defence: a criterion a line with its points, such as «Effect: 5»."),
    )  # fmt: skip

    def __init__(self, *args: Any, references: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.references = references
        reference: Any = self.fields["reference"]
        reference.choices = [
            ("", "–"),
            *(
                (LearningKind(kind).label, [(f"{kind}:{code}", title) for code, title in found])
                for kind, found in references.items()
                if found
            ),
        ]

    def clean_rubric(self) -> list[dict[str, Any]]:
        found = []
        for number, line in enumerate(self.cleaned_data["rubric"].splitlines(), start=1):
            title, _colon, points = line.rpartition(":")
            if not line.strip():
                continue
            if not title.strip() or not points.strip().isdigit() or not 1 <= int(points) <= 100:
                raise forms.ValidationError(_("Each line is a criterion, a colon and points from 1 to 100."))
            found.append({"key": f"c{number}", "title": title.strip(), "points": int(points)})
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, _colon, code = (given.get("reference") or "").partition(":")
        named = given.get("kind") in self.references
        if named and kind != given.get("kind"):
            self.add_error("reference", _("Choose one of the chosen kind."))
        given["reference"] = code if named else ""
        if not given.get("title"):
            given["title"] = dict(self.references.get(kind, ())).get(code, "") if named else ""
            if not given["title"] and not self.errors:
                self.add_error("title", _("Give it a title."))
        if given.get("kind") == LearningKind.PANEL and not given.get("rubric"):
            self.add_error("rubric", _("A panel needs its criteria."))
        return given


class NeedForm(forms.Form):
    """One requirement of a kind: its parameters as fields."""

    def __init__(self, *args: Any, kind: Kind, activities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for one in kind.parameters:
            if one.choices is None:
                self.fields[one.name] = forms.IntegerField(
                    label=one.title, min_value=one.least, max_value=one.most, initial=one.initial
                )
            else:
                choices = (
                    activities if one.name == "activity" else [(str(code), title) for code, title in one.choices()]
                )
                self.fields[one.name] = forms.ChoiceField(label=one.title, choices=choices)

    @property
    def need(self) -> Need:
        return Need.of(self.kind.code, **self.cleaned_data)


def kind_choices() -> list[tuple[str, Any]]:
    """Kinds of requirements to choose from."""
    return [(one.code, one.title) for one in kinds()]


class IntakeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Such as «December 2026»."))
    starts = forms.DateField(label=_("First day"), **DAY)
    seats = forms.IntegerField(label=_("People planned"), min_value=1, max_value=5000, required=False)


class PauseForm(forms.Form):
    kind = forms.ChoiceField(label=_("Why"), choices=PauseKind.choices)
    since = forms.DateField(label=_("From"), **DAY)
    until = forms.DateField(
        label=_("Back on"), required=False, help_text=_("Empty: until somebody says that learning goes on."), **DAY
    )
    reason = forms.CharField(label=_("Comment"), max_length=200, required=False)


class ResumeForm(forms.Form):
    on = forms.DateField(label=_("Learning goes on from"), **DAY)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class WaiverForm(ReasonForm):
    """What is waived, then why."""

    what = forms.ChoiceField(label=_("What is waived"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what: Any = self.fields["what"]
        what.choices = choices
        self.order_fields(["what", "reason"])


class MoveForm(ReasonForm):
    """To another version or intake."""

    version = forms.ModelChoiceField(ProgrammeVersion.objects.none(), label=_("Version"), required=False)
    intake = forms.ModelChoiceField(Intake.objects.none(), label=_("Intake"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version: Any = self.fields["version"]
        version.queryset = programme.versions.filter(published_at__isnull=False)
        intake: Any = self.fields["intake"]
        intake.queryset = programme.intakes.all()
        self.order_fields(["version", "intake", "reason"])


class MarkForm(forms.Form):
    """A judge's points by criteria."""

    def __init__(self, *args: Any, rubric: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for one in rubric:
            label = f"{one['title']} (0–{one['points']})"
            self.fields[one["key"]] = forms.IntegerField(label=label, min_value=0, max_value=one["points"])
        self.fields["comment"] = forms.CharField(
            label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    @property
    def points(self) -> dict[str, int]:
        return {one["key"]: self.cleaned_data[one["key"]] for one in self.rubric}


class ProofForm(forms.Form):
    provider = forms.CharField(label=_("Where you learnt it"), max_length=200)
    file = forms.FileField(label=_("Certificate"), help_text=_("PDF, PNG or JPEG, up to 5 MB."))


class RemedyForm(forms.Form):
    """The course that helps with a topic."""

    course = forms.ModelChoiceField(Course.objects.order_by("title"), label=_("Course"), required=False)
