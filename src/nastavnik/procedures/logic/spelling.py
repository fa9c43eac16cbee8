"""Repair of typing errors towards the words the rules know; other words stay as they are.

A deletion index (as in SymSpell): two words within k edits share a form that lacks at most k letters of each.
One edit for words of 5 to 8 letters, two from 9; of 4 letters only one letter too many is mended. The first letter
counts as the surest and breaks ties.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-zа-я']+")
SHORTEST, LONG = 5, 9
LONGEST = 24


class Repairer:
    """Knows a vocabulary of normalised word forms, the likelier first."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.known: dict[str, int] = {}
        self._index: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if word in self.known:
                continue
            self.known[word] = len(self.known)
            if SHORTEST - 1 <= len(word) <= LONGEST:
                for form in _deletions(word, _allowed(len(word))):
                    self._index[form].append(word)
        self._nearest = lru_cache(maxsize=65_536)(self._search)

    def repair(self, text: str) -> str:
        """The text with every word near to exactly one best known word replaced by it."""
        return _WORD.sub(lambda match: self._nearest(match.group()), text)

    def _search(self, word: str) -> str:
        if word in self.known or not SHORTEST - 1 <= len(word) <= LONGEST:
            return word
        index = self._index
        near = {one for form in _deletions(word, _allowed(len(word))) if form in index for one in index[form]}
        found = {
            candidate
            for candidate in near
            if distance(word, candidate) <= _allowed(min(len(word) + 1, len(candidate)))
            and (len(candidate) >= SHORTEST or (len(word) == SHORTEST and word[0] == candidate[0]))
        }
        if not found:
            return word
        return min(found, key=lambda c: (distance(word, c), c[0] != word[0], self.known[c]))


def _allowed(length: int) -> int:
    return 2 if length >= LONG else 1


def _deletions(word: str, most: int) -> set[str]:
    """The word with up to `most` letters left out."""
    forms = {word}
    edge = forms
    for _count in range(most):
        edge = {form[:place] + form[place + 1 :] for form in edge for place in range(len(form))}
        forms = forms | edge
    return forms


def distance(left: str, right: str) -> int:
    """Edits between two words: insertion, deletion, substitution, swap of neighbours (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
