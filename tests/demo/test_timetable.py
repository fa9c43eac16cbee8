"""Sessions of the demo are held where everybody finds a seat."""

from datetime import date

from nastavnik.demo.academy.programmes import TALK
from nastavnik.demo.academy.sessions import Timetable
from nastavnik.demo.settle import Parts, at
from nastavnik.learning.enums import AttendanceMark
from nastavnik.learning.models import LiveSession
from nastavnik.people.enums import Role
from tests.factories.people import a_person, an_organisation

DAY = date(2026, 3, 12)


def held_with(number: int) -> LiveSession:
    trainer = a_person(f"T-{number}", role=Role.TRAINER)
    table = Timetable(Parts(persons={"H-02": a_person(f"H-{number}"), "T-02": trainer}), at(date(2026, 1, 12)))
    people = [a_person(f"N-{number}-{n}") for n in range(number)]
    return table.held(TALK, DAY, 10, dict.fromkeys(people, AttendanceMark.PRESENT), trainer="T-02", room="north")


def test_a_group_that_fits_meets_in_the_room(db: None) -> None:
    an_organisation()
    session = held_with(3)
    assert (session.room and session.room.code, session.link, session.capacity) == ("north", "", 8)


def test_an_intake_larger_than_the_room_meets_by_link(db: None) -> None:
    an_organisation()
    session = held_with(15)
    assert (session.room, session.link, session.capacity) == (
        None, "https://meet.polar-star.example/calm-talk-1203", 15,
    )  # fmt: skip
