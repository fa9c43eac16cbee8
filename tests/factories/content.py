"""Courses and files for tests, by the product's own actions."""

import io
import struct
from typing import Any

from PIL import Image

from nastavnik.content.actions import activities, courses, files, versions
from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic.activities import Article, Content, Criterion, Task
from nastavnik.content.models import Activity, Course, CourseFile
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.people import AT, a_person, an_organisation

__all__ = ["AT", "a_course", "a_file", "a_trainer", "an_activity", "an_organisation", "published"]


def a_trainer(code: str = "trainer") -> Person:
    return a_person(code, role=Role.TRAINER, family_name="Тренерова")


def a_course(code: str = "refunds", *, is_open: bool = True, **fields: Any) -> Course:
    """A course with an empty draft."""
    return courses.create(**{"code": code, "title": "Возвраты", "is_open": is_open, "by": None, "at": AT, **fields})


def an_activity(
    course: Course, content: Content | None = None, kind: ActivityKind = ActivityKind.ARTICLE, **fields: Any
) -> Activity:
    """An activity at the end of the draft; an article unless said otherwise."""
    made: dict[str, Any] = {"title": "Закон", "minutes": 5, "by": None, "at": AT}
    return activities.add(course=course, kind=kind, content=content or Article("Срок — десять дней."), **made | fields)


def published(course: Course | None = None, **fields: Any) -> Course:
    """The course with its draft published; an empty one gets an article first."""
    course = course or a_course(**fields)
    if not Activity.objects.filter(version__course=course).exists():
        an_activity(course)
    versions.publish(course=course, note="первая", by=None, at=AT)
    return course


def a_task(**fields: Any) -> Task:
    """Two criteria, ten points, six of them enough."""
    rubric = (Criterion("Вежливо", 4), Criterion("По закону", 6))
    return Task(**{"text": "Ответьте клиенту.", "rubric": rubric, "pass_percent": 60, **fields})


# Files ----------------------------------------------------------------------------------------------------------------


def a_file(course: Course, name: str, data: bytes, **fields: Any) -> CourseFile:
    return files.add(course=course, name=name, chunks=[data], **{"by": None, "at": AT, **fields})


def a_picture(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def a_pdf(*pages: str) -> bytes:
    """A document of the given pages, written by hand: Latin text only."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, text in enumerate(pages):
        stream = f"BT /F1 24 Tf 40 100 Td ({text}) Tj ET".encode()
        head = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"{head} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def an_mp4(seconds: float = 100) -> bytes:
    """The boxes of a video that tell what it is and how long; no picture in it."""
    ftyp = struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"mp42")
    mdat = struct.pack(">I4s", 8 + 2048, b"mdat") + bytes(range(256)) * 8
    mvhd = struct.pack(">I4sIIIII", 28, b"mvhd", 0, 0, 0, 1000, round(seconds * 1000))
    return ftyp + mdat + struct.pack(">I4s", 8 + len(mvhd), b"moov") + mvhd


CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nЗдравствуйте\n".encode()
