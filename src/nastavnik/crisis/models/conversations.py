"""Conversations: what customer and agents wrote and said, and the files they sent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import Channel, Side
from nastavnik.crisis.models.customers import Customer
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class Conversation(models.Model):
    """One chat, call, mail thread or form; `external_id` is what the system it came from calls it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(
        "crisis.CrisisCase", models.PROTECT, null=True, related_name="conversations", verbose_name=_("case")
    )
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="conversations", verbose_name=_("customer"))
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    origin = models.CharField(_("system"), max_length=40, blank=True)
    external_id = models.CharField(_("id there"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    hung_up_by = models.CharField(_("hung up by"), max_length=8, choices=Side.choices, blank=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "external_id"], condition=~Q(external_id=""), name="crisis_conversation_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="crisis_conversation_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.external_id}".strip()


class Message(models.Model):
    """One message of a chat or one stretch of speech of a call (`seg_*`: milliseconds from the start of the call)."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages", verbose_name=_("conversation")
    )
    n = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField(_("received"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    agent = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agent")
    )  # fmt: skip
    text = models.TextField(_("text"), blank=True)
    seg_start = models.PositiveIntegerField(_("from, ms"), null=True, blank=True)
    seg_end = models.PositiveIntegerField(_("until, ms"), null=True, blank=True)
    source_id = models.CharField(_("id there"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "n"], name="crisis_message_number_once"),
            models.UniqueConstraint(
                fields=["conversation", "source_id"], condition=~Q(source_id=""), name="crisis_message_once"
            ),
            models.CheckConstraint(
                condition=Q(seg_start__isnull=True, seg_end__isnull=True) | Q(seg_end__gte=F("seg_start")),
                name="crisis_segment_order",
            ),
        ]
        indexes = [models.Index(fields=["conversation", "at", "n"], name="crisis_message_order")]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.text[:60]}"


class Attachment(models.Model):
    """A file somebody sent. Its type is read from its bytes, never believed from its name."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("message"))
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=80)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [models.UniqueConstraint(fields=["message", "sha256"], name="crisis_attachment_once")]

    def __str__(self) -> str:
        return self.name
