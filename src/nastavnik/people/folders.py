"""Where uploaded files of people lie."""

from pathlib import Path

from django.conf import settings


def uploads() -> Path:
    """The folder of people's uploads; made when it is first needed."""
    folder = Path(settings.UPLOADS_DIR) / "people"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
