"""Moodle XML (`<quiz>`) to drafts. What Moodle knows and we do not (units, penalties, hints) is left aside."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from nastavnik.assessment.logic.formats import cloze
from nastavnik.assessment.logic.formats.drafts import Draft, Gathering, Reading, topic_of
from nastavnik.assessment.logic.formats.xml_tree import BadXml, Node, parse
from nastavnik.assessment.logic.items import (
    Body,
    Choice,
    Essay,
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
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat, line_of, rich

FORMATS = {
    "html": TextFormat.HTML,
    "markdown": TextFormat.MARKDOWN,
    "plain_text": TextFormat.PLAIN,
    "moodle_auto_format": TextFormat.MOODLE,
}
NO_QUIZ = gettext_noop("The file is XML, but its root is <{tag}>, not <quiz>.")
UNKNOWN_TYPE = gettext_noop("Questions of the type “{type}” cannot be taken over.")
BAD_FRACTION = gettext_noop("The fraction “{text}” is no number from -100 to 100.")
BAD_NUMBER = gettext_noop("“{text}” is no number.")
BAD_POINTS = gettext_noop("The default grade “{text}” is no number of points.")
NO_ANSWERS = gettext_noop("The question has no answers.")
BAD_TRUTH = gettext_noop("A true or false question needs one right answer, true or false.")
MESSAGES = (NO_QUIZ, UNKNOWN_TYPE, BAD_FRACTION, BAD_NUMBER, BAD_POINTS, NO_ANSWERS, BAD_TRUTH)
_DIGITS = 40


class BadQuestion(Exception):
    """The question cannot be taken over; the message is an English sentence."""

    def __init__(self, line: int, message: str, **params: Any) -> None:
        super().__init__(message)
        self.line, self.message, self.params = line, message, params


def read(data: bytes) -> Reading:
    """The items of a file. A file that breaks off gives one problem and no items."""
    gathered, topic = Gathering(), tuple[str, ...]()
    try:
        root = parse(data)
        if root.tag != "quiz":
            raise BadXml(root.line, NO_QUIZ, tag=root.tag)
    except BadXml as bad:
        gathered.refuse(bad.line, bad.message, **dict(bad.params))
        return gathered.done()
    for question in root.all("question"):
        kind = question.attributes.get("type", "")
        if kind == "category":
            topic = topic_of(question.value("category").strip())
            if topic:
                gathered.topics[topic] = None
        elif kind == "description":
            gathered.descriptions += 1
        else:
            _gather(gathered, question, kind, topic)
    return gathered.done()


def _gather(gathered: Gathering, question: Node, kind: str, topic: tuple[str, ...]) -> None:
    try:
        if kind not in _READERS:
            raise BadQuestion(question.line, UNKNOWN_TYPE, type=kind[:_DIGITS])
        item = _READERS[kind](question, _common(question))
    except BadQuestion as bad:
        gathered.refuse(bad.line, bad.message, **bad.params)
        return
    except cloze.BadCloze as bad:
        gathered.refuse(question.line, bad.message, **bad.params)
        return
    tags = question.one("tags")
    found = tuple(line_of(tag.value("text")) for tag in tags.all("tag")) if tags else ()
    tagged = tuple(dict.fromkeys(tag for tag in found if tag))
    gathered.drafts.append(Draft(item, topic, tagged, line_of(question.value("idnumber")), line=question.line))


def _common(question: Node) -> dict[str, Any]:
    feedback = _text(question.one("generalfeedback"))
    return {
        "stem": _text(question.one("questiontext")) or rich("", TextFormat.HTML),
        "title": line_of(question.value("name")),
        "points": _points(question),
        "feedback": feedback or None,
    }


def _text(node: Node | None, default: TextFormat = TextFormat.HTML) -> Text | None:
    if node is None:
        return None
    inner = node.one("text")
    text = rich((inner if inner is not None else node).text, FORMATS.get(node.attributes.get("format", ""), default))
    return text if text else None


def _decimal(node: Node, text: str, message: str) -> Decimal:
    plain = text.strip().replace(",", ".")
    try:
        number = Decimal(plain) if len(plain) <= _DIGITS else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise BadQuestion(node.line, message, text=plain[:_DIGITS])
    return _short(number)


def _short(number: Decimal) -> Decimal:
    """Without trailing zeros and exponents: 100.0000000 is 100."""
    return Decimal(f"{number.normalize():f}")


def _points(question: Node) -> Fraction:
    node = question.one("defaultgrade")
    if node is None or not node.text.strip():
        return Fraction(1)
    return Fraction(_decimal(node, node.text, BAD_POINTS))


def _weight(answer: Node) -> Decimal:
    weight = _decimal(answer, answer.attributes.get("fraction", "0"), BAD_FRACTION)
    if not -100 <= weight <= 100:
        raise BadQuestion(answer.line, BAD_FRACTION, text=str(weight))
    return weight


def _option_share(weight: Decimal) -> dict[str, Any]:
    """How our options say a share: a full one is right, none is wrong, anything between has its weight."""
    if weight == 100:
        return {"is_right": True}
    return {"is_right": False} if weight == 0 else {"is_right": False, "weight": weight}


def _answer_share(weight: Decimal) -> dict[str, Any]:
    """How our accepted answers say it: all are answers, those that bring less have their weight."""
    return {"is_right": True} if weight == 100 else {"is_right": True, "weight": weight}


def _choice(answer: Node) -> Choice:
    text = _text(answer) or rich("", TextFormat.HTML)
    return Choice(text, feedback=_text(answer.one("feedback")), **_option_share(_weight(answer)))


def _answers(question: Node) -> list[Node]:
    found = list(question.all("answer"))
    if not found:
        raise BadQuestion(question.line, NO_ANSWERS)
    return found


def _multichoice(question: Node, common: dict[str, Any]) -> Body:
    answers = _answers(question)
    if question.value("single", "true").strip().lower() in ("true", "1"):
        return Single(**common, choices=tuple(_choice(one) for one in answers))
    choices = tuple(
        Choice(_text(one) or rich("", TextFormat.HTML), weight=_weight(one), feedback=_text(one.one("feedback")))
        for one in answers
    )
    return Multiple(**common, choices=choices)


def _truefalse(question: Node, common: dict[str, Any]) -> Body:
    said = {one.value("text").strip().lower(): one for one in _answers(question)}
    right = [word for word, one in said.items() if _weight(one) == 100]
    if set(said) != {"true", "false"} or len(right) != 1:
        raise BadQuestion(question.line, BAD_TRUTH)
    if_true, if_false = (_text(said[word].one("feedback")) for word in ("true", "false"))
    return TrueFalse(**common, is_true=right == ["true"], if_true=if_true, if_false=if_false)


def _shortanswer(question: Node, common: dict[str, Any]) -> Body:
    answers = tuple(
        Choice(
            rich(one.value("text"), FORMATS.get(one.attributes.get("format", ""), TextFormat.MOODLE)),
            feedback=_text(one.one("feedback")),
            **_answer_share(_weight(one)),
        )
        for one in _answers(question)
    )
    return Short(**common, answers=answers)


def _numerical(question: Node, common: dict[str, Any]) -> Body:
    return Number(**common, numbers=tuple(_number(one) for one in _answers(question)))


def _number(answer: Node) -> NumberChoice:
    given, tolerance = answer.value("text").strip(), answer.value("tolerance", "0").strip() or "0"
    said = {"feedback": _text(answer.one("feedback")), **_answer_share(_weight(answer))}
    if given == "*":
        return NumberChoice(Span.ANY, **said)
    number, within = _decimal(answer, given, BAD_NUMBER), _decimal(answer, tolerance, BAD_NUMBER)
    return NumberChoice(Span.RANGE if within else Span.SIMPLE, number, within, **said)


def _matching(question: Node, common: dict[str, Any]) -> Body:
    pairs = [
        Pair(_text(one) or rich("", TextFormat.HTML), rich(one.value("answer"), TextFormat.PLAIN).text)
        for one in question.all("subquestion")
    ]
    if not pairs:
        raise BadQuestion(question.line, NO_ANSWERS)
    return Matching(**common, pairs=tuple(pairs))


def _ordering(question: Node, common: dict[str, Any]) -> Body:
    return Ordering(**common, steps=tuple(_text(one) or rich("", TextFormat.HTML) for one in _answers(question)))


def _essay(question: Node, common: dict[str, Any]) -> Body:
    return Essay(**common)


def _cloze(question: Node, common: dict[str, Any]) -> Body:
    return cloze.read(common)


_READERS: dict[str, Callable[[Node, dict[str, Any]], Body]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
}
