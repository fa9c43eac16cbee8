"""Sentences that pure code says: an English template with its parameters, translated at the edge. Pure."""

from dataclasses import dataclass
from typing import Any


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True)
class Words:
    """A sentence not yet in anybody's language. Parameters are plain values, days as ISO text."""

    template: str
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, template: str, **params: Any) -> "Words":
        return cls(template, tuple(sorted(params.items())))

    @property
    def text(self) -> str:
        """The English sentence."""
        return self.template.format(**dict(self.params))

    def to_json(self) -> dict[str, Any]:
        return {"say": self.template, "with": dict(self.params)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Words":
        return cls.of(stored["say"], **stored["with"])
