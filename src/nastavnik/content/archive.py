"""A course as an archive: a ZIP of course.yaml, Markdown and media. Read with suspicion, written always the same.

What is refused: paths that leave the archive, links, anything encrypted, more bytes than stated or allowed (bombs),
more files than a course has.
"""

import io
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from nastavnik.content import queries
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import NotAnArchive
from nastavnik.content.logic import manifest
from nastavnik.content.logic.activities import file_names
from nastavnik.content.logic.manifest import MEDIA, NAME, ActivityDraft, CourseDraft, Problem, Reading
from nastavnik.content.logic.messages import gettext_noop, said
from nastavnik.content.models import Course, CourseVersion

MB = 1024**2
MOST_FILES = 2000
MOST_BYTES = 2048 * MB
MOST_TEXT_BYTES = 5 * MB
MOST_RATIO = 200  # texts and PDF compress to a fifth or a tenth; bombs to a thousandth
_EPOCH = (2020, 1, 1, 0, 0, 0)

OUTSIDE = gettext_noop("The path leads out of the archive.")
A_LINK = gettext_noop("This is a link; only plain files are read.")
ENCRYPTED = gettext_noop("The file is protected by a password.")
SWOLLEN = gettext_noop("The file unpacks to more than it may ({limit} MB in all).")
TOO_MANY_FILES = gettext_noop("There are more than {limit} files.")
LOST = gettext_noop("The file “{name}” is not in the archive.")
SAME_NAME = gettext_noop("There are two files of this name.")


@dataclass
class Archive:
    """An opened archive: texts in memory, media left inside until they are loaded."""

    reading: Reading
    media: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems


def look(path: Path, name: str) -> Archive:
    """Read the archive without unpacking its media. Raises NotAnArchive."""
    try:
        with zipfile.ZipFile(path) as opened:
            return _looked(opened, name)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise NotAnArchive(name=name) from error


def _looked(opened: zipfile.ZipFile, name: str) -> Archive:
    entries = [one for one in opened.infolist() if not one.is_dir()]
    prefix = _prefix(entries)
    if prefix is None:
        raise NotAnArchive(name=name)
    problems = _refusals(entries)
    if problems:
        return Archive(Reading(None, problems))
    named = {one.filename.removeprefix(prefix): one for one in entries if one.filename.startswith(prefix)}
    texts: dict[str, bytes] = {}
    for inner, entry in named.items():
        if inner == NAME or inner.endswith(".md"):
            data = _read(opened, entry, MOST_TEXT_BYTES)
            if data is None:
                problems.append(Problem(inner, 0, said(SWOLLEN, limit=MOST_TEXT_BYTES // MB)))
            else:
                texts[inner] = data
    if NAME not in texts:
        return Archive(Reading(None, problems))
    reading = manifest.parse(texts[NAME], texts)
    media = {inner.removeprefix(MEDIA): entry.filename for inner, entry in named.items() if inner.startswith(MEDIA)}
    reading.problems = [*problems, *reading.problems, *_lost(reading.draft, media)]
    return Archive(reading, media)


def _prefix(entries: list[zipfile.ZipInfo]) -> str | None:
    """Where the manifest lies: at the top, or in the one folder somebody packed."""
    found = [one.filename for one in entries if PurePosixPath(one.filename).name == NAME]
    shallow = sorted(found, key=lambda one: one.count("/"))
    return shallow[0].removesuffix(NAME) if shallow and shallow[0].count("/") <= 1 else None


def _refusals(entries: list[zipfile.ZipInfo]) -> list[Problem]:
    """What makes an archive dangerous; one such file refuses it all."""
    problems: list[Problem] = []
    if len(entries) > MOST_FILES:
        return [Problem(NAME, 0, said(TOO_MANY_FILES, limit=MOST_FILES))]
    seen: set[str] = set()
    for one in entries:
        shown = one.filename[:200]
        if one.filename in seen:
            problems.append(Problem(shown, 0, said(SAME_NAME)))
        seen.add(one.filename)
        parts = PurePosixPath(one.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in one.filename or "\0" in one.filename:
            problems.append(Problem(shown, 0, said(OUTSIDE)))
        if stat.S_IFMT(one.external_attr >> 16) not in (0, stat.S_IFREG):
            problems.append(Problem(shown, 0, said(A_LINK)))
        if one.flag_bits & 0x1:
            problems.append(Problem(shown, 0, said(ENCRYPTED)))
        if one.file_size > MB and one.file_size > MOST_RATIO * max(one.compress_size, 1):
            problems.append(Problem(shown, 0, said(SWOLLEN, limit=MOST_BYTES // MB)))
    if sum(one.file_size for one in entries) > MOST_BYTES:
        problems.append(Problem(NAME, 0, said(SWOLLEN, limit=MOST_BYTES // MB)))
    return problems


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes | None:
    """At most `limit` bytes, whatever the archive claims; None when there are more."""
    with opened.open(entry) as file:
        data = file.read(limit + 1)
    return None if len(data) > limit else data


def _lost(draft: CourseDraft | None, media: dict[str, str]) -> list[Problem]:
    """Files that activities name and the archive has not."""
    found = []
    for one in draft.activities if draft else ():
        for name in sorted(file_names(one.content) - media.keys()):
            found.append(Problem(NAME, one.line, said(LOST, name=f"{MEDIA}{name}")))
    return found


def chunks(path: Path, inner: str) -> Iterator[bytes]:
    """The bytes of a medium, never more than the archive stated."""
    with zipfile.ZipFile(path) as opened:
        left = opened.getinfo(inner).file_size
        with opened.open(inner) as file:
            while left > 0 and (chunk := file.read(min(256 * 1024, left))):
                left -= len(chunk)
                yield chunk


# Writing --------------------------------------------------------------------------------------------------------------


def draft_of(course: Course, version: CourseVersion) -> CourseDraft:
    """The course as an archive tells it."""
    return CourseDraft(
        code=course.code,
        title=course.title,
        summary=course.summary,
        is_open=course.is_open,
        in_order=version.in_order,
        owner=course.owner.code if course.owner else "",
        review_date=course.review_date,
        activities=tuple(
            ActivityDraft(one.key, ActivityKind(one.kind), one.title, one.minutes, one.content, one.is_required)
            for one in version.activities.all()
        ),
    )


def write(course: Course, version: CourseVersion, out: IO[bytes]) -> None:
    """Write the archive: the same course gives the same bytes. Only files the version uses are in it."""
    draft = draft_of(course, version)
    held = queries.files_of(course)
    used = sorted({name for one in draft.activities for name in file_names(one.content)} & held.keys())
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in manifest.compose(draft).items():
            archive.writestr(_info(name, zipfile.ZIP_DEFLATED), data)
        for name in used:
            info = _info(f"{MEDIA}{name}", zipfile.ZIP_STORED)
            with archive.open(info, "w", force_zip64=True) as target, held[name].path.open("rb") as source:
                shutil.copyfileobj(source, target, 256 * 1024)


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


def as_bytes(course: Course, version: CourseVersion) -> bytes:
    """The whole archive in memory."""
    out = io.BytesIO()
    write(course, version, out)
    return out.getvalue()


def pack(folder: Path, out: IO[bytes]) -> None:
    """A folder as an archive, for those who keep a course in version control; links are left out."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                archive.write(path, path.relative_to(folder).as_posix())
