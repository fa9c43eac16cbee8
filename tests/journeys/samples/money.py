"""Addresses of this room in the walk."""

from datetime import date
from typing import Any

CASE, CUSTOMER, OFFER, APPROVAL = "money-case", "money-customer", "money-offer", "money-approval"
PAYMENT, PAIR, BUDGET, KIND, REFUND = "money-payment", "money-pair", "money-budget", "money-kind", "money-refund"
PK = 900_001
NO_SUCH = "no-such-record"


def _ids(*known: str) -> list[dict[str, Any]]:
    return [{"public_id": one} for one in (*known, NO_SUCH)]


SAMPLES: dict[str, list[dict[str, Any]]] = {
    "crisis:offer-panel": _ids(CASE),
    "crisis:refund-panel": _ids(CASE),
    "crisis:account-panel": _ids(CASE),
    "crisis:refund-approve": _ids(REFUND),
    "crisis:offer-act": [{"public_id": OFFER, "do": do} for do in ("present", "accept", "decline", "no-such-act")],
    "crisis:approval-decide": _ids(APPROVAL),
    "crisis:payment-detail": _ids(PAYMENT),
    "crisis:duplicate-judge": _ids(PAIR),
    "crisis:account-detail": _ids(CUSTOMER),
    "crisis:reconciliation-detail": [{"pk": PK}, {"pk": 1}],
    "crisis:matrix-change": [{"pk": PK}, {"pk": 1}],
    "crisis:matrix-end": [{"pk": PK}],
    "crisis:kind-edit": _ids(KIND),
    "crisis:budget-edit": _ids(BUDGET),
    "crisis:flag-judge": [{"pk": PK}],
    "crisis:customer-data": _ids(CUSTOMER),
    "crisis:customer-export": _ids(CUSTOMER),
    "crisis:customer-erase": _ids(CUSTOMER),
    "api:ask": _ids(),
    "api:answer": _ids(),
    "crisis:rate": [{"token": "no-such-token"}],
}
PUBLIC: dict[str, str] = {"crisis:rate": "customers rate a contact by a signed link, without logging in"}


def plant(centre: Any) -> None:
    """Records of people of several teams, so that the walk would see them leak."""
    from nastavnik.crisis.models import (
        AbuseFlag,
        Approval,
        AuthorityLimit,
        Budget,
        DuplicateCandidate,
        MatrixRow,
        Offer,
        OfferKind,
        Payment,
        Reconciliation,
        Refund,
    )
    from tests.factories.crisis import a_bare_case, a_contract, a_customer
    from tests.factories.people import AT, a_ladder

    customer = a_customer(public_id=CUSTOMER)
    case = a_bare_case(a_contract(customer), public_id=CASE, assignee=centre.stranger)
    since = date(2026, 1, 1)
    kind = OfferKind.objects.create(public_id=KIND, code="walk", name="Зачисление")
    row = MatrixRow.objects.create(pk=PK, kind=kind, most=10_000, active_from=since)
    grade = a_ladder("walk-ladder", "Кризисный стол").grades.order_by("rank").first()
    limit = AuthorityLimit.objects.create(grade=grade, kind=kind, most=10_000, active_from=since)
    budget = Budget.objects.create(public_id=BUDGET, amount=10_000, active_from=since)
    offer = Offer.objects.create(
        public_id=OFFER, case=case, kind=kind, amount=100, issue="lesson", fault="ours", matrix_row=row, limit=limit,
        budget=budget, made_by=centre.stranger, made_at=AT, expires_at=AT,
    )  # fmt: skip
    Approval.objects.create(public_id=APPROVAL, offer=offer, maker=centre.stranger, asked_at=AT, expires_at=AT)
    AbuseFlag.objects.create(pk=PK, offer=offer, sign="often", raised_at=AT)
    paid = {"provider": "bank", "payer": "79", "customer": customer, "amount": 5, "currency": "RUB", "received_at": AT}
    first = Payment.objects.create(ref="walk-1", paid_at=AT, **paid)
    second = Payment.objects.create(public_id=PAYMENT, ref="walk-2", paid_at=AT, **paid)
    DuplicateCandidate.objects.create(
        public_id=PAIR, first=first, second=second, rule="walk", verdict="confirmed", found_at=AT, judged_at=AT,
        judged_by=centre.partners_person,
    )  # fmt: skip
    Reconciliation.objects.create(pk=PK, provider="bank", date=since, made_at=AT)
    Refund.objects.create(
        public_id=REFUND, case=case, contract=case.contract, started_by=centre.stranger, started_at=AT, amount=5, due=3,
        counted_by=centre.stranger,
    )  # fmt: skip
