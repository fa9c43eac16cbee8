"""Failures we expect. Free of Django, so that pure logic may raise them.

A subclass's docstring is its default message, in English with `{placeholders}` for its parameters; the edge
translates the template and fills it (`kernel.web.messages.explain`). Everything that is not a DomainError is a
fault of ours.
"""

from typing import Any


class DomainError(Exception):
    """The request cannot be carried out."""

    template: str

    def __init__(self, message: str | None = None, **params: Any) -> None:
        self.template = message or " ".join((type(self).__doc__ or "").split())
        self.params = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The English sentence with its parameters filled in."""
        return self.template.format(**self.params) if self.params else self.template

    def __str__(self) -> str:
        return self.message


class Forbidden(DomainError):
    """You do not have the right to do this. Ask the head of the academy or an administrator for it."""


class NotFound(DomainError):
    """There is no such record, or it is not yours to see."""


class InvalidInput(DomainError):
    """The input is not valid. Correct it and try again."""


class Conflict(DomainError):
    """Somebody changed this record meanwhile. Look at the new state and decide again."""
