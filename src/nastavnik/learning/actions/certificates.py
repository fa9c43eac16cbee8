"""Certificates are awarded, revoked, and followed through their days. Permits come and go with them."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.learning.actions import permits
from nastavnik.learning.enums import CertificateState
from nastavnik.learning.errors import AlreadyRevoked, KindClosed, NotAtWork, ReasonNeeded
from nastavnik.learning.events import (
    CertificateAwarded,
    CertificateExpired,
    CertificateExpiring,
    CertificateRevoked,
)
from nastavnik.learning.logic.certificates import span_of
from nastavnik.learning.models import Certificate, CertificateKind, CertificateTurn
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person

AWARDED, REVOKED = "learning.certificate_awarded", "learning.certificate_revoked"
# Letters and figures nobody mistakes for one another (Crockford): 16 of them are 80 bits, which nobody can guess.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_number() -> str:
    """«7K2M-…-…-…»: the number under which anybody may check a certificate."""
    drawn = "".join(secrets.choice(_LETTERS) for _place in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def award(
    *,
    person: Person,
    kind: CertificateKind,
    by: Person | None,
    at: datetime,
    reason: str = "",
    evidence: Sequence[dict[str, Any]] = (),
    completed: date | None = None,
) -> Certificate:
    """Award the next cycle, earned on `completed` (the local day of `at` unless given), with the kind's permits.

    `evidence` is rows {"label": text, "reference": text, "at": iso moment}, with "enrolment" (its public id) where a
    programme awards. The same day again gives the certificate already there. Raises KindClosed, NotAtWork.
    """
    day = completed or local_day(at)
    if not kind.is_active:
        raise KindClosed(kind=str(kind))
    with transaction.atomic():
        # The person's row is the lock under which cycles are counted.
        Person.objects.select_for_update().get(pk=person.pk)
        if not person.employments.on(day).exists():
            raise NotAtWork(person=str(person))
        earlier = list(Certificate.objects.filter(person=person, kind=kind).order_by("-cycle"))
        previous = next((one for one in earlier if one.revoked_at is None), None)
        if previous is not None and previous.valid_from == day:
            return previous
        span = span_of(kind.terms, day, previous.span if previous else None)
        certificate = Certificate.objects.create(
            kind=kind, person=person, number=new_number(), cycle=earlier[0].cycle + 1 if earlier else 1,
            valid_from=span.start, valid_to=span.end, window_from=span.window, grace_until=span.grace,
            evidence=list(evidence), reason=reason[:300], awarded_at=at, awarded_by=by,
        )  # fmt: skip
        permits.follow(certificate=certificate, by=by, at=at)
        journal.write(
            AWARDED, by=by, at=at, subject=certificate, person_id=person.pk, reason=reason, data=_told(certificate)
        )
        publish(CertificateAwarded(certificate.pk, person.pk, kind.code, certificate.cycle, at), at=at)
    return certificate


def _told(certificate: Certificate) -> dict[str, Any]:
    """What the journal keeps: the kind's name of that time, the cycle and the last day."""
    kind, end = certificate.kind, certificate.valid_to
    return {
        "kind": {"name": kind.title, "name_en": kind.title_en},
        "cycle": certificate.cycle,
        "valid_to": end.isoformat() if end else None,
    }


def revoke(*, certificate: Certificate, reason: str, by: Person | None, at: datetime) -> None:
    """Take the certificate away, with whatever earlier cycle of its kind still runs, and the permits of them all.

    Raises ReasonNeeded, AlreadyRevoked.
    """
    if not reason.strip():
        raise ReasonNeeded
    day = local_day(at)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=certificate.person_id)
        held = Certificate.objects.filter(person_id=certificate.person_id, kind_id=certificate.kind_id, revoked_at=None)
        taken = [
            one
            for one in held.select_related("kind").order_by("cycle")
            if one.pk == certificate.pk
            or (one.cycle < certificate.cycle and (one.grace_until is None or one.grace_until > day))
        ]
        if certificate.pk not in {one.pk for one in taken}:
            raise AlreadyRevoked
        for one in taken:
            one.revoked_at, one.revoked_by, one.revocation_reason = at, by, reason.strip()[:300]
            one.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
            permits.withdraw_all_of(certificate=one, reason=reason, by=by, at=at)
            journal.write(REVOKED, by=by, at=at, subject=one, person_id=one.person_id, reason=reason, data=_told(one))
            publish(CertificateRevoked(one.pk, one.person_id, one.kind.code, at), at=at)
    certificate.refresh_from_db()


def follow_days(*, at: datetime) -> int:
    """Tell, once each, which certificates may be renewed from today and which have ended; returns how many were told.

    A renewed certificate is past telling. Idempotent: what was told stands in `CertificateTurn`.
    """
    day = local_day(at)
    rows = Certificate.objects.with_renewal().filter(revoked_at=None, window_from__lte=day)
    told = 0
    for one in rows.select_related("kind").exclude(turns__state=CertificateState.EXPIRED).iterator(chunk_size=500):
        state = one.state_on(day)
        if state in (CertificateState.WINDOW, CertificateState.GRACE, CertificateState.EXPIRED):
            told += _tell(one, state, at)
    return told


def _tell(certificate: Certificate, state: CertificateState, at: datetime) -> int:
    """Grace days are already after the end: the end is told when they begin."""
    ended = state != CertificateState.WINDOW
    turn = CertificateState.EXPIRED if ended else CertificateState.WINDOW
    event = CertificateExpired if ended else CertificateExpiring
    with transaction.atomic():
        _turn, first = CertificateTurn.objects.get_or_create(
            certificate=certificate, state=turn, defaults={"told_at": at}
        )
        if first and certificate.valid_to:
            publish(event(certificate.pk, certificate.person_id, certificate.kind.code, certificate.valid_to), at=at)
    return int(first)
