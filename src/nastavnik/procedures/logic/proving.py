"""Whether a set of rules keeps its own promises, and how well it does on messages people have labelled."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nastavnik.procedures.logic.lexicon import Label, Lexicon, Role, Rule
from nastavnik.procedures.logic.needs import too_slow
from nastavnik.procedures.logic.text import normalise, sentences

MOST_LETTERS = 2_000
_ESCAPE = re.compile(r"\\.")


@dataclass(frozen=True)
class Problem:
    """Why a rule may not be published. `kind` is one of the keys of PROBLEMS; `detail` the example or the reason."""

    rule: str
    kind: str
    detail: str = ""


PROBLEMS = ("no_must", "no_must_not", "missed", "false_alarm", "pattern")


def fault_of_pattern(pattern: str) -> str:
    """Why a pattern cannot be used, in English, or an empty text."""
    if len(pattern) > MOST_LETTERS:
        return f"it is longer than {MOST_LETTERS} characters"
    if _ESCAPE.sub("", pattern) != _ESCAPE.sub("", pattern).lower():
        return "it has capital letters, and messages are read in small ones"
    if "ё" in pattern:
        return "it has the letter ё, and messages are read with е"
    if slow := too_slow(pattern):
        return slow
    return "it matches an empty text" if pattern and re.search(pattern, "") else ""


def problems(rules: Sequence[Rule], lexicon: Lexicon | None = None) -> list[Problem]:
    """Everything that stands between these rules and publication; `lexicon` is what they run in, themselves if None."""
    found: list[Problem] = []
    for rule in rules:
        for pattern in (rule.pattern, rule.unless):
            if fault := fault_of_pattern(pattern):
                found.append(Problem(rule.id, "pattern", fault))
    if found:
        return found
    whole = lexicon or Lexicon(rules, "draft")
    return [one for rule in rules for one in _of_examples(rule, whole)]


def _of_examples(rule: Rule, lexicon: Lexicon) -> Iterable[Problem]:
    if not rule.must_match:
        yield Problem(rule.id, "no_must")
    if not rule.must_not_match:
        yield Problem(rule.id, "no_must_not")
    yield from (Problem(rule.id, "missed", text) for text in rule.must_match if not fires(lexicon, rule, text))
    yield from (Problem(rule.id, "false_alarm", text) for text in rule.must_not_match if is_loud(lexicon, rule, text))


def fires(lexicon: Lexicon, rule: Rule, text: str) -> bool:
    """Whether the rule is found in a sentence of the example, or in the whole of it."""
    plain = normalise(text)
    return any(lexicon.matches(rule.id, part) for part in (*sentences(plain), plain))


def is_loud(lexicon: Lexicon, rule: Rule, text: str) -> bool:
    """Whether an example meant for silence is not silent: a refusal found for a trigger, else the rule itself found."""
    if rule.role is Role.TRIGGER:
        return lexicon.detect(text).label is Label.TRIGGER
    return lexicon.matches(rule.id, normalise(text))


@dataclass(frozen=True)
class Labelled:
    """A message with what it truly is."""

    id: str
    lang: str
    text: str
    label: Label


@dataclass(frozen=True)
class Seen:
    """A labelled message as the rules see it."""

    message: Labelled
    label: Label
    rule: str | None


@dataclass
class Measure:
    """Refusals found and missed. Precision = right / found, recall = right / all; None where there is none of them."""

    lang: str
    right: int = 0
    false_alarms: list[Seen] = field(default_factory=list)
    misses: list[Seen] = field(default_factory=list)
    total: int = 0

    @property
    def refusals(self) -> int:
        return self.right + len(self.misses)

    @property
    def precision(self) -> float | None:
        found = self.right + len(self.false_alarms)
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.refusals if self.refusals else None

    @property
    def f1(self) -> float | None:
        doubled = 2 * self.right + len(self.false_alarms) + len(self.misses)
        return 2 * self.right / doubled if self.refusals and doubled else None


def measure(lexicon: Lexicon, messages: Iterable[Labelled]) -> list[Measure]:
    """How well refusals are found, by language in alphabetical order."""
    found: dict[str, Measure] = {}
    for message in messages:
        one = found.setdefault(message.lang, Measure(message.lang))
        seen = lexicon.detect(message.text)
        one.total += 1
        truly, says = message.label is Label.TRIGGER, seen.label is Label.TRIGGER
        if truly and says:
            one.right += 1
        elif truly:
            one.misses.append(Seen(message, seen.label, seen.rule))
        elif says:
            one.false_alarms.append(Seen(message, seen.label, seen.rule))
    return [found[lang] for lang in sorted(found)]


@dataclass(frozen=True)
class Change:
    """A rule that one version has otherwise than the other; `before` or `after` is None where it is new or gone."""

    rule: str
    before: Rule | None
    after: Rule | None

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """(field, before, after) of what differs between the two."""
        names = ("role", "strength", "pattern", "unless", "must_match", "must_not_match")
        pairs = [(name, _said(self.before, name), _said(self.after, name)) for name in names]
        return [pair for pair in pairs if pair[1] != pair[2]]


def _said(rule: Rule | None, name: str) -> str:
    value = getattr(rule, name) if rule else ""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def changes(before: Sequence[Rule], after: Sequence[Rule]) -> list[Change]:
    """What differs between two versions, in the order of the later one, then what is gone."""
    old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    differing = [Change(rule.id, old.get(rule.id), rule) for rule in after if old.get(rule.id) != rule]
    return differing + [Change(rule.id, rule, None) for rule in before if rule.id not in new]


@dataclass(frozen=True)
class Explanation:
    """What the rules make of one message, for the try-it box. `mended`: words read otherwise than written."""

    label: Label
    rule: Rule | None
    span: tuple[int, int] | None
    silenced: Sequence[tuple[Rule, str, Rule | None]]
    mended: Sequence[tuple[str, str]]


def explain(lexicon: Lexicon, text: str, *, open_case: bool = False) -> Explanation:
    """The detection, and each trigger that matched and did not speak, with its words and the guard that silenced it.

    A guard of None: it was weak and had no context, or another rule spoke before it.
    """
    found = lexicon.detect(text, open_case=open_case)
    rules = {rule.id: rule for rule in lexicon.rules}
    plain, read = normalise(text), found.read or lexicon.repaired(text)
    mended = [(was, now) for was, now in zip(plain.split(), read.split(), strict=False) if was != now]
    guards = [*lexicon.every_match(Role.WITHDRAW, read), *lexicon.every_match(Role.REPORTED, read)]
    guard = guards[0].rule if guards and found.label is not Label.TRIGGER else None
    triggers = lexicon.every_match(Role.TRIGGER, read)
    silenced = [(one.rule, one.words, guard) for one in triggers if one.rule.id != found.rule or guard]
    return Explanation(found.label, rules.get(found.rule or ""), found.span_in(text), silenced, mended)
