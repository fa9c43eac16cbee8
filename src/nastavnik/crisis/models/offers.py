"""Offers made to customers, approvals of them, and signs of abuse."""

from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.cases import CaseEvent, CrisisCase
from nastavnik.crisis.models.compensation import AuthorityLimit, Budget, MatrixRow, OfferKind
from nastavnik.crisis.models.ledger import LedgerEntry
from nastavnik.crisis.money_enums import AbuseSign, Decision, Fault, Issue, OfferState, Verdict
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right


class OfferQuerySet(models.QuerySet["Offer"]):
    """Filters of offers."""

    def visible_to(self, person: Person) -> Self:
        """Offers in the cases one may see."""
        return self.filter(case__in=CrisisCase.objects.visible_to(person))

    def running(self) -> Self:
        """Offers without an outcome."""
        return self.filter(accepted_at=None, declined_at=None, expired_at=None, refused_at=None)


class Offer(models.Model):
    """What was offered in a case, by which rows of the toolkit, and what came of it: at most one outcome.

    `amount` is what it costs us, minor units. Accepted needs the customer's recorded words.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(CrisisCase, models.PROTECT, related_name="offers", verbose_name=_("case"))
    event = models.ForeignKey(
        CaseEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )  # fmt: skip
    kind = models.ForeignKey(OfferKind, models.PROTECT, related_name="offers", verbose_name=_("offer"))
    amount = models.BigIntegerField(_("amount"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    details = models.CharField(_("what exactly"), max_length=300, blank=True)
    issue = models.CharField(_("what went wrong"), max_length=10, choices=Issue.choices)
    fault = models.CharField(_("whose fault"), max_length=6, choices=Fault.choices)
    matrix_row = models.ForeignKey(MatrixRow, models.PROTECT, related_name="+", verbose_name=_("row of the matrix"))
    limit = models.ForeignKey(AuthorityLimit, models.PROTECT, related_name="+", verbose_name=_("limit of authority"))
    budget = models.ForeignKey(
        Budget, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("budget")
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    presented_at = models.DateTimeField(_("presented"), null=True, blank=True)
    expires_at = models.DateTimeField(_("stands until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    expired_at = models.DateTimeField(_("expired"), null=True, blank=True)
    refused_at = models.DateTimeField(_("not approved"), null=True, blank=True)
    consent = models.TextField(_("the customer's words"), blank=True)
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, null=True, blank=True, related_name="offer", verbose_name=_("ledger entry")
    )
    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        F("accepted_at"), F("declined_at"), F("expired_at"), F("refused_at"),
                        function="num_nonnulls", output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="crisis_offer_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | (Q(presented_at__isnull=False) & Q(approved_at__isnull=False) & ~Q(consent="")),
                name="crisis_offer_accepted_with_consent",
                violation_error_message=_("An accepted offer needs the customer's recorded words."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="crisis_offer_amount"),
            models.CheckConstraint(
                condition=Q(presented_at__isnull=True) | Q(approved_at__isnull=False),
                name="crisis_offer_approved_first",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["expires_at"], name="crisis_offer_running",
                condition=Q(accepted_at=None, declined_at=None, expired_at=None, refused_at=None),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}"

    @property
    def state(self) -> OfferState:
        """Derived, never typed in."""
        for moment, state in (
            (self.accepted_at, OfferState.ACCEPTED), (self.declined_at, OfferState.DECLINED),
            (self.expired_at, OfferState.EXPIRED), (self.refused_at, OfferState.REFUSED),
        ):  # fmt: skip
            if moment is not None:
                return state
        if self.presented_at:
            return OfferState.PRESENTED
        return OfferState.READY if self.approved_at else OfferState.WAITING


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Filters of approvals."""

    def open(self) -> Self:
        return self.filter(decided_at=None)

    def for_checker(self, person: Person) -> Self:
        """Those the person may decide: of others' offers, within reach; passed higher only with reach everywhere."""
        reach = reach_of(person, Right.APPROVE_OFFERS)
        found = self.exclude(maker=person)
        if reach.everyone:
            return found
        if reach.is_oneself_only:
            return self.none()
        members = Q(offer__case__team_id__in=reach.team_ids) | Q(offer__case__team__partner_id__in=reach.partner_ids)
        return found.filter(members, level=1)


class Approval(models.Model):
    """A second person's word on an offer. Nobody approves an own offer: a constraint holds it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="approvals", verbose_name=_("offer"))
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    maker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    checker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("to be decided until"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices, blank=True)
    amount = models.BigIntegerField(_("approved amount"), null=True, blank=True)
    clause = models.CharField(_("by which rule"), max_length=300, blank=True)
    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["expires_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="crisis_maker_is_not_checker",
                violation_error_message=_("Whoever makes an offer cannot approve it."),
            ),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(decided_at__isnull=True), name="crisis_one_open_approval"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, checker__isnull=True)
                | Q(decision="escalated", decided_at__isnull=False)
                | (Q(decision__in=["approved", "partial", "denied"], decided_at__isnull=False, checker__isnull=False)),
                name="crisis_approval_decided",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.offer}: {self.get_decision_display() or ''}".strip()


class AbuseFlag(models.Model):
    """A sign that compensation may be abused: for a person to look at. It blocks nothing."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="flags", verbose_name=_("offer"))
    sign = models.CharField(_("sign"), max_length=13, choices=AbuseSign.choices)
    facts = models.JSONField(_("facts"), default=dict)
    raised_at = models.DateTimeField(_("raised"))
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict.choices, default=Verdict.PENDING)
    note = models.CharField(_("note"), max_length=300, blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign of abuse")
        verbose_name_plural = _("signs of abuse")
        ordering = ["-raised_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "sign"], name="crisis_flag_once")]

    def __str__(self) -> str:
        return str(self.get_sign_display())
