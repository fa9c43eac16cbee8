"""What an item is: one value type per kind. Frozen, free of Django, exact (shares are fractions, numbers are decimals).

A body says what is asked and what is right; who owns it, its topic and its state belong to the bank. Options have no
ids: a version never changes, so their places are their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.texts import Text

GAP = "_____"
FULL = Decimal(100)
# Authors write a third as 33.33333; the simple fraction beside the written share is meant.
_LARGEST_DENOMINATOR = 20
_ROUNDING = Fraction(1, 2 * 10**4)
NOTHING = Text("")


def share_of(weight: Decimal) -> Fraction:
    """A share of the points from per cent: 33.33333 is a third.

    >>> share_of(Decimal("33.33333")), share_of(Decimal("-50")), share_of(Decimal("37.5"))
    (Fraction(1, 3), Fraction(-1, 2), Fraction(3, 8))
    """
    written = Fraction(weight) / 100
    simple = written.limit_denominator(_LARGEST_DENOMINATOR)
    return simple if abs(simple - written) < _ROUNDING else written


@dataclass(frozen=True)
class Choice:
    """An option or an accepted answer. Without a weight (per cent) a right one brings all points, a wrong one none."""

    text: Text
    is_right: bool = False
    weight: Decimal | None = None
    feedback: Text | None = None

    @property
    def share(self) -> Fraction:
        """Its share of the item's points, -1 to 1."""
        if self.weight is None:
            return Fraction(int(self.is_right))
        return share_of(self.weight)


@dataclass(frozen=True)
class Pair:
    """A left side and the right side that belongs to it; an empty left makes the right side a distractor."""

    left: Text
    right: str


class Span(StrEnum):
    """How a number is accepted: exactly, within a tolerance, between two bounds, any."""

    SIMPLE = "simple"
    RANGE = "range"
    BETWEEN = "high-low"
    ANY = "any"


@dataclass(frozen=True)
class NumberChoice:
    """An accepted number with its share and feedback. `number` is the lower bound of BETWEEN, `high` the upper one."""

    span: Span = Span.SIMPLE
    number: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    is_right: bool = True
    weight: Decimal | None = None
    feedback: Text | None = None

    @property
    def share(self) -> Fraction:
        """Its share of the item's points."""
        if self.weight is None:
            return Fraction(int(self.is_right))
        return share_of(self.weight)

    def accepts(self, given: Fraction) -> bool:
        """Whether the number lies within, bounds included; exact, without binary rounding."""
        if self.span == Span.ANY:
            return True
        if self.span == Span.BETWEEN:
            return Fraction(self.number) <= given <= Fraction(self.high)
        return abs(given - Fraction(self.number)) <= Fraction(self.tolerance)


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric: what is looked for and how many points it may bring."""

    text: str
    points: Fraction = Fraction(1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every kind has. `feedback` is shown after the attempt, whatever was answered."""

    kind: ClassVar[ItemKind]
    stem: Text
    title: str = ""
    points: Fraction = Fraction(1)
    feedback: Text | None = None

    @property
    def label(self) -> str:
        """The title, or how the question begins."""
        return self.title or " ".join(self.stem.text.split())


@dataclass(frozen=True, kw_only=True)
class Embeddable(Item):
    """A kind whose answer may stand inside the sentence, in place of the first `_____` of the stem."""

    embedded: bool = False


@dataclass(frozen=True, kw_only=True)
class Single(Embeddable):
    """One of several options is chosen."""

    kind = ItemKind.SINGLE
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Multiple(Embeddable):
    """Several options are chosen; their shares add up, never below nothing."""

    kind = ItemKind.MULTIPLE
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Embeddable):
    """A statement is true or false; each answer has its feedback."""

    kind = ItemKind.TRUE_FALSE
    is_true: bool
    if_true: Text | None = None
    if_false: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Matching(Embeddable):
    """Right sides are put to left sides; each pair brings the same share."""

    kind = ItemKind.MATCHING
    pairs: tuple[Pair, ...]

    @property
    def asked(self) -> tuple[Pair, ...]:
        """Pairs with a left side."""
        return tuple(pair for pair in self.pairs if pair.left)

    @property
    def rights(self) -> tuple[str, ...]:
        """What may be put to a left side, each text once, in the author's order."""
        return tuple(dict.fromkeys(pair.right for pair in self.pairs))


@dataclass(frozen=True, kw_only=True)
class Ordering(Item):
    """Steps are put in order; `steps` is the right order."""

    kind = ItemKind.ORDERING
    steps: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Gap(Item):
    """Words are typed into the gaps (`_____`) of a text, each gap with its accepted answers."""

    kind = ItemKind.GAP
    gaps: tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Short(Item):
    """A few words are typed; the accepted answer of the largest share counts."""

    kind = ItemKind.SHORT
    answers: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Number(Embeddable):
    """A number is typed. `bare` says that the file wrote one number without marks (GIFT keeps the difference)."""

    kind = ItemKind.NUMBER
    numbers: tuple[NumberChoice, ...]
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Essay(Embeddable):
    """An open answer, marked by people along the rubric."""

    kind = ItemKind.ESSAY
    rubric: tuple[Criterion, ...] = ()


Part = Single | Multiple | TrueFalse | Matching | Ordering | Gap | Short | Number | Essay


@dataclass(frozen=True, kw_only=True)
class Case(Item):
    """One stimulus (the stem) and several items about it; its points are the sum of theirs."""

    kind = ItemKind.CASE
    parts: tuple[Part, ...]


Body = Part | Case
KINDS: dict[ItemKind, type[Body]] = {
    one.kind: one for one in (Single, Multiple, TrueFalse, Matching, Ordering, Gap, Short, Number, Essay, Case)
}


def maximum(item: Body) -> Fraction:
    """The points of a fully right answer."""
    return sum((part.points for part in item.parts), Fraction(0)) if isinstance(item, Case) else item.points


def texts(item: Body) -> Iterator[str]:
    """Everything a reader may search for in the item."""
    yield item.title
    yield item.stem.text
    match item:
        case Single() | Multiple():
            yield from (one.text.text for one in item.choices)
        case Short():
            yield from (one.text.text for one in item.answers)
        case Gap():
            yield from (one.text.text for gap in item.gaps for one in gap)
        case Matching():
            yield from (side for pair in item.pairs for side in (pair.left.text, pair.right))
        case Ordering():
            yield from (step.text for step in item.steps)
        case Case():
            for part in item.parts:
                yield from texts(part)
        case _:
            return
