"""Payments as the payment systems tell of them, what went back, twins, and what customers chose."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.cases import CrisisCase
from nastavnik.crisis.models.customers import Contract, Customer
from nastavnik.crisis.models.ledger import LedgerEntry
from nastavnik.crisis.money_enums import MoneyChoice, PayoutState, Verdict
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Filters of payments."""

    def matching(self, text: str) -> "PaymentQuerySet":
        """Payments whose reference, payer or invoice holds the text."""
        return self.filter(
            Q(ref__icontains=text)
            | Q(payer__icontains=text)
            | Q(invoice__icontains=text)
            | Q(customer__search_text__icontains=text)
        )


class Payment(models.Model):
    """Money that came in. `ref` is the payment system's own number: the same one twice is one payment."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    provider = models.CharField(_("payment system"), max_length=40)
    ref = models.CharField(_("reference"), max_length=120)
    payer = models.CharField(_("payer"), max_length=120)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("customer")
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("contract")
    )
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    invoice = models.CharField(_("invoice"), max_length=120, blank=True)
    is_instalment = models.BooleanField(_("instalment"), default=False)
    card = models.CharField(_("card fingerprint"), max_length=64, blank=True)
    paid_at = models.DateTimeField(_("paid"))
    received_at = models.DateTimeField(_("received"))
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, null=True, related_name="payment", verbose_name=_("ledger entry")
    )
    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "ref"], name="crisis_payment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="crisis_payment_amount"),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="crisis_payment_currency"),
        ]
        indexes = [models.Index(fields=["payer", "amount", "paid_at"], name="crisis_payment_twins")]

    def __str__(self) -> str:
        return f"{self.provider} {self.ref}"


class Payout(models.Model):
    """Money sent back to a card through the payment system. The ledger moves at the request."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    provider = models.CharField(_("payment system"), max_length=40)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="payouts", verbose_name=_("customer"))
    case = models.ForeignKey(
        CrisisCase, models.PROTECT, null=True, blank=True, related_name="payouts", verbose_name=_("case")
    )
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    card = models.CharField(_("card fingerprint"), max_length=64, blank=True)
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, related_name="payout", verbose_name=_("ledger entry")
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=9, choices=PayoutState.choices, default=PayoutState.REQUESTED)
    requested_at = models.DateTimeField(_("requested"))
    requested_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("requested by")
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-requested_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="crisis_payout_amount")]
        indexes = [models.Index(fields=["state", "requested_at"], name="crisis_payout_state")]

    def __str__(self) -> str:
        return f"{self.provider} {self.public_id[:8]}"


class DuplicateCandidate(models.Model):
    """Two payments the rule takes for one made twice. A person with the certificate confirms or rejects it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    first = models.ForeignKey(
        Payment, models.PROTECT, related_name="later_twins", verbose_name=_("first payment")
    )  # fmt: skip
    second = models.OneToOneField(Payment, models.PROTECT, related_name="twin", verbose_name=_("second payment"))
    rule = models.CharField(_("rule"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict.choices, default=Verdict.PENDING)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"))
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("possible double payment")
        verbose_name_plural = _("possible double payments")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="crisis_twin_of_another"),
            models.CheckConstraint(
                condition=Q(verdict="pending", judged_at__isnull=True)
                | (~Q(verdict="pending") & Q(judged_at__isnull=False)),
                name="crisis_twin_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"


class PaymentChoice(models.Model):
    """What the customer decided about a payment made by mistake: the card is always offered, the evidence is kept."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="choice", verbose_name=_("payment"))
    case = models.ForeignKey(CrisisCase, models.PROTECT, related_name="payment_choices", verbose_name=_("case"))
    choice = models.CharField(_("choice"), max_length=6, choices=MoneyChoice.choices)
    card_was_offered = models.BooleanField(_("the card was offered"))
    evidence = models.TextField(_("the customer's words"))
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, related_name="payment_choice", verbose_name=_("ledger entry")
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("choice about a payment")
        verbose_name_plural = _("choices about payments")
        constraints = [
            # A credit must not replace money the customer demands.
            models.CheckConstraint(condition=Q(card_was_offered=True), name="crisis_card_was_offered"),
            models.CheckConstraint(condition=~Q(evidence=""), name="crisis_choice_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.get_choice_display()}"
