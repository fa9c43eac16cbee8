"""Certificates are awarded, renewed, revoked; permits come and go with them; nothing of it is lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.learning.actions import certificate_kinds, certificates, permits
from nastavnik.learning.enums import CertificateState
from nastavnik.learning.errors import (
    AlreadyRevoked,
    AlreadyWithdrawn,
    CodeTaken,
    FollowsTheCertificate,
    KindClosed,
    NotAtWork,
    PermitEndsBeforeItBegins,
    PermitRunsAlready,
    ReasonNeeded,
)
from nastavnik.learning.models import Certificate, Permit
from nastavnik.learning.queries.certificates import valid_kinds, valid_kinds_of
from nastavnik.learning.queries.permits import may_take, permitted
from nastavnik.learning.reactions import withdraw_the_permits_of_a_leaver
from nastavnik.people.actions.employments import leave
from nastavnik.people.events import EmploymentChanged
from tests.factories.learning_awards import a_certificate, a_certificate_kind, a_contact_type, a_permit
from tests.factories.people import AT, a_person, an_organisation

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def told() -> list[tuple[str, dict[str, Any]]]:
    rows = OutboxEvent.objects.filter(kind__startswith="learning.Certificate").order_by("pk")
    return [(row.kind, row.payload) for row in rows]


def test_an_award_is_a_row_with_days_a_number_and_an_event() -> None:
    person, kind = a_person(), a_certificate_kind("money")
    made = a_certificate(person, kind, reason="Сдан экзамен")
    assert (made.cycle, made.valid_from, made.valid_to) == (1, DAY, date(2027, 11, 23))
    assert (made.window_from, made.grace_until) == (date(2027, 10, 24), date(2027, 12, 3))
    assert len(made.number.replace("-", "")) == 16
    assert told() == [
        (
            "learning.CertificateAwarded",
            {"certificate_id": made.pk, "person_id": person.pk, "kind_code": "money", "cycle": 1, "at": AT.isoformat()},
        )
    ]
    entry = JournalEntry.objects.get(kind="learning.certificate_awarded")
    assert sentence(entry) == "Выдан сертификат «Деньги клиента», действует по 22\u00a0нояб.\u00a02027"
    assert valid_kinds(person, AT) == {"money"}
    assert valid_kinds_of([person.pk, 0], AT) == {person.pk: {"money"}}


def test_the_same_day_again_gives_the_same_certificate() -> None:
    person, kind = a_person(), a_certificate_kind()
    assert a_certificate(person, kind) == a_certificate(person, kind)
    assert Certificate.objects.count() == 1


def test_a_renewal_is_a_new_cycle_and_the_old_one_stays() -> None:
    person, kind = a_person(), a_certificate_kind()
    first = a_certificate(person, kind)
    second = a_certificate(person, kind, at=on(date(2027, 11, 1)))
    assert (second.cycle, second.valid_from, second.valid_to) == (2, date(2027, 11, 1), date(2028, 11, 23))
    rows = Certificate.objects.with_renewal().order_by("cycle")
    assert [one.state_on(date(2027, 11, 1)) for one in rows] == [CertificateState.RENEWED, CertificateState.VALID]
    assert list(Certificate.objects.newest_of_each()) == [second]
    assert Certificate.objects.get(pk=first.pk).valid_to == date(2027, 11, 23)


def test_a_revoked_certificate_gives_no_days_to_the_next_one() -> None:
    person, kind = a_person(), a_certificate_kind()
    first = a_certificate(person, kind)
    certificates.revoke(certificate=first, reason="Ошибка", by=None, at=AT)
    again = a_certificate(person, kind)
    assert (again.cycle, again.valid_to) == (2, date(2027, 11, 23))


def test_a_closed_kind_and_a_person_not_at_work_are_refused() -> None:
    closed = a_certificate_kind(is_active=False)
    with pytest.raises(KindClosed):
        a_certificate(a_person(), closed)
    with pytest.raises(NotAtWork):
        a_certificate(a_person(), at=on(date(2026, 1, 5)))


def test_the_database_refuses_to_change_or_delete_what_was_awarded() -> None:
    made = a_certificate(a_person())
    changes: list[Callable[[], Any]] = [
        lambda: Certificate.objects.filter(pk=made.pk).update(valid_to=date(2030, 1, 1)),
        lambda: Certificate.objects.filter(pk=made.pk).delete(),
        lambda: Certificate.objects.filter(pk=made.pk).update(revoked_at=AT),  # without a reason
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    certificates.revoke(certificate=made, reason="Подлог", by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(revoked_at=None, revocation_reason="")


def test_the_database_refuses_a_second_certificate_of_the_cycle_and_reversed_days() -> None:
    made = a_certificate(a_person())
    same = {"kind": made.kind, "person": made.person, "valid_from": DAY, "awarded_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(number="A", cycle=1, **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(number="B", cycle=2, valid_to=DAY, window_from=DAY, grace_until=DAY, **same)


def test_revoking_needs_a_reason_and_happens_once() -> None:
    made = a_certificate(a_person())
    with pytest.raises(ReasonNeeded):
        certificates.revoke(certificate=made, reason="  ", by=None, at=AT)
    certificates.revoke(certificate=made, reason="Подлог", by=None, at=AT)
    assert (made.state_on(DAY), made.revocation_reason) == (CertificateState.REVOKED, "Подлог")
    with pytest.raises(AlreadyRevoked):
        certificates.revoke(certificate=made, reason="Ещё раз", by=None, at=AT)


def test_revoking_takes_the_cycles_that_still_run_and_their_permits() -> None:
    person, kind = a_person(), a_certificate_kind("money", contact_types=[a_contact_type()])
    a_certificate(person, kind)
    at = on(date(2027, 11, 1))
    second = a_certificate(person, kind, at=at)
    assert may_take(person, "refunds", at)
    certificates.revoke(certificate=second, reason="Подлог", by=None, at=at)
    assert Certificate.objects.filter(revoked_at=None).count() == 0
    assert not may_take(person, "refunds", at)
    assert valid_kinds(person, at) == set()
    assert may_take(person, "refunds", at - timedelta(seconds=1))  # as of the moment before
    assert [kind for kind, _payload in told()].count("learning.CertificateRevoked") == 2


def test_a_certificate_permits_contacts_through_its_grace_days() -> None:
    person, kind = a_person(), a_certificate_kind(contact_types=[a_contact_type()])
    made = a_certificate(person, kind)
    permit = Permit.objects.get()
    assert (permit.active_from, permit.active_to) == (DAY, date(2027, 12, 3))
    assert permit.evidence[0]["reference"] == made.number
    assert may_take(person, "refunds", on(date(2027, 12, 2)))
    assert not may_take(person, "refunds", on(date(2027, 12, 3)))
    assert permitted([person.pk, a_person().pk], "refunds", AT) == {person.pk}


def test_contacts_nobody_restricted_or_not_yet_restricted_are_open_to_all() -> None:
    person = a_person()
    a_contact_type("launch", title="Новый тариф", needed_from=date(2026, 12, 1))
    assert may_take(person, "anything", AT)
    assert may_take(person, "launch", AT)
    assert not may_take(person, "launch", on(date(2026, 12, 1)))
    assert permitted([person.pk], "launch", AT) == {person.pk}


def test_a_kind_that_changes_its_contacts_changes_the_permits_of_running_certificates() -> None:
    person, refunds = a_person(), a_contact_type()
    kind = a_certificate_kind(contact_types=[refunds])
    a_certificate(person, kind)
    later = on(date(2026, 12, 1))
    transfers = a_contact_type("transfers", title="Переводы")
    certificate_kinds.save_kind(kind=kind, contact_types=[transfers], by=None, at=later)
    assert (may_take(person, "refunds", later), may_take(person, "transfers", later)) == (False, True)
    assert Permit.objects.get(contact_type=transfers).active_from == date(2026, 12, 1)


def test_codes_of_kinds_and_contact_types_are_taken_once() -> None:
    a_certificate_kind("money")
    a_contact_type("refunds")
    with pytest.raises(CodeTaken):
        a_certificate_kind("money")
    with pytest.raises(CodeTaken):
        a_contact_type("refunds")


def test_the_nightly_round_tells_each_turn_once() -> None:
    person, kind = a_person(), a_certificate_kind("money")
    made = a_certificate(person, kind)
    a_certificate(a_person(), a_certificate_kind(valid_months=None))
    days = {date(2027, 10, 23): 0, date(2027, 10, 24): 1, date(2027, 10, 25): 0, date(2027, 11, 23): 1}
    for day, count in days.items():
        assert (day, certificates.follow_days(at=on(day))) == (day, count)
    assert certificates.follow_days(at=on(date(2027, 12, 31))) == 0
    payload = {"certificate_id": made.pk, "person_id": person.pk, "kind_code": "money", "valid_to": "2027-11-23"}
    assert told()[2:] == [("learning.CertificateExpiring", payload), ("learning.CertificateExpired", payload)]


def test_renewed_and_revoked_certificates_are_past_telling() -> None:
    kind = a_certificate_kind()
    renewed, revoked = a_person(), a_person()
    a_certificate(renewed, kind)
    a_certificate(renewed, kind, at=on(date(2027, 10, 30)))
    certificates.revoke(certificate=a_certificate(revoked, kind), reason="Подлог", by=None, at=AT)
    assert certificates.follow_days(at=on(date(2027, 12, 10))) == 0


# Permits of a decision ------------------------------------------------------------------------------------------------


def test_a_decision_permits_with_its_reason_and_is_withdrawn_with_one() -> None:
    person, refunds = a_person(), a_contact_type()
    permit = a_permit(person, refunds, until=date(2026, 12, 1))
    assert may_take(person, "refunds", AT)
    assert not may_take(person, "refunds", on(date(2026, 12, 1)))
    with pytest.raises(ReasonNeeded):
        permits.withdraw(permit=permit, reason="", by=None, at=AT)
    permits.withdraw(permit=permit, reason="Жалобы", by=None, at=AT)
    assert not may_take(person, "refunds", AT)
    with pytest.raises(AlreadyWithdrawn):
        permits.withdraw(permit=permit, reason="Жалобы", by=None, at=AT)
    assert a_permit(person, refunds).pk != permit.pk  # a withdrawn one stands in nobody's way


def test_unfit_permits_are_refused() -> None:
    person, refunds = a_person(), a_contact_type()
    a_permit(person, refunds)
    with pytest.raises(PermitRunsAlready):
        a_permit(person, refunds, since=date(2027, 1, 1))
    with pytest.raises(PermitEndsBeforeItBegins):
        a_permit(a_person(), refunds, until=date(2026, 11, 1))
    with pytest.raises(ReasonNeeded):
        a_permit(a_person(), refunds, reason=" ")
    with pytest.raises(NotAtWork):
        a_permit(a_person(), refunds, since=date(2025, 1, 1))


def test_the_permit_of_a_certificate_follows_the_certificate() -> None:
    a_certificate(a_person(), a_certificate_kind(contact_types=[a_contact_type()]))
    with pytest.raises(FollowsTheCertificate):
        permits.withdraw(permit=Permit.objects.get(), reason="Жалобы", by=None, at=AT)


def test_the_database_refuses_a_second_permit_a_groundless_one_and_any_change() -> None:
    permit = a_permit(a_person(), a_contact_type())
    same: dict[str, Any] = {"person": permit.person, "contact_type": permit.contact_type, "granted_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.create(source="decision", reason="Ещё", active_from=DAY, **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.create(source="decision", active_from=date(2020, 1, 1), active_to=date(2020, 2, 1), **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.create(source="certificate", active_from=date(2020, 1, 1), active_to=date(2020, 2, 1), **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.filter(pk=permit.pk).update(active_to=date(2030, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        permit.delete()


def test_somebody_who_left_takes_no_contacts_any_more() -> None:
    person, stays, refunds = a_person(), a_person(), a_contact_type()
    a_permit(person, refunds)
    a_permit(stays, refunds)
    leave(person=person, left=DAY, by=None, at=AT)
    withdraw_the_permits_of_a_leaver(EmploymentChanged(person.pk, DAY), AT)
    assert (may_take(person, "refunds", AT), may_take(stays, "refunds", AT)) == (False, True)


def test_a_leaving_noted_for_later_ends_permits_on_its_day() -> None:
    person, refunds = a_person(), a_contact_type()
    a_permit(person, refunds)
    leave(person=person, left=date(2026, 11, 30), by=None, at=AT)
    assert permits.withdraw_of_leavers(at=AT) == 0
    assert permits.withdraw_of_leavers(at=on(date(2026, 11, 30))) == 1
