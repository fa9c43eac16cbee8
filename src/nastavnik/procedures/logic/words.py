"""Every word is looked at once: which stretches of letters it holds, and what it is repaired to."""

from collections.abc import Callable, Iterable

MOST_WORDS = 200_000
LONGEST_KEPT = 40


class WordBook:
    """Bit masks of the stretches that rules need, by word. Filled before the first look; then safe between threads."""

    def __init__(self, repair: Callable[[str], str]) -> None:
        self._repair = repair
        self._bits: dict[str, int] = {}
        self._known: dict[str, tuple[int, int, bool]] = {}

    def mask_for(self, choice: Iterable[str]) -> int:
        """The bits of these stretches, given out on first sight."""
        mask = 0
        for stretch in choice:
            mask |= 1 << self._bits.setdefault(stretch, len(self._bits))
        return mask

    def look(self, text: str) -> tuple[int, int | None]:
        """Masks of a normalised text as it stands and as it is repaired; None when nothing is to be repaired."""
        known = self._known
        mask = repaired = 0
        changed = False
        for word in text.split():
            seen = known.get(word)
            if seen is None:
                seen = self._learn(word)
            mask |= seen[0]
            repaired |= seen[1]
            changed = changed or seen[2]
        return mask, repaired if changed else None

    def _learn(self, word: str) -> tuple[int, int, bool]:
        mended = self._repair(word)
        seen = (self._mask(word), self._mask(mended), mended != word)
        if len(word) <= LONGEST_KEPT:
            if len(self._known) >= MOST_WORDS:
                self._known.clear()
            self._known[word] = seen
        return seen

    def _mask(self, word: str) -> int:
        mask = 0
        for stretch, bit in self._bits.items():
            if stretch in word:
                mask |= 1 << bit
        return mask
