"""The organisation and its parts: partner centres, lines, teams, the working calendar."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import caches
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nastavnik.people.enums import LineKind
from nastavnik.people.querysets import TeamQuerySet

ZONE_KEY = "people.zone"
"""Where a process keeps the organisation's time zone for some seconds."""


def localized(name: str, name_en: str) -> str:
    """The English name where the reader reads English and there is one, else the organisation's own."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


class Named(models.Model):
    """A code and a name in the organisation's language, with an optional English one."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return localized(self.name, self.name_en)


class Organisation(models.Model):
    """The one organisation of this installation."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow")
    language = models.CharField(_("language"), max_length=5, default="ru")
    is_demo = models.BooleanField(_("demo"), default=False)
    rank_limit = models.PositiveSmallIntegerField(_("lowest rank agents see"), default=10)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [models.CheckConstraint(condition=Q(singleton=True), name="people_only_one_organisation")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the process that moves the organisation to another zone knows it at once."""
        super().save(*args, **kwargs)
        caches["local"].delete(ZONE_KEY)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Partner(Named):
    """A partner centre (outsourced); its people see their own people only."""

    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("partner centre")
        verbose_name_plural = _("partner centres")


class Line(Named):
    """A line of work: inbound, outbound, chat, internal support, crisis, premium."""

    kind = models.CharField(_("kind"), max_length=10, choices=LineKind.choices, default=LineKind.MIXED)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")


class Team(Named):
    """People who work together on a line under a lead; a partner centre's team belongs to it."""

    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("line"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("partner centre")
    )
    is_active = models.BooleanField(_("active"), default=True)
    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def get_absolute_url(self) -> str:
        return reverse("people:team-detail", args=[self.code])


class CalendarDay(models.Model):
    """A day that differs from the week's rule: a holiday, or a working day off."""

    date = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working"), default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("working calendar")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()
