"""Random items for round trips, in the form in which a format can hold them."""

from decimal import Decimal

from hypothesis import strategies as st

from nastavnik.assessment.logic.items import (
    Choice,
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
from nastavnik.assessment.logic.texts import Text, TextFormat, line_of, rich

LETTERS = "абвё AZ z09~=#{}:\\n%[]<>&\"'*_-|.,/$«»\n\t\u00a0!"
raw = st.text(alphabet=LETTERS, min_size=1, max_size=25)


def texts(format: TextFormat) -> st.SearchStrategy[Text]:
    return raw.map(lambda text: rich(text, format)).filter(bool)


lines = raw.map(lambda text: rich(line_of(text), TextFormat.PLAIN).text).filter(bool)
titles = st.one_of(st.just(""), raw.map(line_of))
weights = st.one_of(st.none(), st.decimals(-100, 100, places=3).map(lambda one: Decimal(f"{one.normalize():f}")))
numbers = st.decimals(-(10**6), 10**6, places=4).map(lambda one: Decimal(f"{one.normalize():f}"))


@st.composite
def choices(draw: st.DrawFn, format: TextFormat, right: bool | None = None) -> Choice:
    is_right = draw(st.booleans()) if right is None else right
    feedback = draw(st.one_of(st.none(), texts(format)))
    return Choice(draw(texts(format)), is_right, draw(weights), feedback)


@st.composite
def number_choices(draw: st.DrawFn, format: TextFormat) -> NumberChoice:
    span, number = draw(st.sampled_from(Span)), draw(numbers)
    said = {"weight": draw(weights), "feedback": draw(st.one_of(st.none(), texts(format)))}
    if span == Span.ANY:
        return NumberChoice(span, **said)
    if span == Span.BETWEEN:
        return NumberChoice(span, number, high=number + abs(draw(numbers)), **said)
    return NumberChoice(span, number, abs(draw(numbers)) if span == Span.RANGE else Decimal(0), **said)


@st.composite
def items(draw: st.DrawFn) -> object:
    """An item of every kind GIFT knows, and an ordering."""
    format = draw(st.sampled_from(TextFormat))
    common = {
        "stem": draw(texts(format)), "title": draw(titles), "feedback": draw(st.one_of(st.none(), texts(format))),
    }  # fmt: skip
    few = {"min_size": 2, "max_size": 4}
    kind = draw(st.sampled_from(["single", "multiple", "truth", "pairs", "short", "gap", "number", "essay", "order"]))
    if kind == "single":
        found = draw(st.lists(choices(format), **few))
        return Single(**common, choices=(draw(choices(format, True)), draw(choices(format, False)), *found))
    if kind == "multiple":
        return Multiple(**common, choices=tuple(draw(st.lists(choices(format, False), **few))))
    if kind == "truth":
        notes = [draw(st.one_of(st.none(), texts(format))) for _ in range(2)]
        return TrueFalse(**common, is_true=draw(st.booleans()), if_true=notes[0], if_false=notes[1])
    if kind == "pairs":
        left = texts(format).filter(lambda text: "->" not in text.text)
        return Matching(**common, pairs=tuple(draw(st.lists(st.builds(Pair, left, lines), **few))))
    if kind == "short":
        return Short(**common, answers=tuple(draw(st.lists(choices(format, True), **few))))
    if kind == "gap":
        stem = rich(f"{draw(lines)} _____ {draw(lines)}", format)
        return Gap(**{**common, "stem": stem}, gaps=(tuple(draw(st.lists(choices(format, True), **few))),))
    if kind == "number":
        return Number(**common, numbers=tuple(draw(st.lists(number_choices(format), **few))))
    if kind == "order":
        return Ordering(**common, steps=tuple(draw(st.lists(texts(format), **few))))
    return Essay(**common)
