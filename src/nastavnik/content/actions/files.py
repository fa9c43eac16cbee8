"""Files of a course: taken in by their content, within limits, under names of our own; slides are turned into pages."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from PIL import Image

from nastavnik.content.actions._search import refresh
from nastavnik.content.enums import FileKind, FileState
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
from nastavnik.content.logic import sniffing
from nastavnik.content.logic.activities import file_names
from nastavnik.content.logic.messages import gettext_noop
from nastavnik.content.models import Activity, Course, CourseFile
from nastavnik.kernel import journal
from nastavnik.people.models import Person

ADDED, REMOVED = "content.file_added", "content.file_removed"
MB = 1024**2
LIMITS = {
    FileKind.IMAGE: 10 * MB,
    FileKind.PDF: 100 * MB,
    FileKind.VIDEO: 1024 * MB,
    FileKind.CAPTIONS: 1 * MB,
    FileKind.OTHER: 100 * MB,
}
MOST_PIXELS = 40_000_000
NAME_LETTERS = 100
PAGES_TIMEOUT_S = 900
OFFICE_TIMEOUT_S = 300
UNREADABLE = gettext_noop("The document cannot be read: it is damaged or protected by a password.")
_UNFIT = re.compile(r"[^\w.-]+", re.UNICODE)


def plain_name(name: str) -> str:
    """A name that fits into a Markdown address and any file system: letters, digits, dots, hyphens."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    stem, ending = (stem, ending) if dot and stem else (base, "")
    fit = _UNFIT.sub("-", stem).strip("-._").lower()[: NAME_LETTERS - 12] or "file"
    short = re.sub(r"\W", "", ending).lower()[:10]
    return f"{fit}.{short}" if short else fit


def add(
    *,
    course: Course,
    name: str,
    chunks: Iterable[bytes],
    by: Person | None,
    at: datetime,
    wanted: FileKind | None = None,
) -> CourseFile:
    """Take a file in. The same content under the same name is the same file; other content gets another name.

    Slides come as PDF, or as PPTX where LibreOffice is installed; their pages are made afterwards by `read_pages`.
    Raises EmptyFile, TooLarge, DangerousFile, UnknownFile, WrongKindOfFile, BrokenFile, NoOffice.
    """
    folder = Path(settings.MEDIA_ROOT) / "content" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        draft = Path(place) / "draft"
        _write(draft, name, chunks)
        if wanted == FileKind.PDF and _is_presentation(draft):
            draft, name = _as_pdf(draft, name), f"{name.rpartition('.')[0] or name}.pdf"
        known = _recognised(draft, name, wanted)
        return _keep(course, draft, name, known, by=by, at=at)


def _write(draft: Path, name: str, chunks: Iterable[bytes]) -> None:
    size, limit = 0, max(LIMITS.values())
    with draft.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(name=name, size=size // MB, limit=limit // MB)
            out.write(chunk)
    if not size:
        raise EmptyFile(name=name)


def _recognised(draft: Path, name: str, wanted: FileKind | None) -> sniffing.Known:
    with draft.open("rb") as file:
        head = file.read(sniffing.HEAD)
    if reason := sniffing.danger(head, name):
        raise DangerousFile(name=name, kind=_lazy(reason))
    known = sniffing.sniff(head)
    if known is None:
        raise UnknownFile(name=name)
    if wanted not in (None, known.kind, FileKind.OTHER):
        raise WrongKindOfFile(name=name, wanted=FileKind(wanted or known.kind).label)
    size = draft.stat().st_size
    if size > LIMITS[known.kind]:
        raise TooLarge(name=name, size=-(-size // MB), limit=LIMITS[known.kind] // MB)
    if known.kind == FileKind.IMAGE:
        _refuse_broken_picture(draft, name)
    return known


def _lazy(text: str) -> object:
    from django.utils.translation import gettext_lazy  # noqa: PLC0415 - a name of its own: the text is marked already

    return gettext_lazy(text)


def _refuse_broken_picture(draft: Path, name: str) -> None:
    """A picture that claims more pixels than any screen has would swell in every reader's browser."""
    try:
        with Image.open(draft) as picture:
            width, height = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BrokenFile(name=name) from error
    if width * height > MOST_PIXELS:
        raise BrokenFile(name=name)


def _keep(
    course: Course, draft: Path, name: str, known: sniffing.Known, *, by: Person | None, at: datetime
) -> CourseFile:
    digest = _digest(draft)
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        taken = dict(CourseFile.objects.filter(course=course).values_list("name", "sha256"))
        fit = plain_name(name)
        if taken.get(fit) == digest:
            return CourseFile.objects.select_related("course").get(course=course, name=fit)
        file = CourseFile(
            course=course, name=_free(fit, taken), kind=known.kind, media_type=known.media_type,
            size=draft.stat().st_size, sha256=digest, uploaded_by=by, uploaded_at=at,
            state=FileState.PENDING if known.kind == FileKind.PDF else FileState.READY,
            duration_ms=_duration_ms(draft, known),
        )  # fmt: skip
        file.save(force_insert=True)
        file.folder.mkdir(parents=True, exist_ok=True)
        shutil.move(draft, file.path)
        journal.write(ADDED, by=by, at=at, subject=course, data={"course": course.title, "file": file.name})
    return file


def _digest(draft: Path) -> str:
    with draft.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free(name: str, taken: Iterable[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f".{ending}") if dot else (name, "")
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}{ending}"
    return free


def _duration_ms(draft: Path, known: sniffing.Known) -> int | None:
    if known.media_type == "video/webm":
        with draft.open("rb") as file:
            return sniffing.webm_duration_ms(file.read(64 * 1024))
    if known.media_type == "video/mp4":
        return sniffing.mp4_duration_ms(_moov(draft))
    return None


def _moov(draft: Path) -> bytes:
    """The first kilobytes of the `moov` box, wherever it stands; boxes are skipped by their sizes."""
    with draft.open("rb") as file:
        at, end = 0, draft.stat().st_size
        for _ in range(1000):
            file.seek(at)
            head = file.read(16)
            if len(head) < 8:
                return b""
            size, name = int.from_bytes(head[:4], "big"), head[4:8]
            if name == b"moov":
                return head + file.read(4096)
            if size == 1 and len(head) == 16:
                size = int.from_bytes(head[8:16], "big")
            if size < 8 or at + size > end:
                return b""
            at += size
    return b""


def _is_presentation(draft: Path) -> bool:
    if not zipfile.is_zipfile(draft):
        return False
    with zipfile.ZipFile(draft) as archive:
        return "ppt/presentation.xml" in archive.namelist()


def _as_pdf(draft: Path, name: str) -> Path:
    """PPTX to PDF by LibreOffice. Raises NoOffice, BrokenFile."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise NoOffice
    source = draft.rename(draft.with_suffix(".pptx"))
    profile = f"-env:UserInstallation=file://{draft.parent}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(draft.parent), str(source)]
    try:
        subprocess.run(command, timeout=OFFICE_TIMEOUT_S, capture_output=True, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        raise BrokenFile(name=name) from error
    made = source.with_suffix(".pdf")
    if not made.exists():
        raise BrokenFile(name=name)
    return made


def read_pages(*, file: CourseFile, at: datetime) -> CourseFile:
    """Make the pictures and texts of slides, in a process of its own. A second run finds the work done."""
    if file.state != FileState.PENDING:
        return file
    command = [sys.executable, "-m", "nastavnik.content.pdf_pages", str(file.path), str(file.folder)]
    try:
        done = subprocess.run(command, timeout=PAGES_TIMEOUT_S, capture_output=True, check=True)
        file.pages = json.loads(done.stdout)["pages"]
        file.state = FileState.READY
    except (subprocess.SubprocessError, ValueError, KeyError):
        file.state, file.problem = FileState.FAILED, UNREADABLE
    with transaction.atomic():
        file.save(update_fields=["pages", "state", "problem"])
        refresh(file.course)
    return file


def remove(*, file: CourseFile, by: Person | None, at: datetime) -> None:
    """Take away a file that no version of the course names. Raises FileInUse."""
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=file.course_id)
        for activity in Activity.objects.filter(version__course_id=file.course_id):
            if file.name in file_names(activity.content):
                raise FileInUse(name=file.name, activity=activity.title)
        folder, course = file.folder, file.course
        journal.write(REMOVED, by=by, at=at, subject=course, data={"course": course.title, "file": file.name})
        file.delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))
