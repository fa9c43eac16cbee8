"""What answers are worth, exactly."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from nastavnik.assessment.logic.items import (
    Body,
    Case,
    Choice,
    Criterion,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Ordering,
    Pair,
    Short,
    Single,
    Span,
    TrueFalse,
)
from nastavnik.assessment.logic.scoring import UnfitAnswer, score
from nastavnik.assessment.logic.texts import matches, rich
from nastavnik.assessment.logic.validation import MESSAGES, faults


def choice(text: str, *, right: bool = False, weight: str | None = None, say: str = "") -> Choice:
    return Choice(rich(text), right, Decimal(weight) if weight else None, rich(say) if say else None)


Q = rich("Вопрос")
SINGLE = Single(
    stem=Q, points=Fraction(2), choices=(choice("a", right=True), choice("b", weight="50"), choice("c", weight="-50"))
)
EVEN = Multiple(stem=Q, choices=(choice("a", right=True), choice("b", right=True), choice("c")))
THIRDS = Multiple(stem=Q, choices=(*(choice(x, weight="33.33333") for x in "abc"), choice("d", weight="-100")))
PAIRS = Matching(stem=Q, pairs=(Pair(rich("1"), "a"), Pair(rich("2"), "b"), Pair(rich(""), "c")))
STEPS = Ordering(stem=Q, steps=tuple(rich(x) for x in "abcd"))
GAPS = Gap(stem=rich("_____ и _____"), gaps=((choice("ёж", right=True),), (choice("уж", right=True),)))
WORDS = Short(stem=Q, answers=(choice("Три дня", right=True), choice("*дня", right=True, weight="50", say="почти")))
NUMBER = Number(
    stem=Q,
    numbers=(
        NumberChoice(Span.RANGE, Decimal("0.3"), Decimal("0.1")),
        NumberChoice(Span.BETWEEN, Decimal(0), high=Decimal(1), weight=Decimal(50)),
        NumberChoice(Span.ANY, weight=Decimal(0), feedback=rich("мимо")),
    ),
)
TRUTH = TrueFalse(stem=Q, is_true=False, if_true=rich("нет"))
CASE = Case(stem=Q, parts=(SINGLE, TRUTH, Essay(stem=Q, points=Fraction(3))))


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        (SINGLE, 0, 2), (SINGLE, 1, 1), (SINGLE, 2, 0), (SINGLE, None, 0),
        (EVEN, [0, 1], 1), (EVEN, [0], Fraction(1, 2)), (EVEN, [0, 2], 0), (EVEN, [0, 1, 2], Fraction(1, 2)), (EVEN, [], 0),  # noqa: E501 - as below
        (THIRDS, [0, 1, 2], 1), (THIRDS, [2, 0], Fraction(2, 3)), (THIRDS, [0, 3], 0),
        (PAIRS, ["a", "b"], 1), (PAIRS, ["a", "c"], Fraction(1, 2)), (PAIRS, ["", "a"], 0),
        (STEPS, [0, 1, 2, 3], 1), (STEPS, [3, 2, 1, 0], 0), (STEPS, [1, 2, 3, 0], Fraction(2, 3)),
        (GAPS, ["Еж ", "УЖ."], 1), (GAPS, ["", "уж"], Fraction(1, 2)),
        (WORDS, " три  дня!", 1), (WORDS, "сорок дня", Fraction(1, 2)), (WORDS, "месяц", 0),
        (NUMBER, "0,4", 1), (NUMBER, "0.4000001", Fraction(1, 2)), (NUMBER, "−7", 0), (NUMBER, "много", 0),
        (TRUTH, False, 1), (TRUTH, True, 0),
        (CASE, [0, False, "текст"], 3), (CASE, None, 0),
    ],
)  # fmt: skip
def test_an_answer_is_worth_exactly(item: Body, answer: Any, points: Any) -> None:
    assert score(item, answer).points == points


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (SINGLE, 3), (SINGLE, True), (SINGLE, "0"), (EVEN, [0, 0]), (EVEN, [-1]), (EVEN, 1), (PAIRS, ["a"]),
        (PAIRS, ["a", "zzz"]), (STEPS, [0, 1]), (GAPS, "ёж"), (WORDS, 5), (WORDS, "x" * 20_001), (TRUTH, "true"),
        (CASE, [0]),
    ],
)  # fmt: skip
def test_what_cannot_be_an_answer_is_refused(item: Body, answer: Any) -> None:
    with pytest.raises(UnfitAnswer):
        score(item, answer)


def test_feedback_belongs_to_what_was_answered() -> None:
    assert [text.text for text in score(WORDS, "два дня").feedbacks] == ["почти"]
    assert [text.text for text in score(NUMBER, "99").feedbacks] == ["мимо"]
    assert [text.text for text in score(TRUTH, True).feedbacks] == ["нет"]


def test_an_open_answer_waits_for_a_person() -> None:
    found = score(CASE, [0, False, "текст"])
    assert (found.points, found.to_mark, found.maximum, found.is_full) == (3, 3, 6, False)
    assert score(CASE, [0, False, " "]).to_mark == 0


@pytest.mark.parametrize(
    ("typed", "accepted", "same"),
    [
        ("Ещё", "ЕЩЕ", True), ("«да»", '"да"', True), ("3 - 4", "3 – 4", True), ("abc", "a*c", True),
        ("ac", "a*c", True), ("ab", "a*c", False), ("2*2", r"2\*2", True), ("2x2", r"2\*2", False), ("aXbYc", "a*b*c", True),  # noqa: E501 - a case is read whole
        ("?", "?", True), ("aba", "ab*ba", False),
    ],
)  # fmt: skip
def test_typed_answers_are_compared_by_what_they_say(typed: str, accepted: str, same: bool) -> None:
    assert matches(typed, accepted) is same


FAULTY: list[tuple[Body, list[str]]] = [
    (Single(stem=rich(""), choices=(choice("a"),)), ["stem", "choices", "choices"]),
    (Single(stem=Q, points=Fraction(0), title="x" * 201, choices=(choice("a", right=True), choice(""))), ["title", "points", "choices.1"]),  # noqa: E501 - a case is read whole
    (Single(stem=Q, embedded=True, choices=(choice("a", right=True), choice("a"))), ["stem", "choices.1"]),
    (Single(stem=Q, choices=(choice("a", right=True), choice("b", weight="101"))), ["choices.1", "choices"]),
    (Single(stem=rich("x" * 50_001), choices=tuple(choice(str(n), right=True) for n in range(101))), ["stem", "choices"]),  # noqa: E501 - a case is read whole
    (Single(stem=Q, choices=(choice("a", right=True), choice("b" * 50_001))), ["choices.1"]),
    (Multiple(stem=Q, choices=(choice("a"), choice("b"))), ["choices"]),
    (Multiple(stem=Q, choices=(choice("a", weight="60"), choice("b", weight="60"))), ["choices"]),
    (Matching(stem=Q, pairs=(Pair(rich("1"), ""),)), ["pairs", "pairs.0"]),
    (Matching(stem=Q, pairs=tuple(Pair(rich("1"), "a") for _ in range(101))), ["pairs", "pairs"]),
    (Ordering(stem=Q, steps=(rich(""),)), ["steps", "steps"]),
    (Ordering(stem=Q, steps=tuple(rich("a") for _ in range(101))), ["steps", "steps"]),
    (Gap(stem=Q, gaps=((),)), ["stem", "gaps.0"]),
    (Short(stem=Q, answers=()), ["answers"]),
    (Short(stem=Q, answers=(choice("Ещё", right=True, weight="50"), choice("еще", right=True, weight="50"))), ["answers", "answers"]),  # noqa: E501 - a case is read whole
    (Number(stem=Q, numbers=()), ["numbers"]),
    (Number(stem=Q, numbers=(NumberChoice(Span.BETWEEN, Decimal(2), Decimal(-1), Decimal(1), weight=Decimal(101)),)), ["numbers.0"] * 3 + ["numbers"]),  # noqa: E501 - a case is read whole
    (Number(stem=Q, numbers=tuple(NumberChoice(Span.SIMPLE, Decimal(n)) for n in range(101))), ["numbers"]),
    (Essay(stem=Q, rubric=(Criterion("", Fraction(2)),)), ["rubric", "rubric"]),
    (Case(stem=Q, parts=()), ["parts"]),
    (Case(stem=Q, parts=(Short(stem=Q, answers=()),)), ["parts.0.answers"]),
    (CASE, []), (EVEN, []), (THIRDS, []), (PAIRS, []), (STEPS, []), (GAPS, []), (WORDS, []), (NUMBER, []), (TRUTH, []),
]  # fmt: skip


@pytest.mark.parametrize(("item", "places"), FAULTY)
def test_what_stands_against_an_item_is_said_at_its_place(item: Body, places: list[str]) -> None:
    found = faults(item)
    assert [fault.place for fault in found] == places
    assert all(fault.message in MESSAGES and "{" not in fault.text for fault in found)
