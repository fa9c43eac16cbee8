"""Plans: what each person is to do, by when and why; the plan as frozen each month; proofs of learning elsewhere."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.models import Topic
from nastavnik.content.models import Course
from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import LearningKind, ProofState, Source
from nastavnik.learning.models.enrolments import Enrolment
from nastavnik.learning.models.programmes import Stage
from nastavnik.people.models import Person, Team
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Filters of plan items."""

    def visible_to(self, person: Person) -> Self:
        return self.filter(within(reach_of(person, Right.SEE_LEARNING)))

    def to_do(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(done_at=None, dropped_at=None)


class PlanItem(models.Model):
    """One thing one person is to do: from a programme's stage, after a failed test, or assigned by hand."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="plan_items", verbose_name=_("person"))
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="plan_items", verbose_name=_("enrolment")
    )
    stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stage of a programme")
    )
    activity_key = models.CharField(_("activity"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=LearningKind.choices)
    reference = models.SlugField(_("which one"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    is_required = models.BooleanField(_("obligatory"), default=True)
    source = models.CharField(_("how it came"), max_length=12, choices=Source.choices)
    why = models.JSONField(_("why"), default=dict, blank=True)
    due_date = models.DateField(_("due"))
    position = models.PositiveIntegerField(_("place"), default=0)
    created_at = models.DateTimeField(_("planned"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    dropped_reason = models.CharField(_("why dropped"), max_length=200, blank=True)
    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        ordering = ["due_date", "position", "pk"]
        indexes = [
            models.Index(fields=["person", "due_date"], name="learning_plan_person"),
            models.Index(
                fields=["kind", "reference"], condition=Q(done_at=None, dropped_at=None), name="learning_plan_to_do"
            ),
            models.Index(fields=["due_date"], name="learning_plan_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "stage", "activity_key"], condition=Q(enrolment__isnull=False),
                name="learning_plan_item_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="learning_done_is_not_dropped"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The plan of a month as it stood when it was frozen: completion is counted against it."""

    month_date = models.DateField(_("month"), unique=True)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("frozen by"))

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        ordering = ["-month_date"]

    def __str__(self) -> str:
        return self.month_date.strftime("%Y-%m")


class FrozenItem(models.Model):
    """An item as the frozen plan of a month holds it; it never changes, whatever becomes of the item."""

    version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="items", verbose_name=_("plan version")
    )  # fmt: skip
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="frozen", verbose_name=_("plan item"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    due_date = models.DateField(_("due"))

    class Meta:
        verbose_name = _("frozen plan item")
        verbose_name_plural = _("frozen plan items")
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="learning_frozen_once")]

    def __str__(self) -> str:
        return f"{self.version}: {self.item}"


class Proof(models.Model):
    """A file that shows that an external course was done; somebody who may enrol accepts or refuses it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="proofs", verbose_name=_("plan item"))
    file_name = models.CharField(_("file"), max_length=255)
    media_type = models.CharField(_("kind of file"), max_length=40)
    content = models.BinaryField(_("content"))
    provider = models.CharField(_("where it was learnt"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"))
    state = models.CharField(_("state"), max_length=10, choices=ProofState.choices, default=ProofState.WAITING)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["waiting", "accepted"]), name="learning_one_proof_at_a_time",
                violation_error_message=_("There is a proof already that waits or was accepted."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="learning_decided_proof_says_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.file_name


class TopicRemedy(models.Model):
    """The course that helps with a topic of the item bank: what a failed test puts into the plan."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="+", verbose_name=_("topic"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))

    class Meta:
        verbose_name = _("remedy for a topic")
        verbose_name_plural = _("remedies for topics")

    def __str__(self) -> str:
        return f"{self.topic}: {self.course}"
