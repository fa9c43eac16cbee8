"""The form of a rating."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCORES = [(5, _("5: very good")), (4, _("4: good")), (3, _("3: so-so")), (2, _("2: bad")), (1, _("1: very bad"))]


class RatingForm(forms.Form):
    """1 to 5 and a comment."""

    score = forms.TypedChoiceField(label=_("How was it?"), choices=SCORES, coerce=int, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("What should we know?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
