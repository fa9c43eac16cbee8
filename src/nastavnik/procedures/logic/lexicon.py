"""Finding the customer's trigger phrase: versioned rules with guards, and the words around them repaired first.

The pipeline of reference/crisis-desk.md, section 2: normalise -> cut quoted spans -> withdrawal guard over the whole
message -> sentences -> skip reported speech -> rules. A rule of strength 2 fires alone; strength 1 needs a word of
refunding or leaving in the message, or an open refund case. All rules run on all messages: customers mix languages.

Few rules are searched for on most messages: what a rule cannot match without (`needs`) is looked up word by word, and
every word is looked at once in the life of the process (`words.WordBook`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nastavnik.procedures.logic.needs import alternatives, needs
from nastavnik.procedures.logic.spelling import Repairer
from nastavnik.procedures.logic.text import normalise, place_of, sentences, without_quotes
from nastavnik.procedures.logic.words import WordBook

MAX_CHARS = 4_000
MOST_CHOICES_KEPT = 20_000


class Role(StrEnum):
    TRIGGER = "trigger"
    WITHDRAW = "withdraw"
    REPORTED = "reported"
    LEGAL = "legal"
    WISH = "wish"
    CONTEXT = "context"


class Label(StrEnum):
    """What a message is; only `trigger` starts the policy's count."""

    TRIGGER = "trigger"
    REFUND_WISH = "refund_wish"
    UNDECIDED = "undecided"
    QUOTED = "quoted"
    LEGAL = "legal"
    OTHER = "other"


@dataclass(frozen=True)
class Rule:
    """One pattern over normalised text, with examples that are tests: it may not be published without both kinds.

    `unless`: a pattern that silences the rule where it stands in the same sentence.
    """

    id: str
    lang: str
    role: Role
    pattern: str
    strength: int = 2
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True)
class Detection:
    """The label, the rule that gave it, the normalised words it matched, and the message as it was read."""

    label: Label
    rule: str | None = None
    words: str = ""
    read: str = ""

    def span_in(self, text: str) -> tuple[int, int] | None:
        """Where the words stand in the message as it was written (characters, end exclusive), in whole words."""
        return place_of(text, self.read, self.words) if self.words else None


@dataclass(frozen=True)
class Found:
    """A rule that matched, and what it matched."""

    rule: Rule
    words: str


@dataclass(frozen=True)
class _Part:
    """One alternative of a rule's pattern, compiled, with what it needs as bit masks of the word book."""

    rule: Rule
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    masks: tuple[int, ...]

    def may_match(self, mask: int) -> bool:
        return all(mask & need for need in self.masks)

    def match(self, text: str) -> str | None:
        found = self.pattern.search(text)
        return None if found is None or (self.unless and self.unless.search(text)) else found.group()


Parts = dict[Role, list[_Part]]


class Lexicon:
    """A version of the rules, compiled once; safe to share between threads."""

    def __init__(self, rules: Sequence[Rule], version: str, vocabulary: Sequence[str] = ()) -> None:
        self.rules = tuple(rules)
        self.version = version
        self.vocabulary = tuple(vocabulary)
        self.repairer = _repairer(self.vocabulary)
        self._book = WordBook(self.repairer.repair)
        self._parts = [part for rule in self.rules for part in self._compiled(rule)]
        self._choices: dict[int, Parts] = {}

    def _compiled(self, rule: Rule) -> Iterator[_Part]:
        unless = _compile(rule.unless) if rule.unless else None
        for one in alternatives(rule.pattern):
            masks = tuple(self._book.mask_for(choice) for choice in needs(one))
            yield _Part(rule, _compile(one), unless, masks)

    def detect(self, text: str, *, open_case: bool = False) -> Detection:
        """What this message is; text beyond 4,000 characters is not looked at. Linear in the length."""
        plain = normalise(text[:MAX_CHARS])
        mask, repaired_mask = self._book.look(plain)
        exact = self._judge(plain, mask, open_case)
        if exact.label is not Label.TRIGGER and repaired_mask is not None:
            repaired = self.repairer.repair(plain)
            return self._judge(repaired, repaired_mask, open_case)
        return exact

    def repaired(self, text: str) -> str:
        """The message as the rules read it when typing errors are mended."""
        return self.repairer.repair(normalise(text[:MAX_CHARS]))

    def matches(self, rule: str, text: str) -> bool:
        """Whether this one rule is found anywhere in the text, quotations and guards apart."""
        return any(part.match(text) is not None for part in self._parts if part.rule.id == rule)

    def every_match(self, role: Role, text: str) -> list[Found]:
        """All rules of a role found in normalised text, each once, in the order of the rules."""
        found: dict[str, Found] = {}
        for part in self._parts:
            if part.rule.role is role and part.rule.id not in found and (words := part.match(text)) is not None:
                found[part.rule.id] = Found(part.rule, words)
        return list(found.values())

    def _judge(self, whole: str, mask: int, open_case: bool) -> Detection:
        parts = self._chosen(mask)
        if not parts:
            return Detection(Label.OTHER)
        outside = without_quotes(whole)
        if found := _first(parts, Role.WITHDRAW, outside):
            return Detection(Label.UNDECIDED, *found, whole)
        if Role.TRIGGER in parts and (trigger := self._refusal(parts, whole, outside, open_case)):
            return trigger
        for role, label in ((Role.LEGAL, Label.LEGAL), (Role.WISH, Label.REFUND_WISH)):
            if found := _first(parts, role, outside):
                return Detection(label, *found, whole)
        return Detection(Label.OTHER)

    def _refusal(self, parts: Parts, whole: str, outside: str, open_case: bool) -> Detection | None:
        """A refusal of the customer's own, or one that is merely quoted or told."""
        said = sentences(outside)
        own = [one for one in said if not _first(parts, Role.REPORTED, one)]
        has_context = open_case or _first(parts, Role.CONTEXT, outside) is not None
        for one in own:
            if found := _first(parts, Role.TRIGGER, one, least=1 if has_context else 2):
                return Detection(Label.TRIGGER, *found, whole)
        if (len(own) < len(said) or outside != whole) and (found := _first(parts, Role.TRIGGER, whole)):
            return Detection(Label.QUOTED, *found, whole)
        return None

    def _chosen(self, mask: int) -> Parts:
        """The parts that may match a message with these stretches, by role; kept for messages alike."""
        chosen = self._choices.get(mask)
        if chosen is None:
            chosen = {}
            for part in self._parts:
                if part.may_match(mask):
                    chosen.setdefault(part.rule.role, []).append(part)
            if len(self._choices) >= MOST_CHOICES_KEPT:
                self._choices = {}
            self._choices[mask] = chosen
        return chosen


@lru_cache(maxsize=8)
def _repairer(vocabulary: tuple[str, ...]) -> Repairer:
    """Drafts of one lexicon mostly share their words, and indexing them is what takes time."""
    return Repairer(vocabulary)


@lru_cache(maxsize=4_096)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _first(parts: Parts, role: Role, text: str, least: int = 1) -> tuple[str, str] | None:
    for part in parts.get(role, ()):
        if part.rule.strength >= least and (words := part.match(text)) is not None:
            return part.rule.id, words
    return None
