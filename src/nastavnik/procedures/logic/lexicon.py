"""Finding the customer's trigger phrase: versioned rules with guards, and the words around them repaired first.

The pipeline of reference/crisis-desk.md, section 2: normalise -> cut quoted spans -> withdrawal guard over the whole
message -> sentences -> skip reported speech -> rules. A rule of strength 2 fires alone; strength 1 needs a word of
refunding or leaving in the message, or an open refund case. All rules run on all messages: customers mix languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from nastavnik.procedures.logic.spelling import Repairer
from nastavnik.procedures.logic.text import normalise, sentences, without_quotes

MAX_CHARS = 4_000


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
    """The label, the rule that gave it, and the normalised words it matched."""

    label: Label
    rule: str | None = None
    words: str = ""


class Lexicon:
    """A version of the rules, compiled once; safe to share between threads."""

    def __init__(self, rules: Sequence[Rule], version: str, vocabulary: Sequence[str] = ()) -> None:
        self.rules = tuple(rules)
        self.version = version
        self._compiled = [(rule, re.compile(rule.pattern)) for rule in self.rules]
        self.vocabulary = tuple(vocabulary)

    @cached_property
    def _repairer(self) -> Repairer:
        return Repairer(self.vocabulary)

    def detect(self, text: str, *, open_case: bool = False) -> Detection:
        """What this message is; text beyond 4,000 characters is not looked at. Linear in the length."""
        exact = self._judge(normalise(text[:MAX_CHARS]), open_case)
        if exact.label is Label.TRIGGER or not self.vocabulary:
            return exact
        plain = normalise(text[:MAX_CHARS])
        repaired = self._repairer.repair(plain)
        return exact if repaired == plain else self._judge(repaired, open_case)

    def _judge(self, whole: str, open_case: bool) -> Detection:
        outside = without_quotes(whole)
        if found := self._first(Role.WITHDRAW, outside):
            return Detection(Label.UNDECIDED, *found)
        parts = sentences(outside)
        own = [part for part in parts if not self._first(Role.REPORTED, part)]
        has_context = open_case or self._first(Role.CONTEXT, outside) is not None
        for part in own:
            if found := self._first(Role.TRIGGER, part, least=1 if has_context else 2):
                return Detection(Label.TRIGGER, *found)
        if (len(own) < len(parts) or outside != whole) and (found := self._first(Role.TRIGGER, whole)):
            return Detection(Label.QUOTED, *found)
        for role, label in ((Role.LEGAL, Label.LEGAL), (Role.WISH, Label.REFUND_WISH)):
            if found := self._first(role, outside):
                return Detection(label, *found)
        return Detection(Label.OTHER)

    def _first(self, role: Role, text: str, least: int = 1) -> tuple[str, str] | None:
        for rule, pattern in self._compiled:
            if rule.role is role and rule.strength >= least and (match := pattern.search(text)):
                return rule.id, match.group()
        return None
