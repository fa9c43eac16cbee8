"""What each kind of activity holds, as frozen values; reading it from JSON or a manifest, and back. Pure.

Reading never fails: what is wrong comes as faults beside the values that could be read, so that a form, a manifest and
the check before publishing say the same sentences.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nastavnik.content.enums import ActivityKind, HandIn
from nastavnik.content.logic.messages import Said, gettext_noop, said

TEXT_LETTERS = 200_000
LINE_LETTERS = 300
CRITERIA = 20
MOST_POINTS = 100
LONGEST_READING_S = 3600
LONGEST_VIDEO_S = 12 * 3600
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric."""

    title: str
    points: int


@dataclass(frozen=True)
class Article:
    text: str = ""
    min_seconds: int = 0


@dataclass(frozen=True)
class Slides:
    file: str = ""
    pages_percent: int = 100


@dataclass(frozen=True)
class Video:
    """`duration_s` only where the file itself does not tell its length."""

    file: str = ""
    captions: str = ""
    transcript: str = ""
    watch_percent: int = 90
    no_skip: bool = False
    duration_s: int = 0


@dataclass(frozen=True)
class File:
    file: str = ""
    text: str = ""


@dataclass(frozen=True)
class Link:
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Exam:
    """`pass_percent` 0: the exam's own pass mark counts."""

    reference: str = ""
    text: str = ""
    pass_percent: int = 0


@dataclass(frozen=True)
class Dialogue:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True)
class Session:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True)
class Survey:
    text: str = ""


@dataclass(frozen=True)
class Task:
    text: str = ""
    hand_in: str = HandIn.TEXT.value
    pass_percent: int = 60
    rubric: tuple[Criterion, ...] = ()

    @property
    def maximum(self) -> int:
        return sum(one.points for one in self.rubric)


Content = Article | Slides | Video | File | Link | Exam | Dialogue | Session | Survey | Task
CLASSES: dict[ActivityKind, type[Content]] = {
    ActivityKind.ARTICLE: Article,
    ActivityKind.SLIDES: Slides,
    ActivityKind.VIDEO: Video,
    ActivityKind.FILE: File,
    ActivityKind.LINK: Link,
    ActivityKind.EXAM: Exam,
    ActivityKind.DIALOGUE: Dialogue,
    ActivityKind.SESSION: Session,
    ActivityKind.SURVEY: Survey,
    ActivityKind.TASK: Task,
}
# Bounds of numbers, both included.
BOUNDS: dict[str, tuple[int, int]] = {
    "min_seconds": (0, LONGEST_READING_S),
    "pages_percent": (1, 100),
    "watch_percent": (1, 100),
    "duration_s": (0, LONGEST_VIDEO_S),
    "pass_percent": (0, 100),
}
LONG_TEXTS = {"text", "transcript"}


@dataclass(frozen=True)
class Fault:
    """What is wrong; `field` names the setting it concerns, empty for the activity itself."""

    field: str
    said: Said

    @property
    def text(self) -> str:
        return self.said.text


@dataclass(frozen=True)
class Reading:
    """What could be read, and what could not."""

    content: Content
    faults: tuple[Fault, ...] = ()


UNKNOWN = gettext_noop("“{field}” is not a setting of this kind of activity.")
NO_TEXT = gettext_noop("“{field}” is not a text.")
NO_NUMBER = gettext_noop("“{field}” is not a whole number.")
NO_SWITCH = gettext_noop("“{field}” is neither true nor false.")
OUT_OF_BOUNDS = gettext_noop("“{field}” must lie between {low} and {high}.")
TOO_LONG = gettext_noop("“{field}” is longer than {limit} characters.")
NO_RUBRIC = gettext_noop("The rubric is not a list of criteria, each with a title and points from 1 to {limit}.")
LONG_RUBRIC = gettext_noop("The rubric has more than {limit} criteria.")
NO_HAND_IN = gettext_noop("“{value}” is no way to hand in a task: write text, file or either.")


def read(kind: ActivityKind, raw: Mapping[str, Any]) -> Reading:
    """The content of an activity of this kind."""
    made = CLASSES[kind]
    known = {field.name: field for field in dataclasses.fields(made)}
    faults = [Fault(str(name), said(UNKNOWN, field=name)) for name in raw if name not in known]
    values: dict[str, Any] = {}
    for name, field in known.items():
        if raw.get(name) is None:
            continue
        value, fault = _value(name, field.default, raw[name])
        if fault is None:
            values[name] = value
        else:
            faults.append(Fault(name, fault))
    return Reading(made(**values), tuple(faults))


def _value(name: str, default: Any, raw: Any) -> tuple[Any, Said | None]:
    if name == "rubric":
        return _rubric(raw)
    if isinstance(default, bool):
        return (raw, None) if isinstance(raw, bool) else (None, said(NO_SWITCH, field=name))
    if isinstance(default, int):
        return _number(name, raw)
    if not isinstance(raw, str):
        return None, said(NO_TEXT, field=name)
    limit = TEXT_LETTERS if name in LONG_TEXTS else LINE_LETTERS
    if len(raw) > limit:
        return None, said(TOO_LONG, field=name, limit=limit)
    text = raw.replace("\r\n", "\n").replace("\0", "")
    if name == "hand_in" and text not in HandIn.values:
        return None, said(NO_HAND_IN, value=text[:40])
    return text, None


def _number(name: str, raw: Any) -> tuple[Any, Said | None]:
    if isinstance(raw, bool) or not isinstance(raw, int):
        return None, said(NO_NUMBER, field=name)
    low, high = BOUNDS[name]
    if not low <= raw <= high:
        return None, said(OUT_OF_BOUNDS, field=name, low=low, high=high)
    return raw, None


def _rubric(raw: Any) -> tuple[Any, Said | None]:
    if not isinstance(raw, list | tuple):
        return None, said(NO_RUBRIC, limit=MOST_POINTS)
    if len(raw) > CRITERIA:
        return None, said(LONG_RUBRIC, limit=CRITERIA)
    rows = []
    for one in raw:
        title, points = (one.get("title"), one.get("points")) if isinstance(one, Mapping) else (None, None)
        is_whole = isinstance(points, int) and not isinstance(points, bool) and 1 <= points <= MOST_POINTS
        if not isinstance(title, str) or not title.strip() or len(title) > LINE_LETTERS or not is_whole:
            return None, said(NO_RUBRIC, limit=MOST_POINTS)
        rows.append(Criterion(title.strip(), int(points or 0)))
    return tuple(rows), None


def to_settings(content: Content) -> dict[str, Any]:
    """The content as JSON, without what is as by default; `read` gives the equal content back."""
    kept: dict[str, Any] = {}
    for field in dataclasses.fields(content):
        value = getattr(content, field.name)
        if value != field.default:
            kept[field.name] = [dataclasses.asdict(one) for one in value] if field.name == "rubric" else value
    return kept


def file_names(content: Content) -> set[str]:
    """The files of the course an activity names, those inside its texts too."""
    named = {getattr(content, name, "") for name in ("file", "captions")}
    named |= set(images_in(getattr(content, "text", "")))
    return named - {""}


_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?media/([^)\s>]+)")


def images_in(text: str) -> list[str]:
    """Names of the course's pictures in a Markdown text: `![words](media/NAME)`."""
    return _IMAGE.findall(text)


def words_of(content: Content) -> str:
    """Everything written in it, for the search."""
    parts = [getattr(content, name, "") for name in ("text", "transcript")]
    if isinstance(content, Task):
        parts += [one.title for one in content.rubric]
    return "\n".join(part for part in parts if part)


def is_web_address(url: str) -> bool:
    """Only http and https: nothing that runs in the reader's page."""
    return _WEB.fullmatch(url) is not None


def renamed(content: Content, names: Mapping[str, str]) -> Content:
    """The content with files called as `names` says, in its texts too."""
    changed = {
        name: names.get(getattr(content, name), getattr(content, name))
        for name in ("file", "captions")
        if hasattr(content, name)
    }
    if text := getattr(content, "text", ""):
        changed["text"] = _IMAGE.sub(
            lambda found: found[0][: found.start(1) - found.start()] + names.get(found[1], found[1]), text
        )
    return dataclasses.replace(content, **changed)
