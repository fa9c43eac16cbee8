"""Short messages after an action, over Django's message framework; with an undo where undo is honest."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo="


@dataclass(frozen=True)
class Toast:
    """What the toast component shows."""

    level: str
    text: str
    undo_url: str

    @classmethod
    def of(cls, message: Message) -> "Toast":
        """Reads the undo URL back from the message's extra tags (they are what survives the redirect)."""
        tags = (message.extra_tags or "").split()
        undo = next((tag.removeprefix(_UNDO) for tag in tags if tag.startswith(_UNDO)), "")
        return cls(level=message.level_tag, text=str(message.message), undo_url=undo)


def say(request: HttpRequest, text: str, *, level: int = messages.SUCCESS, undo_url: str = "") -> None:
    """Shows `text` on the next page or fragment. `undo_url` takes a POST that undoes what was just done."""
    messages.add_message(request, level, text, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")
