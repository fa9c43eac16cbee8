"""Files are given to those who may see their course: with their type, never sniffed, never run, in parts if asked."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from nastavnik.content.enums import FileKind, FileState
from nastavnik.content.logic import ranges
from nastavnik.content.models import Course, CourseFile
from nastavnik.content.web.common import visible_course
from nastavnik.kernel.errors import NotFound

CHUNK = 256 * 1024
# Only what cannot carry code is shown in place; everything else comes as a download without a type.
INLINE = {FileKind.IMAGE, FileKind.VIDEO, FileKind.CAPTIONS}
DOWNLOAD = "application/octet-stream"
# Even opened on its own the file may do nothing on our origin.
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


def file_of(course: Course, name: str) -> CourseFile:
    """The file of the course by its name. Raises NotFound."""
    found = CourseFile.objects.select_related("course").filter(course=course, name=name).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def file_open(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    """A picture, a video, captions in place; anything else as a download."""
    file = file_of(visible_course(request, public_id), name)
    is_inline = file.kind in INLINE
    media_type = file.media_type if is_inline else DOWNLOAD
    return serve(request, file.path, media_type, name=file.name, tag=file.sha256, is_inline=is_inline)


@require_safe
def slide_open(request: HttpRequest, public_id: str, name: str, number: int) -> HttpResponseBase:
    """The picture of a page of slides."""
    file = file_of(visible_course(request, public_id), name)
    if file.state != FileState.READY or not 1 <= number <= len(file.pages):
        raise NotFound
    tag = f"{file.sha256}-{number}"
    return serve(request, file.page_path(number), "image/webp", name=f"{number}.webp", tag=tag, is_inline=True)


def serve(
    request: HttpRequest, path: Path, media_type: str, *, name: str, tag: str, is_inline: bool
) -> HttpResponseBase:
    """The file, or the part of it that is asked for. Raises NotFound when it is not on the disk."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise NotFound from error
    etag = f'"{tag[:40]}"'
    if request.headers.get("If-None-Match") == etag:
        return _dressed(HttpResponse(status=304), name, etag, is_inline=is_inline)
    try:
        may_part = request.headers.get("If-Range", etag) == etag
        part = ranges.wanted(request.headers.get("Range", ""), size) if may_part else None
    except ranges.Unsatisfiable:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _dressed(refused, name, etag, is_inline=is_inline)
    shown = part or ranges.Part(0, size - 1)
    body = _bytes(path, shown) if request.method == "GET" else iter(())
    answer = StreamingHttpResponse(body, status=206 if part else 200, content_type=media_type)
    answer["Content-Length"] = str(shown.length)
    answer["Last-Modified"] = http_date(path.stat().st_mtime)
    if part:
        answer["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return _dressed(answer, name, etag, is_inline=is_inline)


def _dressed(answer: HttpResponseBase, name: str, etag: str, *, is_inline: bool) -> HttpResponseBase:
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f"{'inline' if is_inline else 'attachment'}; filename*=UTF-8''{quote(name)}"
    answer["Content-Security-Policy"] = _POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _bytes(path: Path, part: ranges.Part) -> Iterator[bytes]:
    left = part.length
    with path.open("rb") as file:
        file.seek(part.first)
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
