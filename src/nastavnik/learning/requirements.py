"""The registry of requirement kinds: what a need of a kind asks, in words, and how it is found out for many at once.

    register(Kind("drill", _("drill passed"), (Parameter("drill", _("Drill"), "choice", drills),), say=..., find=...))

Higher rooms register their kinds in `contributions`. A kind's `find` answers any number of questions in a fixed number
of queries; what it leaves out is «not enough evidence».
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.learning.logic import judging, requirements
from nastavnik.learning.logic.requirements import BadGate, Finding, Group, Need, Verdict

__all__ = ["BadGate", "Finding", "Group", "Need", "Verdict"]


@dataclass(frozen=True)
class Asked:
    """One need of one enrolment at one stage. Evidence from before `since` belongs to an earlier cycle."""

    need: Need
    person_id: int
    enrolment_id: int
    stage_id: int
    since: date | None = None


@dataclass(frozen=True)
class Parameter:
    """A value a need of the kind has: `choices` are (code, title) pairs, or None for a number within bounds."""

    name: str
    title: Any
    choices: Callable[[], Iterable[tuple[str, Any]]] | None = None
    least: int = 1
    most: int = 1000
    initial: int = 1


Names = Mapping[str, str]
Found = dict[Asked, Finding]


@dataclass(frozen=True)
class Kind:
    """A kind of requirement. `say(need, names)` is its sentence; `names(codes)` the titles of the codes in needs."""

    code: str
    title: Any
    parameters: tuple[Parameter, ...]
    say: Callable[[Need, Names], str]
    find: Callable[[Sequence[Asked], datetime], Found]
    named_by: str = ""
    names: Callable[[set[str]], Names] = lambda _codes: {}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Open a kind of requirement; the same code replaces."""
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())


def kind_of(code: str) -> Kind | None:
    return _kinds.get(code)


def find(asked: Sequence[Asked], at: datetime) -> Found:
    """What is known about each question; kinds nobody registered are never met."""
    by_kind: dict[str, list[Asked]] = {}
    for one in dict.fromkeys(asked):
        by_kind.setdefault(one.need.kind, []).append(one)
    found: Found = {}
    for code, questions in by_kind.items():
        kind = _kinds.get(code)
        answers = kind.find(questions, at) if kind else {}
        found |= {one: answers.get(one) or judging.unknown_kind() for one in questions}
    return found


# In words -------------------------------------------------------------------------------------------------------------


class Titles:
    """Titles of whatever needs name, loaded once for any number of gates."""

    def __init__(self, trees: Iterable[Group]) -> None:
        codes: dict[str, set[str]] = {}
        for tree in trees:
            for need in tree.needs():
                kind = _kinds.get(need.kind)
                if kind and kind.named_by and need.get(kind.named_by):
                    codes.setdefault(kind.code, set()).add(str(need[kind.named_by]))
        self.known = {code: _kinds[code].names(wanted) for code, wanted in codes.items()}

    def sentence(self, need: Need) -> str:
        """What the need asks, in the reader's language."""
        kind = _kinds.get(need.kind)
        return kind.say(need, self.known.get(need.kind, {})) if kind else _("a requirement of a room that is not here")

    def gate(self, tree: Group) -> str:
        """The whole gate as a sentence; an empty one is open."""
        if not tree.parts:
            return _("open to everybody")
        return requirements.joined(tree, self.sentence, all_of=_("and"), any_of=_("or"))


def gate_sentence(tree: Group) -> str:
    """One gate as a sentence. For many gates make `Titles` once."""
    return Titles([tree]).gate(tree)
