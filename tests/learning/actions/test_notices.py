"""Who is told what, how often, and when it leaves by e-mail: by the clock, through a real SMTP server."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from nastavnik.kernel import clock
from nastavnik.learning.actions import award_notices, certificates, dispatches, notices
from nastavnik.learning.enums import DispatchState, NoticeKind
from nastavnik.learning.health import health
from nastavnik.learning.letters import write
from nastavnik.learning.models import Dispatch, Notice
from nastavnik.learning.notice_words import title_of
from nastavnik.people.actions import organisation as parts
from nastavnik.people.actions.employments import leave
from nastavnik.people.models import Person
from tests.factories.learning_awards import a_certificate, a_certificate_kind
from tests.factories.people import a_lead, a_person, a_team, an_organisation
from tests.support.mail import Box, mail_server

pytestmark = pytest.mark.django_db
# Monday, 23 November 2026, 10:00 in Moscow.
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


@pytest.fixture
def box() -> Iterator[Box]:
    with mail_server() as found:
        yield found


def told(person: Person, key: str = "x", at: datetime = MONDAY, kind: NoticeKind = NoticeKind.ASSIGNED, **more: object):  # type: ignore[no-untyped-def]  # passes on
    return notices.notify(person=person, kind=kind, title="Learn {what}", object_key=key, at=at,
                          params={"what": key}, **more)  # fmt: skip


def a_reader(email: str, **chosen: str) -> Person:
    """Somebody with an address who chose a language or a time zone."""
    person = a_person(email=email)
    Person.objects.filter(pk=person.pk).update(**chosen)
    person.refresh_from_db()
    return person


def run(at: datetime) -> int:
    dispatches.compose(at=at, write=write)
    return dispatches.send_due(at=at, write=write)


def test_one_thing_is_told_once_a_day() -> None:
    person = a_person()
    assert told(person) is not None
    assert told(person) is None
    assert told(person, "y") is not None
    assert told(person, at=MONDAY + timedelta(days=1)) is not None
    assert Notice.objects.count() == 3


def test_a_leads_copy_is_a_row_of_its_own_that_names_whom_it_is_about() -> None:
    team = a_team()
    lead, person = a_lead(team), a_person(team=team, family_name="Орлова")
    told(person, copy_to_lead=True)
    copy = Notice.objects.get(person=lead)
    assert (copy.about, copy.copy_of) == (person, Notice.objects.get(person=person))
    assert title_of(copy) == "Орлова Анна: Learn x"


def test_a_leaver_and_somebody_not_yet_hired_are_told_nothing() -> None:
    leaver, coming = a_person(), a_person(joined=date(2026, 12, 1))
    leave(person=leaver, left=MONDAY.date(), by=None, at=MONDAY)
    assert [told(leaver), told(coming)] == [None, None]
    assert Notice.objects.count() == 0


def test_the_digest_gathers_everything_and_comes_once_a_working_day(box: Box) -> None:
    person = a_reader("a@example.com", language="en")
    told(person, "one")
    told(person, "two")
    assert run(MONDAY) == 1
    told(person, "three", MONDAY + timedelta(minutes=5))
    assert run(MONDAY + timedelta(minutes=10)) == 0
    assert run(MONDAY + timedelta(days=1)) == 1
    assert box.taken() == [("a@example.com", "Nastavnik: 2 for you"), ("a@example.com", "Learn three")]
    body = box.letters[0].get_content()
    assert [line for line in body.splitlines() if line.startswith("*")] == ["* Learn one", "* Learn two"]


def test_an_urgent_notice_does_not_wait_for_the_next_digest(box: Box) -> None:
    person = a_person(email="a@example.com")
    told(person, "calm")
    run(MONDAY)
    told(person, "soon", MONDAY + timedelta(minutes=5), urgent=True)
    assert run(MONDAY + timedelta(minutes=10)) == 1
    assert [subject for _to, subject in box.taken()] == ["Learn calm", "Learn soon"]
    assert list(Dispatch.objects.order_by("pk").values_list("is_digest", flat=True)) == [True, False]


def test_nothing_leaves_in_quiet_hours_at_the_weekend_or_on_a_holiday(box: Box) -> None:
    person = a_person(email="a@example.com")
    parts.set_calendar_day(day=date(2026, 11, 30), is_working=False, name="Праздник", by=None, at=MONDAY)
    friday_night = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)  # 21:00 in Moscow
    told(person, at=friday_night, urgent=True)
    quiet = [friday_night + timedelta(hours=hours) for hours in range(84)]  # until Tuesday 09:00 in Moscow
    assert [at for at in quiet if run(at)] == []
    assert run(datetime(2026, 12, 1, 6, 0, tzinfo=UTC)) == 1


def test_the_quiet_hours_are_ones_own_in_ones_own_zone(box: Box) -> None:
    early = a_reader("early@example.com", time_zone="Asia/Vladivostok")
    notices.set_preferences(
        person=early, quiet_from=time(15), quiet_to=time(7), without_mail=[], by=early, at=MONDAY
    )  # fmt: skip
    monday = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)  # Monday 07:00 in Vladivostok, Sunday's midnight in Moscow
    told(early, at=monday)
    assert [run(monday - timedelta(minutes=1)), run(monday)] == [0, 1]


def test_what_was_read_or_is_unwanted_is_not_mailed(box: Box) -> None:
    reader, picky = a_person(email="r@example.com"), a_person(email="p@example.com")
    notices.set_preferences(
        person=picky, quiet_from=time(19), quiet_to=time(9), without_mail=["assigned"], by=picky, at=MONDAY
    )
    told(reader)
    told(picky)
    told(picky, "late", kind=NoticeKind.OVERDUE)
    notices.mark_read(person=reader, at=MONDAY)
    run(MONDAY)
    assert box.taken() == [("p@example.com", "Learn late")]


def test_a_refusing_server_is_tried_again_with_growing_pauses_and_every_try_is_kept(box: Box) -> None:
    told(a_person(email="a@example.com"))
    box.refusals = 2
    assert run(MONDAY) == 0
    row = Dispatch.objects.get()
    assert (row.state, row.tries, row.due_at) == (DispatchState.WAITING, 1, MONDAY + timedelta(minutes=5))
    assert "451" in row.outcome
    assert run(MONDAY + timedelta(minutes=4)) == 0
    assert run(MONDAY + timedelta(minutes=5)) == 0
    assert run(MONDAY + timedelta(minutes=30)) == 1
    row.refresh_from_db()
    assert (row.state, row.tries, len(row.log)) == (DispatchState.SENT, 3, 3)
    assert len(box.letters) == 1


def test_a_server_that_always_refuses_is_given_up_and_the_doctor_says_so(box: Box) -> None:
    told(a_person(email="a@example.com"))
    box.refusals = 99
    for hours in range(72):
        run(MONDAY + timedelta(hours=hours))
    row = Dispatch.objects.get()
    assert (row.state, row.tries) == (DispatchState.FAILED, 5)
    assert list(health()) == [
        ("e-mail", "warn", "1 e-mails were given up: see Notices, Sent e-mails for what the server said.")
    ]
    box.refusals = 0
    again = MONDAY + timedelta(days=3, hours=1)
    dispatches.send_again(dispatch=row, at=again)
    assert run(again) == 1


def test_a_dead_server_is_a_refusal_too() -> None:
    told(a_person(email="a@example.com"))
    with mail_server():
        pass  # its port is closed again
    from django.test import override_settings

    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        assert run(MONDAY) == 0
    assert Dispatch.objects.get().outcome.startswith("ConnectionRefusedError")


def test_without_a_mail_server_or_an_address_the_log_says_why(settings: object, box: Box) -> None:
    told(a_person())
    run(MONDAY)
    assert Dispatch.objects.get().outcome == dispatches.NO_ADDRESS
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # type: ignore[attr-defined]  # pytest-django's
    told(a_person(email="b@example.com"))
    run(MONDAY)
    assert set(Dispatch.objects.values_list("state", "outcome")) == {
        ("dropped", dispatches.NO_ADDRESS),
        ("dropped", dispatches.NOT_SET_UP),
    }
    assert [state for _name, state, _says in health()] == ["warn"]


def test_somebody_who_left_before_it_was_sent_gets_nothing(box: Box) -> None:
    person = a_person(email="a@example.com")
    told(person)
    box.refusals = 1
    run(MONDAY)
    leave(person=person, left=MONDAY.date() + timedelta(days=1), by=None, at=MONDAY)
    assert run(MONDAY + timedelta(days=1)) == 0
    assert Dispatch.objects.get().state == DispatchState.DROPPED


def test_what_nobody_does_climbs_to_the_lead_and_to_the_owner_in_working_days() -> None:
    team = a_team()
    lead, owner, person = a_lead(team), a_person(), a_person(team=team)
    friday = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    told(person, at=friday, kind=NoticeKind.OVERDUE, needs_action=True, owner=owner)
    made = {day: notices.climb(at=friday + timedelta(days=day)) for day in range(12)}
    assert {day: count for day, count in made.items() if count} == {4: 1, 7: 1}
    assert [Notice.objects.get(person=one).rung for one in (lead, owner)] == [1, 2]


def test_what_was_done_climbs_no_further() -> None:
    team = a_team()
    a_lead(team)
    person = a_person(team=team)
    told(person, needs_action=True)
    assert notices.settle(object_key="x", person=person, at=MONDAY) == 1
    assert notices.climb(at=MONDAY + timedelta(days=30)) == 0


def test_thirty_days_of_one_team_counted_by_person_and_channel(box: Box) -> None:
    """A daily reminder, an urgent seat every Wednesday evening, one refusal; the job runs every third hour."""
    team = a_team()
    lead = a_lead(team, email="lead@example.com")
    agents = [a_person(email=f"agent{number}@example.com", team=team) for number in (1, 2)]
    parts.set_calendar_day(day=date(2026, 12, 14), is_working=False, name="Праздник", by=None, at=MONDAY)
    begin = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)  # Monday, 08:00 in Moscow
    box.refusals = 1
    for hour in range(30 * 24):
        at = begin + timedelta(hours=hour)
        if at.hour == 8:
            for agent in agents:
                told(agent, "course", at, NoticeKind.DUE_SOON)
                told(agent, "course", at, NoticeKind.DUE_SOON)
        if at.hour == 16 and at.weekday() == 2:
            told(agents[0], f"seat{hour}", at, NoticeKind.SEAT, urgent=True, copy_to_lead=True)
        if hour % 3 == 0:
            run(at)
    in_app = Counter(Notice.objects.values_list("person__code", flat=True))
    # Thirty reminders each; seats on 2, 9, 16 and 23 December for the first, copied to the lead.
    assert in_app == {agents[0].code: 34, agents[1].code: 30, lead.code: 4}
    by_mail = Counter(str(letter["To"]) for letter in box.letters)
    workdays = 21  # 22 weekdays from 30 November to 29 December, one of them a holiday
    assert by_mail["agent2@example.com"] == workdays
    assert by_mail["agent1@example.com"] == workdays
    assert by_mail["lead@example.com"] == 4
    days = Counter((row.person_id, row.day) for row in Dispatch.objects.filter(is_digest=True))
    assert set(days.values()) == {1}
    sent = Dispatch.objects.exclude(sent_at=None).values_list("sent_at", flat=True)
    local = [moment.astimezone(clock_zone()) for moment in sent]
    assert {moment.weekday() for moment in local} == {0, 1, 2, 3, 4}
    assert {9 <= moment.hour < 19 for moment in local} == {True}
    assert date(2026, 12, 14) not in {moment.date() for moment in local}


def clock_zone():  # type: ignore[no-untyped-def]  # the organisation's
    from nastavnik.people.reach import organisations_zone

    return organisations_zone()


def test_a_certificate_that_ends_is_told_climbs_and_is_settled_by_its_renewal() -> None:
    team = a_team()
    lead, person, kind = a_lead(team), a_person(team=team), a_certificate_kind("money")
    made = a_certificate(person, kind, at=MONDAY)
    soon = datetime(2027, 10, 25, 7, 0, tzinfo=UTC)
    with clock.frozen(soon):
        assert certificates.follow_days(at=soon) == 1
        award_notices.tell_expiring(certificate_id=made.pk, at=soon)
    notice = Notice.objects.get(person=person)
    assert title_of(notice) == "Сертификат «Деньги клиента» действует по 22\u00a0нояб.\u00a02027: пора его продлить"
    assert notices.climb(at=soon + timedelta(days=2)) == 1
    assert Notice.objects.filter(person=lead, about=person).count() == 1
    renewed = a_certificate(person, kind, at=soon + timedelta(days=3))
    award_notices.tell_awarded(certificate_id=renewed.pk, at=soon + timedelta(days=3))
    notice.refresh_from_db()
    assert notice.settled_at is not None
    assert notices.climb(at=soon + timedelta(days=40)) == 0


def test_a_revocation_is_urgent_and_gives_its_reason() -> None:
    person = a_person()
    made = a_certificate(person, at=MONDAY)
    certificates.revoke(certificate=made, reason="Подлог", by=None, at=MONDAY)
    award_notices.tell_revoked(certificate_id=made.pk, at=MONDAY)
    notice = Notice.objects.get()
    assert (notice.is_urgent, notice.params["reason"]) == (True, "Подлог")
