"""Gates: what must be so before a person goes on. Pure.

A gate is a tree of at most two levels: all or any of needs and of groups of needs. A need is judged with three values:
met, not met, not enough evidence; every finding that is not «met» says what is missing. What a need asks is told by its
kind (`learning.requirements`); this module knows trees only.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nastavnik.learning.logic.messages import Words

DEEPEST = 2
MOST_NEEDS = 40


class Verdict(StrEnum):
    """Three values. `UNKNOWN` is not «no»: nothing speaks against the person, something is still to be known."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Rule(StrEnum):
    ALL = "all"
    ANY = "any"


class BadGate(ValueError):
    """A stored or written gate that is no gate; the text says where."""


@dataclass(frozen=True)
class Need:
    """One requirement: its kind and what it asks, in a fixed order so that equal needs are equal."""

    kind: str
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, kind: str, **params: Any) -> "Need":
        return cls(kind, tuple(sorted(params.items())))

    def __getitem__(self, name: str) -> Any:
        return dict(self.params)[name]

    def get(self, name: str, default: Any = None) -> Any:
        return dict(self.params).get(name, default)

    @property
    def key(self) -> str:
        """The need as text: what a waiver names, what findings are stored under."""
        return json.dumps({"kind": self.kind, **dict(self.params)}, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Group:
    """All or any of its parts. An empty «all» is open to everybody."""

    rule: Rule = Rule.ALL
    parts: tuple["Need | Group", ...] = ()

    def needs(self) -> Iterator[Need]:
        """Every need of the tree, in order."""
        for part in self.parts:
            if isinstance(part, Need):
                yield part
            else:
                yield from part.needs()


@dataclass(frozen=True)
class Finding:
    """What is known of one need of one person. `missing` is said unless it is met; `evidence` is what speaks for it."""

    verdict: Verdict
    missing: Words | None = None
    evidence: Words | None = None


@dataclass(frozen=True)
class Outcome:
    """A tree judged. `lacks` are the needs that keep the gate shut; alternatives stand together in one tuple."""

    verdict: Verdict
    lacks: tuple[tuple[Need, ...], ...] = ()


Judge = Callable[[Need], Finding]


def both(verdicts: Iterable[Verdict]) -> Verdict:
    """All of them (Kleene): one «no» decides, otherwise one «unknown» leaves it open."""
    found = set(verdicts)
    if Verdict.NOT_MET in found:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.MET


def either(verdicts: Iterable[Verdict]) -> Verdict:
    """Any of them (Kleene): one «yes» decides, otherwise one «unknown» leaves it open."""
    found = set(verdicts)
    if Verdict.MET in found:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.NOT_MET


def evaluate(tree: Group, judge: Judge) -> Outcome:
    """The gate's verdict and, unless it is met, the needs that stand in the way."""
    outcomes = [_outcome(part, judge) for part in tree.parts]
    verdict = (both if tree.rule == Rule.ALL else either)(one.verdict for one in outcomes)
    if verdict == Verdict.MET:
        return Outcome(verdict)
    open_parts = [one.lacks for one in outcomes if one.verdict != Verdict.MET]
    if tree.rule == Rule.ALL:
        return Outcome(verdict, tuple(lack for lacks in open_parts for lack in lacks))
    return Outcome(verdict, (tuple(need for lacks in open_parts for lack in lacks for need in lack),))


def _outcome(part: Need | Group, judge: Judge) -> Outcome:
    if isinstance(part, Group):
        return evaluate(part, judge)
    verdict = judge(part).verdict
    return Outcome(verdict, () if verdict == Verdict.MET else ((part,),))


# Reading and writing --------------------------------------------------------------------------------------------------


def to_json(tree: Group) -> dict[str, Any]:
    """The tree as it is stored: `{"rule": "all", "parts": [{"kind": ...}, {"rule": "any", "parts": [...]}]}`."""
    return {"rule": tree.rule.value, "parts": [_part_to_json(part) for part in tree.parts]}


def _part_to_json(part: Need | Group) -> dict[str, Any]:
    return to_json(part) if isinstance(part, Group) else {"kind": part.kind, **dict(part.params)}


def from_json(stored: Mapping[str, Any]) -> Group:
    """The tree a stored gate means. Raises BadGate."""
    tree = _group(stored, level=1)
    if sum(1 for _need in tree.needs()) > MOST_NEEDS:
        raise BadGate(f"more than {MOST_NEEDS} requirements")
    return tree


def _group(stored: Any, level: int) -> Group:
    if not isinstance(stored, Mapping) or not isinstance(stored.get("parts"), list):
        raise BadGate("a group needs its parts")
    if level > DEEPEST:
        raise BadGate(f"groups lie at most {DEEPEST} deep")
    try:
        rule = Rule(stored.get("rule", ""))
    except ValueError as error:
        raise BadGate("a group is «all» or «any»") from error
    parts = tuple(_part(one, level) for one in stored["parts"])
    if not parts and (rule == Rule.ANY or level > 1):
        raise BadGate("a group without requirements")
    return Group(rule, parts)


def _part(stored: Any, level: int) -> Need | Group:
    if isinstance(stored, Mapping) and "parts" in stored:
        return _group(stored, level + 1)
    if not isinstance(stored, Mapping) or not isinstance(stored.get("kind"), str):
        raise BadGate("a requirement names its kind")
    params = {name: value for name, value in stored.items() if name != "kind"}
    if not all(isinstance(value, str | int | float | bool) for value in params.values()):
        raise BadGate("a requirement's values are plain")
    return Need.of(stored["kind"], **params)


def without(tree: Group, need: Need) -> Group:
    """The tree with a need taken out; groups that become empty go with it."""
    parts: list[Need | Group] = []
    for part in tree.parts:
        kept = without(part, need) if isinstance(part, Group) else part
        if kept != need and not (isinstance(kept, Group) and not kept.parts):
            parts.append(kept)
    return Group(tree.rule, tuple(parts))


def joined(tree: Group, sentence: Callable[[Need], str], *, all_of: str, any_of: str) -> str:
    """The gate as one sentence: needs joined by the words for «and» and «or», inner groups in brackets."""
    return _joined(tree, sentence, {Rule.ALL: all_of, Rule.ANY: any_of}, outer=True)


def _joined(tree: Group, sentence: Callable[[Need], str], words: Mapping[Rule, str], *, outer: bool) -> str:
    said = [
        sentence(part) if isinstance(part, Need) else _joined(part, sentence, words, outer=False)
        for part in tree.parts
    ]  # fmt: skip
    text = f" {words[tree.rule]} ".join(said)
    return text if outer or len(said) < 2 else f"({text})"
