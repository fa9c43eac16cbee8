"""A customer's data: given out whole, erased on request or when their time is over. The ledger is kept.

Erased, a customer is a number: name, contacts and words are gone, cases and money stay. Every step is in the journal.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from nastavnik.crisis.models import (
    Attachment,
    Contract,
    CrisisCase,
    Customer,
    LedgerAccount,
    Message,
    Offer,
    Payment,
    PaymentChoice,
    RatingRequest,
    Refund,
    RetentionPolicy,
)
from nastavnik.crisis.money_enums import RefundStatus
from nastavnik.crisis.money_errors import ErasedAlready, StillOwed
from nastavnik.crisis.queries import customer_data
from nastavnik.kernel import journal
from nastavnik.people.models import Person

EXPORTED, ERASED, CLEANED = "crisis.customer_exported", "crisis.customer_erased", "crisis.customer_data_expired"
POLICY_SET = "crisis.retention_set"
GONE = "erased"


@dataclass(frozen=True)
class Cleaned:
    """What a run of the retention periods blanked or deleted (or, dry, would)."""

    messages: int = 0
    attachments: int = 0
    customers: int = 0


def export(*, customer: Customer, by: Person, at: datetime) -> dict[str, object]:
    """Everything held about a customer, as JSON values; giving it out is in the journal."""
    with transaction.atomic():
        journal.write(EXPORTED, by=by, at=at, subject=customer)
    return customer_data.everything(customer)


def erase(*, customer: Customer, reason: str, by: Person | None, at: datetime) -> None:
    """Make a customer a number: names, contacts, words and files go; cases and the ledger stay.

    Raises ErasedAlready, StillOwed while a case or refund is open or money of the customer is with us.
    """
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=customer.pk)
        if customer.erased_at is not None:
            raise ErasedAlready
        _refuse_owed(customer)
        messages = Message.objects.filter(conversation__customer=customer)
        Attachment.objects.filter(message__in=messages).delete()
        messages.update(text="")
        RatingRequest.objects.filter(conversation__customer=customer).update(comment="")
        CrisisCase.objects.filter(customer=customer).update(subject="", remedy="")
        Offer.objects.filter(case__customer=customer).exclude(consent="").update(consent=GONE)
        PaymentChoice.objects.filter(case__customer=customer).update(evidence=GONE)
        Refund.objects.filter(case__customer=customer).exclude(why_other="").update(why_other=GONE)
        Payment.objects.filter(customer=customer).update(payer=f"erased-{customer.public_id[:8]}", card="")
        for n, contract in enumerate(Contract.objects.filter(customer=customer).order_by("pk"), start=1):
            contract.ext_id, contract.costs_evidence = f"erased-{customer.public_id}-{n}", GONE
            contract.save(update_fields=["ext_id", "costs_evidence"])
        customer.ext_id, customer.name = f"erased-{customer.public_id}", ""
        customer.contacts, customer.search_text, customer.erased_at = {}, "", at
        customer.save()
        journal.write(ERASED, by=by, at=at, subject=customer, reason=reason)


def _refuse_owed(customer: Customer) -> None:
    open_ones = (
        CrisisCase.objects.open().filter(customer=customer).count()
        + Refund.objects.filter(case__customer=customer, status=RefundStatus.STARTED).count()
        + LedgerAccount.objects.filter(customer=customer, balance__gt=0).count()
    )
    if open_ones:
        raise StillOwed(open=open_ones)


def set_policy(
    *, messages_months: int, attachments_months: int, names_months: int, since: date, by: Person | None, at: datetime
) -> RetentionPolicy:
    """Keep data for so many months from a day on; the policy before it is closed."""
    months = {
        "messages_months": messages_months, "attachments_months": attachments_months, "names_months": names_months,
    }  # fmt: skip
    with transaction.atomic():
        before = RetentionPolicy.objects.select_for_update().filter(active_to=None).first()
        if before is not None and before.active_from >= since:
            for name, value in months.items():
                setattr(before, name, value)
            before.save()
            policy = before
        else:
            if before is not None:
                before.active_to = since
                before.save(update_fields=["active_to"])
            policy = RetentionPolicy.objects.create(active_from=since, **months)
        journal.write(POLICY_SET, by=by, at=at, subject=policy, data=months)
    return policy


def expire(*, at: datetime, dry_run: bool = False) -> Cleaned:
    """Blank and delete what is older than the retention periods allow; dry, only count. Without a policy, nothing."""
    policy = customer_data.policy_at(at)
    if policy is None:
        return Cleaned()
    old = customer_data.quiet_since
    attachments = Attachment.objects.filter(
        message__conversation__customer__in=old(at, policy.attachments_months)
    )  # fmt: skip
    messages = Message.objects.filter(conversation__customer__in=old(at, policy.messages_months)).exclude(text="")
    names: QuerySet[Customer] = old(at, policy.names_months).filter(erased_at=None).exclude(
        Q(name="") & Q(contacts={})
    )  # fmt: skip
    counted = Cleaned(messages.count(), attachments.count(), names.count())
    if dry_run or counted == Cleaned():
        return counted
    with transaction.atomic():
        attachments.delete()
        messages.update(text="")
        names.update(name="", contacts={}, search_text="")
        data = {"messages": counted.messages, "attachments": counted.attachments, "customers": counted.customers}
        journal.write(CLEANED, by=None, at=at, data=data)
    return counted
