"""Refunds under contracts. Starting one needs nobody; what is paid is counted, and above or below it is approved."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.cases import CrisisCase
from nastavnik.crisis.models.customers import Contract
from nastavnik.crisis.models.payments import Payout
from nastavnik.crisis.money_enums import TECHNICAL, RefundReason, RefundStatus
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person

SOON = timedelta(days=3)  # a refund due within it is pointed out in the lists


class RefundQuerySet(models.QuerySet["Refund"]):
    """Filters of refunds."""

    def visible_to(self, person: Person) -> Self:
        """Refunds in the cases one may see."""
        return self.filter(case__in=CrisisCase.objects.visible_to(person))

    def running(self) -> Self:
        """Started and not yet paid."""
        return self.filter(status=RefundStatus.STARTED)

    def overdue(self, now: datetime) -> Self:
        """The money is not back though its term is over."""
        return self.running().filter(due_at__lt=now)

    def soon(self, now: datetime) -> Self:
        """The term is over within SOON."""
        return self.running().filter(due_at__gte=now, due_at__lt=now + SOON)


class Refund(models.Model):
    """Money given back in a case. The sum of a contract's refunds never exceeds what was paid: a trigger holds it.

    `due` is what the calculation says, `amount` what is given back; both minor units, empty until counted. `due_at` is
    a cache: the nearest deadline set by law among the clocks of the case, counted anew with each event of its log.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(CrisisCase, models.PROTECT, related_name="refunds", verbose_name=_("case"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="refunds", verbose_name=_("contract")
    )
    reason = models.CharField(_("reason"), max_length=14, choices=RefundReason.choices, default=RefundReason.OTHER)
    status = models.CharField(_("status"), max_length=9, choices=RefundStatus.choices, default=RefundStatus.STARTED)
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    due = models.BigIntegerField(_("due"), null=True, blank=True)
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    calculation = models.JSONField(_("calculation"), null=True, blank=True)
    why_other = models.CharField(_("why another sum"), max_length=300, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("started by"))
    started_at = models.DateTimeField(_("started"))
    counted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counted by")
    )
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    due_at = models.DateTimeField(_("to be paid until"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    payout = models.OneToOneField(
        Payout, models.PROTECT, null=True, blank=True, related_name="refund", verbose_name=_("payout")
    )
    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="started"), name="crisis_one_running_refund",
                violation_error_message=_("A refund is running in this case already."),
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0)) & (Q(due__isnull=True) | Q(due__gte=0)),
                name="crisis_refund_amounts",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(amount__isnull=False, paid_at__isnull=False),
                name="crisis_refund_done_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(counted_by__isnull=True) | ~Q(approved_by=F("counted_by")),
                name="crisis_refund_second_person",
                violation_error_message=_("Whoever sets the sum cannot approve it."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["due_at"], condition=Q(status="started"), name="crisis_refund_running")]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_status_display()}"

    @property
    def is_technical(self) -> bool:
        return self.reason in TECHNICAL

    @property
    def needs_approval(self) -> bool:
        """Exactly what is due needs nobody; any other sum needs a second person before it is paid."""
        return self.amount is not None and self.amount != self.due and self.approved_at is None

    @property
    def is_late(self) -> bool:
        """Whether the money went out after the term."""
        return self.paid_at is not None and self.due_at is not None and self.paid_at > self.due_at
