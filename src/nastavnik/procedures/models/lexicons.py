"""The trigger lexicon: versions by language, their rules, and examples that are the rules' tests."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.procedures.enums import Language, RuleRole


class LexiconVersion(models.Model):
    """The rules of one language as of one publication. A draft is edited; a published version never changes.

    In force at a moment is the version published last before it; going back is publishing a copy of an older one.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    number = models.PositiveIntegerField(_("version"))
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )
    vocabulary = models.TextField(_("words that typing errors are repaired towards"), blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("lexicon version")
        verbose_name_plural = _("lexicon versions")
        ordering = ["lang", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["lang", "number"], name="procedures_lexicon_number_once"),
            models.UniqueConstraint(
                fields=["lang"], condition=Q(published_at__isnull=True), name="procedures_one_draft_a_language"
            ),
        ]

    def __str__(self) -> str:
        words = gettext("Lexicon, {language}, version {number}")
        return words.format(language=self.get_lang_display(), number=self.number)

    def get_absolute_url(self) -> str:
        return reverse("procedures:lexicon-detail", args=[self.public_id])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class LexiconRule(models.Model):
    """One pattern over normalised text. Strength 2 fires alone; strength 1 needs a refund word or an open case."""

    version = models.ForeignKey(LexiconVersion, models.CASCADE, related_name="rules", verbose_name=_("lexicon version"))
    position = models.PositiveIntegerField(_("place"))
    code = models.SlugField(_("rule"), max_length=40)
    role = models.CharField(_("role"), max_length=10, choices=RuleRole.choices)
    strength = models.PositiveSmallIntegerField(
        _("strength"), choices=[(2, _("fires alone")), (1, _("needs context"))], default=2
    )
    pattern = models.TextField(_("pattern"))
    unless = models.TextField(_("silent when"), blank=True)

    class Meta:
        verbose_name = _("lexicon rule")
        verbose_name_plural = _("lexicon rules")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="procedures_rule_code_once"),
            models.CheckConstraint(condition=Q(strength__in=[1, 2]), name="procedures_rule_strength"),
        ]

    def __str__(self) -> str:
        return self.code


class LexiconExample(models.Model):
    """A sentence a rule must find, or must be silent at. Every one is run on each edit."""

    rule = models.ForeignKey(LexiconRule, models.CASCADE, related_name="examples", verbose_name=_("lexicon rule"))
    text = models.CharField(_("sentence"), max_length=500)
    must_match = models.BooleanField(_("must be found"))

    class Meta:
        verbose_name = _("example of a rule")
        verbose_name_plural = _("examples of rules")
        ordering = ["-must_match", "pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "text"], name="procedures_example_once")]

    def __str__(self) -> str:
        return self.text
