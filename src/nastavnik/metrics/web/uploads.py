"""Large uploads: streamed to the disk, refused as soon as they are too large."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from nastavnik.metrics.actions.imports import UploadTooLarge


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Keeps the file in a temporary one; stops reading beyond the limit."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT_BYTES:
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)

    def upload_interrupted(self) -> None:
        """The half file is removed with the handler's temporary file."""
        if getattr(self, "file", None) is not None:
            self.file.close()


def prepare(request: HttpRequest) -> None:
    """Set the handler up, before anything reads the body. Raises UploadTooLarge when the header says so already."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > settings.UPLOAD_LIMIT_BYTES + 1024**2:
        raise UploadTooLarge(limit=settings.UPLOAD_LIMIT_BYTES // 1024**2)
    request.upload_handlers = [LimitedUploadHandler(request)]


def chunks_of(file: "UploadedFile[Any]") -> Any:
    """The file in pieces of a megabyte."""
    return file.chunks(1024**2)
