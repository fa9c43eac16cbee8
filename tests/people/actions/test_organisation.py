"""The organisation and its parts are set up, renamed, closed; keys and invitations."""

from datetime import date, timedelta
from typing import Any

import pytest

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry
from nastavnik.people import errors
from nastavnik.people.actions import api_keys, invitations, organisation
from nastavnik.people.actions.invitations import PasswordRefused
from nastavnik.people.enums import LineKind
from nastavnik.people.models import ApiKey, CalendarDay, Invitation, Organisation
from tests.factories.people import AT, a_ladder, a_line, a_partner, a_person, a_post, a_team, an_organisation

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"


def last_sentence() -> str:
    return journal.sentence(JournalEntry.objects.latest("pk"))


def test_the_organisation_is_founded_once() -> None:
    first = an_organisation(name="Ромашка")
    assert an_organisation(name="Другая").pk == first.pk
    assert Organisation.objects.get().name == "Ромашка"
    assert JournalEntry.objects.filter(kind="people.organisation_founded").count() == 1
    with pytest.raises(errors.UnknownTimeZone):
        an_organisation(time_zone="Europe/Atlantis")


def test_settings_change_what_differs_and_say_so() -> None:
    an_organisation()
    organisation.change_settings(by=None, at=AT, time_zone="Asia/Omsk", name="Ромашка")
    assert Organisation.objects.get().zone.key == "Asia/Omsk"
    assert last_sentence() == "Изменены настройки: часовой пояс: Europe/Moscow → Asia/Omsk"
    count = JournalEntry.objects.count()
    organisation.change_settings(by=None, at=AT, rank_limit=10)
    assert JournalEntry.objects.count() == count
    with pytest.raises(errors.UnknownTimeZone):
        organisation.change_settings(by=None, at=AT, time_zone="x")
    with pytest.raises(TypeError):
        organisation.change_settings(by=None, at=AT, is_demo=True)


@pytest.mark.parametrize("make", [a_line, a_partner, a_post, a_ladder, a_team])
def test_a_code_is_taken_once(make: Any) -> None:
    make("same")
    with pytest.raises(errors.CodeTaken):
        make("same")


def test_a_ladder_has_its_grades_in_order_and_grows_on_top() -> None:
    ladder = a_ladder()
    organisation.add_grade(ladder=ladder, code="x", name="Эксперт", name_en="Expert", by=None, at=AT)
    assert list(ladder.grades.values_list("rank", "code")) == [(1, "j"), (2, "m"), (3, "s"), (4, "x")]
    with pytest.raises(errors.CodeTaken):
        organisation.add_grade(ladder=ladder, code="x", name="Эксперт", by=None, at=AT)
    for grades in ([], [("a", "A"), ("a", "B")]):
        with pytest.raises(errors.GradesOutOfOrder):
            organisation.create_ladder_with_grades(code="y", name="Y", grades=grades, by=None, at=AT)


def test_parts_are_renamed_and_changed() -> None:
    line, other, team = a_line(), a_line("crisis", "Кризис"), a_team("a", "А")
    organisation.rename(part=line, name="Чаты", name_en="Chats", by=None, at=AT)
    assert last_sentence() == "Изменено (линия Чат): название: Чат → Чаты; название по-английски: – → Chats"
    organisation.change(part=line, kind=LineKind.WRITTEN, by=None, at=AT)
    organisation.change(part=team, line=other, by=None, at=AT)
    team.refresh_from_db()
    assert team.line == other
    count = JournalEntry.objects.count()
    organisation.change(part=team, line=other, by=None, at=AT)
    assert JournalEntry.objects.count() == count
    with pytest.raises(TypeError):
        organisation.change(part=line, code="x", by=None, at=AT)


def test_a_team_is_closed_when_it_is_empty() -> None:
    team = a_team("a", "А")
    person = a_person(team=team)
    with pytest.raises(errors.MembersLeft) as caught:
        organisation.set_active(part=team, active=False, by=None, at=AT)
    assert caught.value.params["count"] == 1
    person.memberships.update(active_to=date(2026, 8, 1))
    organisation.set_active(part=team, active=False, by=None, at=AT)
    assert last_sentence() == "Больше не используется (команда): А"
    organisation.set_active(part=team, active=True, by=None, at=AT)
    organisation.set_active(part=team, active=True, by=None, at=AT)
    assert last_sentence() == "Снова используется (команда): А"


def test_the_calendar_holds_what_differs_from_the_week() -> None:
    day = date(2027, 1, 1)
    for _twice in range(2):
        organisation.set_calendar_day(day=day, is_working=False, name="Новый год", by=None, at=AT)
    assert JournalEntry.objects.filter(kind="people.calendar_day_set").count() == 1
    assert str(CalendarDay.objects.get()) == "2027-01-01 Новый год"
    organisation.set_calendar_day(day=day, is_working=None, by=None, at=AT)
    organisation.set_calendar_day(day=day, is_working=None, by=None, at=AT)
    assert not CalendarDay.objects.exists()
    assert JournalEntry.objects.filter(kind="people.calendar_day_set").count() == 2


def test_a_key_is_kept_as_a_hash_and_revoked_once() -> None:
    person = a_person()
    made = api_keys.create(person=person, name="CRM", by=person, at=AT)
    assert made.secret.startswith("nk_")
    assert ApiKey.objects.get(key_hash=api_keys.hash_of(made.secret)) == made.key
    for _twice in range(2):
        api_keys.revoke(key=made.key, by=person, at=AT)
    assert JournalEntry.objects.filter(kind="people.api_key_revoked").count() == 1


def test_an_invited_person_chooses_a_password_and_logs_in_by_mail() -> None:
    person = a_person(email="anna@example.org")
    made = invitations.invite(person=person, by=None, at=AT)
    accepted = invitations.accept(token=made.token, password=GOOD, at=AT + timedelta(days=6))
    assert (accepted.login, accepted.check_password(GOOD)) == ("anna@example.org", True)
    with pytest.raises(errors.InvitationInvalid):
        invitations.find(token=made.token, at=AT)


def test_an_invitation_ends_after_seven_days_or_with_a_newer_one() -> None:
    person = a_person(email="anna@example.org")
    first = invitations.invite(person=person, by=None, at=AT)
    second = invitations.invite(person=person, by=None, at=AT + timedelta(hours=1))
    for token, at in ((first.token, AT + timedelta(hours=2)), (second.token, AT + timedelta(days=8)), ("no", AT)):
        with pytest.raises(errors.InvitationInvalid):
            invitations.find(token=token, at=at)
    assert Invitation.objects.filter(token_hash=second.token).count() == 0


def test_an_invitation_needs_a_mail_and_a_good_password() -> None:
    with pytest.raises(errors.NoEmail):
        invitations.invite(person=a_person(), by=None, at=AT)
    made = invitations.invite(person=a_person(email="b@example.org"), by=None, at=AT)
    with pytest.raises(PasswordRefused):
        invitations.accept(token=made.token, password="12345678", at=AT)
