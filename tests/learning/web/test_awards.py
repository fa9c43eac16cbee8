"""Certificates, their public check and print, permits and their API, notices: as the people who use them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.kernel import clock
from nastavnik.learning.actions import certificates
from nastavnik.learning.actions.notices import notify
from nastavnik.learning.enums import NoticeKind
from nastavnik.learning.models import Certificate, CertificateKind, ContactType, Dispatch, Notice, Permit
from nastavnik.people.actions import api_keys
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.learning_awards import a_certificate, a_certificate_kind, a_contact_type, a_permit
from tests.factories.people import AT, a_lead, a_person, a_team, an_administrator, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    an_organisation()
    with clock.frozen(AT):
        yield


def enter(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def page(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"learning:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def a_head() -> Person:
    return a_person(role=Role.ACADEMY_HEAD)


# Certificates ---------------------------------------------------------------------------------------------------------


def test_everybody_sees_the_certificates_of_their_reach_only() -> None:
    team = a_team()
    lead, ours, stranger = a_lead(team), a_person(team=team, family_name="Нашева"), a_person(family_name="Чужова")
    kind = a_certificate_kind()
    mine, theirs = a_certificate(ours, kind), a_certificate(stranger, kind)
    for viewer, seen in (
        (lead, (True, False)),
        (ours, (True, False)),
        (stranger, (False, True)),
        (a_head(), (True,) * 2),
    ):
        text = page(enter(viewer), "certificate-list")
        assert ("Нашева" in text, "Чужова" in text) == seen
    assert enter(lead).get(theirs.get_absolute_url()).status_code == 404
    assert "Customer&#x27;s money" in page(enter(lead), "certificate-detail", mine.public_id)


def test_the_list_takes_the_same_number_of_queries_for_one_and_three(django_assert_max_num_queries: object) -> None:
    viewer = enter(a_head())
    a_certificate(a_person())
    page(viewer, "certificate-list")  # the first request warms what is read once
    for more in (0, 2):
        for _number in range(more):
            a_certificate(a_person())
        with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
            page(viewer, "certificate-list")


def test_the_filters_tell_states_apart() -> None:
    viewer, kind = enter(a_head()), a_certificate_kind()
    day = timedelta(days=1)
    people = {name: a_person(family_name=name) for name in ("Свежева", "Окнова", "Льготина", "Прошлова", "Отзывова")}
    for name, before in (("Свежева", 1), ("Окнова", 350), ("Льготина", 370), ("Прошлова", 400), ("Отзывова", 1)):
        Person.objects.get(pk=people[name].pk).employments.update(active_from=date(2020, 1, 1))
        a_certificate(people[name], kind, at=AT - before * day)
    revoked = Certificate.objects.get(person=people["Отзывова"])
    certificates.revoke(certificate=revoked, reason="x", by=None, at=AT)

    def shown(state: str) -> set[str]:
        text = page(viewer, "certificate-list", state=state)
        return {name for name in people if name in text}

    assert [shown(state) for state in ("valid", "window", "grace", "expired", "revoked", "renewed")] == [
        {"Свежева"}, {"Окнова"}, {"Льготина"}, {"Прошлова"}, {"Отзывова"}, set(),
    ]  # fmt: skip


def test_the_head_awards_and_revokes_with_a_reason_and_others_do_not() -> None:
    viewer, person, kind = enter(a_head()), a_person(), a_certificate_kind(contact_types=[a_contact_type()])
    given = {"kind": kind.pk, "person": person.pk, "reason": "Passed elsewhere"}
    viewer.post(reverse("learning:certificate-award"), given)
    made = Certificate.objects.get()
    assert (made.person, made.reason) == (person, "Passed elsewhere")
    address = reverse("learning:certificate-revoke", args=[made.public_id])
    assert "Refunds" in viewer.get(address).content.decode()
    assert viewer.post(address, {"reason": ""}).status_code == 422
    assert enter(person).get(address).status_code == 403
    viewer.post(address, {"reason": "Cheated"})
    made.refresh_from_db()
    assert made.revocation_reason == "Cheated"
    assert Permit.objects.get().withdrawal_reason == "Cheated"


def test_the_print_is_a_pdf_in_both_languages_whatever_a_person_is_called() -> None:
    person = a_person(family_name='Ёлкина"#[x]*_', given_name="Щука")
    made = a_certificate(person, a_certificate_kind(title="Деньги #import", title_en="Money"))
    viewer = enter(person)
    sizes = set()
    for language in ("ru", "en"):
        answer = viewer.get(reverse("learning:certificate-print", args=[made.public_id]), {"lang": language})
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        sizes.add(len(answer.content))
    assert len(sizes) == 2
    assert enter(a_person()).get(reverse("learning:certificate-print", args=[made.public_id])).status_code == 404


def test_a_number_is_checked_without_logging_in_and_tells_little() -> None:
    person = a_person("P-777", family_name="Орлова", given_name="Анна")
    made = a_certificate(person)
    outside = Client(headers={"accept-language": "en"})
    text = page(outside, "certificate-check", made.number)
    assert ("Анна О." in text, "Орлова" in text, "P-777" in text, "valid" in text) == (True, False, False, True)
    typed = made.number.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    answer = outside.get(reverse("learning:certificate-checks"), {"number": typed}, follow=True)
    assert "Анна О." in answer.content.decode()
    certificates.revoke(certificate=made, reason="Secret reason", by=None, at=AT)
    text = page(outside, "certificate-check", made.number)
    assert ("revoked" in text, "Secret reason" in text) == (True, False)


def test_an_unknown_number_is_404_and_guessing_is_stopped() -> None:
    outside = Client(headers={"accept-language": "en"})
    address = reverse("learning:certificate-check", args=["0000-0000-0000-0000"])
    assert [outside.get(address).status_code for _try in range(21)] == [404] * 20 + [429]


def test_kinds_and_contact_types_are_kept_on_their_pages() -> None:
    viewer = enter(a_head())
    contact = {"code": "refunds", "title": "Возвраты", "title_en": "Refunds", "line": "", "needed_from": "2026-01-01"}
    viewer.post(reverse("learning:contact-type-create"), contact)
    refunds = ContactType.objects.get()
    kind = {
        "code": "money", "title": "Деньги", "title_en": "Money", "valid_months": "12", "expiry_month": "3",
        "window_days": "30", "grace_days": "5", "renewal_from": "old_expiry", "contact_types": [refunds.pk],
        "is_active": "on",
    }  # fmt: skip
    assert viewer.post(reverse("learning:certificate-kind-create"), kind | {"valid_months": ""}).status_code == 422
    viewer.post(reverse("learning:certificate-kind-create"), kind)
    saved = CertificateKind.objects.get()
    assert (saved.expiry_month, list(saved.contact_types.all())) == (3, [refunds])
    assert ">Money</a>" in page(viewer, "certificate-kind-list")
    edit = reverse("learning:certificate-kind-edit", args=[saved.public_id])
    viewer.post(edit, kind | {"grace_days": "7"})
    saved.refresh_from_db()
    assert saved.grace_days == 7
    assert ">Refunds</a>" in page(viewer, "contact-type-list")


def test_the_panel_of_a_person_shows_what_holds_to_those_in_reach() -> None:
    person = a_person()
    a_certificate(person, a_certificate_kind(contact_types=[a_contact_type()]))
    address = reverse("learning:awards-panel", args=[person.public_id])
    text = enter(a_head()).get(address).content.decode()
    assert ("Customer&#x27;s money" in text, "May take: Refunds" in text) == (True, True)
    assert enter(a_person()).get(address).status_code == 404


# Permits --------------------------------------------------------------------------------------------------------------


def test_permits_are_given_and_taken_back_by_decision() -> None:
    viewer, person, refunds = enter(a_head()), a_person(family_name="Орлова"), a_contact_type()
    given = {"contact_type": refunds.pk, "person": person.pk, "since": "2026-11-23", "last_day": "2026-12-31"}
    viewer.post(reverse("learning:permit-grant"), given | {"reason": "Decision"})
    permit = Permit.objects.get()
    assert permit.active_to == date(2027, 1, 1)
    assert "Орлова" in page(viewer, "permit-list")
    viewer.post(reverse("learning:permit-withdraw", args=[permit.public_id]), {"reason": "Complaints"})
    assert "Орлова" not in page(viewer, "permit-list")
    assert "Орлова" in page(viewer, "permit-list", when="over")


def ask(key: str, **query: str) -> tuple[int, dict[str, object]]:
    answer = Client().get("/api/v1/permits", query, headers={"authorization": f"Bearer {key}"})
    return answer.status_code, answer.json()


def test_the_api_tells_routing_who_may_take_what_at_a_moment() -> None:
    head, person, other = a_head(), a_person("P-1"), a_person("P-2")
    key = api_keys.create(person=head, name="routing", by=None, at=AT).secret
    made = a_certificate(person, a_certificate_kind(contact_types=[a_contact_type()]))
    a_permit(other, a_contact_type("launch", title="Запуск"))
    status, found = ask(key)
    assert (status, found["total"]) == (200, 2)
    _status, found = ask(key, contact_type="refunds")
    assert found["permits"] == [
        {
            "id": Permit.objects.get(person=person).public_id,
            "person": "P-1",
            "contact_type": "refunds",
            "title": "Возвраты",
            "since": "2026-11-23",
            "until": "2027-12-03",
            "source": "certificate",
            "evidence": [{"label": "Деньги клиента", "reference": made.number, "at": AT.isoformat()}],
        }
    ]
    assert [ask(key, person="P-2", at=at)[1]["total"] for at in ("2026-10-31T12:00:00Z", "2026-11-01T12:00:00Z")] == [
        0,
        1,
    ]
    assert ask("wrong")[0] == 401
    assert ask(key, at="yesterday")[0] == 422


def test_the_api_answers_for_one_person_and_hides_those_out_of_reach() -> None:
    team = a_team()
    lead = a_lead(team)
    a_person("P-1", team=team)
    a_person("P-9")
    a_contact_type()
    key = api_keys.create(person=lead, name="routing", by=None, at=AT).secret

    def check(**query: str) -> tuple[int, object]:
        answer = Client().get("/api/v1/permits/check", query, headers={"authorization": f"Bearer {key}"})
        return answer.status_code, answer.json().get("may_take")

    assert check(person="P-1", contact_type="refunds") == (200, False)
    assert check(person="P-1", contact_type="anything") == (200, True)
    assert check(person="P-9", contact_type="refunds") == (404, None)
    assert check(person="P-1\0", contact_type="refunds") == (422, None)


# Notices --------------------------------------------------------------------------------------------------------------


def a_notice(person: Person, at: datetime = AT) -> Notice:
    made = notify(
        person=person, kind=NoticeKind.DECISION, title="Look here", object_key="x", url="/learning/sessions/", at=at
    )
    assert made is not None
    return made


def test_a_notice_leads_where_it_says_and_is_read_then() -> None:
    person = a_person()
    made = a_notice(person)
    viewer = enter(person)
    assert "Look here" in page(viewer, "notice-list")
    answer = viewer.get(reverse("learning:notice-open", args=[made.public_id]))
    assert answer.headers["Location"] == "/learning/sessions/"
    made.refresh_from_db()
    assert made.read_at == AT
    assert enter(a_person()).get(reverse("learning:notice-open", args=[made.public_id])).status_code == 404


def test_a_notice_never_leads_out_of_the_house() -> None:
    person = a_person()
    made = a_notice(person)
    for url in ("https://evil.example/", "//evil.example/", "javascript:x"):
        Notice.objects.filter(pk=made.pk).update(url=url)
        answer = enter(person).get(reverse("learning:notice-open", args=[made.public_id]))
        assert answer.headers["Location"] == reverse("learning:notice-list")


def test_all_are_read_with_one_press_and_preferences_are_kept() -> None:
    person = a_person()
    a_notice(person)
    viewer = enter(person)
    viewer.post(reverse("learning:notice-read-all"))
    assert Notice.objects.unread().count() == 0
    given = {"quiet_from": "18:00", "quiet_to": "10:00", "without_mail": ["seat"]}
    viewer.post(reverse("learning:notice-preferences"), given)
    saved = person.notice_preferences
    assert (saved.quiet_from.hour, saved.quiet_to.hour, saved.without_mail) == (18, 10, ["seat"])


def test_the_log_of_e_mails_is_for_administrators() -> None:
    person = a_person(family_name="Орлова")
    row = Dispatch.objects.create(
        person=person, address="a@example.com", day=AT.date(), subject="Hello", state="failed", outcome="451",
        due_at=AT, made_at=AT,
    )  # fmt: skip
    viewer = enter(an_administrator())
    assert "Hello" in page(viewer, "dispatch-list")
    viewer.post(reverse("learning:dispatch-again", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "waiting"
    assert enter(a_head()).get(reverse("learning:dispatch-list")).status_code == 403
