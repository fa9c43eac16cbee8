"""Texts of strangers: what the eye cannot see is made visible; a closing «thank you» is told from a question."""

import re
import unicodedata

MAX_CHARS = 20_000
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_NAMES = {char: unicodedata.name(char).title() for char in _BIDI}
_MARK = "\u2409"
_INVISIBLE = re.compile(f"[{_BIDI}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\u2028\u2029]")
_THANKS = re.compile(
    r"^\W*(?:(?:ок(?:ей)?|ok(?:ay)?|хорошо|отлично|понял\w*|ясно|да|yes|great|fine|все)\W+)*"
    r"(?:(?:больш\w+|огромн\w+|many|much)\W+)?"
    r"(?:спасибо|благодар\w+|thanks?|thank you|thx|до свидания|всего доброго|bye)"
    r"(?:\W+(?:вам|вас|за|помощь|ответ|большое|огромное|you|very|so|much|a lot|for|your|the|help|до свидания|bye))*\W*$"
)


def stored(text: str) -> str:
    """What is kept of a text: no NUL and no control characters, at most 20,000 characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))[:MAX_CHARS]


def visible(text: str) -> str:
    """The text with every sign that turns the direction of writing replaced by one that is seen."""
    return _INVISIBLE.sub(_MARK, text)


def one_line(text: str, most: int) -> str:
    """A name or a title of a stranger: one line without signs that cannot be seen."""
    return " ".join(_INVISIBLE.sub("", stored(text)).split())[:most]


def hides_direction(text: str) -> bool:
    """Whether the text holds signs that turn the direction of writing."""
    return _INVISIBLE.search(text) is not None


def is_thanks(text: str) -> bool:
    """Whether a message only thanks or says goodbye: it asks for no answer."""
    return len(text) <= 120 and _THANKS.match(text.strip().lower().replace("ё", "е")) is not None


def is_question(text: str) -> bool:
    """Whether the message ends in a question."""
    return text.rstrip(" \n)").endswith("?")
