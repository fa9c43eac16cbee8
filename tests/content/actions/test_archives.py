"""Courses in and out as archives: the round trip is exact, bad archives are refused with file and line."""

import io
import json
import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from nastavnik.config.cli import main
from nastavnik.content import archive, queries
from nastavnik.content.actions import files, imports
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import DangerousFile, HasProblems, ImportDone, NotAnArchive
from nastavnik.content.logic.activities import Article, Slides, Video
from nastavnik.content.models import Activity, Course, CourseFile, CourseImport
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from tests.factories.content import (
    AT,
    CAPTIONS,
    a_course,
    a_file,
    a_pdf,
    a_picture,
    a_task,
    an_activity,
    an_mp4,
    an_organisation,
    published,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
MANIFEST = """\
format: nastavnik-course/1
code: refunds
title: Возвраты
activities:
  - key: law
    kind: article
    title: Закон
    minutes: 5
    text: "![схема](media/Схема 1.png)"
"""


def packed(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "course.zip"
    path.write_bytes(data)
    return path


def problems(tmp_path: Path, files: dict[str, bytes | str]) -> list[tuple[str, int, str]]:
    looked = imports.look(kept(tmp_path, packed(files)), "course.zip")
    return [(one.file, one.line, one.text) for one in looked.problems]


def whole() -> Course:
    course = a_course(owner=a_person("anna"), summary="О сроках: «десять дней»")
    files.read_pages(file=a_file(course, "slides.pdf", a_pdf("one")), at=AT)
    a_file(course, "film.mp4", an_mp4(100))
    a_file(course, "film.vtt", CAPTIONS)
    a_file(course, "scheme.png", a_picture())
    a_file(course, "unused.png", a_picture("red"))
    an_activity(course, Article("# Срок\r\n\n![схема](media/scheme.png)\n  конец ", 30), key="law", is_required=False)
    an_activity(course, Slides("slides.pdf", 80), ActivityKind.SLIDES, key="slides")
    film = Video("film.mp4", "film.vtt", "Здравствуйте\n", 95, no_skip=True)
    an_activity(course, film, ActivityKind.VIDEO, key="film", title="Да: «фильм» # 1")
    an_activity(course, a_task(), ActivityKind.TASK, key="task")
    return published(course)


def test_a_course_goes_out_and_comes_back_byte_for_byte(tmp_path: Path) -> None:
    an_organisation()
    course = whole()
    version = queries.published(course)
    assert version is not None
    first = archive.as_bytes(course, version)
    assert sorted(zipfile.ZipFile(io.BytesIO(first)).namelist()) == [
        "activities/film.transcript.md", "activities/law.md", "activities/task.md", "course.yaml", "media/film.mp4",
        "media/film.vtt", "media/scheme.png", "media/slides.pdf",
    ]  # fmt: skip
    imports.load(path=kept(tmp_path, first), name="course.zip", by=None, at=AT)
    draft = queries.draft(course)
    assert draft is not None
    assert (draft.number, archive.as_bytes(course, draft) == first) == (2, True)
    assert CourseFile.objects.filter(course=course).count() == 5
    other = packed({
        name: data.replace(b"code: refunds", b"code: other") if name == "course.yaml" else data
        for name, data in _files(first).items()
    })  # fmt: skip
    imports.load(path=kept(tmp_path, other), name="course.zip", by=None, at=AT)
    copy = Course.objects.get(code="other")
    copied = queries.draft(copy)
    assert copied is not None
    assert _files(archive.as_bytes(copy, copied)) == _files(other)
    assert [file.name for file in imports.pending(copy)] == ["slides.pdf"]
    entry = JournalEntry.objects.filter(kind="content.course_imported").first()
    assert entry is not None
    assert "course.zip" in sentence(entry)


def _files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_files_get_plain_names_and_texts_follow(tmp_path: Path) -> None:
    an_organisation()
    text = MANIFEST.replace("Схема 1.png", "Схема_1.PNG")
    path = kept(tmp_path, packed({"refunds/course.yaml": text, "refunds/media/Схема_1.PNG": a_picture()}))
    course = imports.load(path=path, name="course.zip", by=None, at=AT)
    assert Activity.objects.get(version__course=course).settings == {"text": "![схема](media/схема_1.png)"}


def test_every_problem_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    an_organisation()
    text = """\
format: nastavnik-course/1
code: Возвраты
title: Возвраты
open: maybe
owner: nobody
colour: red
activities:
  - key: law
    kind: article
    title: Закон
    minutes: 0
    text_file: law.md
  - key: law
    kind: dance
  - kind: video
    title: Фильм
    minutes: 5
    file: film.mp4
    watch_percent: 101
"""
    assert problems(tmp_path, {"course.yaml": text}) == [
        ("course.yaml", 2, "“code” must be small Latin letters, digits and hyphens."),
        ("course.yaml", 4, "“open” must be true or false."),
        ("course.yaml", 6, "“colour” means nothing here."),
        ("course.yaml", 11, "“minutes” must be a whole number from 1 to 1440."),
        ("course.yaml", 12, "The file “law.md” is not in the archive."),
        (
            "course.yaml",
            14,
            "“dance” is no kind of activity: "
            "article, slides, video, file, link, exam, dialogue, session, survey, task.",
        ),
        ("course.yaml", 15, "“key” is missing."),
        ("course.yaml", 19, "“watch_percent” must lie between 1 and 100."),
        ("course.yaml", 15, "The file “media/film.mp4” is not in the archive."),
        ("course.yaml", 0, "There is nobody with the code “nobody”."),
    ]
    bad_text = problems(
        tmp_path, {"course.yaml": MANIFEST.replace('text: "', 'text_file: law.md #"'), "law.md": b"a\n\xff"}
    )
    assert bad_text == [("law.md", 2, "The file is not UTF-8 text.")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [", 1, "not valid YAML"),
        ("format: x\n", 1, "The format is"),
        ("- a\n", 1, "A mapping"),
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("a: 1\na: 2\n", 2, "twice"),
        ("a: !!python/object/apply:os.system ['x']\n", 1, "The format is"),
        ("[" * 3000, 1, "not valid YAML"),
    ],
)
def test_a_broken_manifest_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    [(file, at, told)] = problems(tmp_path, {"course.yaml": text})
    assert (file, at, words in told) == ("course.yaml", line, True)


def test_an_archive_that_leads_outside_or_swells_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("media/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("course.yaml", MANIFEST)
        made.writestr("../outside.md", "x")
        made.writestr("/etc/passwd", "x")
        made.writestr("c:\\x.md", "x")
        made.writestr(link, "/etc/passwd")
        made.writestr("media/bomb.txt", b"\0" * 3_000_000)
    looked = imports.look(kept(tmp_path, out.getvalue()), "course.zip")
    assert [(one.file, one.text.split(" ", 3)[1]) for one in looked.problems] == [
        ("../outside.md", "path"), ("/etc/passwd", "path"), ("c:\\x.md", "path"), ("media/link", "is"),
        ("media/bomb.txt", "file"),
    ]  # fmt: skip
    with pytest.raises(HasProblems):
        imports.load(path=tmp_path / "course.zip", name="course.zip", by=None, at=AT)
    assert Course.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"plain text", packed({"readme.md": "x"})])
def test_what_is_no_archive_of_a_course_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotAnArchive):
        imports.receive(name="course.zip", chunks=[data], by=None, at=AT)
    assert CourseImport.objects.count() == 0


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    an_organisation()
    text = MANIFEST.replace("Схема 1.png", "a.png")
    bad = packed({"course.yaml": text, "media/a.png": a_picture(), "media/b.html": b"<html><script>x()</script>"})
    with pytest.raises(DangerousFile, match=r"b\.html"):
        imports.load(path=kept(tmp_path, bad), name="course.zip", by=None, at=AT)
    assert (Course.objects.count(), CourseFile.objects.count()) == (0, 0)


def test_an_upload_is_looked_at_and_loaded_once(tmp_path: Path) -> None:
    an_organisation()
    data = packed({"course.yaml": MANIFEST.replace("Схема 1.png", "a.png"), "media/a.png": a_picture()})
    run = imports.receive(name="course.zip", chunks=[data], by=None, at=AT)
    assert (Course.objects.count(), run.path.exists()) == (0, True)
    course = imports.confirm(run=run, by=None, at=AT)
    assert (course.code, course.versions.get().activities.count()) == ("refunds", 1)
    with pytest.raises(ImportDone):
        imports.confirm(run=run, by=None, at=AT)


def test_the_command_line_brings_a_folder_in_and_an_archive_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    an_organisation()
    folder = tmp_path / "refunds"
    (folder / "media").mkdir(parents=True)
    (folder / "course.yaml").write_text(MANIFEST.replace("Схема 1.png", "a.png"))
    assert main(["course", "import", str(folder), "--dry-run", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["errors"] == [
        {"file": "course.yaml", "line": 5, "message": "The file “media/a.png” is not in the archive."}
    ]
    (folder / "media" / "a.png").write_bytes(a_picture())
    assert main(["course", "import", str(folder), "--publish", "первая"]) == 0
    assert capsys.readouterr().out == "Loaded: refunds, activities 1, files 1\n"
    target = tmp_path / "out.zip"
    assert main(["course", "export", "refunds", "-o", str(target)]) == 0
    assert sorted(zipfile.ZipFile(target).namelist()) == ["activities/law.md", "course.yaml", "media/a.png"]
    assert main(["course", "export", "nothing"]) == 2


def test_archives_nobody_loaded_within_a_week_are_swept_and_those_of_today_stay() -> None:
    an_organisation()
    data = packed({"course.yaml": MANIFEST, "media/Схема 1.png": a_picture()})
    old, new = (
        imports.receive(name="c.zip", chunks=[data], by=None, at=at) for at in (AT - timedelta(days=8), AT)
    )  # fmt: skip
    stray = old.path.with_name("stray.zip")
    stray.write_bytes(b"x")
    os.utime(stray, (0, (AT - timedelta(days=9)).timestamp()))
    assert [imports.sweep(at=AT), imports.sweep(at=AT)] == [2, 0]
    assert [path.exists() for path in (old.path, stray, new.path)] == [False, False, True]
    assert list(CourseImport.objects.values_list("public_id", flat=True)) == [new.public_id]
    new.path.unlink()
