"""Sentences the pure money logic says. Marked for translation here, translated at the edge."""

from dataclasses import dataclass
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation and give it back as it is."""
    return message


@dataclass(frozen=True)
class Said:
    """A sentence with its code: English with `{placeholders}`, translated and filled where it is shown.

    Parameters named `*amount` are minor units of `currency`; they are shown as money.
    """

    code: str
    message: str
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        """The English sentence, amounts as minor units."""
        return self.message.format(**dict(self.params))
