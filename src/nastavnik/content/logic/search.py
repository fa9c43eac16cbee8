"""How texts and questions of the search meet: the same spelling on both sides. Pure."""

import re

_WORD = re.compile(r"[\w]+", re.UNICODE)
MOST_WORDS = 12


def search_form(text: str) -> str:
    """Lower case, ё as е, one space between words, no zero bytes."""
    return " ".join(text.replace("\0", " ").lower().replace("ё", "е").split())


def prefix_query(text: str) -> str:
    """A tsquery of words each of which begins a word of the text; empty when the text holds no word."""
    words = [word.replace("_", "") for word in _WORD.findall(search_form(text))][:MOST_WORDS]
    return " & ".join(f"{word}:*" for word in words if word)
