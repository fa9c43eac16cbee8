"""What the nightly audit found in cases, and how far it has come."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nastavnik.crisis.models.cases import CaseEvent, CrisisCase
from nastavnik.crisis.models.conversations import Message
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.procedures.models import RefusalPolicy


class FindingCode(models.TextChoices):
    """What may be found; the values are the policy's own codes."""

    BEYOND_QUOTA = "V1", _("attempt beyond the allowed number")
    AFTER_DUE = "V2", _("persuasion after the refund was due")
    LATE_START = "V3", _("refund started too late")
    PRESSURE = "V4", _("pressure")
    CLOSED_UNSETTLED = "V5", _("closed without refund or consent")
    PASSED_ON = "V6", _("attempt beyond the allowed number after a handover")
    OUTSIDE_AUTHORITY = "V7", _("offer outside matrix, authority or budget, stopped by the toolkit")
    UNMARKED = "V8", _("refusal not marked: a signal for training, no penalty")
    BELOW_DUE = "V9", _("less than is due, without the calculation")
    OFFERS = "offers", _("too many offers in one attempt: for quality, no violation")


# For training and for quality; nobody is blamed for them.
NO_VIOLATION = (FindingCode.UNMARKED, FindingCode.OFFERS)


class Verdict(models.TextChoices):
    """Whether a finding holds. «Withdrawn»: the audit itself no longer finds it, after somebody corrected a reading."""

    PENDING = "pending", pgettext_lazy("finding", "waiting for a verdict")
    UPHELD = "upheld", pgettext_lazy("finding", "upheld")
    REJECTED = "rejected", pgettext_lazy("finding", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("finding", "no longer found")


class ComplianceFindingQuerySet(models.QuerySet["ComplianceFinding"]):
    """Filters of findings."""

    def visible_to(self, person: Person) -> Self:
        """One's own, and those of cases within the reach of who may see cases."""
        sees = reach_of(person, Right.SEE_CASES)
        if sees.everyone:
            return self
        own = Q(agent_id=person.pk or 0)
        if sees.is_oneself_only:
            return self.filter(own)
        return self.filter(own | Q(case__team_id__in=sees.team_ids) | Q(case__team__partner_id__in=sees.partner_ids))


class ComplianceFinding(models.Model):
    """One thing the audit found in a case, with its evidence and the policy it was judged by."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(CrisisCase, models.PROTECT, related_name="findings", verbose_name=_("case"))
    code = models.CharField(_("what"), max_length=6, choices=FindingCode.choices)
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="findings", verbose_name=_("event"))
    at = models.DateTimeField(_("when"))
    agent = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agent"))
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("message")
    )
    span_start = models.PositiveIntegerField(_("evidence from"), null=True, blank=True)
    span_end = models.PositiveIntegerField(_("evidence until"), null=True, blank=True)
    rule = models.CharField(_("lexicon rule"), max_length=40, blank=True)
    policy = models.ForeignKey(
        RefusalPolicy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict.choices, default=Verdict.PENDING)
    found_at = models.DateTimeField(_("found"))
    contested_at = models.DateTimeField(_("contested"), null=True, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by whom")
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)
    objects = ComplianceFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "event"], name="crisis_finding_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["upheld", "rejected"], judged_at__isnull=False)
                | (~Q(verdict__in=["upheld", "rejected"]) & Q(judged_at__isnull=True)),
                name="crisis_finding_judged",
            ),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True) | Q(span_end__gte=F("span_start")),
                name="crisis_finding_span",
            ),
            models.CheckConstraint(
                condition=Q(contested_at__isnull=True) | ~Q(objection=""), name="crisis_finding_objection"
            ),
        ]
        indexes = [
            models.Index(fields=["verdict", "-at"], name="crisis_finding_verdict"),
            models.Index(fields=["agent", "-at"], name="crisis_finding_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_code_display()}"

    def get_absolute_url(self) -> str:
        return reverse("crisis:finding-detail", args=[self.public_id])


class AuditedCase(models.Model):
    """How a case came out of the audit, as of event `last_seq`. A cache: the audit makes it anew at any time."""

    case = models.OneToOneField(
        CrisisCase, models.CASCADE, primary_key=True, related_name="audited", verbose_name=_("case")
    )
    last_seq = models.PositiveIntegerField(_("last event"))
    policy = models.ForeignKey(
        RefusalPolicy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    refused = models.BooleanField(_("categorical refusal"))
    attempts = models.PositiveSmallIntegerField(_("attempts"))
    state = models.CharField(_("refusal"), max_length=17)
    audited_at = models.DateTimeField(_("audited"))

    class Meta:
        verbose_name = _("audited case")
        verbose_name_plural = _("audited cases")

    def __str__(self) -> str:
        return f"{self.case_id} @ {self.last_seq}"
