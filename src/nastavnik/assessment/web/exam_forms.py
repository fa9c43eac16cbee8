"""Forms of the exam desk."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.logic.blueprint import BadBlueprint, Blueprint, Line, Sort
from nastavnik.assessment.models import Exam, Topic
from nastavnik.assessment.queries import audience
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Line as WorkLine
from nastavnik.people.models import Person, Post, Team

SPARE_LINES = 3
SORTS = ((Sort.CLASSIC.value, _("items")), (Sort.CASE.value, _("cases")))


class ExamForm(forms.ModelForm):  # type: ignore[type-arg]  # the stubs make it generic, Django does not
    """Rules and blueprint of an exam. The lines of the blueprint are fields `share_n`, `topic_n`, `sort_n`."""

    items = forms.IntegerField(label=_("Questions in a form"), min_value=1, max_value=blueprints.MOST_ITEMS, initial=30)
    anchors_from = forms.IntegerField(label=_("Anchors, at least"), min_value=0, max_value=100, initial=0)
    anchors_to = forms.IntegerField(label=_("Anchors, at most"), min_value=0, max_value=100, initial=0)
    lines = forms.ModelMultipleChoiceField(WorkLine.objects.all(), label=_("Lines"), required=False)
    teams = forms.ModelMultipleChoiceField(Team.objects.all(), label=_("Teams"), required=False)
    posts = forms.ModelMultipleChoiceField(Post.objects.all(), label=_("Posts"), required=False)

    class Meta:
        model = Exam
        fields = (
            "title", "code", "description", "minutes", "pass_percent", "grey_from", "grey_to", "retest_items",
            "attempts_allowed", "page_size", "gate_seconds", "exposure_cap_percent", "shuffles_items",
            "shuffles_options", "monthly_day", "monthly_hour", "window_hours",
        )  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, plan: Blueprint | None = None, **kwargs: Any) -> None:
        exam: Exam | None = kwargs.get("instance")
        first = {"items": plan.items, "anchors_from": plan.anchors_from, "anchors_to": plan.anchors_to} if plan else {}
        kwargs["initial"] = (exam.audience if exam else {}) | first
        super().__init__(*args, **kwargs)
        if exam is not None:
            del self.fields["code"]
        self.rows = self._add_lines(plan.lines if plan else (Line(100),))
        self.blueprint: Blueprint | None = None

    def _add_lines(self, lines: Sequence[Line]) -> int:
        number = len(lines) + SPARE_LINES
        for n in range(number):
            line = lines[n] if n < len(lines) else None
            words = {"n": n + 1}
            self.fields[f"topic_{n}"] = forms.ModelChoiceField(
                Topic.objects.all(), label=_("Topic of line %(n)s") % words, required=False,
                empty_label=_("the whole bank"), initial=line.topic if line else None,
            )  # fmt: skip
            self.fields[f"sort_{n}"] = forms.ChoiceField(
                label=_("Kind of line %(n)s") % words, choices=SORTS, required=False,
                initial=line.sort.value if line else Sort.CLASSIC.value,
            )  # fmt: skip
            self.fields[f"share_{n}"] = forms.IntegerField(
                label=_("Share of line %(n)s, %%") % words, min_value=0, max_value=100, required=False,
                initial=line.share if line else None,
            )  # fmt: skip
        return number

    @property
    def lines_shown(self) -> list[list[forms.BoundField]]:
        """The blueprint's lines as rows of fields."""
        return [[self[f"{name}_{n}"] for name in ("topic", "sort", "share")] for n in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = []
        for n in range(self.rows):
            topic: Topic | None = data.get(f"topic_{n}")
            if share := data.get(f"share_{n}"):
                found.append(Line(share, topic.pk if topic else None, Sort(data.get(f"sort_{n}") or Sort.CLASSIC)))
        try:
            self.blueprint = blueprints.checked(
                Blueprint(
                    data.get("items") or 0, tuple(found), data.get("anchors_from") or 0, data.get("anchors_to") or 0
                )
            )
        except BadBlueprint as error:
            self.add_error(None, explain(error))
        return data

    @property
    def settings(self) -> dict[str, Any]:
        """What the action takes beside the blueprint."""
        names = [name for name in self.Meta.fields if name in self.cleaned_data]
        chosen = {kind: sorted(one.pk for one in self.cleaned_data[kind]) for kind in audience.KINDS}
        return {name: self.cleaned_data[name] for name in names} | {"audience": {k: v for k, v in chosen.items() if v}}


class OfferForm(forms.Form):
    """A window and who may sit in it."""

    opens_date = forms.DateField(label=_("Opens on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    opens_time = forms.TimeField(label=_("at"), widget=forms.TimeInput({"type": "time"}, "%H:%M"), initial=time(9))
    closes_date = forms.DateField(label=_("Closes on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    closes_time = forms.TimeField(label=_("at"), widget=forms.TimeInput({"type": "time"}, "%H:%M"), initial=time(21))
    lines = forms.ModelMultipleChoiceField(WorkLine.objects.all(), label=_("Lines"), required=False)
    teams = forms.ModelMultipleChoiceField(Team.objects.all(), label=_("Teams"), required=False)
    posts = forms.ModelMultipleChoiceField(Post.objects.all(), label=_("Posts"), required=False)
    codes = forms.CharField(
        label=_("People by code"), required=False, widget=forms.Textarea({"rows": 4}), max_length=100_000,
        help_text=_("One code a line, or between commas. They come besides the lines, teams and posts."),
    )  # fmt: skip

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = {kind: [one.pk for one in data.get(kind) or ()] for kind in audience.KINDS}
        named, unknown = audience.by_codes(self.day, data.get("codes") or "")
        if unknown:
            text = gettext("Nobody employed has the code: {codes}").format(codes=", ".join(unknown[:20]))
            self.add_error("codes", text)
        self.people: list[Person] = [*audience.people(self.day, chosen), *named]
        return data

    @property
    def window(self) -> tuple[datetime, datetime]:
        """Both ends, in the time zone of whoever filled it in."""
        zone, data = timezone.get_current_timezone(), self.cleaned_data
        opens = datetime.combine(data["opens_date"], data["opens_time"], zone)
        return opens, datetime.combine(data["closes_date"], data["closes_time"], zone)


class VoidForm(forms.Form):
    """Why an attempt does not count."""

    reason = forms.CharField(label=_("Why"), max_length=500)
