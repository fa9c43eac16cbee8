"""What the views of the procedures app share."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person
from nastavnik.procedures.permissions import may_keep_procedures

UNPROCESSABLE = 422
SECTIONS = ("policy-list", "lexicon-home", "message-list", "phrase-list", "guide-list")


def keeper(request: HttpRequest) -> Person:
    """Who is logged in, allowed to keep the rules of the desk. Raises NotPermitted."""
    person = cast(Person, request.user)
    require(may_keep_procedures, person)
    return person


def tabs(active: str) -> list[dict[str, Any]]:
    """The sections of the room."""
    titles = {
        "policy-list": gettext("Refusal policy"),
        "lexicon-home": gettext("Trigger lexicon"),
        "message-list": gettext("Labelled messages"),
        "phrase-list": gettext("Missed phrases"),
        "guide-list": gettext("Guides"),
    }
    return [
        {"title": titles[name], "url": reverse(f"procedures:{name}"), "active": name == active} for name in SECTIONS
    ]


def crumbs(section: str) -> list[tuple[str, str]]:
    """The way back to a section."""
    return [next((one["title"], one["url"]) for one in tabs(section) if one["active"])]


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))


def rendered(text: str) -> SafeString:
    """A guide's Markdown, with raw HTML off and without pictures: no request leaves the machine."""
    html: str = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image").render(text)
    return mark_safe(html)  # noqa: S308 - as said above
