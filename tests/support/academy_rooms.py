"""People in the middle of everything, for tests that look at the academy's pages and scripts.

A course begun, an exam under way and one closed, a seat, a certificate, a film to watch. Run after `academy_story`
against the same home: `python -m tests.support.academy_rooms HOME`. It prints the addresses as JSON.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.academy_story import PASSWORD

if TYPE_CHECKING:
    from nastavnik.assessment.models import Attempt
    from nastavnik.content.models import Course
    from nastavnik.people.models import Person

FILM = Path(__file__).parents[1] / "browser" / "data" / "film.webm"
FILM_SECONDS = 8
TAKERS = ("t1", "t2", "t3", "t4")


def takers() -> "dict[str, Person]":
    from nastavnik.people.enums import Role
    from tests.factories.people import a_person

    found = {}
    for code in TAKERS:
        found[code] = a_person(
            code, login=code, family_name=f"Сдающая-{code}", joined=date(2027, 1, 11), role=Role.AGENT
        )
        found[code].set_password(PASSWORD)
        found[code].save(update_fields=["password"])
    return found


def film(person: "Person") -> "Course":
    """A course of one video in which skipping ahead is off."""
    from nastavnik.content.actions import access, versions
    from nastavnik.content.enums import ActivityKind
    from nastavnik.content.logic.activities import Video
    from nastavnik.kernel import clock
    from tests.factories.content import a_course, a_file, an_activity

    made = a_course("film", is_open=False, title="Разбор разговора")
    a_file(made, "film.webm", FILM.read_bytes())
    content = Video("film.webm", transcript="— Здравствуйте!", watch_percent=90, no_skip=True)
    an_activity(made, content, ActivityKind.VIDEO, title="Разговор целиком", key="film")
    versions.publish(course=made, note="первая", by=None, at=clock.now())
    access.grant(person=person, course=made, source="test", by=None, at=clock.now())
    versions.begin_draft(course=made, by=None, at=clock.now())
    return made


def exam(people: "dict[str, Person]") -> "dict[str, Attempt]":
    """Attempts at one exam: under way, closed, and not begun."""
    from nastavnik.assessment.actions import attempts, sittings
    from nastavnik.kernel import clock
    from tests.factories.assessment_exams import a_published_exam

    now = clock.now()
    made = a_published_exam("rooms", title="Ежемесячный тест", count=6)
    sitting = sittings.offer(
        exam=made, people=list(people.values()), opens_at=now, closes_at=now + timedelta(days=2), by=None, at=now
    )
    found = {one.person.code: one for one in sitting.attempts.select_related("person")}
    for code in ("t1", "t2"):
        found[code] = attempts.start(attempt=found[code], at=now)
    attempts.submit(attempt=found["t2"], at=now, by=None)
    return found


def main(home: str) -> None:
    from nastavnik.config.cli import boot

    boot.django(Path(home))
    from nastavnik.content.actions import access, progress
    from nastavnik.content.models import Course
    from nastavnik.kernel import clock
    from nastavnik.learning.actions import programmes
    from nastavnik.learning.models import CertificateKind, Programme
    from nastavnik.people.models import Person
    from tests.factories.learning_awards import a_certificate
    from tests.factories.learning_programmes import an_enrolment
    from tests.factories.sessions import a_booking, a_session, a_session_kind

    now, people = clock.now(), takers()
    programme, course = Programme.objects.get(code="onboarding"), Course.objects.get(code="refunds")
    enrolled = [an_enrolment(people[code], programme, at=now) for code in ("t1", "t2")]
    programmes.begin_version(programme=programme, by=None, at=now)
    access.grant(person=people["t1"], course=course, source="test", by=None, at=now)
    progress.begin(person=people["t1"], course=course, at=now)
    attempts, trainer = exam(people), Person.objects.get(code="trainer")
    starts = now.replace(hour=9, minute=0) + timedelta(days=10)
    session = a_session(
        trainer, kind=a_session_kind("rooms", name="Трудный клиент", name_en="A hard customer"), starts_at=starts
    )
    a_booking(session, people["t3"], at=now)
    certificate = a_certificate(people["t3"], CertificateKind.objects.get(code="refunds"), at=now)
    made = {
        "programme": programme.get_absolute_url(), "course": course.get_absolute_url(),
        "film": film(people["t1"]).get_absolute_url(), "session": session.get_absolute_url(),
        "certificate": certificate.get_absolute_url(), "number": certificate.number,
        "enrolment": enrolled[0].get_absolute_url(),
        **{f"attempt-{code}": attempt.get_absolute_url() for code, attempt in attempts.items()},
    }  # fmt: skip
    sys.stdout.write(f"{json.dumps(made)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
