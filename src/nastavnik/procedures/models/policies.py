"""The refusal policy over time. A case is judged by the version of its day."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Line, Person, Team
from nastavnik.procedures.logic.refusal import Policy


class RefusalPolicy(Dated):
    """One version of the categorical-refusal policy, for everybody or for one team or line.

    Durations in milliseconds. Its parameters never change (a trigger refuses it); only its last day is set.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.PositiveIntegerField(_("version"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    max_soft = models.PositiveSmallIntegerField(_("soft attempts at most"), default=2)
    min_soft = models.PositiveSmallIntegerField(_("soft attempts at least"), null=True, blank=True)
    insist_ends_at_once = models.BooleanField(_("insistence ends persuasion at once"), default=True)
    interrupt_alone_ends = models.BooleanField(_("interruption alone ends persuasion"), default=False)
    refund_start_ms = models.PositiveBigIntegerField(_("time to start the refund"), default=300_000)
    reopen_keeps_count_ms = models.PositiveBigIntegerField(
        _("how long a return continues the count"), default=2_592_000_000
    )
    max_offers_per_attempt = models.PositiveSmallIntegerField(_("offers in one attempt"), default=2)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal policy")
        verbose_name_plural = _("refusal policies")
        ordering = ["-active_from", "-pk"]
        constraints = [
            no_overlap("team", "line", name="procedures_one_policy_at_a_time"),
            ends_after_start("procedures_policy_days"),
            models.UniqueConstraint(
                fields=["team", "line", "number"], nulls_distinct=False, name="procedures_policy_number_once"
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(line__isnull=True),
                name="procedures_policy_one_scope",
                violation_error_message=_("A policy is for a team or for a line, not for both."),
            ),
            models.CheckConstraint(
                condition=Q(min_soft__isnull=True) | Q(min_soft__lte=F("max_soft")),
                name="procedures_policy_least_below_most",
                violation_error_message=_("The least number of attempts must not exceed the most."),
            ),
            models.CheckConstraint(
                condition=Q(max_soft__lte=10, max_offers_per_attempt__gte=1, refund_start_ms__lte=30 * 86_400_000),
                name="procedures_policy_within_reason",
                violation_error_message=_("At most 10 attempts, at least 1 offer in each, at most 30 days to start."),
            ),
        ]

    def __str__(self) -> str:
        scope = self.team or self.line
        text = gettext("Refusal policy, version {number}").format(number=self.number)
        return f"{text} ({scope})" if scope else text

    def get_absolute_url(self) -> str:
        return reverse("procedures:policy-detail", args=[self.public_id])

    @property
    def policy(self) -> Policy:
        """The parameters as the reducer takes them."""
        return Policy(
            max_soft=self.max_soft,
            insist_ends_at_once=self.insist_ends_at_once,
            interrupt_alone_ends=self.interrupt_alone_ends,
            refund_start_s=self.refund_start_ms / 1000,
            reopen_keeps_count_s=self.reopen_keeps_count_ms / 1000,
            min_soft=self.min_soft,
            max_offers_per_attempt=self.max_offers_per_attempt,
        )
