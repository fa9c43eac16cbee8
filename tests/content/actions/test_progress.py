"""People go through courses: evidence, ticks, completion, cycles, versions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.content import queries
from nastavnik.content.actions import access, activities, evidence, progress, versions
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import (
    CourseOver,
    NoSuchActivity,
    NotForYou,
    NothingPublished,
    NotSoSoon,
    NotYourTurn,
    OnThatVersion,
    OtherCourse,
)
from nastavnik.content.logic.activities import Article, Exam, File, Link, Session, Slides, Survey, Video
from nastavnik.content.models import Course, CourseProgress
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.people.models import Person
from tests.factories.content import AT, a_course, a_file, a_pdf, an_activity, an_mp4, an_organisation, published
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=10)


@pytest.fixture
def anna() -> Person:
    an_organisation()
    return a_person("anna")


def events(kind: str) -> list[dict[str, object]]:
    return [row.payload for row in OutboxEvent.objects.filter(kind=f"content.{kind}").order_by("pk")]


def done(way: CourseProgress) -> list[str]:
    return list(way.activities.filter(done_at__isnull=False).order_by("key").values_list("key", flat=True))


def test_an_open_course_is_begun_once_and_completed_with_its_last_tick(anna: Person) -> None:
    course = a_course()
    first = an_activity(course, key="law")
    an_activity(course, key="extra", is_required=False)
    published(course)
    way = progress.begin(person=anna, course=course, at=AT)
    assert progress.begin(person=anna, course=course, at=LATER) == way
    progress.enter(progress=way, key=first.key, at=AT)
    assert done(way) == []
    evidence.mark_read(progress=way, key="law", at=LATER)
    way.refresh_from_db()
    assert (done(way), way.completed_at) == (["law"], LATER)
    assert events("ActivityCompleted") == [{"person_id": anna.pk, "course_code": "refunds", "key": "law"}]
    assert events("CourseCompleted") == [{"person_id": anna.pk, "course_code": "refunds", "version": 1}]
    assert queries.completions([anna.pk], ["refunds", "other"]) == {(anna.pk, "refunds"): LATER}
    kinds = JournalEntry.objects.filter(person_id=anna.pk, kind__startswith="content.").order_by("pk")
    assert [row.kind for row in kinds] == ["content.course_begun", "content.course_completed"]
    assert all(sentence(row) != row.kind for row in kinds)


def test_a_second_time_is_a_new_row_and_leaves_the_first_as_it_was(anna: Person) -> None:
    course = published()
    [key] = course.versions.get().activities.values_list("key", flat=True)
    first = progress.begin(person=anna, course=course, at=AT)
    evidence.mark_read(progress=first, key=key, at=AT)
    assert progress.begin(person=anna, course=course, at=LATER) == first
    second = progress.begin(person=anna, course=course, at=LATER, again=True)
    assert (second.cycle, done(second), done(first)) == (2, [], [key])
    assert queries.completions([anna.pk], ["refunds"]) == {(anna.pk, "refunds"): AT}


def test_a_course_that_is_not_open_needs_a_grant_of_some_source(anna: Person) -> None:
    course = published(is_open=False)
    with pytest.raises(NotForYou):
        progress.begin(person=anna, course=course, at=AT)
    for source in ("programme:one", "programme:two"):
        access.grant(person=anna, course=course, source=source, by=None, at=AT)
        access.grant(person=anna, course=course, source=source, by=None, at=AT)
    access.revoke(person=anna, course=course, source="programme:one", by=None, at=LATER)
    access.revoke(person=anna, course=course, source="programme:one", by=None, at=LATER)
    assert list(Course.objects.visible_to(anna)) == [course]
    access.revoke(person=anna, course=course, source="programme:two", by=None, at=LATER)
    assert list(Course.objects.visible_to(anna)) == []
    kinds = JournalEntry.objects.filter(person_id=anna.pk, kind__startswith="content.access").order_by("pk")
    assert [row.kind.removeprefix("content.access_") for row in kinds] == ["granted", "granted", "revoked", "revoked"]


def test_what_was_begun_stays_open_after_the_grant_and_the_course_have_gone(anna: Person) -> None:
    course = published(is_open=False)
    access.grant(person=anna, course=course, source="by hand", by=None, at=AT)
    way = progress.begin(person=anna, course=course, at=AT)
    access.revoke(person=anna, course=course, source="by hand", by=None, at=LATER)
    versions.retire(course=course, by=None, at=LATER)
    assert list(Course.objects.visible_to(anna)) == [course]
    assert progress.begin(person=anna, course=course, at=LATER) == way


def test_nobody_begins_what_is_not_published(anna: Person) -> None:
    with pytest.raises(NothingPublished):
        progress.begin(person=anna, course=a_course(), at=AT)


def test_activities_in_their_order_open_one_after_the_other(anna: Person) -> None:
    course = a_course()
    an_activity(course, key="one", title="Первая")
    an_activity(course, key="optional", is_required=False)
    an_activity(course, key="two")
    versions.put_in_order(course=course, in_order=True, by=None, at=AT)
    published(course)
    way = progress.begin(person=anna, course=course, at=AT)
    with pytest.raises(NotYourTurn, match="Первая"):
        progress.enter(progress=way, key="two", at=AT)
    evidence.mark_read(progress=way, key="one", at=AT)
    progress.enter(progress=way, key="two", at=AT)
    with pytest.raises(NoSuchActivity):
        progress.enter(progress=way, key="three", at=AT)


def test_an_article_with_a_least_time_is_not_marked_sooner(anna: Person) -> None:
    course = a_course()
    an_activity(course, Article("Долгая", min_seconds=60), key="long")
    way = progress.begin(person=anna, course=published(course), at=AT)
    progress.enter(progress=way, key="long", at=AT)
    with pytest.raises(NotSoSoon):
        evidence.mark_read(progress=way, key="long", at=AT + timedelta(seconds=59))
    evidence.mark_read(progress=way, key="long", at=AT + timedelta(seconds=60))
    assert done(way) == ["long"]


def test_slides_count_pages_that_exist_and_videos_seconds_that_can_have_passed(anna: Person) -> None:
    from nastavnik.content.actions import files

    course = a_course()
    pdf = files.read_pages(file=a_file(course, "slides.pdf", a_pdf("one", "two")), at=AT)
    a_file(course, "film.mp4", an_mp4(100))
    an_activity(course, Slides(pdf.name), ActivityKind.SLIDES, key="slides")
    an_activity(course, Video("film.mp4", watch_percent=90, no_skip=True), ActivityKind.VIDEO, key="film")
    way = progress.begin(person=anna, course=published(course), at=AT)
    for page in (2, 2, 1):
        evidence.see_page(progress=way, key="slides", page=page, at=AT)
    with pytest.raises(NoSuchActivity):
        evidence.see_page(progress=way, key="slides", page=3, at=AT)
    assert done(way) == ["slides"]
    evidence.watch(progress=way, key="film", reported=[(0, 60)], position=60, at=AT)
    skipped = evidence.watch(progress=way, key="film", reported=[(95, 100)], position=100, at=LATER)
    assert (skipped.evidence["watched"], skipped.evidence["position"]) == ([[0.0, 60.0]], 100)
    for seconds in (20, 40):
        evidence.watch(
            progress=way, key="film", reported=[(40 + seconds, 60 + seconds)], position=80,
            at=LATER + timedelta(seconds=seconds),
        )  # fmt: skip
    assert done(way) == ["film", "slides"]


def test_a_link_is_done_when_followed_and_a_file_when_downloaded(anna: Person) -> None:
    course = a_course()
    a_file(course, "memo.txt", b"memo")
    an_activity(course, Link("https://example.org/"), ActivityKind.LINK, key="link")
    an_activity(course, File("memo.txt"), ActivityKind.FILE, key="file")
    way = progress.begin(person=anna, course=published(course), at=AT)
    for key in ("link", "file"):
        progress.enter(progress=way, key=key, at=AT)
    assert done(way) == []
    evidence.follow(progress=way, key="link", at=AT)
    evidence.download(progress=way, key="file", at=AT)
    assert done(way) == ["file", "link"]
    with pytest.raises(NoSuchActivity):
        evidence.follow(progress=way, key="file", at=AT)


def test_other_rooms_tick_exams_and_sessions_by_their_reference(anna: Person) -> None:
    course = a_course()
    an_activity(course, Exam("march"), ActivityKind.EXAM, key="exam")
    an_activity(course, Exam("march", pass_percent=85), ActivityKind.EXAM, key="strict")
    an_activity(course, Session("welcome"), ActivityKind.SESSION, key="session")
    way = progress.begin(person=anna, course=published(course), at=AT)
    told = {"person": anna, "at": AT}
    noted = progress.note_evidence
    assert noted(kind=ActivityKind.EXAM, reference="april", evidence={"passed": True}, **told) == 0  # type: ignore[arg-type]  # a dict of mixed values
    assert noted(kind=ActivityKind.EXAM, reference="march", evidence={"passed": True, "percent": 84.9}, **told) == 2  # type: ignore[arg-type]  # as above
    assert done(way) == ["exam"]
    assert noted(kind=ActivityKind.EXAM, reference="march", evidence={"passed": False, "percent": 85}, **told) == 1  # type: ignore[arg-type]  # as above
    assert done(way) == ["exam", "strict"]
    assert noted(kind=ActivityKind.SESSION, reference="welcome", evidence={"attended": True}, **told) == 1  # type: ignore[arg-type]  # as above
    way.refresh_from_db()
    assert way.completed_at == AT


def test_a_move_keeps_what_is_the_same_and_begins_anew_what_changed(anna: Person) -> None:
    course = a_course()
    for key in ("same", "changed", "gone"):
        an_activity(course, Article(key), key=key)
    way = progress.begin(person=anna, course=published(course), at=AT)
    for key in ("same", "changed", "gone"):
        evidence.mark_read(progress=way, key=key, at=AT)
    boris = progress.begin(person=a_person("boris"), course=course, at=AT)
    evidence.mark_read(progress=boris, key="same", at=AT)
    evidence.mark_read(progress=boris, key="changed", at=AT)
    versions.begin_draft(course=course, by=None, at=AT)
    told = {"course": course, "by": None, "at": AT}
    activities.remove(key="gone", **told)  # type: ignore[arg-type]  # a dict of mixed values
    same = {"title": "Иначе названная", "minutes": 7, "is_required": True, "content": Article("same")}
    activities.change(key="same", **same, **told)  # type: ignore[arg-type]  # as above
    changed = {"title": "Закон", "minutes": 5, "is_required": True, "content": Article("новый текст")}
    activities.change(key="changed", **changed, **told)  # type: ignore[arg-type]  # as above
    second = versions.publish(note="новый закон", **told)  # type: ignore[arg-type]  # as above
    boris.refresh_from_db()
    assert boris.version.number == 1
    with pytest.raises(CourseOver):
        progress.move(progress=way, to=second, by=None, at=AT)
    assert progress.move_all(course=course, to=second, by=None, at=LATER) == 1
    boris.refresh_from_db()
    assert (boris.version.number, done(boris)) == (2, ["same"])
    entry = JournalEntry.objects.get(kind="content.progress_moved")
    assert [one["key"] for one in entry.data["begin_anew"]] == ["changed"]
    with pytest.raises(OnThatVersion):
        progress.move(progress=boris, to=second, by=None, at=AT)
    with pytest.raises(OtherCourse):
        progress.move(progress=boris, to=published(a_course("other")).versions.get(), by=None, at=AT)


def test_a_survey_or_task_cannot_be_ticked_from_the_wrong_kind(anna: Person) -> None:
    course = a_course()
    an_activity(course, Survey(), ActivityKind.SURVEY, key="survey")
    way = progress.begin(person=anna, course=published(course), at=AT)
    with pytest.raises(NoSuchActivity):
        evidence.mark_read(progress=way, key="survey", at=AT)


def test_two_ways_at_once_and_an_end_before_the_beginning_are_impossible(anna: Person) -> None:
    way = progress.begin(person=anna, course=published(), at=AT)
    row = {"person": anna, "course": way.course, "version": way.version, "began_at": AT}
    for fields in ({"cycle": 2}, {"cycle": 1, "completed_at": AT}, {"cycle": 0, "completed_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CourseProgress.objects.create(**row | fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseProgress.objects.create(**row, cycle=3, completed_at=AT - timedelta(seconds=1))
