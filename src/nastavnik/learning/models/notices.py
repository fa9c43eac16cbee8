"""One notification engine: notices in the product, e-mails made of them, and what people prefer."""

from datetime import time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import DispatchState, NoticeKind
from nastavnik.people.models import Person


class Dispatch(models.Model):
    """One e-mail: a digest of a working day, or an urgent notice alone; with every try and its outcome."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="dispatches", verbose_name=_("person"))
    address = models.EmailField(_("e-mail"))
    day = models.DateField(_("day"))
    is_digest = models.BooleanField(_("digest"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    subject = models.CharField(_("subject"), max_length=200)
    due_at = models.DateTimeField(_("not before"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    log = models.JSONField(_("every try"), default=list)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("sent e-mail")
        verbose_name_plural = _("sent e-mails")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="learning_dispatch_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(is_digest=True), name="learning_one_digest_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters of notices."""

    def visible_to(self, person: Person) -> Self:
        """Nobody reads the notices of others."""
        return self.filter(person=person)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing told to one person. A lead's copy is a notice of its own that names whom it is about.

    `message` is English with `{placeholders}`, said in the reader's language with `params`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", verbose_name=_("person"))
    about = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("about whom")
    )
    copy_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="copies", verbose_name=_("copy of")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=NoticeKind.choices)
    title = models.CharField(_("what"), max_length=200)
    body = models.CharField(_("text"), max_length=500, blank=True)
    params = models.JSONField(default=dict)
    url = models.CharField(_("where to"), max_length=300, blank=True)
    object_key = models.CharField(_("about what"), max_length=120)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(_("created"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    dispatch = models.ForeignKey(
        Dispatch, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("sent e-mail")
    )
    needs_action = models.BooleanField(_("waits for something to be done"), default=False)
    settled_at = models.DateTimeField(_("done"), null=True, blank=True)
    rung = models.PositiveSmallIntegerField(_("rung of the ladder"), default=0)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("owner"))
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="learning_notice_person"),
            models.Index(fields=["day"], condition=Q(dispatch=None), name="learning_notice_to_send"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="learning_notice_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "object_key", "day", "about"],
                nulls_distinct=False,
                name="learning_told_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class NoticePreferences(models.Model):
    """When and about what a person wants e-mail; notices in the product always come."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice_preferences", verbose_name=_("person"))
    quiet_from = models.TimeField(_("quiet from"), default=time(19))
    quiet_to = models.TimeField(_("quiet until"), default=time(9))
    without_mail = ArrayField(
        models.CharField(max_length=14, choices=NoticeKind.choices),
        verbose_name=_("no e-mail about"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("notice preferences")
        verbose_name_plural = _("notice preferences")

    def __str__(self) -> str:
        return str(self.person)
