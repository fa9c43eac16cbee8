"""Certificates are awarded, revoked, and followed through their days. Permits come and go with them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish, publish_all
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
    with transaction.atomic():
        found = award_all(earned=[Earned(person.pk, reason, evidence)], kind=kind, by=by, at=at, completed=completed)
        if not found:
            raise NotAtWork(person=str(person))
    return found[0]


@dataclass(frozen=True)
class Earned:
    """That a person (by id) has earned a certificate, why, and the rows it rests on."""

    person_id: int
    reason: str = ""
    evidence: Sequence[dict[str, Any]] = ()


def award_all(
    *, earned: Sequence[Earned], kind: CertificateKind, by: Person | None, at: datetime, completed: date | None = None
) -> list[Certificate]:
    """`award` for many people of one kind, in a fixed number of statements. Who is not employed on the day is left out.

    Raises KindClosed.
    """
    day = completed or local_day(at)
    if not kind.is_active:
        raise KindClosed(kind=str(kind))
    people = sorted({one.person_id for one in earned})
    with transaction.atomic():
        # The person's row is the lock under which cycles are counted.
        list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
        employed = set(Person.objects.filter(pk__in=people).employed_on(day).values_list("pk", flat=True))
        earlier: dict[int, list[Certificate]] = {}
        for one in Certificate.objects.filter(person__in=people, kind=kind).order_by("-cycle"):
            earlier.setdefault(one.person_id, []).append(one)
        known, rows = list[Certificate](), list[Certificate]()
        for one_earned in earned:
            if one_earned.person_id not in employed:
                continue
            before = earlier.get(one_earned.person_id, [])
            previous = next((one for one in before if one.revoked_at is None), None)
            if previous is not None and previous.valid_from == day:
                known.append(previous)
                continue
            rows.append(_next(one_earned, kind, day, before, previous))
        for row in rows:
            row.awarded_at, row.awarded_by = at, by
        made = Certificate.objects.bulk_create(rows, batch_size=1000)
        permits.follow_new(certificates=made, kind=kind, by=by, at=at)
        journal.write_all(
            journal.compose(
                AWARDED, by=by, at=at, subject=one, person_id=one.person_id, reason=one.reason, data=_told(one)
            )
            for one in made
        )
        publish_all([CertificateAwarded(one.pk, one.person_id, kind.code, one.cycle, at) for one in made], at=at)
    return [*known, *made]


def _next(
    earned: Earned, kind: CertificateKind, day: date, earlier: Sequence[Certificate], previous: Certificate | None
) -> Certificate:
    """The next cycle, not yet written."""
    span = span_of(kind.terms, day, previous.span if previous else None)
    return Certificate(
        kind=kind, person_id=earned.person_id, number=new_number(), cycle=earlier[0].cycle + 1 if earlier else 1,
        valid_from=span.start, valid_to=span.end, window_from=span.window, grace_until=span.grace,
        evidence=list(earned.evidence), reason=earned.reason[:300],
    )  # fmt: skip


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
