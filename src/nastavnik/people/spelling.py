"""How names are spelt, for rooms above: the rest of `logic` is this room's own."""

from nastavnik.people.logic.names import latin

__all__ = ["latin"]
