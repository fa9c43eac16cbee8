"""The bank: items, their versions, tags."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import ItemKind, ItemState
from nastavnik.assessment.logic import codec
from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.models.topics import Topic
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right

if TYPE_CHECKING:
    from datetime import date


class Tag(models.Model):
    """A word authors mark items with."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ItemQuerySet(models.QuerySet["Item"]):
    """Filters of items."""

    def visible_to(self, person: Person) -> Self:
        """The whole bank for those who edit it, nothing for others: an item tells its answers."""
        return self if has_right_everywhere(person, Right.EDIT_ITEMS) else self.none()

    def matching(self, text: str) -> Self:
        """Items that hold every word, in any case, ё = е."""
        found = self
        for word in search_form(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def below(self, topic: Topic) -> Self:
        """Items of the topic and of those under it."""
        return self.filter(Q(topic=topic) | Q(topic__path__startswith=f"{topic.path}\x1f"))

    def due_for_review(self, day: "date") -> Self:
        """Items whose review date has come."""
        return self.filter(review_date__lte=day).exclude(state=ItemState.RETIRED)


def search_form(text: str) -> str:
    """The form in which items are searched."""
    return " ".join(text.replace("\0", "").lower().replace("ё", "е").split())


class Item(models.Model):
    """A question of the bank. What it asks stands in its versions; the latest one is copied here to list and search."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices)
    state = models.CharField(_("state"), max_length=8, choices=ItemState.choices, default=ItemState.PILOT)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("topic")
    )
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    tags = models.ManyToManyField(Tag, blank=True, related_name="items", verbose_name=_("tags"))
    source = models.CharField(_("source article"), max_length=500, blank=True)
    review_date = models.DateField(_("review date"), null=True, blank=True)
    external_id = models.CharField(_("id elsewhere"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    latest_number = models.PositiveIntegerField(editable=False)
    label = models.CharField(_("item"), max_length=200, editable=False)
    search_text = models.TextField(editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    fault_count = models.PositiveSmallIntegerField(editable=False, default=0)
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        indexes = [
            models.Index(fields=["state", "kind"], name="assessment_item_state"),
            models.Index(fields=["content_hash"], name="assessment_item_hash"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash"], condition=~Q(state="retired"), name="assessment_item_once",
                violation_error_message=_("The bank has this very item already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pilot", "retired"]) | Q(fault_count=0), name="assessment_live_without_faults"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("assessment:item-detail", args=[self.public_id])


class ItemVersion(models.Model):
    """What an item asks, as of one version. Published ones never change: a trigger refuses it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions", verbose_name=_("item"))
    number = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64, editable=False)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("item version")
        verbose_name_plural = _("item versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="assessment_version_once")]

    def __str__(self) -> str:
        return f"{self.item} ({self.number})"

    @property
    def content(self) -> Body:
        """The body as its value type."""
        stored: dict[str, Any] = self.body
        return codec.from_json(stored)
