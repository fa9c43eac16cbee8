"""Pages of courses: learners take them, authors write them, others meet shut doors."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nastavnik.content import queries
from nastavnik.content.actions import access, files, progress, work
from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic.activities import Article, Exam, File, Link, Session, Slides, Survey, Video
from nastavnik.content.models import Course, CourseAccess, CourseFile, Submission, SurveyAnswer
from nastavnik.people.models import Person
from tests.factories.content import (
    AT,
    CAPTIONS,
    a_course,
    a_file,
    a_pdf,
    a_picture,
    a_task,
    a_trainer,
    an_activity,
    an_mp4,
    an_organisation,
    published,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
KEYS = ("law", "slides", "film", "memo", "site", "exam", "live", "survey", "task")


@pytest.fixture
def anna() -> Person:
    an_organisation()
    return a_person("anna")


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def whole() -> Course:
    """A published course with an activity of every kind but drills."""
    course = a_course()
    files.read_pages(file=a_file(course, "slides.pdf", a_pdf("Opening", "Closing")), at=AT)
    a_file(course, "film.mp4", an_mp4(100))
    a_file(course, "film.vtt", CAPTIONS)
    a_file(course, "scheme.png", a_picture())
    a_file(course, "memo.txt", b"memo")
    kinds = ActivityKind
    an_activity(course, Article("# Срок\n\n![схема](media/scheme.png) <b>жирно</b>"), key="law")
    an_activity(course, Slides("slides.pdf"), kinds.SLIDES, key="slides", title="Слайды")
    an_activity(course, Video("film.mp4", "film.vtt", "Здравствуйте"), kinds.VIDEO, key="film", title="Фильм")
    an_activity(course, File("memo.txt"), kinds.FILE, key="memo", title="Памятка")
    an_activity(course, Link("https://example.org/x"), kinds.LINK, key="site", title="Сайт")
    an_activity(course, Exam("march"), kinds.EXAM, key="exam", title="Экзамен")
    an_activity(course, Session("welcome"), kinds.SESSION, key="live", title="Встреча")
    an_activity(course, Survey(), kinds.SURVEY, key="survey", title="Опрос")
    an_activity(course, a_task(), kinds.TASK, key="task", title="Ответ клиенту")
    return published(course)


def at(name: str, *args: Any) -> str:
    return reverse(f"content:{name}", args=args)


def done(person: Person, course: Course) -> set[str]:
    way = queries.current(person, course)
    assert way is not None
    return set(way.activities.filter(done_at__isnull=False).values_list("key", flat=True))


def test_a_learner_goes_through_every_kind_of_activity(anna: Person) -> None:
    course, client = whole(), client_of(anna)
    assert client.get(at("course-play", course.public_id)).url == course.get_absolute_url()  # type: ignore[attr-defined]  # a redirect
    began = client.post(at("course-play", course.public_id))
    assert began.url == at("activity-play", course.public_id, "law")  # type: ignore[attr-defined]  # a redirect
    pages = {key: client.get(at("activity-play", course.public_id, key)).content.decode() for key in KEYS}
    picture = at("file-open", course.public_id, "scheme.png")
    assert f'<img src="{picture}" alt="схема" loading="lazy"> &lt;b&gt;жирно&lt;/b&gt;' in pages["law"]
    assert all('data-part="evidence"' in page for page in pages.values())
    assert done(anna, course) == set()
    client.post(at("activity-read", course.public_id, "law"))
    client.get(at("activity-play", course.public_id, "slides"), {"page": "2"})
    client.get(at("activity-download", course.public_id, "memo"))
    followed = client.get(at("activity-follow", course.public_id, "site"))
    assert (followed.status_code, followed["Location"]) == (302, "https://example.org/x")
    scores = {"comfortable": 4, "clear": 5, "useful": 5, "recommend": 4, "comment": "ещё примеров"}
    client.post(at("survey-answer", course.public_id, "survey"), scores)
    client.post(at("task-hand-in", course.public_id, "task"), {"text": "Здравствуйте"})
    assert done(anna, course) == {"law", "slides", "memo", "site", "survey"}
    assert SurveyAnswer.objects.get().comment == "ещё примеров"
    assert Submission.objects.get().text == "Здравствуйте"


def test_the_players_reports_are_merged_and_answered(anna: Person) -> None:
    course, client = whole(), client_of(anna)
    client.post(at("course-play", course.public_id))
    url = at("activity-watch", course.public_id, "film")

    def report(body: Any) -> Any:
        return client.post(url, json.dumps(body), content_type="application/json")

    answer = report({"watched": [[0, 10], [8, 20]], "position": 20}).json()
    assert answer == {"done": False, "evidence": "Watched 20%: 20 of 100 s.", "furthest": 20.0, "percent": 20}
    for bad in ({}, [], {"watched": [[1]], "position": 0}, {"watched": [["a", "b"]], "position": 0}):
        assert report(bad).status_code == 422
    page = client.get(at("activity-play", course.public_id, "film")).content.decode()
    assert 'data-position="20.0"' in page


def test_a_draft_and_a_course_not_granted_are_not_there_for_a_learner(anna: Person) -> None:
    drafted, closed = a_course("drafted"), published(a_course("closed", is_open=False))
    a_file(closed, "scheme.png", a_picture())
    client = client_of(anna)
    for course in (drafted, closed):
        assert client.get(course.get_absolute_url()).status_code == 404
        assert client.post(at("course-play", course.public_id)).status_code == 404
    assert client.get(at("file-open", closed.public_id, "scheme.png")).status_code == 404
    access.grant(person=anna, course=closed, source="by hand", by=None, at=AT)
    assert client.get(at("file-open", closed.public_id, "scheme.png")).status_code == 200
    for name in ("course-edit", "file-list", "access-list", "survey-results", "course-publish"):
        assert client.get(at(name, closed.public_id)).status_code == 403
    for name in ("course-shelf", "course-create", "submission-list"):
        assert client.get(at(name)).status_code == 403


def test_files_come_in_parts_with_their_type_and_never_run(anna: Person) -> None:
    course, client = whole(), client_of(anna)
    film = at("file-open", course.public_id, "film.mp4")
    whole_film = client.get(film)
    size = CourseFile.objects.get(name="film.mp4").size
    body = b"".join(whole_film.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert (len(body), whole_film["Accept-Ranges"], whole_film["Content-Type"]) == (size, "bytes", "video/mp4")
    part = client.get(film, headers={"range": "bytes=4-7"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 4-7/{size}")
    assert b"".join(part.streaming_content) == body[4:8] == b"ftyp"  # type: ignore[attr-defined]  # as above
    assert client.get(film, headers={"range": f"bytes={size}-"}).status_code == 416
    assert client.get(film, headers={"if-none-match": whole_film["ETag"]}).status_code == 304
    other = client.get(film, headers={"range": "bytes=4-7", "if-range": '"older"'})
    assert other.status_code == 200
    memo = client.get(at("file-open", course.public_id, "memo.txt"))
    assert memo["Content-Disposition"] == "attachment; filename*=UTF-8''memo.txt"
    assert (memo["Content-Type"], memo["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert "sandbox" in memo["Content-Security-Policy"]
    page = client.get(at("slide-open", course.public_id, "slides.pdf", 2))
    assert (page.status_code, page["Content-Type"]) == (200, "image/webp")
    assert client.get(at("slide-open", course.public_id, "slides.pdf", 3)).status_code == 404


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_of_an_author_opens(anna: Person, language: str) -> None:
    course = whole()
    client = Client(headers={"accept-language": language})
    client.force_login(a_trainer())
    progress.begin(person=anna, course=course, at=AT)
    sent = work.hand_in(progress=queries.current(anna, course), key="task", text="Ответ", at=AT)  # type: ignore[arg-type]  # begun above
    client.post(at("draft-begin", course.public_id))
    one = course.public_id
    urls = [at("course-list"), at("course-shelf"), at("course-create"), course.get_absolute_url()]
    names = ("course-describe", "course-edit", "course-publish", "file-list", "access-list", "survey-results")
    urls += [at(name, one) for name in names]
    urls += [at("activity-add", one, kind) for kind in ActivityKind.values]
    urls += [at(name, one, key) for key in KEYS for name in ("activity-edit", "activity-preview")]
    urls += [at("version-detail", one, 2), at("submission-list"), sent.get_absolute_url()]
    urls += [anna.get_absolute_url(), at("person-panel", anna.public_id)]
    assert [(url, client.get(url).status_code) for url in urls] == [(url, 200) for url in urls]


def test_an_author_writes_a_course_and_publishes_it(anna: Person) -> None:
    client = client_of(a_trainer())
    made = client.post(at("course-create"), {"code": "refunds", "title": "Возвраты", "is_open": "on"})
    course = Course.objects.get(code="refunds")
    assert made.url == at("course-edit", course.public_id)  # type: ignore[attr-defined]  # a redirect
    said = {"title": "Закон", "minutes": "5", "is_required": "on", "text": "Десять дней", "min_seconds": "0"}
    client.post(at("activity-add", course.public_id, "article"), said)
    upload = SimpleUploadedFile("Мои слайды.pdf", a_pdf("One"))
    told = {"title": "Слайды", "minutes": "3", "is_required": "on", "pages_percent": "100", "upload": upload}
    client.post(at("activity-add", course.public_id, "slides"), told)
    rubric = {"text": "Ответьте", "rubric": "4 Вежливо\n6. По закону", "hand_in": "text", "pass_percent": "60"}
    client.post(at("activity-add", course.public_id, "task"), {"title": "Ответ", "minutes": "9", **rubric})
    draft = queries.draft(course)
    assert draft is not None
    rows = list(draft.activities.values_list("kind", "settings"))
    criteria = [{"title": "Вежливо", "points": 4}, {"title": "По закону", "points": 6}]
    assert rows[1:] == [
        ("slides", {"file": "мои-слайды.pdf"}),
        ("task", {"text": "Ответьте", "rubric": criteria}),
    ]
    refused = client.post(at("course-publish", course.public_id), {"note": ""})
    assert (refused.status_code, "are not ready" in refused.content.decode()) == (422, True)
    files.read_pages(file=CourseFile.objects.get(), at=AT)
    client.post(at("activity-move", course.public_id, draft.activities.all()[1].key), {"to": "up"})
    client.post(at("course-publish", course.public_id), {"note": ""})
    version = queries.published(course)
    assert version is not None
    assert [one.kind for one in version.activities.all()] == ["slides", "article", "task"]
    found = client_of(anna).get(at("course-list"), {"q": "десят"})
    assert "Возвраты" in found.content.decode()
    assert "Возвраты" not in client_of(anna).get(at("course-list"), {"q": "кондиционер"}).content.decode()


def test_wrong_input_is_refused_beside_its_field(anna: Person) -> None:
    course, client = a_course(), client_of(a_trainer())
    url = at("activity-add", course.public_id, "link")
    answer = client.post(url, {"title": "Сайт", "minutes": "1", "url": "javascript:alert(1)"})
    assert (answer.status_code, "begins with http" in answer.content.decode()) == (422, True)
    bad = {"title": "Ответ", "minutes": "9", "rubric": "вежливо", "hand_in": "text", "pass_percent": "60"}
    assert client.post(at("activity-add", course.public_id, "task"), bad).status_code == 422
    page = SimpleUploadedFile("page.pdf", b"<html><script>x()</script></html>")
    slides = {"title": "Слайды", "minutes": "3", "pages_percent": "100", "upload": page}
    assert client.post(at("activity-add", course.public_id, "slides"), slides).status_code == 422
    assert client.post(at("course-create"), {"code": "refunds", "title": "Снова"}).status_code == 422
    assert (course.versions.get().activities.count(), CourseFile.objects.count()) == (0, 0)


def test_somebody_elses_change_is_not_overwritten(anna: Person) -> None:
    course, client = a_course(), client_of(a_trainer())
    activity = an_activity(course, key="law")
    url = at("activity-edit", course.public_id, "law")
    seen = client.get(url).context["form"]["seen"].value()
    said = {"title": "Закон", "minutes": "5", "is_required": "on", "min_seconds": "0", "seen": seen}
    assert client.post(url, said | {"text": "первый"}).status_code == 302
    late = client.post(url, said | {"text": "второй"})
    assert (late.status_code, "второй" in late.content.decode()) == (422, True)
    activity.refresh_from_db()
    assert activity.settings == {"text": "первый"}


def test_the_preview_shows_markdown_and_no_foreign_code(anna: Person) -> None:
    course, client = a_course(), client_of(a_trainer())
    text = "**да** [x](javascript:alert(1)) <script>x()</script> ![y](https://evil.example/p.png)"
    shown = client.post(at("text-preview", course.public_id), {"text": text}).content.decode()
    assert "<strong>да</strong>" in shown
    assert [word for word in ("<script", "<img", "href") if word in shown] == []


def test_a_task_is_marked_by_its_rubric(anna: Person) -> None:
    course, trainer = whole(), a_trainer()
    way = progress.begin(person=anna, course=course, at=AT)
    sent = work.hand_in(progress=way, key="task", text="Ответ", at=AT)
    client = client_of(trainer)
    assert "Петрова" in client.get(at("submission-list")).content.decode()
    assert client.post(sent.get_absolute_url(), {"points-0": "5", "points-1": "6"}).status_code == 422
    client.post(sent.get_absolute_url(), {"points-0": "1", "points-1": "4", "comment": "ещё раз"})
    sent.refresh_from_db()
    assert (sent.state, sent.total, sent.marked_by) == ("returned", 5, trainer)
    page = client_of(anna).get(at("activity-play", course.public_id, "task")).content.decode()
    assert ("ещё раз" in page, 'name="text"' in page) == (True, True)


def test_survey_results_show_means_from_three_answers_on(anna: Person) -> None:
    course, client = whole(), client_of(a_trainer())
    for number in range(3):
        page = client.get(at("survey-results", course.public_id)).content.decode()
        assert "Too few answers" in page
        way = progress.begin(person=a_person(f"p-{number}"), course=course, at=AT)
        given = {"comfortable": 3 + number, "clear": 5, "useful": 4, "recommend": 1, "comment": f"слово {number}"}
        work.answer_survey(progress=way, key="survey", at=AT, **given)  # type: ignore[arg-type]  # a dict of mixed values
    results = queries.survey_results(course)
    assert (results.n, results.means["comfortable"], results.shares["comfortable"]) == (3, 4.0, 2 / 3)
    page = client.get(at("survey-results", course.public_id)).content.decode()
    assert ("4.00" in page, "Петрова" in page) == (True, False)


def test_a_course_is_granted_by_codes_and_withdrawn(anna: Person) -> None:
    course, client = published(is_open=False), client_of(a_trainer())
    url = at("access-list", course.public_id)
    assert client.post(url, {"people": "anna, nobody"}).status_code == 422
    client.post(url, {"people": "anna"})
    assert CourseAccess.objects.get().person == anna
    client.post(at("access-revoke", course.public_id), {"person": anna.public_id})
    assert list(Course.objects.visible_to(anna)) == []


def test_the_catalogue_takes_the_same_number_of_queries_for_one_and_three_courses(
    anna: Person, django_assert_num_queries: Any
) -> None:
    published(a_course("one"))
    client = client_of(anna)
    client.get(at("course-list"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as for_one:
        client.get(at("course-list"))
    published(a_course("two"))
    published(a_course("three"))
    with django_assert_num_queries(len(for_one)):
        client.get(at("course-list"))


def test_the_player_takes_the_same_number_of_queries_for_one_and_three_activities(
    anna: Person, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_of(anna), []
    for number in (1, 3):
        course = a_course(f"c-{number}")
        for place in range(number):
            an_activity(course, key=f"k-{place}")
        published(course)
        client.post(at("course-play", course.public_id))
        client.get(at("activity-play", course.public_id, "k-0"))
        with CaptureQueriesContext(connection) as spent:
            client.get(at("activity-play", course.public_id, "k-0"))
        counts.append(len(spent))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_panel_of_a_person_is_for_those_who_may_see_their_learning(anna: Person) -> None:
    course = published()
    progress.begin(person=anna, course=course, at=AT)
    url = at("person-panel", anna.public_id)
    assert "Возвраты" in client_of(anna).get(url).content.decode()
    assert "Возвраты" in client_of(a_trainer()).get(url).content.decode()
    assert client_of(a_person("stranger")).get(url).status_code == 404
