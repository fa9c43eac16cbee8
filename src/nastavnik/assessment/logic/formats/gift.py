"""GIFT: drafts from a file and a file from drafts. Export and import again give the same items.

True or false with feedback: GIFT's first feedback answers a wrong answer and the second a right one (Moodle's format
reads and writes it so), while the reader's JSON calls them `trueFeedback` and `falseFeedback` by their order alone.
Our items say what follows «true» and what follows «false»; `_true_false` is the one place that translates.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from nastavnik.assessment.logic.formats import gift_reading
from nastavnik.assessment.logic.formats.drafts import (
    NO_KIND,
    Draft,
    Gathering,
    Problem,
    Reading,
    Unwritable,
    Writing,
    by_topic,
    category_of,
    topic_of,
)
from nastavnik.assessment.logic.formats.gift_answers import Json, number_json
from nastavnik.assessment.logic.formats.gift_text import escape, write_text
from nastavnik.assessment.logic.items import (
    GAP,
    Body,
    Choice,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Pair,
    Short,
    Single,
    Span,
    TrueFalse,
)
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat, rich

POINTS = gettext_noop("GIFT has no points per question.")
RUBRIC = gettext_noop("GIFT has no rubrics.")
ONE_GAP = gettext_noop("GIFT has one gap in a question.")
UNMARKED_MULTIPLE = gettext_noop("GIFT needs a share for each option when several are right.")
NO_EMBEDDED = gettext_noop("GIFT cannot write this answer inside the text.")
ARROWS = gettext_noop("GIFT would read these answers as a matching question.")
NO_OPTION = gettext_noop("GIFT cannot write a question without answers.")
MESSAGES = (POINTS, RUBRIC, ONE_GAP, UNMARKED_MULTIPLE, NO_EMBEDDED, ARROWS, NO_OPTION, NO_KIND)


def read(text: str) -> Reading:
    """The items of a GIFT file; `shown` holds them as the JSON of the reader."""
    gathered, topic = Gathering(), tuple[str, ...]()
    for found in gift_reading.read(text):
        question = found.question
        if question is None:
            gathered.problems.append(Problem(found.line, found.message, found.params))
        elif question["type"] == "Category":
            topic = topic_of(question["title"])
            if topic:
                gathered.topics[topic] = None
        elif question["type"] == "Description":
            gathered.descriptions += 1
        else:
            item = item_of(question)
            tags = tuple(question["tags"] or ())
            gathered.drafts.append(Draft(item, topic, tags, question["id"] or "", line=found.line))
            gathered.shown.append(question)
    return gathered.done()


# JSON of the reader -> item -----------------------------------------------------------------------------------------


def item_of(question: Json) -> Body:
    """The item of a question object (not of a category or a description)."""
    common: dict[str, Any] = {
        "stem": _text(question["stem"]),
        "title": question["title"] or "",
        "feedback": _text(question["globalFeedback"]) if question["globalFeedback"] else None,
    }
    embedded = question["hasEmbeddedAnswers"]
    if question["type"] == "Short":
        answers = tuple(_choice(one) for one in question["choices"])
        return Gap(**common, gaps=(answers,)) if embedded else Short(**common, answers=answers)
    return _MAKERS[question["type"]](question, {**common, "embedded": embedded})


def _text(given: Json) -> Text:
    return rich(given["text"], given["format"])


def _optional(given: Json | None) -> Text | None:
    return _text(given) if given else None


def _weight(given: float | None) -> Decimal | None:
    return None if given is None else Decimal(str(given))


def _choice(given: Json) -> Choice:
    return Choice(_text(given["text"]), given["isCorrect"], _weight(given["weight"]), _optional(given["feedback"]))


def _choices(question: Json, common: dict[str, Any]) -> Body:
    """Without any `=` the options are marked by their weights and several are chosen."""
    choices = tuple(_choice(one) for one in question["choices"])
    kind: type[Single] | type[Multiple] = Single if any(one.is_right for one in choices) else Multiple
    return kind(**common, choices=choices)


def _true_false(question: Json, common: dict[str, Any]) -> Body:
    wrong, right = _optional(question["trueFeedback"]), _optional(question["falseFeedback"])
    if_true, if_false = (right, wrong) if question["isTrue"] else (wrong, right)
    return TrueFalse(**common, is_true=question["isTrue"], if_true=if_true, if_false=if_false)


def _matching(question: Json, common: dict[str, Any]) -> Body:
    pairs = tuple(Pair(_text(one["subquestion"]), one["subanswer"]) for one in question["matchPairs"])
    return Matching(**common, pairs=pairs)


def _number(given: Json) -> dict[str, Any]:
    if "type" not in given:
        return {"span": Span.ANY}
    span = Span(given["type"])
    if span == Span.BETWEEN:
        return {"span": span, "number": Decimal(str(given["numberLow"])), "high": Decimal(str(given["numberHigh"]))}
    return {
        "span": span,
        "number": Decimal(str(given["number"])),
        "tolerance": Decimal(str(given.get("range", 0))),
    }


def _numerical(question: Json, common: dict[str, Any]) -> Body:
    given = question["choices"]
    if isinstance(given, dict):
        return Number(**common, numbers=(NumberChoice(**_number(given)),), bare=True)
    numbers = tuple(
        NumberChoice(
            **_number(one["text"]),
            is_right=one["isCorrect"],
            weight=_weight(one["weight"]),
            feedback=_optional(one["feedback"]),
        )
        for one in given
    )
    return Number(**common, numbers=numbers)


def _essay(question: Json, common: dict[str, Any]) -> Body:
    return Essay(**common)


_MAKERS: dict[str, Callable[[Json, dict[str, Any]], Body]] = {
    "MC": _choices,
    "TF": _true_false,
    "Matching": _matching,
    "Numerical": _numerical,
    "Essay": _essay,
}


# Item -> file -------------------------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft], topics: Sequence[tuple[str, ...]] = ()) -> Writing:
    """A GIFT file; `topics` are written as categories too, even without items."""
    blocks: list[str] = []
    left_out: list[tuple[Draft, str]] = []
    waiting, topic = sorted(set(topics)), tuple[str, ...]()
    for draft in by_topic(drafts):
        try:
            block = write_one(draft)
        except Unwritable as error:
            left_out.append((draft, str(error)))
            continue
        if draft.topic != topic:
            blocks += [_category(path) for path in waiting if topic < path < draft.topic]
            blocks.append(_category(draft.topic))
            topic = draft.topic
        blocks.append(block)
    blocks += [_category(path) for path in waiting if path > topic]
    return Writing("\n\n".join(blocks) + "\n" if blocks else "", tuple(left_out))


def _category(topic: tuple[str, ...]) -> str:
    return f"$CATEGORY: {category_of(topic)}"


def write_one(draft: Draft) -> str:
    """One question with its comments. Raises Unwritable."""
    item, lines = draft.item, []
    if item.points != 1:
        raise Unwritable(POINTS)
    if draft.external_id:
        lines.append(f"// [id:{_bracketed(draft.external_id)}]")
    if draft.tags:
        lines.append("// " + " ".join(f"[tag:{_bracketed(tag)}]" for tag in draft.tags))
    title = f"::{escape(item.title)}::" if item.title else ""
    kind = item.stem.format
    feedback = f"####{write_text(item.feedback, kind)}" if item.feedback else ""
    block = "{" + _answers(item, kind) + feedback + "}"
    lines.append(title + _around(item, block))
    return "\n".join(lines)


def _bracketed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _around(item: Body, block: str) -> str:
    """The stem with the block after it, or in place of its first gap."""
    stem = write_text(item.stem, TextFormat.MOODLE)
    if not (isinstance(item, Gap) or getattr(item, "embedded", False)):
        return f"{stem} {block}".lstrip()
    before, found, after = item.stem.text.partition(GAP)
    marker = f"[{item.stem.format.value}]" if item.stem.format != TextFormat.MOODLE or before.startswith("[") else ""
    if not found or not _is_cut(before, after):
        raise Unwritable(NO_EMBEDDED)
    return f"{marker or _guard(before)}{escape(before)}{block}{escape(after)}"


def _guard(before: str) -> str:
    return "[moodle]" if before.startswith(("//", "$CATEGORY")) else ""


def _is_cut(before: str, after: str) -> bool:
    """Whether reading puts the parts together as they are: one blank on each side of the gap, a text after it."""
    left = not before or (before == before.strip() + " ")
    return left and after.strip() != "" and after == " " + after.strip()


def _answers(item: Body, kind: TextFormat) -> str:
    match item:
        case Single():
            return _single(item, kind)
        case Multiple():
            return _multiple(item, kind)
        case TrueFalse():
            return _truth(item, kind)
        case Matching():
            return "".join(f"\n\t={write_text(p.left, kind)} -> {escape(p.right)}" for p in item.pairs) + "\n"
        case Short():
            return _accepted(item.answers, kind)
        case Gap():
            if len(item.gaps) != 1:
                raise Unwritable(ONE_GAP)
            return _accepted(item.gaps[0], kind)
        case Number():
            return _numbers(item, kind)
        case Essay() if item.rubric:
            raise Unwritable(RUBRIC)
        case Essay():
            return ""
        case _:
            raise Unwritable(NO_KIND)


def _single(item: Single, kind: TextFormat) -> str:
    if not any(one.is_right for one in item.choices) or all(one.is_right for one in item.choices):
        raise Unwritable(NO_OPTION)
    return _lines(item.choices, kind)


def _multiple(item: Multiple, kind: TextFormat) -> str:
    if any(one.is_right for one in item.choices) or not item.choices:
        raise Unwritable(UNMARKED_MULTIPLE)
    return _lines(item.choices, kind)


def _accepted(answers: Sequence[Choice], kind: TextFormat) -> str:
    if not answers or not all(one.is_right for one in answers):
        raise Unwritable(NO_OPTION)
    if all("->" in one.text.text for one in answers):
        raise Unwritable(ARROWS)
    return _lines(answers, kind)


def _lines(choices: Sequence[Choice], kind: TextFormat) -> str:
    return "".join(f"\n\t{_mark(one)}{_option(one.text, kind)}{_after(one.feedback, kind)}" for one in choices) + "\n"


def _option(text: Text, kind: TextFormat) -> str:
    """A text that begins with a per cent sign would be read as a weight."""
    written = write_text(text, kind)
    return f"[{text.format.value}]{written}" if written.startswith("%") else written


def _mark(one: Choice | NumberChoice) -> str:
    weight = "" if one.weight is None else f"%{number_json(one.weight)}%"
    return f"{'=' if one.is_right else '~'}{weight}"


def _after(feedback: Text | None, kind: TextFormat) -> str:
    return f"#{write_text(feedback, kind)}" if feedback else ""


def _truth(item: TrueFalse, kind: TextFormat) -> str:
    wrong, right = (item.if_false, item.if_true) if item.is_true else (item.if_true, item.if_false)
    first = f"#{write_text(wrong, kind)}" if wrong else ("#" if right else "")
    return ("TRUE" if item.is_true else "FALSE") + first + _after(right, kind)


def _numbers(item: Number, kind: TextFormat) -> str:
    if not item.numbers:
        raise Unwritable(NO_OPTION)
    only = item.numbers[0]
    if item.bare and len(item.numbers) == 1 and only == _bare(only):
        return f"#{_span(only)}"
    marked = (f"\n\t{_mark(one)}{_span(one)}{_after(one.feedback, kind)}" for one in item.numbers)
    return "#" + "".join(marked) + "\n"


def _bare(one: NumberChoice) -> NumberChoice:
    """What a number without marks can say."""
    return NumberChoice(one.span, one.number, one.tolerance, one.high)


def _span(one: NumberChoice) -> str:
    if one.span == Span.ANY:
        return "*"
    if one.span == Span.BETWEEN:
        return f"{_digits(one.number)}..{_digits(one.high)}"
    return _digits(one.number) + (f":{_digits(one.tolerance)}" if one.span == Span.RANGE else "")


def _digits(number: Decimal) -> str:
    """Without an exponent, so that every reader understands it."""
    return f"{number:f}"
