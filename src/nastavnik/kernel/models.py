"""Tables of the house itself: outbox, journal, long tasks. They name people by number only: people live above."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_public_id() -> str:
    """A random name for URLs, 96 bits."""
    return secrets.token_urlsafe(12)


class OutboxEvent(models.Model):
    """An event published in the transaction that caused it; delivered to reactions by a job."""

    kind = models.CharField(_("kind"), max_length=120)
    payload = models.JSONField(_("payload"), default=dict)
    published_at = models.DateTimeField(_("published"), db_index=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Reaction(models.Model):
    """That one reaction has answered one event: makes a second delivery harmless."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="reactions", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=200)
    reacted_at = models.DateTimeField(_("reacted"))

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="kernel_one_reaction_per_event")]

    def __str__(self) -> str:
        return f"{self.name} to {self.event_id}"


class JournalEntry(models.Model):
    """Who did what to which record, when and why. Append-only: a trigger refuses changes."""

    at = models.DateTimeField(_("when"), db_index=True)
    actor_id = models.BigIntegerField(_("who"), null=True, blank=True)
    actor_name = models.CharField(_("name at the time"), max_length=200, blank=True)
    kind = models.CharField(_("what"), max_length=120, db_index=True)
    subject_kind = models.CharField(_("kind of record"), max_length=80, blank=True)
    subject_id = models.BigIntegerField(_("record"), null=True, blank=True)
    person_id = models.BigIntegerField(_("person concerned"), null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)
    data = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="kernel_journal_subject"),
            models.Index(fields=["person_id", "-at"], name="kernel_journal_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id or ''}".strip()


class LongTask(models.Model):
    """Work of over a second with a progress bar; left and found again in its owner's inbox."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    kind = models.CharField(_("kind"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.BigIntegerField(_("done"), default=0)
    total = models.BigIntegerField(_("total"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    error = models.TextField(_("error"), blank=True)
    error_params = models.JSONField(default=dict)
    result_url = models.CharField(_("result"), max_length=300, blank=True)
    owner_id = models.BigIntegerField(_("owner"), null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(_("created"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("long task")
        verbose_name_plural = _("long tasks")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while the total is unknown."""
        if self.state == self.State.DONE:
            return 100
        return max(0, min(99, 100 * self.done // self.total)) if self.total else None
