"""Text as the rules see it: lower case, one kind of letter, quote and space."""

import re
import unicodedata

_LOOK_ALIKE_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_LOOK_ALIKE_TO_LATIN = str.maketrans("асеорхукмтнв", "aceopxykmthb")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_APOSTROPHES = re.compile("[’‘`´ʼ]")
_REPEATS = re.compile(r"([а-яa-z])\1{2,}")
_MIXED = re.compile("[a-zа-я]{2,}")
_QUOTED = re.compile('«[^»]{0,400}»|“[^”]{0,400}”|„[^“”]{0,400}[“”]|"[^"]{0,400}"')
_QUOTE = re.compile('[«“„"]')
_SEAM = re.compile("[a-z][а-я]|[а-я][a-z]")
_WORD_AS_WRITTEN = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…\n]+")


def normalise(text: str) -> str:
    """Lower case, ё as е, plain apostrophes and spaces, no invisible characters, look-alike letters of one script."""
    if not (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        text = unicodedata.normalize("NFKC", text)
    text = text.lower()
    if not text.isascii():
        text = _APOSTROPHES.sub("'", _INVISIBLE.sub("", text).replace("ё", "е"))
        if _SEAM.search(text):
            text = _MIXED.sub(lambda match: _one_script(match.group()), text)
    text = _REPEATS.sub(r"\1", text)
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _one_script(word: str) -> str:
    """A word with letters of both scripts belongs to the script most of its letters have."""
    cyrillic = sum("а" <= letter <= "я" for letter in word)
    if cyrillic in (0, len(word)):
        return word
    return word.translate(_LOOK_ALIKE_TO_CYRILLIC if cyrillic * 2 >= len(word) else _LOOK_ALIKE_TO_LATIN)


def without_quotes(text: str) -> str:
    """The text with everything inside quotation marks cut out: those are somebody else's words."""
    return _QUOTED.sub(" ", text) if _QUOTE.search(text) else text


def sentences(text: str) -> list[str]:
    """Sentences, without their ends; never empty ones. A single word belongs to what follows: «Нет. Нет. Верните»."""
    found: list[str] = []
    alone = False
    for part in filter(None, map(str.strip, _SENTENCE_END.split(text))):
        if alone:
            found[-1] += f" {part}"
        else:
            found.append(part)
        alone = " " not in part
    return found


def place_of(text: str, read: str, words: str) -> tuple[int, int] | None:
    """Where `words`, found in `read` (the message as the rules read it), stand in the message as it was written.

    Counted in whole words: reading changes letters, never the number of words. None where they cannot be told apart.
    """
    at = read.find(words)
    if at < 0:
        return None
    first = len(read[: at + 1].split()) - 1 if not read[at].isspace() else len(read[:at].split())
    last = first + len(words.split()) - 1
    written = [match.span() for match in _WORD_AS_WRITTEN.finditer(text)]
    if len(written) < len(read.split()) or not 0 <= first <= last < len(written):
        return None
    return written[first][0], written[last][1]
