"""Forms of the bank: the editor of an item, its description, topics, the upload of a file."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import FileFormat, ItemKind
from nastavnik.assessment.logic.items import Body, Case, Number, TrueFalse
from nastavnik.assessment.logic.texts import TextFormat, line_of, rich
from nastavnik.assessment.logic.validation import NO_PARTS, Fault, faults
from nastavnik.assessment.models import Topic
from nastavnik.assessment.models.topics import TITLE_LETTERS
from nastavnik.assessment.web.common import fault_text
from nastavnik.assessment.web.editor_rows import (
    COLUMNS,
    HELPS,
    LEAST,
    MORE,
    TITLES,
    BadRow,
    Rows,
    body_of,
    field_of,
    filled,
    points_of,
    rows_of,
)
from nastavnik.people.models import Person

ROWS_LIMIT = 100
_ROW = re.compile(r"row-(\d{1,3})-")
FORMATS = [
    (TextFormat.MARKDOWN.value, _("Markdown")),
    (TextFormat.PLAIN.value, _("plain text")),
    (TextFormat.HTML.value, "HTML"),
    (TextFormat.MOODLE.value, _("plain text of Moodle")),
]
# Where a fault of the item is shown: its first word by kind of place.
_ROW_PLACES = {"choices", "answers", "pairs", "steps", "numbers", "rubric"}


class BodyForm(forms.Form):
    """What an item asks. Built for its kind; rows in which nothing is written are left aside."""

    stem = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 5}), required=False, strip=False)
    format = forms.ChoiceField(label=_("Written as"), choices=FORMATS, required=False)
    title = forms.CharField(label=_("Title"), required=False, help_text=_("For lists; takers do not see it."))
    points = forms.CharField(label=_("Points"), initial="1", required=False)
    feedback = forms.CharField(
        label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text=_("Shown after the attempt, whatever was answered."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, kind: ItemKind, item: Body | None = None) -> None:
        super().__init__(data, initial=_initial(item) if item else {"format": TextFormat.MARKDOWN.value, "points": "1"})
        self.kind, self.item = kind, item
        self.body: Body | None = None
        self.columns = COLUMNS.get(kind, ())
        if kind == ItemKind.CASE:
            del self.fields["points"]
            self.fields["stem"].label = _("Stimulus")
        if kind == ItemKind.TRUE_FALSE:
            self._add_truth(item)
        self._add_rows(rows_of(item) if item else [])

    def _add_truth(self, item: Body | None) -> None:
        shown = item if isinstance(item, TrueFalse) else None
        self.fields["is_true"] = forms.ChoiceField(
            label=_("The statement is"), choices=[("true", _("true")), ("false", _("false"))],
            widget=forms.RadioSelect, initial="true" if shown is None or shown.is_true else "false",
        )  # fmt: skip
        for name, label in (("if_true", _("Feedback on «true»")), ("if_false", _("Feedback on «false»"))):
            text = getattr(shown, name) if shown else None
            self.fields[name] = forms.CharField(
                label=label, required=False, initial=text.text if text else "", widget=forms.Textarea(attrs={"rows": 2})
            )

    def _add_rows(self, shown: list[dict[str, Any]]) -> None:
        self.count = 0
        if not self.columns:
            return
        self.count = max(LEAST, len(shown) + 1)
        if self.is_bound:
            posted = [int(found[1]) + 1 for name in self.data if (found := _ROW.match(name))]
            self.count = min(max([LEAST, *posted]) + (MORE if self.data.get("do") == "more" else 0), ROWS_LIMIT)
        for place in range(self.count):
            for name in self.columns:
                field = field_of(name)
                field.initial = shown[place].get(name) if place < len(shown) else None
                if name == "gap" and place >= len(shown) and not shown:
                    field.initial = place + 1
                self.fields[f"row-{place}-{name}"] = field

    # For the template

    @property
    def rows_title(self) -> Any:
        return TITLES.get(self.kind, "")

    @property
    def rows_help(self) -> Any:
        return HELPS.get(self.kind, "")

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Rows of bound fields, the hidden ones last."""
        return [[self[f"row-{place}-{name}"] for name in self.columns] for place in range(self.count)]

    @property
    def heads(self) -> list[Any]:
        return [field_of(name).label for name in self.columns if name != "format"]

    @property
    def truth(self) -> list[forms.BoundField]:
        names = ("is_true", "if_true", "if_false") if self.kind == ItemKind.TRUE_FALSE else ()
        return [self[name] for name in names]

    # From what was posted

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            self.body = self.draft(given)
        except BadRow as bad:
            self.add_error(f"row-{bad.row}-{bad.field}", gettext(bad.message).format(**bad.params))
            return given
        for fault in faults(self.body):
            # A case is saved first and gets its questions then; what they lack is said where they are edited.
            if fault.message != NO_PARTS and not fault.place.startswith("parts."):
                self._tell(fault)
        return given

    def draft(self, given: dict[str, Any]) -> Body:
        """The item as it stands in the form. Raises BadRow."""
        format = TextFormat(given.get("format") or TextFormat.MARKDOWN)
        common: dict[str, Any] = {
            "stem": rich(given.get("stem") or "", format),
            "title": line_of(given.get("title") or ""),
            "feedback": rich(given.get("feedback") or "", format) or None,
        }
        if self.kind == ItemKind.CASE:
            return Case(**common, parts=self.item.parts if isinstance(self.item, Case) else ())
        common["points"] = points_of(given.get("points") or "1") or 0
        embedded = bool(getattr(self.item, "embedded", False))
        if self.kind == ItemKind.TRUE_FALSE:
            notes: dict[str, Any] = {
                name: rich(given.get(name) or "", format) or None for name in ("if_true", "if_false")
            }
            return TrueFalse(**common, **notes, is_true=given.get("is_true") != "false", embedded=embedded)
        rows: Rows = [{name: given.get(f"row-{place}-{name}") for name in self.columns} for place in range(self.count)]
        body = body_of(self.kind, common, rows, embedded=embedded)
        if isinstance(body, Number) and isinstance(self.item, Number):
            return replace(body, bare=body.bare and self.item.bare)
        return body

    def _tell(self, fault: Fault) -> None:
        """A fault beside the field it belongs to."""
        place, _dot, number = fault.place.partition(".")
        text = fault_text(fault)
        if place in self.fields:
            self.add_error(place, text)
        elif place in _ROW_PLACES and number.isdigit():
            self.add_error(f"row-{self._row(int(number))}-{self.columns[0]}", text)
        else:
            self.add_error(None, text)

    def _row(self, number: int) -> int:
        """The row of the form in which the number-th written one stands."""
        rows: Rows = [
            {name: self.cleaned_data.get(f"row-{place}-{name}") for name in self.columns} for place in range(self.count)
        ]
        written = [place for place, _row in filled(rows)]
        return written[number] if number < len(written) else 0


def _initial(item: Body) -> dict[str, Any]:
    return {
        "stem": item.stem.text,
        "format": item.stem.format.value,
        "title": item.title,
        "points": str(item.points),
        "feedback": item.feedback.text if item.feedback else "",
    }


class AboutForm(forms.Form):
    """What is said about an item: topic, tags, owner, source article, review date."""

    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), required=False)
    tags = forms.CharField(label=_("Tags"), required=False, max_length=1000, help_text=_("With commas between them."))
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Owner"), required=False)
    source = forms.CharField(
        label=_("Source article"), required=False, max_length=500,
        help_text=_("Title or address: when it changes, the item is looked at again."),
    )  # fmt: skip
    review_date = forms.DateField(
        label=_("Review date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners

    def said(self) -> dict[str, Any]:
        """Arguments of the actions."""
        return {**self.cleaned_data, "tags": self.cleaned_data["tags"].split(",")}


class ChangeForm(forms.Form):
    """What changed, and what it means for an item in use."""

    note = forms.CharField(label=_("What changed"), required=False, max_length=300)
    wording_only = forms.BooleanField(
        label=_("Only the wording was corrected: the item stays live"), required=False,
        help_text=_("Otherwise the new version is tried out as a pilot again."),
    )  # fmt: skip
    begins_anew = forms.BooleanField(
        label=_("The anchor becomes a pilot"), required=False,
        help_text=_("Forms of different months are compared by anchors: a changed one must prove itself anew."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean_seen(self) -> str | None:
        """None when the page did not say what its author began from."""
        return self.cleaned_data["seen"] or None


class TopicForm(forms.Form):
    """A topic's title and place."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LETTERS)
    parent = forms.ModelChoiceField(Topic.objects.all(), label=_("Under"), required=False, empty_label=_("at the root"))


class UploadForm(forms.Form):
    """A file of questions."""

    file = forms.FileField(
        label=_("File"), help_text=_("GIFT, Moodle XML, Aiken or XLSX, up to 5 MB."), allow_empty_file=True
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=[("", _("found by itself")), *FileFormat.choices], required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False,
        help_text=_("Topics of the file grow under it; items without one go here."),
    )  # fmt: skip
    replaces = forms.BooleanField(
        label=_("Items with a known id become new versions"), required=False,
        help_text=_("For files that were exported from this bank and corrected."),
    )  # fmt: skip
