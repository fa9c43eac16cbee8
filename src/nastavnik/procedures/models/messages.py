"""Messages people have labelled: the set the lexicon is measured on, and phrases it missed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.procedures.enums import Language, MarkSource, MessageLabel, PhraseState


class LabelledMessage(models.Model):
    """A message with what it truly is. Names and numbers of customers do not belong in it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.TextField(_("message"))
    text_hash = models.CharField(max_length=64, editable=False)
    label = models.CharField(_("label"), max_length=12, choices=MessageLabel.choices)
    external_id = models.CharField(_("id elsewhere"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("labelled message")
        verbose_name_plural = _("labelled messages")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lang", "text_hash"], name="procedures_message_once"),
            models.CheckConstraint(condition=~Q(text=""), name="procedures_message_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class MissedPhrase(models.Model):
    """A message somebody marked as a refusal and no rule found. Confirmed, it joins the labelled messages."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.TextField(_("message"))
    text_hash = models.CharField(max_length=64, editable=False)
    source = models.CharField(_("who says so"), max_length=10, choices=MarkSource.choices)
    times = models.PositiveIntegerField(_("times"), default=1)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(_("state"), max_length=10, choices=PhraseState.choices, default=PhraseState.PENDING)
    label = models.CharField(_("label"), max_length=12, choices=MessageLabel.choices, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("missed phrase")
        verbose_name_plural = _("missed phrases")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lang", "text_hash"], name="procedures_phrase_once"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="procedures_phrase_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("procedures:phrase-list")
