"""Sentences of the journal about money, offers and customers' data."""

from typing import Any

from django.utils.translation import get_language, gettext

from nastavnik.crisis.money_enums import AbuseSign, Decision, MoneyChoice, RefundReason, Tool, Verdict
from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic.formatting import money
from nastavnik.kernel.models import JournalEntry


def _money(entry: JournalEntry, name: str = "amount") -> str:
    """The sum in the reader's language."""
    value: Any = entry.data.get(name)
    return money(value, entry.data.get("currency", "RUB"), (get_language() or "ru")[:2])


@presents("crisis.payment_moved")
def payment_moved(entry: JournalEntry) -> str:
    text = gettext("Payment {ref}, {amount}: {choice}, as the customer chose")
    choice = MoneyChoice(entry.data["choice"]).label
    return text.format(ref=entry.data["ref"], amount=_money(entry), choice=choice)


@presents("crisis.payment_set_aside")
def payment_set_aside(entry: JournalEntry) -> str:
    return gettext("Payment {ref}, {amount}, set aside to be cleared").format(
        ref=entry.data["ref"], amount=_money(entry)
    )


@presents("crisis.account_paid_out")
def account_paid_out(entry: JournalEntry) -> str:
    return gettext("{amount} of the customer's account paid out to the card").format(amount=_money(entry))


@presents("crisis.payout_returned")
def payout_returned(entry: JournalEntry) -> str:
    return gettext("A payout of {amount} failed and was undone").format(amount=_money(entry))


@presents("crisis.duplicate_judged")
def duplicate_judged(entry: JournalEntry) -> str:
    verdict = Verdict(entry.data["verdict"]).label
    return gettext("Double payment {ref}: {verdict}").format(ref=entry.data["ref"], verdict=verdict)


@presents("crisis.refund_started")
def refund_started(entry: JournalEntry) -> str:
    return gettext("Refund started, due {due}").format(due=_money(entry, "due"))


@presents("crisis.refund_counted")
def refund_counted(entry: JournalEntry) -> str:
    reason = RefundReason(entry.data["reason"]).label
    return gettext("Refund set to {amount} of {due} due ({reason})").format(
        amount=_money(entry), due=_money(entry, "due"), reason=reason
    )


@presents("crisis.refund_approved")
def refund_approved(entry: JournalEntry) -> str:
    return gettext("Refund of {amount} approved").format(amount=_money(entry))


@presents("crisis.refund_done")
def refund_done(entry: JournalEntry) -> str:
    return gettext("Refund of {amount} paid").format(amount=_money(entry))


@presents("crisis.refund_cancelled")
def refund_cancelled(entry: JournalEntry) -> str:
    return gettext("Refund stopped: the customer took the refusal back")


@presents("crisis.offer_made")
def offer_made(entry: JournalEntry) -> str:
    return gettext("Offer made: {kind}, {amount}").format(kind=entry.data["kind"], amount=_money(entry))


@presents("crisis.offer_presented")
def offer_presented(entry: JournalEntry) -> str:
    return gettext("Offer presented: {kind}, {amount}").format(kind=entry.data["kind"], amount=_money(entry))


@presents("crisis.offer_accepted")
def offer_accepted(entry: JournalEntry) -> str:
    return gettext("Offer accepted: {kind}, {amount}").format(kind=entry.data["kind"], amount=_money(entry))


@presents("crisis.offer_declined")
def offer_declined(entry: JournalEntry) -> str:
    return gettext("Offer declined: {kind}, {amount}").format(kind=entry.data["kind"], amount=_money(entry))


@presents("crisis.offer_expired")
def offer_expired(entry: JournalEntry) -> str:
    return gettext("Offer expired: {kind}, {amount}").format(kind=entry.data["kind"], amount=_money(entry))


@presents("crisis.approval_decided")
def approval_decided(entry: JournalEntry) -> str:
    return gettext("{kind}, {amount}: {decision}").format(
        kind=entry.data["kind"], amount=_money(entry), decision=Decision(entry.data["decision"]).label
    )


@presents("crisis.approval_escalated")
def approval_escalated(entry: JournalEntry) -> str:
    return gettext("Approval of {kind}, {amount}, passed higher: nobody decided in time").format(
        kind=entry.data["kind"], amount=_money(entry)
    )


@presents("crisis.budget_set")
def budget_set(entry: JournalEntry) -> str:
    where = " ".join(one for one in (entry.data["team"], entry.data["kind"]) if one)
    return gettext("Budget set: {amount} {where}").format(amount=_money(entry), where=where).strip()


@presents("crisis.budget_changed")
def budget_changed(entry: JournalEntry) -> str:
    return gettext("Budget changed: {before} → {amount}").format(before=_money(entry, "before"), amount=_money(entry))


@presents("crisis.training_asked")
def training_asked(entry: JournalEntry) -> str:
    return gettext("Training asked for: certificate “{certificate}”").format(certificate=entry.data["certificate"])


@presents("crisis.offer_kind_saved")
def offer_kind_saved(entry: JournalEntry) -> str:
    return gettext("Kind of offer saved: {kind}").format(kind=entry.data["kind"])


@presents("crisis.matrix_changed")
def matrix_changed(entry: JournalEntry) -> str:
    if entry.data.get("ended"):
        return gettext("Row of the matrix ended: {kind}").format(kind=entry.data["kind"])
    text = gettext("Row of the matrix: {kind} from {least} up to {most}")
    return text.format(kind=entry.data["kind"], least=_money(entry, "least"), most=_money(entry))


@presents("crisis.limit_changed")
def limit_changed(entry: JournalEntry) -> str:
    text = gettext("Limit of {grade}: {kind} up to {most}")
    return text.format(grade=entry.data["grade"], kind=entry.data["kind"], most=_money(entry))


@presents("crisis.tool_changed")
def tool_changed(entry: JournalEntry) -> str:
    tool = Tool(entry.data["tool"]).label
    if not entry.data["certificate"]:
        return gettext("{tool}: no certificate needed any more").format(tool=tool)
    return gettext("{tool}: the certificate {code} is needed").format(tool=tool, code=entry.data["certificate"])


@presents("crisis.abuse_judged")
def abuse_judged(entry: JournalEntry) -> str:
    sign, verdict = AbuseSign(entry.data["sign"]).label, Verdict(entry.data["verdict"]).label
    return gettext("Sign of abuse “{sign}”: {verdict}").format(sign=sign, verdict=verdict)


@presents("crisis.account_looked_at")
def account_looked_at(entry: JournalEntry) -> str:
    return gettext("Looked at a customer's account")


@presents("crisis.customer_exported")
def customer_exported(entry: JournalEntry) -> str:
    return gettext("Exported a customer's data")


@presents("crisis.customer_erased")
def customer_erased(entry: JournalEntry) -> str:
    return gettext("Erased a customer's data; the ledger is kept")


@presents("crisis.customer_data_expired")
def customer_data_expired(entry: JournalEntry) -> str:
    text = gettext(
        "Retention periods: {messages} messages blanked, {attachments} attachments deleted, {customers} names"
    )
    return text.format(**entry.data)


@presents("crisis.retention_set")
def retention_set(entry: JournalEntry) -> str:
    text = gettext("Retention in months: messages {messages}, attachments {attachments}, names {names}")
    data = entry.data
    return text.format(
        messages=data["messages_months"], attachments=data["attachments_months"], names=data["names_months"]
    )
