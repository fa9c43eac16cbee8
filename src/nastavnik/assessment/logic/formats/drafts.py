"""What every format gives and takes: an item with what the file says around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.logic.messages import gettext_noop


@dataclass(frozen=True)
class Draft:
    """An item of a file. `topic` is the path from the root; `line` where it begins (0 for an item of the bank)."""

    item: Body
    topic: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    external_id: str = ""
    source: str = ""
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file: an English sentence with `{placeholders}`, and the line (or row)."""

    line: int
    message: str
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return self.message.format(**dict(self.params)) if self.params else self.message


@dataclass(frozen=True)
class Reading:
    """What a file holds. `shown` are the accepted items as the format's own JSON; `topics` every path it names."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    shown: tuple[dict[str, Any], ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()
    descriptions: int = 0

    @property
    def read(self) -> int:
        """Items met, good and bad; categories and descriptions are none."""
        return len(self.drafts) + len(self.problems)


@dataclass(frozen=True)
class Writing:
    """A written file, and the items the format cannot hold with the reason."""

    text: str
    left_out: tuple[tuple[Draft, str], ...] = ()


@dataclass
class Gathering:
    """A reading in the making."""

    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    topics: dict[tuple[str, ...], None] = field(default_factory=dict)
    descriptions: int = 0

    def refuse(self, line: int, message: str, **params: Any) -> None:
        self.problems.append(Problem(line, message, tuple(params.items())))

    def done(self) -> Reading:
        problems = tuple(sorted(self.problems, key=lambda one: one.line))
        return Reading(tuple(self.drafts), problems, tuple(self.shown), tuple(self.topics), self.descriptions)


class Unwritable(Exception):
    """The format has no way to say this; the reason is an English sentence."""


NO_KIND = gettext_noop("The format has no questions of this kind.")


def by_topic(drafts: Sequence[Draft]) -> list[Draft]:
    """Items without a topic first, then topic by topic, otherwise in their order."""
    return sorted(drafts, key=lambda draft: draft.topic)


MOODLE_ROOT = "$course$/top"
_SYSTEM = {"$course$", "$system$", "$module$", "$cat1$"}


def topic_of(category: str) -> tuple[str, ...]:
    """The path of a Moodle category: `$course$/top/A/B//C` is A, then «B/C».

    >>> topic_of("$course$/top/Refunds/Dates // times")
    ('Refunds', 'Dates / times')
    """
    parts = [part.strip().replace("\x00", "/") for part in category.replace("//", "\x00").split("/")]
    if parts and parts[0] in _SYSTEM:
        parts = parts[1:]
        if parts and parts[0] == "top":
            parts = parts[1:]
    return tuple(part for part in parts if part)


def category_of(topic: Sequence[str]) -> str:
    """The Moodle category of a path; `topic_of` gives the path back."""
    return "/".join([MOODLE_ROOT, *(part.replace("/", "//") for part in topic)])
