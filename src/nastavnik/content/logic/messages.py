"""Sentences of pure logic: marked for translation here, filled in by the edge in the reader's language. Pure."""

from dataclasses import dataclass
from typing import Any


def gettext_noop(text: str) -> str:
    """The text itself. Named as Django's, so that the extraction of messages finds it."""
    return text


@dataclass(frozen=True)
class Said:
    """An English sentence with `{placeholders}` and what fills them; the edge translates it."""

    message: str
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return self.message.format(**dict(self.params))


def said(message: str, **params: Any) -> Said:
    return Said(message, tuple(sorted(params.items())))
