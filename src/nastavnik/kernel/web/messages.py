"""Errors of the domain in the reader's language: the English template is the message id."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from nastavnik.kernel.errors import DomainError


def _word(value: Any) -> Any:
    """Parameters may be lazy translations; plain text and numbers stay as they are."""
    return str(value) if isinstance(value, Promise) else value


def explain(error: DomainError) -> str:
    """What to tell the person: what happened, where, what to do."""
    template = gettext(error.template) if error.template else ""
    return template.format(**{key: _word(value) for key, value in error.params.items()}) if error.params else template
