"""The internal account: accounts, entries, legs. The rules stand in the database (migration `ledger_rules`)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.cases import CrisisCase
from nastavnik.crisis.models.customers import Customer
from nastavnik.crisis.money_enums import AccountKind, EntryKind
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person


class LedgerAccount(models.Model):
    """Where value stands. `balance` (minor units) is kept by a trigger for wallets and money to be cleared only.

    House accounts (bank, goodwill, sales) have no running balance: every entry would queue for their row.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=AccountKind.choices)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("customer")
    )
    currency = models.CharField(_("currency"), max_length=3)
    balance = models.BigIntegerField(_("balance"), default=0, editable=False)

    class Meta:
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = [
            # House accounts have no customer: without this, two banks could stand side by side.
            models.UniqueConstraint(
                fields=["kind", "customer", "currency"], name="crisis_account_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(kind="wallet", customer__isnull=False)
                | Q(kind="suspense")
                | Q(kind__in=["bank", "goodwill", "sales"], customer__isnull=True),
                name="crisis_account_owner",
            ),
            models.CheckConstraint(
                condition=Q(balance__gte=0), name="crisis_account_never_below_zero",
                violation_error_message=_("There is not enough money on the account."),
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="crisis_account_currency"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.currency}"


class LedgerEntry(models.Model):
    """One movement. Never changed: a mistake is undone by an entry that `reverses` it, at most once."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    idem = models.CharField(_("idempotency key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices)
    currency = models.CharField(_("currency"), max_length=3)
    legs = models.PositiveSmallIntegerField(_("number of legs"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    case = models.ForeignKey(
        CrisisCase, models.PROTECT, null=True, blank=True, related_name="ledger_entries", verbose_name=_("case")
    )
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )  # fmt: skip
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    at = models.DateTimeField(_("when"))
    memo = models.CharField(_("what for"), max_length=300, blank=True)
    payload_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(made_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="crisis_entry_second_person",
                violation_error_message=_("Whoever makes an entry cannot approve it."),
            ),
            models.CheckConstraint(condition=Q(legs__gte=2), name="crisis_entry_legs"),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="crisis_entry_reversal_names_it",
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="crisis_entry_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class LedgerPosting(models.Model):
    """A leg of an entry: signed minor units, positive = moved into the account. `n` counts from 1 to `entry.legs`."""

    pk = models.CompositePrimaryKey("entry_id", "n")
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="postings", verbose_name=_("entry"))
    n = models.PositiveSmallIntegerField(_("number"))
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, related_name="postings", verbose_name=_("account"), db_index=False
    )
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("leg of an entry")
        verbose_name_plural = _("legs of entries")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="crisis_posting_moves"),
            models.CheckConstraint(condition=Q(n__gte=1), name="crisis_posting_number"),
        ]
        indexes = [models.Index(fields=["account", "entry"], name="crisis_posting_account")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.n}"


class Reconciliation(models.Model):
    """The ledger beside the payment system's list of one day: sums, matches, differences."""

    provider = models.CharField(_("payment system"), max_length=40)
    date = models.DateField(_("day"))
    matched = models.PositiveIntegerField(_("matched"), default=0)
    differences = models.PositiveIntegerField(_("differences"), default=0)
    result = models.JSONField(_("result"), default=dict)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-date", "provider"]
        constraints = [models.UniqueConstraint(fields=["provider", "date"], name="crisis_reconciliation_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.date}"
