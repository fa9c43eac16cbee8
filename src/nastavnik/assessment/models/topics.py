"""What items are about: a tree of topics."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

TITLE_LETTERS = 120


class Topic(models.Model):
    """A branch of the tree. `path`: the titles from the root, kept by the actions, to sort and show without joins."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("above")
    )
    title = models.CharField(_("title"), max_length=TITLE_LETTERS)
    path = models.CharField(max_length=2000, editable=False, db_index=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "title"], name="assessment_topic_once", nulls_distinct=False,
                violation_error_message=_("There is such a topic here already."),
            ),
            models.CheckConstraint(condition=~Q(pk=F("parent")), name="assessment_topic_not_in_itself"),
            models.CheckConstraint(condition=~Q(title=""), name="assessment_topic_has_title"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return " / ".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """Titles from the root."""
        return tuple(self.path.split("\x1f"))

    @property
    def depth(self) -> int:
        """0 at the root."""
        return self.path.count("\x1f")

    def get_absolute_url(self) -> str:
        return f"{reverse('assessment:item-list')}?topic={self.pk}"
