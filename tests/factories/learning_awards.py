"""Certificates and permits for tests, by the product's own actions."""

from datetime import date
from itertools import count
from typing import Any

from nastavnik.learning.actions import certificate_kinds, certificates, permits
from nastavnik.learning.models import Certificate, CertificateKind, ContactType, Permit
from nastavnik.people.models import Person
from tests.factories.people import AT

_numbers = count(1)


def a_contact_type(code: str = "refunds", **fields: Any) -> ContactType:
    made = {"code": code, "title": "Возвраты", "title_en": "Refunds", "needed_from": date(2026, 1, 1)}
    return certificate_kinds.save_contact_type(contact_type=None, by=None, at=AT, **{**made, **fields})


def a_certificate_kind(code: str = "", **fields: Any) -> CertificateKind:
    """Valid twelve months, renewable thirty days before, ten grace days, counted from the old end."""
    made: dict[str, Any] = {
        "code": code or f"kind-{next(_numbers)}",
        "title": "Деньги клиента",
        "title_en": "Customer's money",
        "valid_months": 12,
        "window_days": 30,
        "grace_days": 10,
        "contact_types": [],
    }
    return certificate_kinds.save_kind(kind=None, by=None, at=AT, **{**made, **fields})


def a_certificate(person: Person, kind: CertificateKind | None = None, **fields: Any) -> Certificate:
    return certificates.award(
        **{"person": person, "kind": kind or a_certificate_kind(), "by": None, "at": AT, **fields}
    )


def a_permit(person: Person, contact_type: ContactType, **fields: Any) -> Permit:
    made = {"since": date(2026, 11, 1), "until": None, "reason": "Решение руководителя", "by": None, "at": AT}
    return permits.grant(person=person, contact_type=contact_type, **{**made, **fields})
