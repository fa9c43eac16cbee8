"""What stands between the braces of a GIFT question, as the JSON of the reader. Positions are those in the question."""

import re
from decimal import Decimal
from typing import Any

from nastavnik.assessment.logic.formats.gift_text import first, plain_text, positions, read_text
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat

Json = dict[str, Any]
GLOBAL = "####"
_TRUTH = re.compile(r"(true|t|false|f)\s*(?=#|$)", re.I)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_SIMPLE = re.compile(rf"({_NUMBER})$")
_RANGE = re.compile(rf"({_NUMBER})\s*:\s*({_NUMBER})$")
_BETWEEN = re.compile(r"([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*\.\.\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))$")
_DIGITS = 40


class BadQuestion(Exception):
    """The question cannot be read; `at` is the position in its source, the message an English sentence."""

    def __init__(self, at: int, message: str, **params: Any) -> None:
        super().__init__(message)
        self.at, self.message, self.params = at, message, tuple(params.items())


EMPTY_ANSWER = gettext_noop("An answer has no text.")
BAD_WEIGHT = gettext_noop("A weight must be a number from -100 to 100 between two per cent signs.")
BAD_NUMBER = gettext_noop("“{text}” is no number, no range like 5:0.1 and no interval like 1..5.")
BAD_BOUNDS = gettext_noop("The interval “{text}” begins above its end.")
BAD_TOLERANCE = gettext_noop("The tolerance in “{text}” is below nothing.")
TWO_FEEDBACKS = gettext_noop("A true or false question has at most two feedbacks.")
NO_MARK = gettext_noop("The answers must begin with = or ~.")
ONE_FEEDBACK = gettext_noop("An answer has more than one feedback.")
MESSAGES = (
    EMPTY_ANSWER, BAD_WEIGHT, BAD_NUMBER, BAD_BOUNDS, BAD_TOLERANCE, TWO_FEEDBACKS, NO_MARK, ONE_FEEDBACK,
)  # fmt: skip


def rich_json(text: Text) -> Json:
    """A text as the reader's JSON."""
    return {"format": text.format.value, "text": text.text}


def number_json(number: Decimal) -> int | float:
    """A number as JSON: whole ones without a point."""
    return int(number) if number == number.to_integral_value() else float(number)


def _spans(marks: list[int], end: int) -> list[tuple[int, int]]:
    """From each mark to the next one, the last to the end."""
    return list(zip(marks, [*marks[1:], end], strict=False))


class Answers:
    """The answer block [start, end) of a question's source."""

    def __init__(self, source: str, start: int, end: int, format: TextFormat) -> None:
        self.source, self.format = source, format
        self.end = end
        self.start = self._skip(start, end)

    def parse(self) -> Json:
        """`type`, `globalFeedback` and what the type has. Raises BadQuestion."""
        body_end = first(self.source[: self.end], GLOBAL, self.start)
        feedback = None
        if body_end >= 0:
            feedback = self._optional(body_end + len(GLOBAL), self.end)
        else:
            body_end = self.end
        return {**self._typed(body_end), "globalFeedback": feedback}

    def _typed(self, end: int) -> Json:
        block = self.source[self.start : end].strip()
        if not block:
            return {"type": "Essay"}
        if found := _TRUTH.match(block):
            return self._true_false(found, end)
        if block.startswith("#"):
            return self._numerical(self.start + 1, end)
        marks = list(positions(self.source[:end], "=~", self.start))
        if not marks:
            return {"type": "Short", "choices": [self._choice(self.start, end, is_right=True)]}
        if marks[0] != self.start:
            raise BadQuestion(self.start, NO_MARK)
        spans = _spans(marks, end)
        if self._is_matching(spans):
            return {"type": "Matching", "matchPairs": [self._pair(*span) for span in spans]}
        choices = [self._choice(at + 1, stop, is_right=self.source[at] == "=") for at, stop in spans]
        return {"type": "Short" if all(one["isCorrect"] for one in choices) else "MC", "choices": choices}

    def _true_false(self, found: re.Match[str], end: int) -> Json:
        parts = self._feedbacks(self.start + found.end(), end)
        if len(parts) > 2:
            raise BadQuestion(parts[2][0], TWO_FEEDBACKS)
        given = [self._optional(*part) for part in parts] + [None, None]
        truth = found[1].lower().startswith("t")
        return {"type": "TF", "isTrue": truth, "trueFeedback": given[0], "falseFeedback": given[1]}

    def _feedbacks(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans after each `#` within [start, end)."""
        return [(at + 1, stop) for at, stop in _spans(list(positions(self.source[:end], "#", start)), end)]

    def _is_matching(self, spans: list[tuple[int, int]]) -> bool:
        return all(self.source[at] == "=" and first(self.source[:stop], "->", at) >= 0 for at, stop in spans)

    def _pair(self, at: int, stop: int) -> Json:
        arrow = first(self.source[:stop], "->", at)
        left = read_text(self.source[at + 1 : arrow], self.format)
        right = plain_text(self.source[arrow + 2 : stop])
        if not right:
            raise BadQuestion(at, EMPTY_ANSWER)
        return {"subquestion": rich_json(left), "subanswer": right}

    def _weight(self, start: int, end: int) -> tuple[Decimal | None, int]:
        found = _WEIGHT.match(self.source, start, end)
        if found is None:
            if self.source[start:end].lstrip().startswith("%") and self.source.count("%", start, end) > 1:
                raise BadQuestion(start, BAD_WEIGHT)
            return None, start
        weight = Decimal(found[1])
        if not -100 <= weight <= 100:
            raise BadQuestion(start, BAD_WEIGHT)
        return weight, found.end()

    def _choice(self, start: int, end: int, *, is_right: bool, numeric: bool = False) -> Json:
        weight, start = self._weight(start, end)
        feedbacks = self._feedbacks(start, end)
        if len(feedbacks) > 1:
            raise BadQuestion(feedbacks[1][0], ONE_FEEDBACK)
        text_end = feedbacks[0][0] - 1 if feedbacks else end
        feedback = self._optional(*feedbacks[0]) if feedbacks else None
        return {
            "isCorrect": is_right,
            "weight": None if weight is None else number_json(weight),
            "text": self._number(start, text_end) if numeric else self._text(start, text_end),
            "feedback": feedback,
        }

    def _text(self, start: int, end: int) -> Json:
        text = read_text(self.source[start:end], self.format)
        if not text:
            raise BadQuestion(max(start - 1, 0), EMPTY_ANSWER)  # the mark before it
        return rich_json(text)

    def _optional(self, start: int, end: int) -> Json | None:
        text = read_text(self.source[start:end], self.format)
        return rich_json(text) if text else None

    def _numerical(self, start: int, end: int) -> Json:
        start = self._skip(start, end)
        marks = list(positions(self.source[:end], "=~", start))
        if not marks or marks[0] != start:
            if marks:
                raise BadQuestion(start, NO_MARK)
            if self._feedbacks(start, end):
                return {"type": "Numerical", "choices": [self._choice(start, end, is_right=True, numeric=True)]}
            return {"type": "Numerical", "choices": self._number(start, end, anything=False)}
        spans = _spans(marks, end)
        found = [self._choice(at + 1, stop, is_right=self.source[at] == "=", numeric=True) for at, stop in spans]
        return {"type": "Numerical", "choices": found}

    def _number(self, start: int, end: int, *, anything: bool = True) -> Json:
        """`5`, `5:0.1`, `1..5`; nothing (or `*`) is any number."""
        text = self.source[start:end].strip()
        if anything and text in ("", "*"):
            return {"format": self.format.value, "text": "*"}
        at = self._skip(start, end)
        if len(text) > 3 * _DIGITS:
            raise BadQuestion(at, BAD_NUMBER, text=f"{text[:_DIGITS]}…")
        if found := _BETWEEN.match(text):
            low, high = Decimal(found[1]), Decimal(found[2])
            if low > high:
                raise BadQuestion(at, BAD_BOUNDS, text=text)
            return {"type": "high-low", "numberHigh": number_json(high), "numberLow": number_json(low)}
        if found := _RANGE.match(text):
            if Decimal(found[2]) < 0:
                raise BadQuestion(at, BAD_TOLERANCE, text=text)
            number, tolerance = number_json(Decimal(found[1])), number_json(Decimal(found[2]))
            return {"type": "range", "number": number, "range": tolerance}
        if found := _SIMPLE.match(text):
            return {"type": "simple", "number": number_json(Decimal(found[1]))}
        raise BadQuestion(at, BAD_NUMBER, text=text[:_DIGITS])

    def _skip(self, start: int, end: int) -> int:
        """The first place that is no blank."""
        while start < end and self.source[start].isspace():
            start += 1
        return start
