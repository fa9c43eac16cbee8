"""What the academy has before its journey begins: people, a course, a test with two forms, a programme that renews.

Run in a process of its own against the home of a running site: `python -m tests.support.academy_story HOME`. It prints
the addresses of what it made, as JSON.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.content.models import Course
    from nastavnik.learning.models import Programme
    from nastavnik.people.models import Person

MONDAY = datetime(2027, 2, 1, 6, 30, tzinfo=UTC)
"""The day the newcomers join: half past nine in Moscow."""
PASSWORD = "Voskhod-77!"
NEWCOMERS = (("N1", "Арбузова"), ("N2", "Берёзкин"), ("N3", "Вишнёва"), ("N4", "Грушин"), ("N5", "Дынина"))
QUESTIONS = 5
LESSON = Path(__file__).parents[1] / "browser" / "data" / "lesson.webm"
RIGHT = "В течение трёх дней"


def people() -> None:
    """The head of the academy, a trainer, five newcomers; all log in by their code."""
    from nastavnik.people.enums import Role
    from tests.factories.people import a_person, a_team, an_organisation

    an_organisation()
    staff = [("head", "Головина", Role.ACADEMY_HEAD), ("trainer", "Тренерова", Role.TRAINER)]
    for code, name, role in staff:
        _may_log_in(a_person(code, login=code, family_name=name, role=role))
    team = a_team("chat-1", "Чат 1")
    for code, name in NEWCOMERS:
        joined: dict[str, Any] = {"joined": MONDAY.date(), "team": team, "role": Role.AGENT}
        _may_log_in(a_person(code, login=code.lower(), family_name=name, given_name="Саша", **joined))


def _may_log_in(person: "Person") -> None:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])


def course() -> "Course":
    """An article, slides of three pages, a video of four seconds and the test; one after another."""
    from nastavnik.content.actions import files, versions
    from nastavnik.content.enums import ActivityKind
    from nastavnik.content.logic.activities import Article, Exam, Slides, Video
    from tests.factories.content import a_course, a_file, a_pdf, an_activity

    made = a_course("refunds", is_open=False, title="Возвраты")
    files.read_pages(file=a_file(made, "slides.pdf", a_pdf("Ten days", "Three days", "Never later")), at=MONDAY)
    a_file(made, "lesson.webm", LESSON.read_bytes())
    an_activity(made, Article("## Закон\n\nДеньги возвращаем **в течение трёх дней**."), title="Закон о сроках")
    an_activity(made, Slides("slides.pdf"), ActivityKind.SLIDES, title="Сроки на слайдах")
    an_activity(made, Video("lesson.webm", watch_percent=90), ActivityKind.VIDEO, title="Разбор звонка")
    an_activity(made, Exam("refunds-test"), ActivityKind.EXAM, title="Проверьте себя")
    versions.publish(course=made, note="первая", by=None, at=MONDAY)
    return made


def exam_and_its_cure() -> None:
    """A test of one topic with two forms, and the course that helps whoever is weak in the topic."""
    from nastavnik.assessment.actions import exams, topics
    from nastavnik.learning.actions import plans
    from tests.factories.assessment_exams import LONG_AGO, a_form, an_exam, live_items
    from tests.factories.content import a_course, published

    topic = topics.create(title="Сроки возврата", parent=None, by=None, at=LONG_AGO)
    live_items(2 * QUESTIONS, topic=topic)
    made = an_exam("refunds-test", count=QUESTIONS, title="Тест о возвратах", pass_percent=80, minutes=20)
    for seed in (7, 8):
        a_form(made, seed=seed)
    exams.publish(exam=made, by=None, at=LONG_AGO)
    cure = published(a_course("refunds-again", is_open=False, title="Сроки: коротко"))
    plans.set_remedy(topic_id=topic.pk, course=cure)


def programme() -> "Programme":
    """Distance part, then a live session, then the certificate; a renewal asks for the test alone."""
    from nastavnik.learning.actions import enrolments, programmes
    from nastavnik.learning.enums import LearningKind, Path, StageKind
    from nastavnik.learning.logic.requirements import Need
    from tests.factories.learning_awards import a_certificate_kind, a_contact_type
    from tests.factories.learning_programmes import STAGE_DONE, a_draft, all_of, published
    from tests.factories.sessions import a_room, a_session_kind

    kind = a_certificate_kind("refunds", title="Возвраты денег", title_en="Refunds", contact_types=[a_contact_type()])
    a_session_kind("calm")
    a_room("big", name="Большая аудитория", seats=20)
    made = a_draft("onboarding", title="Ввод новичков", certificate=kind.code)
    passed = all_of(STAGE_DONE, Need.of("exam", exam="refunds-test", percent=80))
    distance = programmes.add_stage(programme=made, title="Дистанционная часть", due_days=3, gate=passed)
    live = programmes.add_stage(
        programme=made, title="Очная часть", due_days=5, kind=StageKind.LIVE, gate=all_of(STAGE_DONE)
    )
    renewal = programmes.add_stage(
        programme=made, title="Продление", due_days=5, path=Path.RENEWAL, gate=passed
    )  # fmt: skip
    about: list[tuple[Any, LearningKind, str, str, int]] = [
        (distance, LearningKind.COURSE, "Возвраты", "refunds", 20),
        (distance, LearningKind.EXAM, "Тест о возвратах", "refunds-test", 20),
        (live, LearningKind.SESSION, "Спокойный разговор", "calm", 90),
        (renewal, LearningKind.EXAM, "Тест о возвратах", "refunds-test", 20),
    ]
    for stage, what, title, reference, minutes in about:
        programmes.add_activity(stage=stage, kind=what, title=title, reference=reference, minutes=minutes)
    published(made)
    enrolments.create_intake(
        programme=made, title="Февраль 2027", starts=date(2027, 2, 1), seats=5, by=None, at=MONDAY
    )  # fmt: skip
    return made


def main(home: str) -> None:
    from nastavnik.config.cli import boot

    boot.django(Path(home))
    people()
    exam_and_its_cure()
    made = {"course": course().get_absolute_url(), "programme": programme().get_absolute_url()}
    sys.stdout.write(f"{json.dumps(made)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
