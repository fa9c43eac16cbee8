"""What changed between two versions of a course, activity by activity. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True)
class Shape:
    """All that makes an activity what it is, but its place."""

    key: str
    kind: str
    title: str
    minutes: int
    is_required: bool
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One activity of the comparison; `fields` names what changed."""

    change: Change
    key: str
    before: Shape | None
    after: Shape | None
    fields: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        shape = self.after or self.before
        return shape.title if shape else ""


def compare(before: Sequence[Shape], after: Sequence[Shape]) -> list[Line]:
    """The activities of `after` in their order, those that are gone at the end."""
    old = {one.key: one for one in before}
    stayed = [one.key for one in after if one.key in old]
    moved = _moved([one.key for one in before if one.key in set(stayed)], stayed)
    lines = [_line(old.get(one.key), one, one.key in moved) for one in after]
    new = {one.key for one in after}
    return lines + [Line(Change.REMOVED, one.key, one, None) for one in before if one.key not in new]


def _line(before: Shape | None, after: Shape, is_moved: bool) -> Line:
    if before is None:
        return Line(Change.ADDED, after.key, None, after)
    fields = _differences(before, after)
    if fields:
        return Line(Change.CHANGED, after.key, before, after, fields)
    return Line(Change.MOVED if is_moved else Change.SAME, after.key, before, after)


def _differences(before: Shape, after: Shape) -> tuple[str, ...]:
    own = [
        name for name in ("kind", "title", "minutes", "is_required") if getattr(before, name) != getattr(after, name)
    ]
    names = sorted(set(before.settings) | set(after.settings))
    return (*own, *(name for name in names if before.settings.get(name) != after.settings.get(name)))


_OWN = ("kind", "title", "minutes", "is_required")


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest activities whose moving explains the new order: those outside a longest common order."""
    place = {key: number for number, key in enumerate(before)}
    best: list[list[str]] = []
    for key in after:
        longest = sorted((chain for chain in best if place[chain[-1]] < place[key]), key=len)[-1:]
        best.append([*(longest[0] if longest else []), key])
    kept = set(sorted(best, key=len)[-1]) if best else set()
    return set(after) - kept


# What a learner did counts on for an activity whose title or length was merely corrected.
_WORDING = {"title", "minutes", "is_required"}


def unchanged_keys(before: Sequence[Shape], after: Sequence[Shape]) -> set[str]:
    """Activities whose evidence holds for both versions."""
    return {
        line.key
        for line in compare(before, after)
        if line.before is not None and line.after is not None and not set(line.fields) - _WORDING
    }
