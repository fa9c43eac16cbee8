"""Names as people search for them: Russian or Latin letters, ё or е, any case."""

import re

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_NOT_NAME = re.compile(r"[^\w\s-]|_")


def search_form(text: str) -> str:
    """Lower case, ё as е, only letters, digits, hyphens and single spaces."""
    return " ".join(_NOT_NAME.sub(" ", text.lower().replace("ё", "е")).split())


def latin(text: str) -> str:
    """A Russian name in Latin letters (passport-like); other letters stay."""
    return "".join(_LATIN.get(letter, letter) for letter in search_form(text))


def search_text(*parts: str) -> str:
    """What a person is found by: every part, and its Latin form."""
    plain = search_form(" ".join(part for part in parts if part))
    return f"{plain} {latin(plain)}" if latin(plain) != plain else plain


def sort_key(text: str) -> str:
    """The same key as the database's generated column: ё after е, case ignored."""
    return text.lower().replace("ё", "ея")
