"""Help served in the product: a page for each kind of record, and the words of the house.

Texts are Markdown and YAML files of the repository's `docs` folder, in both languages; the list of fields is read from
the model itself, so that it is always true.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from nastavnik.kernel.errors import NotFound

DOCS = Path(settings.BASE_DIR).parent.parent / "docs"
ROOMS = {
    "kernel": _("The house itself"), "people": _("People"), "metrics": _("Metrics"), "content": _("Courses"),
    "assessment": _("Item bank and exams"), "learning": _("Programmes and live sessions"),
    "procedures": _("Rules of the desk"), "crisis": _("Crisis desk"),
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A glossary entry in the reader's language; `other` is the word in the other one."""

    code: str
    title: str
    other: str
    meaning: str
    banned: tuple[str, ...]
    model: str
    room: str

    @property
    def help_url_parts(self) -> list[str]:
        """Room and name of the help page of its model, if it has one."""
        return self.model.lower().split(".") if self.model else []


@dataclass(frozen=True)
class Field:
    """One field of a model, as its help page lists it."""

    title: Any
    required: bool
    choices: list[Any]


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    path = DOCS / "glossary.yml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    return found


def words() -> list[Word]:
    """The glossary in the reader's language, in its alphabet's order."""
    russian = (get_language() or "").startswith("ru")
    found = [
        Word(
            code=entry["code"],
            title=entry["ru"] if russian else entry["code"],
            other=entry["code"] if russian else entry["ru"],
            meaning=entry["ru_meaning" if russian else "en_meaning"],
            banned=() if russian else tuple(entry.get("not", ())),
            model=entry.get("model", ""),
            room=entry["app"],
        )
        for entry in _entries()
    ]
    return sorted(found, key=lambda word: word.title.lower().replace("ё", "ея"))


@lru_cache(maxsize=256)
def _html(path: Path) -> SafeString:
    # Our own files, and raw HTML in them is off: nothing a person typed passes here.
    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(path.read_text(encoding="utf-8"))
    return mark_safe(rendered)  # noqa: S308 - as said above


def _page_path(room: str, name: str) -> Path:
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    return DOCS / "models" / room / f"{name}.{language}.md"


def fields_of(model: type[models.Model]) -> list[Field]:
    """The fields a person can see, in their order."""
    return [
        Field(field.verbose_name, not (field.blank or field.null), [label for _value, label in field.choices or ()])
        for field in model._meta.fields
        # A name given as a translation is meant for people; the others are the machine's.
        if field.editable and isinstance(field.verbose_name, Promise)
    ]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is help about."""
    shown = words()
    rooms = [(title, [word for word in shown if word.room == room and word.model]) for room, title in ROOMS.items()]
    return render(request, "kernel/help_index.html", {"rooms": rooms})


@require_safe
def page(request: HttpRequest, room: str, name: str) -> HttpResponse:
    """The help page of one kind of record."""
    word = next((word for word in words() if word.model.lower() == f"{room}.{name}"), None)
    path = _page_path(room, name)
    if word is None or not path.exists():
        raise NotFound
    fields = fields_of(apps.get_model(word.model))
    return render(request, "kernel/help_page.html", {"word": word, "text": _html(path), "fields": fields})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the house, searched by what is typed."""
    text = request.GET.get("q", "").strip()[:100]
    wanted = text.lower().replace("ё", "е")
    found = [
        word for word in words() if wanted in f"{word.title} {word.other} {word.meaning}".lower().replace("ё", "е")
    ]
    return render(request, "kernel/glossary.html", {"words": found, "text": text})


@require_safe
def term(request: HttpRequest, word: str) -> HttpResponse:
    """One word; what a dotted underline opens."""
    found = next((one for one in words() if one.code == word), None)
    if found is None:
        raise NotFound
    whole = not getattr(request, "htmx", False)
    return render(request, "kernel/glossary_term.html" if whole else "kernel/_term.html", {"word": found})
