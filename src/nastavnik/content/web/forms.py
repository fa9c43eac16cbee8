"""Forms of authors: what is said about a course, the activities of each kind, publishing, access."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.content.enums import ActivityKind, FileKind, HandIn
from nastavnik.content.logic.activities import (
    BOUNDS,
    CLASSES,
    LINE_LETTERS,
    TEXT_LETTERS,
    Content,
    Task,
    is_web_address,
    read,
    to_settings,
)
from nastavnik.content.models import Activity, Course, CourseFile
from nastavnik.content.models.courses import LONGEST_ACTIVITY_MIN, TITLE_LETTERS
from nastavnik.content.web.common import told
from nastavnik.content.web.labels import FIELDS
from nastavnik.people.models import Person

SLUG = RegexValidator(r"\A[a-z0-9][a-z0-9-]*\Z", _("Small Latin letters, digits and hyphens."))
FILE_KINDS = {"slides": FileKind.PDF, "video": FileKind.VIDEO}
_RUBRIC_LINE = re.compile(r"(?P<points>\d{1,3})\s*[:|.\-–—)]?\s+(?P<title>.+)")


class CourseForm(forms.Form):
    """What is said about a course; its code is chosen once."""

    code = forms.CharField(
        label=_("Code"), max_length=60, validators=[SLUG],
        help_text=_("For files and other systems, such as refunds-basics. It stays."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=TITLE_LETTERS)
    summary = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=5000
    )
    is_open = forms.BooleanField(
        label=_("Open to everybody"), required=False, help_text=_("Otherwise it is granted by a programme or by hand.")
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Person.objects.none(), required=False,
        help_text=_("Who answers for its being right."),
    )  # fmt: skip
    review_date = forms.DateField(
        label=_("Review date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The owner is reminded on this day."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, course: Course | None = None, **kwargs: Any) -> None:
        names = ("code", "title", "summary", "is_open", "owner", "review_date")
        if course is not None:
            kwargs.setdefault("initial", {name: getattr(course, name) for name in names})
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        if course is not None:
            del self.fields["code"]


class ActivityForm(forms.Form):
    """One activity: title, minutes, and the settings of its kind. `content()` is what the action takes."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LETTERS)
    minutes = forms.IntegerField(label=FIELDS["minutes"], min_value=1, max_value=LONGEST_ACTIVITY_MIN, initial=5)
    is_required = forms.BooleanField(label=FIELDS["is_required"], required=False, initial=True)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kind: ActivityKind,
        course: Course,
        activity: Activity | None = None,
        seen: str = "",
        **kw: Any,
    ) -> None:
        self.kind = kind
        self.held = list(CourseFile.objects.filter(course=course))
        if activity is not None:
            kw["initial"] = _initial(activity) | {"seen": seen}
        super().__init__(*args, **kw)
        for name, default in _defaults(kind).items():
            self.fields[name] = self._field(name, default)
            if name == "file":
                self.fields["upload"] = forms.FileField(
                    label=_("or a new file"), required=False, max_length=255, allow_empty_file=True
                )

    def _field(self, name: str, default: Any) -> forms.Field:
        label = FIELDS[name]
        if name == "rubric":
            return forms.CharField(
                label=label, widget=forms.Textarea(attrs={"rows": 5}), required=False,
                help_text=_("A criterion a line, its points first: “4 Polite and to the point”."),
            )  # fmt: skip
        if name == "hand_in":
            return forms.ChoiceField(label=label, choices=HandIn.choices)
        if name in ("file", "captions"):
            return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *self._choices(name)])
        if isinstance(default, bool):
            return forms.BooleanField(label=label, required=False)
        if isinstance(default, int):
            low, high = BOUNDS[name]
            return forms.IntegerField(
                label=label, min_value=low, max_value=high, initial=default, help_text=_HELPS.get(name, "")
            )
        if name in ("text", "transcript"):
            rows = 18 if self.kind == ActivityKind.ARTICLE else 6
            return forms.CharField(
                label=label, widget=forms.Textarea(attrs={"rows": rows}), required=False, max_length=TEXT_LETTERS,
                strip=False, help_text=_HELPS.get(name, ""),
            )  # fmt: skip
        return forms.CharField(label=label, required=False, max_length=LINE_LETTERS, help_text=_HELPS.get(name, ""))

    def _choices(self, name: str) -> list[tuple[str, str]]:
        wanted = FileKind.CAPTIONS if name == "captions" else FILE_KINDS.get(self.kind)
        return [(one.name, one.name) for one in self.held if wanted is None or one.kind == wanted]

    @property
    def wanted(self) -> FileKind | None:
        """What kind of file an upload must be."""
        return FILE_KINDS.get(self.kind)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if url and not is_web_address(url):
            raise forms.ValidationError(gettext("An address that begins with http:// or https://."))
        return url

    def clean_rubric(self) -> list[dict[str, Any]]:
        rows = []
        for line in str(self.cleaned_data["rubric"]).splitlines():
            if not line.strip():
                continue
            found = _RUBRIC_LINE.fullmatch(line.strip())
            if not found:
                raise forms.ValidationError(
                    gettext("“{line}” is no criterion: write its points, a space, its words.").format(
                        line=line.strip()[:60]
                    )
                )
            rows.append({"title": found["title"].strip(), "points": int(found["points"])})
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        raw = {name: cleaned[name] for name in _defaults(self.kind) if name in cleaned}
        reading = read(self.kind, raw)
        for fault in reading.faults:
            self.add_error(fault.field if fault.field in self.fields else None, told(fault.said))
        self.made = reading.content
        return cleaned

    def content(self, uploaded: str = "") -> Content:
        """The settings as the action takes them; a file uploaded just now goes before the one chosen."""
        raw = to_settings(self.made)
        return read(self.kind, raw | {"file": uploaded}).content if uploaded else self.made


_HELPS: dict[str, Any] = {
    "text": _("Markdown. A picture of the course: ![what is on it](media/name.png)."),
    "reference": _("The code of the exam, drill or kind of live session, as its page shows it."),
    "pass_percent": _("0: the pass mark set there."),
    "min_seconds": _("0: as soon as one likes."),
    "duration_s": _("Only when the file does not tell its length."),
}


def _defaults(kind: ActivityKind) -> dict[str, Any]:
    return dict(vars(CLASSES[kind]())) if kind in CLASSES else {}


def _initial(activity: Activity) -> dict[str, Any]:
    content = activity.content
    shown: dict[str, Any] = dict(vars(content))
    if isinstance(content, Task):
        shown["rubric"] = "\n".join(f"{one.points} {one.title}" for one in content.rubric)
    return shown | {"title": activity.title, "minutes": activity.minutes, "is_required": activity.is_required}


class PublishForm(forms.Form):
    note = forms.CharField(
        label=_("What changed"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False,
        help_text=_("Those on the earlier version decide by it whether to go over."),
    )  # fmt: skip


class FileForm(forms.Form):
    upload = forms.FileField(
        label=_("File"), max_length=255, allow_empty_file=True,
        help_text=_("PNG, JPEG, GIF or WebP, PDF or PPTX, MP4 or WebM, WebVTT captions, documents to download."),
    )  # fmt: skip


class AccessForm(forms.Form):
    """People by code or name, a line each."""

    people = forms.CharField(
        label=_("Whom to grant it"), widget=forms.Textarea(attrs={"rows": 4}), max_length=100_000,
        help_text=_("Personnel codes, one a line or separated by commas."),
    )  # fmt: skip

    def codes(self) -> list[str]:
        return [code for code in re.split(r"[\s,;]+", self.cleaned_data["people"]) if code]
