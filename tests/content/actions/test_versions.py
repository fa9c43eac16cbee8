"""Versions: a draft is rewritten, a published one stays; what the database refuses to everybody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from nastavnik.content import queries
from nastavnik.content.actions import activities, courses, versions
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import (
    CodeTaken,
    NoDraft,
    NoSuchActivity,
    NothingChanged,
    NothingPublished,
    NotReady,
    SaysNothing,
)
from nastavnik.content.logic.activities import Article, Exam, Link, Slides, Task, Video
from nastavnik.content.models import Activity, Course, CourseVersion
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from tests.factories.content import AT, a_course, a_file, a_picture, an_activity, an_mp4, an_organisation, published
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


def states(course: Course) -> list[tuple[int, str]]:
    return list(course.versions.order_by("number").values_list("number", "state"))


def journal() -> list[str]:
    rows = JournalEntry.objects.filter(kind__startswith="content.").order_by("pk")
    assert all(sentence(row) != row.kind for row in rows)
    return [row.kind.partition(".")[2] for row in rows]


def test_a_course_lives_from_draft_to_retired() -> None:
    course = a_course()
    an_activity(course, key="law")
    assert states(course) == [(1, "draft")]
    versions.publish(course=course, note="", by=None, at=AT)
    draft = versions.begin_draft(course=course, by=None, at=AT)
    assert versions.begin_draft(course=course, by=None, at=AT) == draft
    assert states(course) == [(1, "published"), (2, "draft")]
    with pytest.raises(SaysNothing):
        versions.publish(course=course, note=" ", by=None, at=AT)
    with pytest.raises(NothingChanged):
        versions.publish(course=course, note="ничего", by=None, at=AT)
    versions.put_in_order(course=course, in_order=True, by=None, at=AT)
    versions.publish(course=course, note="по порядку", by=None, at=AT)
    assert states(course) == [(1, "retired"), (2, "published")]
    versions.retire(course=course, by=None, at=AT, reason="устарел")
    assert states(course) == [(1, "retired"), (2, "retired")]
    with pytest.raises(NothingPublished):
        versions.retire(course=course, by=None, at=AT)
    versions.begin_draft(course=course, by=None, at=AT)
    versions.discard(course=course, by=None, at=AT)
    with pytest.raises(NoDraft):
        versions.discard(course=course, by=None, at=AT)
    assert journal() == [
        "course_created", "activity_added", "version_published", "draft_begun", "draft_ordered", "version_published",
        "version_retired", "draft_begun", "draft_discarded",
    ]  # fmt: skip


def test_the_only_version_is_not_discarded_and_a_code_is_used_once() -> None:
    course = a_course()
    with pytest.raises(NoDraft):
        versions.discard(course=course, by=None, at=AT)
    with pytest.raises(CodeTaken):
        a_course()


def test_activities_are_moved_changed_and_taken_out_of_the_draft_only() -> None:
    course = a_course()
    for key in "abc":
        an_activity(course, key=key)
    told = {"course": course, "by": None, "at": AT}
    activities.move(key="a", down=True, **told)  # type: ignore[arg-type]  # a dict of mixed values
    activities.move(key="c", down=True, **told)  # type: ignore[arg-type]  # as above
    activities.move(key="c", down=False, **told)  # type: ignore[arg-type]  # as above
    draft = queries.draft(course)
    assert draft is not None
    assert list(draft.activities.values_list("key", flat=True)) == ["b", "c", "a"]
    activities.remove(key="c", **told)  # type: ignore[arg-type]  # as above
    with pytest.raises(NoSuchActivity):
        activities.remove(key="c", **told)  # type: ignore[arg-type]  # as above
    versions.publish(note="", **told)  # type: ignore[arg-type]  # as above
    with pytest.raises(NoDraft):
        activities.remove(key="a", **told)  # type: ignore[arg-type]  # as above


def test_everything_that_stands_against_publishing_is_said_at_once() -> None:
    course = a_course()
    with override("en"):
        with pytest.raises(NotReady, match="has no activities"):
            versions.publish(course=course, note="", by=None, at=AT)
        kinds = ActivityKind
        picture = a_file(course, "scheme.png", a_picture())
        a_file(course, "film.mp4", an_mp4(0))
        an_activity(course, Article(" "), title="A")
        an_activity(course, Article("![x](media/no.png)"), title="B")
        an_activity(course, Slides(picture.name), kinds.SLIDES, title="C")
        an_activity(course, Video("film.mp4", captions="film.mp4"), kinds.VIDEO, title="D")
        an_activity(course, Link("ftp://x"), kinds.LINK, title="E")
        an_activity(course, Exam(""), kinds.EXAM, title="F")
        an_activity(course, Task("x"), kinds.TASK, title="G")
        draft = queries.draft(course)
        assert draft is not None
        assert [fault.text for fault in versions.faults(draft)] == [
            "“A” has no text.",
            "“B” names the file “no.png”, which the course does not have.",
            "“C”: the file “scheme.png” is of another kind.",
            "“D”: the video does not tell its length; write it in.",
            "“D”: the file “film.mp4” is of another kind.",
            "“E” needs an address that begins with http:// or https://.",
            "“F” does not say which one it is: fill in the code.",
            "“G” has no rubric to mark it by.",
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content_activity SET title = 'x'",
        "UPDATE content_activity SET position = 7",
        "DELETE FROM content_activity",
        "INSERT INTO content_activity (version_id, key, position, kind, title, minutes, is_required, settings)"
        " SELECT version_id, 'new', 9, kind, title, minutes, is_required, settings FROM content_activity",
        "UPDATE content_courseversion SET note = 'x'",
        "UPDATE content_courseversion SET state = 'draft', published_at = NULL",
        "UPDATE content_courseversion SET in_order = NOT in_order, state = 'retired', retired_at = now()",
        "DELETE FROM content_courseversion",
        "UPDATE content_courseversion SET retired_at = now()",
    ],
)
def test_the_database_keeps_what_was_published(statement: str) -> None:
    published()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_retired_version_does_not_come_back() -> None:
    course = published()
    versions.retire(course=course, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        course.versions.update(state="published", retired_at=None)


def create_at_once(**fields: object) -> None:
    """Deferred constraints are checked at the end of a transaction, which a test never reaches."""
    Activity.objects.create(**fields)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_drafts_and_two_activities_in_one_place_are_impossible() -> None:
    course = a_course()
    an_activity(course, key="a")
    draft = course.versions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseVersion.objects.create(course=course, number=2, made_at=AT)
    for fields in ({"key": "a", "position": 2}, {"key": "b", "position": 1}, {"key": "b", "position": 2, "minutes": 0}):
        row = {"version": draft, "kind": "article", "title": "x", "minutes": 5}
        with pytest.raises(IntegrityError), transaction.atomic():
            create_at_once(**row | fields)


def test_a_review_date_is_told_once_and_again_when_it_is_moved() -> None:
    an_organisation()
    owner = a_person("anna")
    day = date(2026, 11, 20)
    course = a_course(owner=owner, review_date=day)
    a_course("later", review_date=day + timedelta(days=1))
    assert [courses.tell_of_reviews(day=day, at=AT) for _ in range(2)] == [1, 0]
    courses.describe(course=course, by=None, at=AT, review_date=day - timedelta(days=1))
    assert courses.tell_of_reviews(day=day, at=AT) == 1
    rows = OutboxEvent.objects.filter(kind="content.CourseReviewDue").order_by("pk")
    assert [row.payload for row in rows] == [
        {"course_code": "refunds", "owner_id": owner.pk, "review_date": "2026-11-20"},
        {"course_code": "refunds", "owner_id": owner.pk, "review_date": "2026-11-19"},
    ]


def test_courses_are_found_by_the_words_inside_them() -> None:
    course = a_course(summary="Сроки")
    an_activity(course, Article("Клиентам **возвращаем** деньги, ещё и проценты"))
    for text in ("возвращать", "возвратов", "возвр", "ПРОЦЕНТЫ", "деньг клиент", "сроки"):
        assert list(Course.objects.matching(text)) == [course], text
    for text in ("кондиционер", "деньги кондиционер"):
        assert list(Course.objects.matching(text)) == [], text
    published(course)
    versions.begin_draft(course=course, by=None, at=AT)
    an_activity(course, Article("кондиционер"))
    assert list(Course.objects.matching("кондиционер")) == []
    versions.publish(course=course, note="новое", by=None, at=AT)
    assert list(Course.objects.matching("кондиционер")) == [course]
