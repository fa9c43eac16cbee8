"""Files of courses: taken by content, within limits, never replaced, never left behind."""

import shutil

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.content.actions import files
from nastavnik.content.enums import FileKind
from nastavnik.content.errors import (
    BrokenFile,
    DangerousFile,
    EmptyFile,
    FileInUse,
    NoOffice,
    TooLarge,
    UnknownFile,
    WrongKindOfFile,
)
from nastavnik.content.jobs import read_slides
from nastavnik.content.logic.activities import Article
from nastavnik.content.models import CourseFile
from nastavnik.kernel import progress
from tests.content.actions.test_archives import packed
from tests.factories.content import AT, CAPTIONS, a_course, a_file, a_pdf, a_picture, an_activity, an_mp4

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_under_a_name_of_ours_and_told_by_its_content() -> None:
    course = a_course()
    file = a_file(course, "../../etc/Схема №1 (новая).PNG", a_picture())
    assert (file.name, file.kind, file.media_type) == ("схема-1-новая.png", FileKind.IMAGE, "image/png")
    assert (file.path.read_bytes(), file.path.parent.name) == (a_picture(), file.public_id)
    film = a_file(course, "film.MP4", an_mp4(12.5))
    assert (film.duration_ms, a_file(course, "film.vtt", CAPTIONS).kind) == (12500, FileKind.CAPTIONS)


def test_the_same_file_is_the_same_and_another_one_gets_another_name() -> None:
    course = a_course()
    first = a_file(course, "scheme.png", a_picture())
    assert a_file(course, "Scheme.png", a_picture()) == first
    names = [a_file(course, "scheme.png", a_picture(colour)).name for colour in ("red", "green")]
    assert names == ["scheme-2.png", "scheme-3.png"]
    for change in ("name = 'x'", "sha256 = 'x'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE content_coursefile SET {change}")


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", EmptyFile),
        ("a.png", b"<svg onload=x()>", DangerousFile),
        ("a.bin", b"\x00\x01\x02", UnknownFile),
        ("a.png", a_picture()[:40], BrokenFile),
        ("a.vtt", CAPTIONS + b"x" * (files.LIMITS[FileKind.CAPTIONS]), TooLarge),
    ],
)
def test_an_unfit_file_is_refused_and_leaves_nothing(name: str, data: bytes, error: type[Exception]) -> None:
    course = a_course()
    with pytest.raises(error):
        a_file(course, name, data)
    assert CourseFile.objects.count() == 0


def test_slides_become_pages_with_their_text_in_the_search() -> None:
    course = a_course()
    with pytest.raises(WrongKindOfFile):
        a_file(course, "film.mp4", an_mp4(), wanted=FileKind.PDF)
    file = a_file(course, "slides.pdf", a_pdf("Refund", "Policy"), wanted=FileKind.PDF)
    assert file.state == "pending"
    task = progress.start("content.slides", "slides", by=None, at=AT)
    for _ in range(2):
        read_slides(file_id=file.pk, task_id=task.pk)
    file.refresh_from_db()
    task.refresh_from_db()
    assert (file.state, file.pages, task.state) == ("ready", ["Refund", "Policy"], "done")
    assert [file.page_path(number).read_bytes()[8:12] for number in (1, 2)] == [b"WEBP", b"WEBP"]


def test_a_broken_document_says_so() -> None:
    file = files.read_pages(file=a_file(a_course(), "slides.pdf", b"%PDF-1.4 nothing"), at=AT)
    assert (file.state, file.problem) == ("failed", files.UNREADABLE)


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is here and takes PPTX")
def test_a_presentation_needs_libreoffice() -> None:
    data = packed({"ppt/presentation.xml": "<x/>"})
    with pytest.raises(NoOffice):
        a_file(a_course(), "slides.pptx", data, wanted=FileKind.PDF)


def test_a_file_that_is_used_stays() -> None:
    course = a_course()
    used, unused = a_file(course, "a.png", a_picture()), a_file(course, "b.png", a_picture("red"))
    an_activity(course, Article("![x](media/a.png)"))
    with pytest.raises(FileInUse):
        files.remove(file=used, by=None, at=AT)
    files.remove(file=unused, by=None, at=AT)
    assert list(CourseFile.objects.all()) == [used]
