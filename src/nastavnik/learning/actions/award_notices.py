"""What holders, and their leads, are told about certificates."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from nastavnik.learning.actions.notices import Saying, notify, notify_each, settle
from nastavnik.learning.enums import NoticeKind
from nastavnik.learning.models import Certificate, Notice

AWARDED = gettext_noop("You have the certificate «{kind}»")
REVOKED = gettext_noop("Your certificate «{kind}» is revoked")
EXPIRING = gettext_noop("The certificate «{kind}» ends on {last}: it is time to renew it")
EXPIRED = gettext_noop("The certificate «{kind}» has ended")


def tell_awarded(*, certificate_id: int, at: datetime) -> None:
    """The new holder is told, and what asked for a renewal is settled."""
    certificate = _certificate(certificate_id)
    settle(object_key=_key(certificate), person=certificate.person, at=at)
    _tell(certificate, AWARDED, kind=NoticeKind.DECISION, at=at, key="awarded")


def tell_all_awarded(*, certificate_ids: Collection[int], at: datetime) -> int:
    """`tell_awarded` for many, in a fixed number of statements for each kind; returns how many were told."""
    rows = list(Certificate.objects.filter(pk__in=certificate_ids).select_related("kind").order_by("pk"))
    for kind in {one.kind.code for one in rows}:
        holders = [one.person_id for one in rows if one.kind.code == kind]
        asked = Notice.objects.filter(object_key=f"certificate:{kind}:", person__in=holders, needs_action=True)
        asked.filter(settled_at=None).update(settled_at=at)
    sayings = [
        Saying(one.person_id, NoticeKind.DECISION, AWARDED, _key(one, "awarded"), _params(one), _url(one))
        for one in rows
    ]
    return notify_each(sayings, at=at)


def tell_revoked(*, certificate_id: int, at: datetime) -> None:
    """Whoever lost a certificate is told at once, with the reason; so is the lead."""
    certificate = _certificate(certificate_id)
    _tell(
        certificate, REVOKED, kind=NoticeKind.DECISION, at=at, key="revoked", body="{reason}", urgent=True,
        copy_to_lead=True,
    )  # fmt: skip


def tell_expiring(*, certificate_id: int, at: datetime) -> None:
    """The days of renewal have begun: it climbs to the lead when nothing happens."""
    _tell(_certificate(certificate_id), EXPIRING, kind=NoticeKind.EXPIRY, at=at, needs_action=True)


def tell_expired(*, certificate_id: int, at: datetime) -> None:
    """It ended without a renewal; the lead has a copy."""
    certificate = _certificate(certificate_id)
    _tell(certificate, EXPIRED, kind=NoticeKind.OVERDUE, at=at, needs_action=True, copy_to_lead=True)


def _certificate(certificate_id: int) -> Certificate:
    return Certificate.objects.select_related("kind", "person").get(pk=certificate_id)


def _key(certificate: Certificate, key: str = "") -> str:
    return f"certificate:{certificate.kind.code}:{key}"


def _tell(certificate: Certificate, title: str, *, kind: NoticeKind, at: datetime, key: str = "", **more: Any) -> None:
    notify(
        person=certificate.person, kind=kind, title=title, object_key=_key(certificate, key), at=at,
        params=_params(certificate), url=_url(certificate), **more,
    )  # fmt: skip


def _params(certificate: Certificate) -> dict[str, Any]:
    name = {"name": certificate.kind.title, "name_en": certificate.kind.title_en}
    params: dict[str, Any] = {"kind": name, "reason": certificate.revocation_reason}
    if certificate.valid_to:
        params["last"] = {"day": (certificate.valid_to - timedelta(days=1)).isoformat()}
    return params


def _url(certificate: Certificate) -> str:
    return reverse("learning:certificate-detail", args=[certificate.public_id])
