"""Cases, their append-only log, and the cache of what the log adds up to."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import CaseKind, CaseOutcome, CaseStage, EventKind, RefusalState, Rung, Severity, Source
from nastavnik.crisis.models.conversations import Message
from nastavnik.crisis.models.customers import Contract, Customer
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person, Team, TeamMembership
from nastavnik.people.reach import has_right, reach_of, today
from nastavnik.people.roles import Right

OPEN = ~Q(stage=CaseStage.CLOSED)


class CrisisCaseQuerySet(models.QuerySet["CrisisCase"]):
    """Filters of cases."""

    def visible_to(self, person: Person) -> Self:
        """Own cases and the free queue of the own team or of the desk; those within reach of who may see cases.

        The head of the desk (everywhere) sees all of them.
        """
        seen = Q(pk__in=[])
        sees = reach_of(person, Right.SEE_CASES)
        if sees.everyone:
            return self
        if not sees.is_oneself_only:
            partner_teams = Team.objects.filter(partner_id__in=sees.partner_ids).values("pk")
            seen |= Q(team_id__in=sees.team_ids) | Q(team_id__in=partner_teams)
        if has_right(person, Right.WORK_CASES):
            own_teams = TeamMembership.objects.filter(person=person).on(today()).values("team_id")
            queue = Q(assignee__isnull=True) & (Q(team__isnull=True) | Q(team_id__in=own_teams))
            seen |= Q(assignee_id=person.pk) | (queue & OPEN)
        return self.filter(seen)

    def open(self) -> Self:
        return self.filter(OPEN)


class CrisisCase(models.Model):
    """A customer's matter that lasts longer than one contact. Stage, outcome and terms are caches of its log."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=CaseKind.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices, default=Severity.MEDIUM)
    stage = models.CharField(_("stage of the case"), max_length=7, choices=CaseStage.choices, default=CaseStage.NEW)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    remedy = models.CharField(_("what the customer asks for"), max_length=300, blank=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="cases", verbose_name=_("customer"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("contract")
    )
    assignee = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="crisis_cases", verbose_name=_("assigned to")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="crisis_cases", verbose_name=_("team")
    )
    skill = models.ForeignKey(
        "crisis.DeskSkill", models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("skill needed")
    )
    policy_version = models.PositiveIntegerField(_("version of the policy"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=14, choices=CaseOutcome.choices, default=CaseOutcome.OPEN, blank=True
    )
    refusal_state = models.CharField(
        _("refusal"), max_length=17, choices=RefusalState.choices, default=RefusalState.NONE
    )
    next_due_at = models.DateTimeField(_("nearest deadline"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )
    objects = CrisisCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(kind=CaseKind.REFUND) & OPEN,
                name="crisis_one_open_refund_case",
                violation_error_message=_("The contract has an open refund case already."),
            ),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=4), name="crisis_severity_range"),
            models.CheckConstraint(
                condition=Q(stage=CaseStage.CLOSED, closed_at__isnull=False) | (OPEN & Q(closed_at__isnull=True)),
                name="crisis_closed_when_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "next_due_at", "id"], condition=OPEN, name="crisis_case_queue"),
            models.Index(fields=["assignee", "next_due_at", "id"], condition=OPEN, name="crisis_case_mine"),
            models.Index(fields=["next_due_at", "id"], condition=OPEN, name="crisis_case_due"),
            models.Index(fields=["-opened_at"], name="crisis_case_opened"),
            models.Index(fields=["closed_at"], name="crisis_case_closed"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("crisis:case-detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.stage != CaseStage.CLOSED


class CaseEvent(models.Model):
    """One thing that happened in a case. Append-only: a trigger refuses changes; `idem` makes replays harmless.

    `at` is when it happened, `recorded_at` when we learnt of it; folds take events in order of (`at`, `seq`).
    """

    case = models.ForeignKey(CrisisCase, models.PROTECT, related_name="events", verbose_name=_("case"))
    seq = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField(_("recorded"))
    kind = models.CharField(_("kind"), max_length=16, choices=EventKind.choices)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who"))
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="case_events", verbose_name=_("message")
    )
    payload = models.JSONField(_("details"), default=dict)
    idem = models.CharField(_("idempotency key"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
        ordering = ["at", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="crisis_event_number_once")]
        indexes = [models.Index(fields=["kind", "at"], name="crisis_event_kind")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"


class CaseState(models.Model):
    """What the log of a case adds up to, as of event `last_seq`. A cache: rebuilt from the log at any time."""

    case = models.OneToOneField(
        CrisisCase, models.CASCADE, primary_key=True, related_name="cached", verbose_name=_("case")
    )
    last_seq = models.PositiveIntegerField(_("last event"), default=0)
    last_at = models.DateTimeField(_("time of the last event"), null=True, blank=True)
    process = models.JSONField(_("refusal process"), default=dict)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("refund due since"), null=True, blank=True)
    reached_human_at = models.DateTimeField(_("first human action"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("reopened, times"), default=0)
    transferred = models.PositiveSmallIntegerField(_("handed over, times"), default=0)
    rung = models.CharField(_("step of escalation"), max_length=16, choices=Rung.choices, blank=True)

    class Meta:
        verbose_name = _("state of a case")
        verbose_name_plural = _("states of cases")

    def __str__(self) -> str:
        return f"{self.case_id} @ {self.last_seq}"
