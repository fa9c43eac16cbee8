"""Forms of learners: a task handed in, a survey answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.content.actions.work import MOST_LETTERS

SCORES = [(number, str(number)) for number in range(1, 6)]
QUESTIONS: dict[str, Any] = {
    "comfortable": _("It was comfortable to learn"),
    "clear": _("It was clear"),
    "useful": _("It is useful for my work"),
    "recommend": _("I would recommend it to a colleague"),
}


class TaskForm(forms.Form):
    text = forms.CharField(
        label=_("Your text"), widget=forms.Textarea(attrs={"rows": 10}), required=False, max_length=MOST_LETTERS
    )
    file = forms.FileField(label=_("Your file"), required=False, max_length=255, allow_empty_file=True)

    def __init__(self, *args: Any, hand_in: str = "either", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hand_in == "text":
            del self.fields["file"]
        elif hand_in == "file":
            del self.fields["text"]


class SurveyForm(forms.Form):
    """Four scores from 1 (not at all) to 5 (entirely) and a comment."""

    comment = forms.CharField(label=_("What should change"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=SCORES, coerce=int, widget=forms.RadioSelect
            )
        self.order_fields([*QUESTIONS, "comment"])

    def scores(self) -> dict[str, Any]:
        """As the action takes them."""
        return dict(self.cleaned_data)
