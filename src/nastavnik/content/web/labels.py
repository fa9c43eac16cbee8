"""Words and icons of courses on pages: kinds, changes, settings, a row of the outline."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nastavnik.content.enums import ActivityKind
from nastavnik.content.logic.diff import Change
from nastavnik.content.logic.rules import words
from nastavnik.content.queries import OutlineRow
from nastavnik.content.web.common import minutes_words, told

ICONS: dict[ActivityKind, str] = {
    ActivityKind.ARTICLE: "book",
    ActivityKind.SLIDES: "columns",
    ActivityKind.VIDEO: "play",
    ActivityKind.FILE: "file",
    ActivityKind.LINK: "link",
    ActivityKind.EXAM: "target",
    ActivityKind.DIALOGUE: "people",
    ActivityKind.SESSION: "calendar",
    ActivityKind.SURVEY: "chart",
    ActivityKind.TASK: "edit",
}
CHANGES: dict[Change, Any] = {
    Change.ADDED: _("added"),
    Change.REMOVED: _("taken out"),
    Change.CHANGED: _("changed"),
    Change.MOVED: _("in another place"),
    Change.SAME: _("the same"),
}
FIELDS: dict[str, Any] = {
    "kind": _("Kind"),
    "title": _("Title"),
    "minutes": _("Minutes it takes"),
    "is_required": _("Needed to complete the course"),
    "text": _("Text"),
    "min_seconds": _("Not to be marked as read sooner than, s"),
    "file": _("File"),
    "pages_percent": _("Pages to see, %"),
    "captions": _("Captions"),
    "transcript": _("Transcript"),
    "watch_percent": _("To watch, %"),
    "no_skip": _("No skipping ahead"),
    "duration_s": _("Length of the video, s"),
    "url": _("Address"),
    "reference": _("Code"),
    "pass_percent": _("Enough, %"),
    "hand_in": _("Handed in as"),
    "rubric": _("Rubric"),
}


def outline_row(row: OutlineRow) -> dict[str, Any]:
    """An activity as outlines and lists show it: the rule in words, and the evidence beside the tick."""
    return {
        "activity": row.activity,
        "key": row.activity.key,
        "title": row.activity.title,
        "kind": row.kind.label,
        "icon": ICONS[row.kind],
        "minutes": minutes_words(row.activity.minutes),
        "rule": told(words(row.rule)),
        "evidence": told(row.verdict.said),
        "is_done": row.is_done,
        "done_at": row.known.done_at if row.known else None,
        "is_required": row.activity.is_required,
        "is_open": row.is_open,
    }
