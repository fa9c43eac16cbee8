"""Ratings asked after a contact, and how long customers' data are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.cases import CrisisCase
from nastavnik.crisis.models.conversations import Conversation
from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class RatingRequest(models.Model):
    """One question per conversation: how was it, 1 to 5. Answered once; the link is signed and expires."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    conversation = models.OneToOneField(
        Conversation, models.CASCADE, related_name="rating", verbose_name=_("conversation")
    )
    case = models.ForeignKey(
        CrisisCase, models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name=_("case")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is rated")
    )
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("open until"))
    score = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a rating")
        verbose_name_plural = _("requests for ratings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True, answered_at__isnull=True)
                | Q(score__gte=1, score__lte=5, answered_at__isnull=False),
                name="crisis_rating_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation}: {self.score or '–'}"


class RetentionPolicy(Dated):
    """How long what customers wrote and sent is kept after their last case closed, in months. One at a time."""

    one = models.PositiveSmallIntegerField(default=1, editable=False)
    messages_months = models.PositiveSmallIntegerField(_("messages, months"), default=36)
    attachments_months = models.PositiveSmallIntegerField(_("attachments, months"), default=12)
    names_months = models.PositiveSmallIntegerField(_("names and contacts, months"), default=60)
    objects = DatedQuerySet["RetentionPolicy"].as_manager()

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["-active_from"]
        constraints = [
            no_overlap("one", name="crisis_one_retention_policy"),
            ends_after_start("crisis_retention_days"),
            models.CheckConstraint(
                condition=Q(messages_months__gte=1, attachments_months__gte=1, names_months__gte=1),
                name="crisis_retention_at_least_a_month",
            ),
        ]

    def __str__(self) -> str:
        return str(self.active_from)
