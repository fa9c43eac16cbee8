"""Tasks handed in and marked, surveys answered; reports that come at once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.content.actions import evidence, progress, work
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import (
    AlreadyAccepted,
    AlreadyAnswered,
    AlreadyHandedIn,
    AlreadyMarked,
    DangerousFile,
    EmptyWork,
    NoSuchActivity,
    OwnWork,
    UnfitPoints,
)
from nastavnik.content.logic.activities import Survey, Video
from nastavnik.content.models import CourseProgress, Submission, SurveyAnswer
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.people.models import Person
from tests.factories.content import (
    AT,
    a_course,
    a_file,
    a_task,
    a_trainer,
    an_activity,
    an_mp4,
    an_organisation,
    published,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Person:
    an_organisation()
    return a_trainer()


def a_way(**task: object) -> CourseProgress:
    course = a_course()
    an_activity(course, a_task(**task), ActivityKind.TASK, key="task")
    an_activity(course, Survey(), ActivityKind.SURVEY, key="survey", is_required=False)
    return progress.begin(person=a_person("anna"), course=published(course), at=AT)


def test_a_task_is_handed_in_returned_and_accepted(trainer: Person) -> None:
    way = a_way()
    first = work.hand_in(progress=way, key="task", text=" Ответ ", at=AT)
    with pytest.raises(AlreadyHandedIn):
        work.hand_in(progress=way, key="task", text="ещё", at=AT)
    with pytest.raises(UnfitPoints):
        work.mark(submission=first, points=[5, 0], comment="", by=trainer, at=AT)
    with pytest.raises(UnfitPoints):
        work.mark(submission=first, points=[1], comment="", by=trainer, at=AT)
    with pytest.raises(OwnWork):
        work.mark(submission=first, points=[1, 1], comment="", by=way.person, at=AT)
    assert work.mark(submission=first, points=[2, 3], comment="мало", by=trainer, at=AT).state == "returned"
    with pytest.raises(AlreadyMarked):
        work.mark(submission=first, points=[4, 6], comment="", by=trainer, at=AT)
    second = work.hand_in(progress=way, key="task", text="Ответ", at=AT)
    assert (second.number, work.mark(submission=second, points=[2, 4], comment="", by=trainer, at=AT).total) == (2, 6)
    with pytest.raises(AlreadyAccepted):
        work.hand_in(progress=way, key="task", text="ещё", at=AT)
    way.refresh_from_db()
    assert way.completed_at == AT
    told = OutboxEvent.objects.filter(kind="content.TaskMarked").order_by("pk")
    assert [row.payload["accepted"] for row in told] == [False, True]
    rows = JournalEntry.objects.filter(kind__startswith="content.task").order_by("pk")
    assert [row.kind.removeprefix("content.task_") for row in rows] == ["handed_in", "marked", "handed_in", "marked"]
    assert all(sentence(row) != row.kind for row in rows)


def test_a_task_takes_what_it_asks_for(trainer: Person) -> None:
    way = a_way(hand_in="file")
    with pytest.raises(EmptyWork):
        work.hand_in(progress=way, key="task", text="текст", at=AT)
    with pytest.raises(DangerousFile):
        work.hand_in(progress=way, key="task", file_name="a.html", chunks=[b"<script>"], at=AT)
    with pytest.raises(NoSuchActivity):
        work.hand_in(progress=way, key="survey", text="x", at=AT)
    sent = work.hand_in(progress=way, key="task", file_name="../Мой ответ.docx", chunks=[b"PK\x03\x04", b"x"], at=AT)
    assert (sent.file_name, sent.file_size, sent.path.read_bytes()) == ("мой-ответ.docx", 5, b"PK\x03\x04x")
    assert [path.name for path in sent.path.parent.iterdir()] == [sent.public_id]


def test_a_mark_stays_and_only_people_within_reach_are_marked(trainer: Person) -> None:
    way = a_way()
    sent = work.hand_in(progress=way, key="task", text="Ответ", at=AT)
    assert list(Submission.objects.visible_to(trainer)) == [sent]
    assert list(Submission.objects.visible_to(way.person)) == []
    work.mark(submission=sent, points=[4, 6], comment="", by=trainer, at=AT)
    for statement in ("UPDATE content_submission SET comment = 'x'", "DELETE FROM content_submission"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    row = {"progress": way, "key": "other", "number": 1, "handed_in_at": AT}
    wrong = ({}, {"text": "x", "state": "accepted"}, {"text": "x", "total": 5}, {"text": "x", "marked_at": AT})
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.create(**row | fields)


def test_a_survey_is_answered_once_with_scores_from_1_to_5(trainer: Person) -> None:
    way = a_way()
    given = {"comfortable": 1, "clear": 2, "useful": 3, "recommend": 5, "comment": "ок"}
    work.answer_survey(progress=way, key="survey", at=AT, **given)  # type: ignore[arg-type]  # a dict of mixed values
    with pytest.raises(AlreadyAnswered):
        work.answer_survey(progress=way, key="survey", at=AT, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(NoSuchActivity):
        work.answer_survey(progress=way, key="task", at=AT, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(progress=way, key="x", answered_at=AT, **given | {"clear": 6})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE content_surveyanswer SET clear = 5")


@pytest.mark.django_db(transaction=True)
def test_reports_and_beginnings_at_once_lose_nothing() -> None:
    an_organisation()
    course, anna = a_course(), a_person("anna")
    a_file(course, "film.mp4", an_mp4(100))
    an_activity(course, Video("film.mp4", watch_percent=100), ActivityKind.VIDEO, key="film")
    published(course)

    def at_once(*calls: object) -> None:
        def run(call: object) -> None:
            try:
                call()  # type: ignore[operator]  # a function without arguments
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(call,)) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    at_once(*[lambda: progress.begin(person=anna, course=course, at=AT)] * 3)
    way = CourseProgress.objects.get()

    def report(part: int) -> object:
        # Of one moment and within what is always believed: whoever comes first, nothing is cut.
        later = AT + timedelta(minutes=5)
        played = [(part * 2.0, part * 2.0 + 2)]
        return lambda: evidence.watch(progress=way, key="film", reported=played, position=0, at=later)

    at_once(*(report(part) for part in range(4)))
    mine = way.activities.get()
    watched = sum(end - begin for begin, end in mine.evidence["watched"])
    assert watched == 8
    assert way.activities.count() == 1
