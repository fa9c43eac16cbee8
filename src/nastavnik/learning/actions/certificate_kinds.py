"""Kinds of certificates and contact types are written down and changed. What was awarded keeps its days."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.learning.actions import permits
from nastavnik.learning.errors import CodeTaken
from nastavnik.learning.models import CertificateKind, ContactType
from nastavnik.people.models import Line, Person

KIND_SAVED, TYPE_SAVED = "learning.certificate_kind_saved", "learning.contact_type_saved"
KIND_FIELDS = (
    "code", "title", "title_en", "valid_months", "expiry_month", "window_days", "grace_days", "renewal_from",
    "is_active",
)  # fmt: skip


def save_kind(
    *,
    kind: CertificateKind | None,
    contact_types: Sequence[ContactType],
    by: Person | None,
    at: datetime,
    **fields: Any,
) -> CertificateKind:
    """Write down a kind (None: a new one) with `KIND_FIELDS`; running certificates get or lose permits with it.

    New days hold for certificates awarded from now on. Raises CodeTaken.
    """
    saved = kind or CertificateKind()
    for name in KIND_FIELDS:
        if name in fields:
            setattr(saved, name, fields[name])
    if CertificateKind.objects.filter(code=saved.code).exclude(pk=saved.pk).exists():
        raise CodeTaken(code=saved.code)
    with transaction.atomic():
        is_new = saved.pk is None
        saved.save()
        saved.contact_types.set(contact_types)
        permits.follow_kind(kind=saved, by=by, at=at)
        data = {"name": {"name": saved.title, "name_en": saved.title_en}, "is_new": is_new}
        journal.write(KIND_SAVED, by=by, at=at, subject=saved, data=data)
    return saved


def save_contact_type(
    *,
    contact_type: ContactType | None,
    code: str,
    title: str,
    needed_from: date,
    by: Person | None,
    at: datetime,
    title_en: str = "",
    line: Line | None = None,
) -> ContactType:
    """Write down contacts that need a permit from a day on (None: a new type). Raises CodeTaken."""
    saved = contact_type or ContactType()
    is_new = saved.pk is None
    if ContactType.objects.filter(code=code).exclude(pk=saved.pk).exists():
        raise CodeTaken(code=code)
    saved.code, saved.title, saved.title_en, saved.line, saved.needed_from = code, title, title_en, line, needed_from
    with transaction.atomic():
        saved.save()
        data = {
            "name": {"name": title, "name_en": title_en}, "is_new": is_new, "needed_from": needed_from.isoformat()
        }  # fmt: skip
        journal.write(TYPE_SAVED, by=by, at=at, subject=saved, data=data)
    return saved
