"""Permits are granted with a certificate or by a decision, and withdrawn; they end by themselves on their last day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry
from nastavnik.learning.enums import PermitSource
from nastavnik.learning.errors import (
    AlreadyWithdrawn,
    FollowsTheCertificate,
    NotAtWork,
    PermitEndsBeforeItBegins,
    PermitRunsAlready,
    ReasonNeeded,
)
from nastavnik.learning.models import Certificate, CertificateKind, ContactType, Permit
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person

GRANTED, WITHDRAWN = "learning.permit_granted", "learning.permit_withdrawn"
KIND_NO_LONGER = "The certificate no longer permits such contacts."


def grant(
    *,
    person: Person,
    contact_type: ContactType,
    since: date,
    until: date | None,
    reason: str,
    by: Person | None,
    at: datetime,
    evidence: Sequence[dict[str, Any]] = (),
) -> Permit:
    """Permit by a decision of `by`, from `since` until (not including) `until`; None has no end.

    Raises ReasonNeeded, PermitEndsBeforeItBegins, NotAtWork, PermitRunsAlready.
    """
    if not reason.strip():
        raise ReasonNeeded
    if until is not None and until <= since:
        raise PermitEndsBeforeItBegins
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if not person.employments.on(since).exists():
            raise NotAtWork(person=str(person))
        same = Permit.objects.filter(person=person, contact_type=contact_type, certificate=None, withdrawn_at=None)
        if same.within(since, until or date.max).exists():
            raise PermitRunsAlready(person=str(person))
        permit = Permit.objects.create(
            person=person, contact_type=contact_type, active_from=since, active_to=until, reason=reason.strip()[:300],
            source=PermitSource.DECISION, evidence=list(evidence), granted_at=at, granted_by=by,
        )  # fmt: skip
        _note(GRANTED, permit, by=by, at=at, reason=reason)
    return permit


def withdraw(*, permit: Permit, reason: str, by: Person | None, at: datetime) -> None:
    """End a permit of a decision at once. Raises ReasonNeeded, FollowsTheCertificate, AlreadyWithdrawn."""
    if not reason.strip():
        raise ReasonNeeded
    if permit.source == PermitSource.CERTIFICATE:
        raise FollowsTheCertificate
    with transaction.atomic():
        if not _withdraw(Permit.objects.filter(pk=permit.pk), reason=reason, by=by, at=at):
            raise AlreadyWithdrawn
    permit.refresh_from_db()


def follow(*, certificate: Certificate, by: Person | None, at: datetime) -> None:
    """Give a certificate in force the permits of its kind, and withdraw those the kind gives no longer.

    In the caller's transaction. A permit lasts through the grace days.
    """
    day = local_day(at)
    if certificate.revoked_at or (certificate.grace_until is not None and certificate.grace_until <= day):
        return
    wanted = {one.pk: one for one in certificate.kind.contact_types.all()}
    held = Permit.objects.filter(certificate=certificate, withdrawn_at=None)
    _withdraw(held.exclude(contact_type__in=wanted), reason=KIND_NO_LONGER, by=by, at=at)
    known = set(held.values_list("contact_type_id", flat=True))
    begin = certificate.valid_from if certificate.awarded_at == at else max(certificate.valid_from, day)
    if certificate.grace_until is not None and certificate.grace_until <= begin:
        return
    for contact_type in (one for key, one in wanted.items() if key not in known):
        permit = Permit.objects.create(
            person_id=certificate.person_id, contact_type=contact_type, active_from=begin,
            active_to=certificate.grace_until, source=PermitSource.CERTIFICATE, certificate=certificate,
            evidence=[_evidence(certificate), *certificate.evidence], granted_at=at, granted_by=by,
        )  # fmt: skip
        _note(GRANTED, permit, by=by, at=at)


def follow_new(*, certificates: Sequence[Certificate], kind: CertificateKind, by: Person | None, at: datetime) -> None:
    """Give certificates awarded just now, all of one kind, their permits; in the caller's transaction."""
    day = local_day(at)
    wanted = list(kind.contact_types.all())
    rows = [
        Permit(
            person_id=one.person_id, contact_type=contact_type, active_from=one.valid_from, active_to=one.grace_until,
            source=PermitSource.CERTIFICATE, certificate=one, evidence=[_evidence(one), *one.evidence], granted_at=at,
            granted_by=by,
        )
        for one in certificates
        if one.grace_until is None or one.grace_until > max(day, one.valid_from)
        for contact_type in wanted
    ]  # fmt: skip
    made = Permit.objects.bulk_create(rows, batch_size=1000)
    journal.write_all(_entry(GRANTED, one, by=by, at=at) for one in made)


def follow_kind(*, kind: CertificateKind, by: Person | None, at: datetime) -> None:
    """Bring the permits of every running certificate of the kind in line with it, in the caller's transaction."""
    day = local_day(at)
    running = Certificate.objects.filter(kind=kind, revoked_at=None).filter(
        Q(grace_until__isnull=True) | Q(grace_until__gt=day)
    )
    for certificate in running.select_related("kind").prefetch_related("kind__contact_types"):
        follow(certificate=certificate, by=by, at=at)


def withdraw_all_of(*, certificate: Certificate, reason: str, by: Person | None, at: datetime) -> None:
    """Withdraw what rests on the certificate, in the caller's transaction."""
    _withdraw(Permit.objects.filter(certificate=certificate), reason=reason, by=by, at=at)


def withdraw_of_leavers(*, at: datetime, person_id: int | None = None) -> int:
    """Withdraw what people no longer employed may take (all of them, or one); returns how many permits.

    Certificates stay what they are.
    """
    day = local_day(at)
    running = Permit.objects.in_force(day, at).exclude(person__in=Person.objects.employed_on(day))
    if person_id is not None:
        running = running.filter(person_id=person_id)
    with transaction.atomic():
        return _withdraw(running, reason="The employment has ended.", by=None, at=at)


def withdraw_rows(rows: Any, *, reason: str, by: Person | None, at: datetime) -> int:
    """Withdraw all of the rows, whatever they rest on; returns how many. For rules such as a launch."""
    with transaction.atomic():
        return _withdraw(rows, reason=reason, by=by, at=at)


def _withdraw(rows: Any, *, reason: str, by: Person | None, at: datetime) -> int:
    """Withdraw those of the rows that are not yet withdrawn; returns how many."""
    found = list(rows.filter(withdrawn_at=None).select_related("contact_type").select_for_update(of=("self",)))
    for permit in found:
        permit.withdrawn_at, permit.withdrawn_by, permit.withdrawal_reason = at, by, reason.strip()[:300]
        permit.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        _note(WITHDRAWN, permit, by=by, at=at, reason=reason)
    return len(found)


def _evidence(certificate: Certificate) -> dict[str, Any]:
    return {"label": certificate.kind.title, "reference": certificate.number, "at": certificate.awarded_at.isoformat()}


def _entry(kind: str, permit: Permit, *, by: Person | None, at: datetime, reason: str = "") -> JournalEntry:
    contact, end = permit.contact_type, permit.active_to
    data = {
        "contact_type": {"name": contact.title, "name_en": contact.title_en},
        "since": permit.active_from.isoformat(),
        "until": end.isoformat() if end else None,
    }
    return journal.compose(
        kind, by=by, at=at, subject=permit, person_id=permit.person_id, reason=reason, data=data
    )  # fmt: skip


def _note(kind: str, permit: Permit, *, by: Person | None, at: datetime, reason: str = "") -> None:
    journal.write_all([_entry(kind, permit, by=by, at=at, reason=reason)])
