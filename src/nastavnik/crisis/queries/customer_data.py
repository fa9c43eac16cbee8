"""Everything held about a customer, and whose time is over."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from nastavnik.crisis.enums import CaseStage
from nastavnik.crisis.models import (
    Attachment,
    CaseEvent,
    Contract,
    CrisisCase,
    Customer,
    LedgerPosting,
    Message,
    Offer,
    Payment,
    PaymentChoice,
    RatingRequest,
    Refund,
    RetentionPolicy,
)
from nastavnik.people.actions.employments import local_day

MONTH = timedelta(days=30)


# What is given out of each kind of record; agents are left out: they are not the customer's data.
FIELDS: dict[str, tuple[type[Model], str, str]] = {
    "contracts": (
        Contract, "customer", "ext_id title currency price paid used costs costs_evidence signed_date",
    ),
    "cases": (CrisisCase, "customer", "number kind stage subject remedy opened_at closed_at outcome"),
    "events": (CaseEvent, "case__customer", "case__number at kind payload"),
    "messages": (Message, "conversation__customer", "conversation__channel at side text"),
    "attachments": (Attachment, "message__conversation__customer", "name sha256 size content_type"),
    "ratings": (RatingRequest, "conversation__customer", "asked_at score comment answered_at"),
    "payments": (Payment, "customer", "provider ref payer amount currency invoice paid_at"),
    "refunds": (
        Refund, "case__customer",
        "case__number status reason currency due amount calculation started_at paid_at why_other",
    ),
    "offers": (
        Offer, "case__customer",
        "case__number kind__name amount currency presented_at accepted_at declined_at expired_at consent",
    ),
    "choices": (PaymentChoice, "case__customer", "payment__ref choice evidence recorded_at"),
    "account": (
        LedgerPosting, "account__customer", "entry__at entry__kind account__kind account__currency amount",
    ),
}  # fmt: skip


def everything(customer: Customer) -> dict[str, Any]:
    """As JSON values, a list per kind of record."""
    names = ("ext_id", "name", "value_band", "lang", "contacts", "created_at", "erased_at")
    held: dict[str, Any] = {"customer": {name: _plain(getattr(customer, name)) for name in names}}
    for title, (model, path, fields) in FIELDS.items():
        held[title] = _rows(model._default_manager.filter(**{path: customer}), *fields.split())
    return held


def counted(customer: Customer) -> dict[str, int]:
    """How many records of each kind there are."""
    return {
        title: model._default_manager.filter(**{path: customer}).count()
        for title, (model, path, _fields) in FIELDS.items()
    }


def _rows(rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return [
        {name.replace("__", "_"): _plain(value) for name, value in one.items()}
        for one in rows.order_by("pk").values(*names)
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def policy_at(at: datetime) -> RetentionPolicy | None:
    """The retention periods in force."""
    return RetentionPolicy.objects.on(local_day(at)).first()


def quiet_since(at: datetime, months: int) -> QuerySet[Customer]:
    """Customers without an open case whose last case closed longer ago than so many months (of 30 days)."""
    cases = CrisisCase.objects.filter(customer=OuterRef("pk"))
    limit = at - months * MONTH
    return Customer.objects.filter(created_at__lt=limit).exclude(
        Exists(cases.exclude(stage=CaseStage.CLOSED))
    ).exclude(Exists(cases.filter(closed_at__gte=limit)))  # fmt: skip
