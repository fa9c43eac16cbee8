"""How cases come in: by hand, from files, from other systems, from the public form. One way for all of them.

A customer, a contract and a conversation are known by the numbers their own systems give. What comes again is found
again: a conversation with the same number goes on, an open case of the same matter takes it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from nastavnik.crisis.actions import cases, messages
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, Severity
from nastavnik.crisis.errors import CurrencyMismatch, OpenRefundCase
from nastavnik.crisis.logic.texts import one_line
from nastavnik.crisis.models import Contract, Conversation, CrisisCase, Customer, DeskSkill
from nastavnik.people.models import Person, Team


@dataclass(frozen=True)
class Arrival:
    """What came. Amounts in minor units; `external_id` is the conversation's number in `origin`."""

    customer_id: str
    kind: str = CaseKind.COMPLAINT
    customer_name: str = ""
    lang: str = "ru"
    contacts: dict[str, str] = field(default_factory=dict)
    value_band: str = ""
    contract_id: str = ""
    contract_title: str = ""
    price: int | None = None
    paid: int | None = None
    used: int | None = None
    currency: str = ""
    severity: int = Severity.MEDIUM
    subject: str = ""
    remedy: str = ""
    channel: str = "chat"
    origin: str = ""
    external_id: str = ""
    opened_at: datetime | None = None
    team: Team | None = None
    skill: DeskSkill | None = None
    said: Sequence[Said] = ()


@dataclass(frozen=True)
class Admitted:
    """The case it belongs to, whether it is new, how many messages were."""

    case: CrisisCase
    is_new: bool
    messages: int


def admit(*, arrival: Arrival, by: Person | None, at: datetime) -> Admitted:
    """Take in what came. The same again changes nothing. Raises CurrencyMismatch."""
    with transaction.atomic():
        customer = customer_of(arrival, at=at)
        contract = _contract(arrival, customer)
        known = _conversation(arrival)
        case, is_new = (known.case, False) if known and known.case else _case(arrival, customer, contract, by=by, at=at)
        new = 0
        if arrival.said or arrival.external_id:
            began = min([one.at for one in arrival.said] + [arrival.opened_at or at, at])
            talk = known or messages.converse(
                customer=customer, case=case, channel=arrival.channel, at=began, origin=arrival.origin,
                external_id=arrival.external_id,
            )  # fmt: skip
            new = len(messages.receive(conversation=talk, said=arrival.said, at=at))
    case.refresh_from_db()
    return Admitted(case, is_new, new)


def customer_of(arrival: Arrival, *, at: datetime) -> Customer:
    """The customer with this number; what is newly told of one is added, nothing is overwritten by nothing."""
    given = {
        "name": one_line(arrival.customer_name, 200), "value_band": one_line(arrival.value_band, 20),
        "contacts": arrival.contacts, "lang": arrival.lang if arrival.lang in ("ru", "en") else "ru",
    }  # fmt: skip
    made = {**given, "created_at": at, "search_text": _search_text(arrival.customer_id, arrival.customer_name)}
    customer, new = Customer.objects.get_or_create(ext_id=arrival.customer_id[:120], defaults=made)
    if not new and customer.erased_at is None and given["name"] and not customer.name:
        customer.name = str(given["name"])
        customer.contacts = customer.contacts or given["contacts"]
        customer.search_text = _search_text(customer.ext_id, customer.name)
        customer.save(update_fields=["name", "contacts", "search_text"])
    return customer


def _search_text(*parts: str) -> str:
    return " ".join(" ".join(parts).lower().replace("ё", "е").split())


def _contract(arrival: Arrival, customer: Customer) -> Contract | None:
    """The contract with this number. Its amounts are those of its first telling; the ledger changes them later."""
    if not arrival.contract_id:
        return None
    currency = arrival.currency or "RUB"
    price = arrival.price if arrival.price is not None else (arrival.paid or 0)
    made = {
        "customer": customer, "title": one_line(arrival.contract_title, 200), "currency": currency, "price": price,
        "paid": arrival.paid or 0, "used": arrival.used or 0,
    }  # fmt: skip
    contract, _new = Contract.objects.get_or_create(ext_id=arrival.contract_id[:120], defaults=made)
    if arrival.currency and contract.currency != arrival.currency:
        raise CurrencyMismatch(wanted=contract.currency, given=arrival.currency)
    return contract


def _conversation(arrival: Arrival) -> Conversation | None:
    if not arrival.external_id:
        return None
    rows = Conversation.objects.filter(origin=arrival.origin, external_id=arrival.external_id)
    return rows.select_related("case", "customer").first()


def _case(
    arrival: Arrival, customer: Customer, contract: Contract | None, *, by: Person | None, at: datetime
) -> tuple[CrisisCase, bool]:
    """The open case of the same matter, else a new one. Simultaneous arrivals of one contract meet in one case."""
    same = CrisisCase.objects.open().filter(customer=customer, contract=contract, kind=arrival.kind)
    if (found := same.order_by("opened_at").first()) is not None:
        return found, False
    try:
        with transaction.atomic():
            return cases.open_case(
                customer=customer, contract=contract, kind=arrival.kind, severity=arrival.severity, team=arrival.team,
                skill=arrival.skill, subject=arrival.subject, remedy=arrival.remedy, opened_at=arrival.opened_at, by=by,
                at=at,
            ), True  # fmt: skip
    except (OpenRefundCase, IntegrityError):
        return same.get(), False
