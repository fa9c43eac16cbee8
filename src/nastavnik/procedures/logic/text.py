"""Text as the rules see it: lower case, one kind of letter, quote and space."""

import re
import unicodedata

_LOOK_ALIKE_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_LOOK_ALIKE_TO_LATIN = str.maketrans("асеорхукмтнв", "aceopxykmthb")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_APOSTROPHES = re.compile("[’‘`´ʼ]")
_REPEATS = re.compile(r"([а-яa-z])\1{2,}")
_MIXED = re.compile(r"[a-zа-я]*(?:[a-z][а-я]|[а-я][a-z])[a-zа-я]*")
_QUOTED = re.compile('«[^»]{0,400}»|“[^”]{0,400}”|„[^“”]{0,400}[“”]|"[^"]{0,400}"')
_SENTENCE_END = re.compile(r"[.!?…\n]+")


def normalise(text: str) -> str:
    """Lower case, ё as е, plain apostrophes and spaces, no invisible characters, look-alike letters of one script."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower().replace("ё", "е")
    text = _REPEATS.sub(r"\1", _APOSTROPHES.sub("'", text))
    text = _MIXED.sub(lambda match: _one_script(match.group()), text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _one_script(word: str) -> str:
    """A word with letters of both scripts belongs to the script most of its letters have."""
    cyrillic = sum("а" <= letter <= "я" for letter in word)
    return word.translate(_LOOK_ALIKE_TO_CYRILLIC if cyrillic * 2 >= len(word) else _LOOK_ALIKE_TO_LATIN)


def without_quotes(text: str) -> str:
    """The text with everything inside quotation marks cut out: those are somebody else's words."""
    return _QUOTED.sub(" ", text)


def sentences(text: str) -> list[str]:
    """Sentences, without their ends; never empty ones."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
