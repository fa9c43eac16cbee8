"""What stands in the way of using an item: faults with the place they belong to. Pure.

A file may bring items that still need work; they are kept as pilots with their faults. Nothing with a fault goes live.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nastavnik.assessment.logic.items import (
    GAP,
    Body,
    Case,
    Choice,
    Embeddable,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Ordering,
    Short,
    Single,
    Span,
)
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.scoring import multiple_shares
from nastavnik.assessment.logic.texts import answer_form

TEXT_LETTERS = 50_000
OPTIONS = 100
HIGHEST_POINTS = 1000
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong, as an English sentence with `{placeholders}`; `place` names the field (options count from 0)."""

    place: str
    message: str
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return self.message.format(**dict(self.params))


# Every sentence once, so that they can be translated.
NO_STEM = gettext_noop("The question has no text.")
NO_POINTS = gettext_noop("The points must be more than nothing and at most {limit}.")
TOO_LONG = gettext_noop("A text is longer than {limit} characters.")
LONG_TITLE = gettext_noop("The title is longer than {limit} characters.")
TOO_MANY = gettext_noop("There are more than {limit} answers.")
FEW_OPTIONS = gettext_noop("At least two options are needed.")
EMPTY_OPTION = gettext_noop("An option has no text.")
TWICE = gettext_noop("Two answers are the same.")
NO_RIGHT = gettext_noop("No answer brings all points.")
WEIGHT = gettext_noop("A share must lie between -100 and 100 per cent.")
SUM = gettext_noop("The positive shares add up to {sum} per cent, not to 100.")
FEW_PAIRS = gettext_noop("At least two pairs are needed.")
EMPTY_PAIR = gettext_noop("A pair has no right side.")
FEW_STEPS = gettext_noop("At least two steps are needed.")
GAPS = gettext_noop("The text has {found} gaps (five underscores each), and there are answers for {given}.")
EMPTY_GAP = gettext_noop("A gap has no accepted answer.")
NO_GAP = gettext_noop("The answer stands inside the text, and the text has no place for it (five underscores).")
NO_ANSWER = gettext_noop("There is no accepted answer.")
BOUNDS = gettext_noop("The lower bound is above the upper one.")
TOLERANCE = gettext_noop("The tolerance is below nothing.")
RUBRIC = gettext_noop("The rubric's points add up to {sum}, the item's points are {points}.")
EMPTY_CRITERION = gettext_noop("A criterion has no text.")
NO_PARTS = gettext_noop("The case has no questions.")
MESSAGES = (
    NO_STEM, NO_POINTS, TOO_LONG, LONG_TITLE, TOO_MANY, FEW_OPTIONS, EMPTY_OPTION, TWICE, NO_RIGHT, WEIGHT, SUM,
    FEW_PAIRS, EMPTY_PAIR, FEW_STEPS, GAPS, EMPTY_GAP, NO_GAP, NO_ANSWER, BOUNDS, TOLERANCE, RUBRIC, EMPTY_CRITERION,
    NO_PARTS,
)  # fmt: skip


def faults(item: Body) -> list[Fault]:
    """Everything that stands against using the item; empty when it may go live."""
    found = [*_common(item), *_special(item)]
    if isinstance(item, Case):
        found += [
            Fault(f"parts.{number}.{fault.place}", fault.message, fault.params)
            for number, part in enumerate(item.parts)
            for fault in faults(part)
        ]
    return list(dict.fromkeys(found))


def _fault(place: str, message: str, **params: Any) -> Fault:
    return Fault(place, message, tuple(params.items()))


def _common(item: Body) -> Iterator[Fault]:
    if not item.stem:
        yield _fault("stem", NO_STEM)
    if len(item.title) > LONGEST_TITLE:
        yield _fault("title", LONG_TITLE, limit=LONGEST_TITLE)
    if not isinstance(item, Case) and not 0 < item.points <= HIGHEST_POINTS:
        yield _fault("points", NO_POINTS, limit=HIGHEST_POINTS)
    if len(item.stem.text) > TEXT_LETTERS:
        yield _fault("stem", TOO_LONG, limit=TEXT_LETTERS)
    if isinstance(item, Embeddable) and item.embedded and GAP not in item.stem.text:
        yield _fault("stem", NO_GAP)


def _special(item: Body) -> Iterator[Fault]:
    match item:
        case Single():
            yield from _options(item.choices)
            if item.choices and max(one.share for one in item.choices) != 1:
                yield _fault("choices", NO_RIGHT)
        case Multiple():
            yield from _options(item.choices)
            yield from _sum_of(item)
        case Matching():
            yield from _pairs(item)
        case Ordering():
            yield from _steps(item)
        case Gap():
            yield from _gaps(item)
        case Short():
            yield from _accepted("answers", item.answers)
        case Number():
            yield from _numbers(item.numbers)
        case Essay():
            yield from _rubric(item)
        case Case() if not item.parts:
            yield _fault("parts", NO_PARTS)
        case _:
            return


def _choices(place: str, choices: Sequence[Choice]) -> Iterator[Fault]:
    if len(choices) > OPTIONS:
        yield _fault(place, TOO_MANY, limit=OPTIONS)
    for number, one in enumerate(choices):
        if not one.text:
            yield _fault(f"{place}.{number}", EMPTY_OPTION)
        elif one.text in [other.text for other in choices[:number]]:
            yield _fault(f"{place}.{number}", TWICE)
        if one.weight is not None and not -100 <= one.weight <= 100:
            yield _fault(f"{place}.{number}", WEIGHT)
        if len(one.text.text) > TEXT_LETTERS:
            yield _fault(f"{place}.{number}", TOO_LONG, limit=TEXT_LETTERS)


def _options(choices: Sequence[Choice]) -> Iterator[Fault]:
    if len(choices) < 2:
        yield _fault("choices", FEW_OPTIONS)
    yield from _choices("choices", choices)


def _sum_of(item: Multiple) -> Iterator[Fault]:
    positive = sum((share for share in multiple_shares(item) if share > 0), Fraction(0))
    if not positive:
        yield _fault("choices", NO_RIGHT)
    elif positive != 1:
        yield _fault("choices", SUM, sum=f"{float(100 * positive):g}")


def _pairs(item: Matching) -> Iterator[Fault]:
    if len(item.asked) < 2:
        yield _fault("pairs", FEW_PAIRS)
    if len(item.pairs) > OPTIONS:
        yield _fault("pairs", TOO_MANY, limit=OPTIONS)
    lefts = [pair.left for pair in item.asked]
    if len(set(lefts)) != len(lefts):
        yield _fault("pairs", TWICE)
    for number, pair in enumerate(item.pairs):
        if not pair.right:
            yield _fault(f"pairs.{number}", EMPTY_PAIR)


def _steps(item: Ordering) -> Iterator[Fault]:
    if len(item.steps) < 2:
        yield _fault("steps", FEW_STEPS)
    if len(item.steps) > OPTIONS:
        yield _fault("steps", TOO_MANY, limit=OPTIONS)
    if not all(item.steps):
        yield _fault("steps", EMPTY_OPTION)
    if len(set(item.steps)) != len(item.steps):
        yield _fault("steps", TWICE)


def _gaps(item: Gap) -> Iterator[Fault]:
    found = item.stem.text.count(GAP)
    if found != len(item.gaps) or not found:
        yield _fault("stem", GAPS, found=found, given=len(item.gaps))
    for number, gap in enumerate(item.gaps):
        if not gap:
            yield _fault(f"gaps.{number}", EMPTY_GAP)
        else:
            yield from _accepted(f"gaps.{number}", gap)


def _accepted(place: str, answers: Sequence[Choice]) -> Iterator[Fault]:
    if not answers:
        yield _fault(place, NO_ANSWER)
        return
    yield from _choices(place, answers)
    forms = [answer_form(one.text.text) for one in answers if one.share > 0]
    if len(set(forms)) != len(forms):
        yield _fault(place, TWICE)
    if max(one.share for one in answers) != 1:
        yield _fault(place, NO_RIGHT)


def _numbers(numbers: Sequence[NumberChoice]) -> Iterator[Fault]:
    if not numbers:
        yield _fault("numbers", NO_ANSWER)
        return
    if len(numbers) > OPTIONS:
        yield _fault("numbers", TOO_MANY, limit=OPTIONS)
    for number, one in enumerate(numbers):
        if one.span == Span.BETWEEN and one.number > one.high:
            yield _fault(f"numbers.{number}", BOUNDS)
        if one.tolerance < 0:
            yield _fault(f"numbers.{number}", TOLERANCE)
        if one.weight is not None and not -100 <= one.weight <= 100:
            yield _fault(f"numbers.{number}", WEIGHT)
    if max(one.share for one in numbers) != 1:
        yield _fault("numbers", NO_RIGHT)


def _rubric(item: Essay) -> Iterator[Fault]:
    if not item.rubric:
        return
    total = sum((one.points for one in item.rubric), Fraction(0))
    if total != item.points:
        yield _fault("rubric", RUBRIC, sum=str(total), points=str(item.points))
    if not all(one.text for one in item.rubric):
        yield _fault("rubric", EMPTY_CRITERION)
