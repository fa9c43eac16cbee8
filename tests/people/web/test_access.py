"""Ways in: password, second factor, invitation by a real letter, a click in the demo; and none for others."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nastavnik.kernel import clock
from nastavnik.people.actions import invitations, persons
from nastavnik.people.backends import PersonBackend
from nastavnik.people.enums import Role
from nastavnik.people.models import Organisation, Person
from nastavnik.people.web.adapter import SocialAccountAdapter
from tests.factories.people import AT, a_person, a_team, an_administrator, an_organisation

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"


def with_password(person: Person, login: str = "anna") -> Person:
    person.login = login
    person.set_password(GOOD)
    person.save()
    return person


def visitor(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


def is_logged_in(client: Client) -> bool:
    return client.get("/people/me/").status_code == 200


@pytest.mark.parametrize("name", ["anna", "ANNA", "anna@example.org"])
def test_one_logs_in_by_login_or_mail_and_reads_ones_own_language(name: str) -> None:
    with_password(a_person(email="anna@example.org"))
    persons.set_preferences(person=Person.objects.get(), by=None, at=AT, language="ru")
    client = visitor("en")
    answer = client.post("/accounts/login/", {"username": name, "password": GOOD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert 'lang="ru"' in client.get("/people/me/").content.decode()


def test_a_wrong_password_and_a_former_employee_stay_outside() -> None:
    an_organisation()
    person = with_password(a_person())
    client = visitor()
    assert client.post("/accounts/login/", {"username": "anna", "password": "wrong"}).status_code == 200
    persons.leave(person=person, left=clock.now().date(), by=None, at=clock.now())
    client.post("/accounts/login/", {"username": "anna", "password": GOOD})
    assert not is_logged_in(client)


def test_leaving_ends_a_session_that_is_open() -> None:
    an_organisation()
    person = a_person()
    client = visitor()
    client.force_login(person, backend="nastavnik.people.backends.PersonBackend")
    assert is_logged_in(client)
    persons.leave(person=person, left=clock.now().date(), by=None, at=clock.now())
    assert not is_logged_in(client)


def test_guessing_passwords_is_slowed_down() -> None:
    cache.clear()
    with_password(a_person())
    client = visitor()
    for _attempt in range(12):
        answer = client.post("/accounts/login/", {"username": "anna", "password": "wrong"})
    assert answer.status_code == 429 or "Too many" in answer.content.decode()
    client.post("/accounts/login/", {"username": "anna", "password": GOOD})
    assert not is_logged_in(client)
    cache.clear()


def test_one_logs_out_by_a_button_only() -> None:
    client = visitor()
    client.force_login(a_person())
    client.get("/accounts/logout/")
    assert is_logged_in(client)
    client.post("/accounts/logout/")
    assert not is_logged_in(client)


def test_nobody_signs_up() -> None:
    page = visitor().post("/accounts/signup/", {"username": "x", "password1": GOOD})
    assert Person.objects.count() == 0
    assert page.status_code == 200


def test_a_second_factor_is_asked_for() -> None:
    person = with_password(a_person())
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client = visitor()
    answer = client.post("/accounts/login/", {"username": "anna", "password": GOOD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_logged_in(client)
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_logged_in(client)


def test_a_second_factor_is_set_up_after_the_password_again_and_gives_recovery_codes() -> None:
    person = with_password(a_person())
    client = visitor()
    client.post("/accounts/login/", {"username": "anna", "password": GOOD})
    client.post(reverse("account_reauthenticate"), {"password": GOOD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
    client.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert codes.status_code == 200
    assert len(codes.context["unused_codes"]) == 10


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_forgotten_password_is_reset_by_mail(language: str) -> None:
    cache.clear()
    person = with_password(a_person(email="anna@example.org"))
    client = visitor(language)
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    new = {"password1": "another horse battery", "password2": "another horse battery"}
    client.post(page.redirect_chain[-1][0], new)
    person.refresh_from_db()
    assert person.check_password("another horse battery")


class Postman:
    """What the mail server received."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    """A real SMTP server."""
    found = Postman()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield found
    server.stop()


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Выберите пароль по этой ссылке"), ("en", "Choose a password by this link")]
)
def test_an_invitation_travels_by_letter_and_opens_the_door(postman: Postman, language: str, words: str) -> None:
    an_organisation()
    person = a_person(email="anna@example.org")
    persons.set_preferences(person=person, by=None, at=AT, language=language)
    admin = visitor()
    admin.force_login(an_administrator())
    page = admin.post(reverse("people:person-invite", args=[person.public_id]))
    letter = postman.letters[0]
    body = letter.get_content()
    assert (letter["To"], words in body) == ("anna@example.org", True)
    link = re.search(r"http://testserver(/people/invitation/\S+)", body)
    assert link is not None
    assert link[0] not in page.content.decode()  # whoever invites does not hold the key
    client = visitor()
    assert client.get(link[1]).status_code == 200
    assert client.post(link[1], {"password": GOOD, "again": "other"}).status_code == 422
    assert client.post(link[1], {"password": "12345678", "again": "12345678"}).status_code == 422
    assert client.post(link[1], {"password": GOOD, "again": GOOD}).status_code == 302
    assert is_logged_in(client)
    assert visitor().get(link[1]).status_code == 410


def test_without_a_mail_server_the_link_is_handed_over(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.PUBLIC_URL = "https://academy.example.org/"
    person, admin = a_person(email="anna@example.org"), visitor()
    admin.force_login(an_administrator())
    page = admin.post(reverse("people:person-invite", args=[person.public_id]))
    assert (page.context["sent"], page.context["link"][:49]) == (
        False,
        "https://academy.example.org/people/invitation/" + page.context["link"][46:49],
    )


def test_a_mail_server_that_refuses_is_not_the_end(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    person, admin = a_person(email="anna@example.org"), visitor()
    admin.force_login(an_administrator())
    page = admin.post(reverse("people:person-invite", args=[person.public_id]))
    assert page.context["sent"] is False


def test_an_invitation_without_a_mail_is_refused_in_words() -> None:
    admin = visitor()
    admin.force_login(an_administrator())
    answer = admin.post(reverse("people:person-invite", args=[a_person().public_id]))
    assert answer.status_code == 422
    assert "has no e-mail" in answer.content.decode()


def test_an_old_invitation_says_so() -> None:
    person = a_person(email="anna@example.org")
    made = invitations.invite(person=person, by=None, at=clock.now() - timedelta(days=8))
    page = visitor().get(reverse("people:invitation-accept", args=[made.token]))
    assert page.status_code == 410


def test_in_the_demo_a_click_is_enough() -> None:
    an_organisation(is_demo=True)
    agent = a_person("A-001", role=Role.AGENT, team=a_team("a", "Чат"))
    a_person("A-002", role=Role.AGENT)
    a_person("H-1", role=Role.ACADEMY_HEAD)
    client = visitor()
    shown = [(persona.person.code, persona.role) for persona in client.get("/people/demo-login/").context["personas"]]
    assert shown == [("H-1", Role.ACADEMY_HEAD), ("A-001", Role.AGENT)]
    assert "/people/demo-login/" in client.get("/accounts/login/").content.decode()
    answer = client.post("/people/demo-login/", {"person": agent.public_id})
    assert (answer.status_code, is_logged_in(client)) == (302, True)


def test_in_a_real_organisation_there_is_no_click() -> None:
    agent = a_person(role=Role.AGENT)
    for _state in range(2):
        client = visitor()
        assert client.get("/people/demo-login/").status_code == 404
        assert client.post("/people/demo-login/", {"person": agent.public_id}).status_code == 404
        assert not is_logged_in(client)
        an_organisation()
    assert Organisation.objects.get().is_demo is False
    assert "demo-login" not in visitor().get("/accounts/login/").content.decode()


def test_a_click_opens_a_persona_only() -> None:
    an_organisation(is_demo=True)
    a_person("A-001", role=Role.AGENT)
    other = a_person("A-002", role=Role.AGENT)
    for public_id in (other.public_id, "nobody", ""):
        assert visitor().post("/people/demo-login/", {"person": public_id}).status_code == 404


class Address:
    def __init__(self, email: str, verified: bool) -> None:
        self.email, self.verified = email, verified


class Came:
    """What allauth hands over when somebody comes from the organisation's own log-in."""

    is_existing = False

    def __init__(self, *addresses: Address) -> None:
        self.email_addresses = list(addresses)
        self.connected: list[Person] = []

    def connect(self, request: Any, person: Person) -> None:
        self.connected.append(person)


def test_the_organisations_own_log_in_lets_in_those_we_know_by_a_verified_address() -> None:
    person = a_person(email="anna@example.org")
    for came, expected in (
        (Came(Address("Anna@example.org", True)), [person]),
        (Came(Address("anna@example.org", False)), []),
        (Came(Address("olga@example.org", True)), []),
    ):
        SocialAccountAdapter().pre_social_login(None, came)  # type: ignore[arg-type]  # the request is only passed on
        assert came.connected == expected
    assert SocialAccountAdapter().is_open_for_signup(None, came) is False  # type: ignore[arg-type]  # as above


def counters() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM kernel_cache WHERE cache_key LIKE '%login_failed%' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def test_a_good_log_in_writes_nothing_to_the_counters_and_a_failure_counts_for_name_and_address() -> None:
    cache.clear()
    with_password(a_person())
    visitor().post("/accounts/login/", {"username": "anna", "password": GOOD})
    assert counters() == []
    visitor().post("/accounts/login/", {"username": "anna", "password": "wrong"})
    assert len(counters()) == 2
    cache.clear()


def test_others_log_in_while_a_name_is_blocked() -> None:
    cache.clear()
    with_password(a_person())
    with_password(a_person("B-002"), "boris")
    for _attempt in range(6):
        visitor().post("/accounts/login/", {"username": "anna", "password": "wrong"})
    client = visitor()
    client.post("/accounts/login/", {"username": "boris", "password": GOOD})
    assert is_logged_in(client)
    cache.clear()


def test_who_may_not_log_in_any_more_is_nobody_to_a_session() -> None:
    person = with_password(a_person())
    backend = PersonBackend()
    assert backend.get_user(person.pk) == person
    Person.objects.update(is_active=False)
    assert (backend.get_user(person.pk), backend.get_user(0)) == (None, None)
