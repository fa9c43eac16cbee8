"""The pages of live sessions, as the people who use them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from nastavnik.kernel import clock
from nastavnik.learning.actions import advance, attendance, bookings, notices, programmes, sessions
from nastavnik.learning.enums import BookingState, LearningKind, NoticeKind
from nastavnik.learning.logic import codes
from nastavnik.learning.models import Attendance, Booking, LiveSession
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.learning_programmes import a_draft, a_stage, an_enrolment, published
from tests.factories.people import (
    AT,
    a_lead,
    a_partner,
    a_partners_person,
    a_person,
    a_team,
    an_organisation,
)
from tests.factories.sessions import BEGINS, a_booking, a_room, a_session, a_session_kind

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


def a_trainer() -> Person:
    return a_person(role=Role.TRAINER, family_name="Тренерова")


def test_the_list_shows_what_is_to_come_in_few_queries(django_assert_max_num_queries: object) -> None:
    viewer = enter(a_person())
    a_session(kind=a_session_kind(name_en="Calm talk"))
    assert "Calm talk" in page(viewer, "session-list")  # the first request warms what is read once
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # a fixture of pytest-django
        page(viewer, "session-list")
    for days in (1, 2):
        a_session(starts_at=BEGINS + timedelta(days=days))
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # as above
        text = page(viewer, "session-list")
    assert text.count("row-link") == 3


def test_the_filters_find_past_cancelled_free_and_my_sessions() -> None:
    person = a_person()
    viewer = enter(person)
    past = a_session(kind=a_session_kind(name_en="Past talk"), starts_at=AT - timedelta(days=1))
    full = a_session(kind=a_session_kind(name_en="Full talk"), capacity=1)
    off = a_session(kind=a_session_kind(name_en="Off talk"))
    a_booking(full, person)
    sessions.cancel(session=off, reason="x", by=None, at=AT)
    names = {"Past talk", "Full talk", "Off talk"}

    def shown(**query: str) -> set[str]:
        text = page(viewer, "session-list", **query)
        return {name for name in names if f">{name}</a>" in text}

    assert shown() == {"Full talk"}
    assert shown(when="past") == {"Past talk"}
    assert shown(when="cancelled") == {"Off talk"}
    assert shown(seats="free") == set()
    assert shown(seats="mine") == {"Full talk"}
    assert shown(q="ful") == {"Full talk"}
    assert past.seats_left == 2


def test_a_person_takes_a_seat_and_gives_it_back() -> None:
    session, person = a_session(), a_person(family_name="Орлова")
    viewer = enter(person)
    assert "Take a seat" in page(viewer, "session-detail", session.public_id)
    answer = viewer.post(reverse("learning:booking-create", args=[session.public_id]), follow=True)
    assert "Орлова Анна has a seat." in answer.content.decode()
    assert "You have a seat." in answer.content.decode()
    booking = Booking.objects.get()
    viewer.post(reverse("learning:booking-cancel", args=[session.public_id, booking.public_id]))
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_who_waits_sees_the_place_in_line_and_a_conflict_is_explained() -> None:
    session, person = a_session(capacity=1), a_person()
    a_booking(session)
    viewer = enter(person)
    viewer.post(reverse("learning:booking-create", args=[session.public_id]))
    assert "You are number 1 on the wait-list." in page(viewer, "session-detail", session.public_id)
    busy = a_person(family_name="Орлова")
    a_booking(a_session(), busy)
    answer = enter(busy).post(reverse("learning:booking-create", args=[session.public_id]), follow=True)
    assert "Орлова Анна has a seat in another session from 26.11.2026 13:00" in answer.content.decode()


def test_a_lead_registers_the_own_people_and_nobody_else() -> None:
    team = a_team()
    lead, ours, stranger = a_lead(team), a_person(team=team, family_name="Нашева"), a_person(family_name="Чужова")
    session = a_session(is_open=False)
    viewer = enter(lead)
    text = page(viewer, "session-detail", session.public_id)
    assert ("Нашева" in text, "Чужова" in text) == (True, False)
    address = reverse("learning:booking-create-other", args=[session.public_id])
    viewer.post(address, {"person": ours.public_id})
    assert viewer.post(address, {"person": stranger.public_id}).status_code == 404
    assert [row.person for row in Booking.objects.all()] == [ours]
    theirs = a_booking(session, stranger)
    cancel = reverse("learning:booking-cancel", args=[session.public_id, theirs.public_id])
    assert viewer.post(cancel).status_code == 404


def test_a_closed_session_is_hidden_from_those_it_does_not_concern() -> None:
    session, outsider, invited = a_session(is_open=False), a_person(), a_person()
    a_booking(session, invited)
    address = reverse("learning:session-detail", args=[session.public_id])
    assert enter(outsider).get(address).status_code == 404
    assert "You have a seat." in enter(invited).get(address).content.decode()


def test_people_of_partner_centres_see_only_what_is_for_them() -> None:
    visitor = enter(a_partners_person(a_partner()))
    ours, theirs = a_session(), a_session(for_partners=True)
    answers = [
        visitor.get(reverse("learning:session-detail", args=[one.public_id])).status_code for one in (ours, theirs)
    ]
    assert answers == [404, 200]


def test_a_trainer_plans_moves_and_cancels() -> None:
    trainer, room, kind = a_trainer(), a_room(), a_session_kind(minutes=45, capacity=7)
    viewer = enter(trainer)
    assert 'value="45"' in page(viewer, "session-create", kind=kind.code)
    given = {
        "kind": kind.pk, "starts_at": "2026-11-26T13:00", "minutes": "45", "trainer": trainer.pk, "room": room.pk,
        "link": "", "capacity": "7", "minimum": "", "team_quota": "", "closes_hours": "4", "is_open": "on", "note": "",
    }  # fmt: skip
    viewer.post(reverse("learning:session-create"), given)
    session = LiveSession.objects.get()
    assert (session.starts_at, session.ends_at - session.starts_at) == (BEGINS, timedelta(minutes=45))
    edit = reverse("learning:session-edit", args=[session.public_id])
    viewer.post(edit, given | {"starts_at": "2026-11-27T13:00"})
    session.refresh_from_db()
    assert session.starts_at == BEGINS + timedelta(days=1)
    answer = viewer.post(edit, given | {"room": "", "link": ""})
    assert answer.status_code == 422
    assert "Name a room or give a link." in answer.content.decode()
    viewer.post(reverse("learning:session-cancel", args=[session.public_id]), {"reason": "Sick"})
    session.refresh_from_db()
    assert (session.state, session.cancelled_because) == ("cancelled", "Sick")


def test_others_do_not_plan_or_run_sessions() -> None:
    session = a_session()
    viewer = enter(a_person())
    for name, args in (
        ("session-create", []), ("session-edit", [session.public_id]), ("attendance", [session.public_id]),
        ("projector", [session.public_id]), ("trainer-desk", []), ("room-list", []), ("session-kind-list", []),
    ):  # fmt: skip
        assert (name, viewer.get(reverse(f"learning:{name}", args=args)).status_code) == (name, 403)


def test_attendance_is_marked_with_a_press_and_finished() -> None:
    session, person = a_session(a_trainer()), a_person(family_name="Орлова")
    a_booking(session, person)
    viewer = enter(session.trainer)
    with clock.frozen(session.starts_at):
        assert "Орлова" in page(viewer, "attendance", session.public_id)
        answer = viewer.post(
            reverse("learning:attendance-mark", args=[session.public_id]),
            {"person": person.public_id, "mark": "late"},
            headers={"hx-request": "true"},
        )
        assert 'value="late" class="button primary" aria-pressed="true"' in answer.content.decode()
        viewer.post(reverse("learning:session-finish", args=[session.public_id]))
    session.refresh_from_db()
    assert (session.state, Attendance.objects.get().mark) == ("held", "late")


def test_the_code_of_the_screen_checks_a_person_in_and_guessing_is_stopped() -> None:
    session, person = a_session(), a_person()
    a_booking(session, person)
    trainer, viewer = enter(session.trainer), enter(person)
    with clock.frozen(session.starts_at):
        code = codes.code_for(attendance.secret_of(session), codes.step_of(session.starts_at))
        assert f"{code[:3]} {code[3:]}" in page(trainer, "projector", session.public_id)
        assert f"{code[:3]} {code[3:]}" in page(trainer, "projector-code", session.public_id)
        address = reverse("learning:check-in", args=[session.public_id])
        wrong = "000000" if code != "000000" else "000001"
        for _try in range(10):
            assert "This is not the code on the screen now." in viewer.post(address, {"code": wrong}).content.decode()
        assert "Too many wrong codes." in viewer.post(address, {"code": code}).content.decode()
    later = session.starts_at + timedelta(minutes=6)
    with clock.frozen(later):
        code = codes.code_for(attendance.secret_of(session), codes.step_of(later))
        answer = viewer.post(address, {"code": code}, follow=True)
        assert "You are marked: present." in answer.content.decode()


def test_the_desk_tells_what_runs_what_waits_and_what_comes() -> None:
    trainer = a_trainer()
    for name, shift in (("Now talk", -10), ("Old talk", -300), ("Next talk", 600)):
        a_session(trainer, kind=a_session_kind(name_en=name), starts_at=AT + timedelta(minutes=shift))
    text = page(enter(trainer), "trainer-desk")
    order = [text.index(name) for name in ("Now talk", "Old talk", "Next talk")]
    assert order == sorted(order)
    assert [text.count(title) for title in ("Running now", "Wait to be finished")] == [1, 1]


def test_both_clocks_are_shown_where_the_venue_has_another() -> None:
    session = a_session(room=a_room(time_zone="Asia/Yekaterinburg"))
    assert "there: 15:00–16:30, Asia/Yekaterinburg" in page(enter(a_person()), "session-detail", session.public_id)
    plain = a_session(room=a_room(time_zone="Europe/Moscow"))
    assert "there:" not in page(enter(a_person()), "session-detail", plain.public_id)


def test_rooms_and_kinds_are_kept_on_their_pages() -> None:
    viewer = enter(a_person(role=Role.ACADEMY_HEAD))
    room = {"code": "big", "name": "Большая", "name_en": "Big", "seats": "20", "time_zone": "", "is_active": "on"}
    viewer.post(reverse("learning:room-create"), room)
    assert ">Big</a>" in page(viewer, "room-list")
    again = viewer.post(reverse("learning:room-create"), room)
    assert "There is already a record with the code «big»." in again.content.decode()
    kind = {"code": "calm", "name": "Спокойно", "name_en": "Calm", "minutes": "30", "capacity": "5", "minimum": "0"}
    viewer.post(reverse("learning:session-kind-create"), kind | {"is_active": "on"})
    assert ">Calm</a>" in page(viewer, "session-kind-list")


def test_the_calendar_file_and_the_feed_hold_the_session() -> None:
    person, session = a_person(), a_session(kind=a_session_kind(name_en="Calm talk"), room=a_room(name="Большая"))
    a_booking(session, person)
    viewer = enter(person)
    answer = viewer.get(reverse("learning:session-calendar", args=[session.public_id]))
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["summary"]), event["dtstart"].dt, str(event["location"])) == ("Calm talk", BEGINS, "Большая")
    made = viewer.post(reverse("learning:calendar-open"), follow=True).content.decode()
    address = made.split('value="http://testserver')[1].split('"')[0]
    outside = Client()
    [event] = Calendar.from_ical(outside.get(address).content).walk("VEVENT")
    assert str(event["status"]) == "CONFIRMED"
    bookings.cancel(booking=Booking.objects.get(), by=person, at=AT)
    [event] = Calendar.from_ical(outside.get(address).content).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    viewer.post(reverse("learning:calendar-open"))
    assert outside.get(address).status_code == 404


def test_a_feed_ends_when_switched_off_and_when_its_person_may_not_log_in() -> None:
    person = a_person()
    viewer = enter(person)
    made = viewer.post(reverse("learning:calendar-open"), follow=True).content.decode()
    address = made.split('value="http://testserver')[1].split('"')[0]
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    Person.objects.filter(pk=person.pk).update(is_active=True)
    assert Client().get(address).status_code == 200
    viewer.post(reverse("learning:calendar-close"))
    assert Client().get(address).status_code == 404


def test_the_bell_counts_what_one_has_not_read() -> None:
    person = a_person()
    viewer = enter(person)
    bell = '<a class="tool" href="/learning/notices/"'

    def counted() -> str:
        text = page(viewer, "my-plan")
        return text[text.index(bell) :].partition("</a>")[0].rpartition('class="counter">')[2][:1]

    assert bell in page(viewer, "my-plan")
    for key in ("one", "two"):
        notices.notify(person=person, kind=NoticeKind.ASSIGNED, title="x", object_key=key, at=AT)
    notices.notify(person=a_person(), kind=NoticeKind.ASSIGNED, title="x", object_key="other", at=AT)
    assert counted() == "2"
    notices.mark_read(person=person, at=AT)
    assert counted() == "<"


def a_way_behind_a_gate(person: Person, kind: str) -> None:
    """The person is enrolled in a programme that asks for the session after its first stage."""
    programme = a_draft()
    a_stage(programme, "distance")
    live = a_stage(programme, "live", tasks=0)
    programmes.add_activity(stage=live, kind=LearningKind.SESSION, title="Разговор", reference=kind, key="talk")
    made = an_enrolment(person, published(programme))
    advance.evaluate([made.pk], at=AT)


def test_whoever_stands_before_the_gate_reads_why_there_is_no_seat_for_them() -> None:
    person, session = a_person(), a_session(kind=a_session_kind("calm"))
    a_way_behind_a_gate(person, "calm")
    viewer = enter(person)
    for text in (page(viewer, "session-detail", session.public_id), page(viewer, "session-panel", "calm")):
        assert "after the gate of “Distance”" in text
        assert "still to do: Distance-1" in text
        assert "Take a seat" not in text
    answer = viewer.post(reverse("learning:booking-create", args=[session.public_id]), follow=True)
    assert "has not passed the gate of “Distance”" in answer.content.decode()
    assert session.bookings.count() == 0


def test_a_course_shows_when_its_session_is_held_and_which_seat_is_mine() -> None:
    kind, person = a_session_kind("calm"), a_person()
    mine, free = a_session(kind=kind), a_session(kind=kind, starts_at=BEGINS + timedelta(days=1))
    a_session(kind=kind, starts_at=AT - timedelta(days=1))
    a_booking(mine, person)
    text = page(enter(person), "session-panel", "calm")
    assert [one in text for one in (mine.get_absolute_url(), free.get_absolute_url())] == [True, True]
    assert (text.count("<li"), text.count("has a seat"), text.count("2 of 2 left")) == (2, 1, 1)
    assert "No such session is planned yet" in page(enter(person), "session-panel", "unknown")
