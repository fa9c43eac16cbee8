"""Forms of the procedures app."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.people.models import Line, Team
from nastavnik.procedures.actions.lexicons import RuleText
from nastavnik.procedures.actions.policies import Parameters
from nastavnik.procedures.enums import CaseKind, CaseStage, Language, MessageLabel, RuleRole
from nastavnik.procedures.models import LexiconRule, RefusalPolicy

MINUTE, DAY = 60_000, 86_400_000
_LINES: dict[str, Any] = {"rows": 4}


def scopes() -> list[Any]:
    """Everybody, each line, each team."""
    lines = [(f"line:{one.pk}", one) for one in Line.objects.filter(is_active=True).order_by("name")]
    teams = [(f"team:{one.pk}", one) for one in Team.objects.filter(is_active=True).order_by("name")]
    return [("", _("everybody")), *([(_("Lines"), lines)] if lines else []), *([(_("Teams"), teams)] if teams else [])]


class PolicyForm(forms.Form):
    """A new version of the refusal policy."""

    scope = forms.ChoiceField(label=_("For"), choices=scopes, required=False)
    active_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    max_soft = forms.IntegerField(label=_("Soft attempts at most"), min_value=0, max_value=10)
    min_soft = forms.IntegerField(
        label=_("Soft attempts at least"), min_value=0, max_value=10, required=False,
        help_text=_("Only where your customer's own rules demand it; else leave it empty."),
    )  # fmt: skip
    max_offers_per_attempt = forms.IntegerField(label=_("Offers in one attempt"), min_value=1, max_value=20)
    refund_start_minutes = forms.IntegerField(label=_("Minutes to start the refund"), min_value=0, max_value=43_200)
    reopen_days = forms.IntegerField(label=_("Days a return continues the count"), min_value=0, max_value=3_650)
    insist_ends_at_once = forms.BooleanField(label=_("Insistence after one attempt ends persuasion"), required=False)
    interrupt_alone_ends = forms.BooleanField(label=_("An interruption alone ends persuasion"), required=False)
    note = forms.CharField(label=_("What changed and why"), max_length=300, required=False)

    @staticmethod
    def initial_of(policy: RefusalPolicy | None) -> dict[str, Any]:
        """The values a new version begins with: those of the version before it."""
        said = Parameters() if policy is None else policy
        return {
            "max_soft": said.max_soft,
            "min_soft": said.min_soft,
            "max_offers_per_attempt": said.max_offers_per_attempt,
            "refund_start_minutes": said.refund_start_ms // MINUTE,
            "reopen_days": said.reopen_keeps_count_ms // DAY,
            "insist_ends_at_once": said.insist_ends_at_once,
            "interrupt_alone_ends": said.interrupt_alone_ends,
        }

    @property
    def parameters(self) -> Parameters:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return Parameters(
            max_soft=given["max_soft"],
            min_soft=given["min_soft"],
            insist_ends_at_once=given["insist_ends_at_once"],
            interrupt_alone_ends=given["interrupt_alone_ends"],
            refund_start_ms=given["refund_start_minutes"] * MINUTE,
            reopen_keeps_count_ms=given["reopen_days"] * DAY,
            max_offers_per_attempt=given["max_offers_per_attempt"],
        )

    @property
    def unit(self) -> dict[str, Any]:
        """The team or the line the version is for."""
        kind, _colon, pk = self.cleaned_data["scope"].partition(":")
        tables: dict[str, Any] = {"team": Team, "line": Line}
        return {kind: tables[kind].objects.get(pk=pk)} if kind else {}


class RuleForm(forms.Form):
    """A rule with its examples, one a line."""

    code = forms.SlugField(label=_("Name of the rule"), max_length=40, help_text=_("Latin letters, digits and _"))
    role = forms.ChoiceField(label=_("What it does"), choices=RuleRole.choices)
    strength = forms.TypedChoiceField(
        label=_("Strength"), coerce=int, choices=[(2, _("fires alone")), (1, _("needs context"))]
    )
    pattern = forms.CharField(
        label=_("Pattern"), widget=forms.Textarea(attrs={**_LINES, "spellcheck": "false"}), max_length=2_000,
        help_text=_("A regular expression over small letters with е for ё. Count gaps in words: (?:\\s\\w+){0,3}"),
    )  # fmt: skip
    unless = forms.CharField(
        label=_("Silent when"), widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}), required=False,
        max_length=2_000, help_text=_("A pattern that silences the rule where it stands in the same sentence."),
    )  # fmt: skip
    must_match = forms.CharField(
        label=_("Must be found, one a line"), widget=forms.Textarea(attrs=_LINES), max_length=10_000, required=False
    )
    must_not_match = forms.CharField(
        label=_("Must be passed over, one a line"), widget=forms.Textarea(attrs=_LINES), max_length=10_000,
        required=False,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(rule: LexiconRule) -> dict[str, Any]:
        """The rule as it stands."""
        examples = list(rule.examples.all())
        return {
            "code": rule.code,
            "role": rule.role,
            "strength": rule.strength,
            "pattern": rule.pattern,
            "unless": rule.unless,
            "must_match": "\n".join(one.text for one in examples if one.must_match),
            "must_not_match": "\n".join(one.text for one in examples if not one.must_match),
        }

    @property
    def text(self) -> RuleText:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return RuleText(
            given["code"], given["role"], given["strength"], given["pattern"].strip(), given["unless"].strip(),
            _lines(given["must_match"]), _lines(given["must_not_match"]),
        )  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip()[:500] for line in text.splitlines() if line.strip()]


class WordsForm(forms.Form):
    """Words that typing errors are repaired towards."""

    words = forms.CharField(
        label=_("Words, the likelier first"), widget=forms.Textarea(attrs={"rows": 16}), max_length=60_000,
        required=False, help_text=_("Separated by spaces or lines; of five letters and more."),
    )  # fmt: skip


class MessageForm(forms.Form):
    """One labelled message."""

    text = forms.CharField(
        label=_("Message"), widget=forms.Textarea(attrs=_LINES), max_length=4_000,
        help_text=_("Numbers and e-mail addresses are masked."),
    )  # fmt: skip
    lang = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    label = forms.ChoiceField(label=_("It is"), choices=MessageLabel.choices)


class LoadForm(forms.Form):
    """A file of labelled messages."""

    file = forms.FileField(
        label=_("CSV file"), help_text=_("Columns id, lang, text, label; UTF-8. Known messages take the file's label.")
    )


class GuideForm(forms.Form):
    """A guide, written anew."""

    title = forms.CharField(label=_("Title"), max_length=200)
    case_kind = forms.ChoiceField(label=_("Kind of case"), choices=CaseKind.choices)
    stage = forms.ChoiceField(label=_("Stage"), choices=CaseStage.choices)
    body = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000, required=False,
        help_text=_("Markdown. Guard-rails, not words to read out."),
    )  # fmt: skip
    checks = forms.CharField(
        label=_("Checklist, one a line"), widget=forms.Textarea(attrs=_LINES), max_length=6_000, required=False
    )
    position = forms.IntegerField(label=_("Place among the guides"), min_value=1, max_value=1_000, initial=100)
    note = forms.CharField(label=_("What changed and why"), max_length=300, required=False)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = dict(self.cleaned_data)
        return given | {"checks": [line.strip()[:300] for line in given["checks"].splitlines()]}
