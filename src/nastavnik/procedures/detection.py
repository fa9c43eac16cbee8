"""The trigger lexicon for higher rooms. Pure: no database, no clock.

    found = detection.shipped().detect(text, open_case=True)    # .label, .rule, .words, .span_in(text)

`queries.lexicon_at(lang, moment)` gives the lexicon the desk had in force; `events_of` says which customer events of
the refusal policy a message amounts to.
"""

from nastavnik.procedures.logic.lexicon import MAX_CHARS, Detection, Label, Lexicon, Role, Rule
from nastavnik.procedures.logic.reading import Source, events_of, prevailing
from nastavnik.procedures.logic.shipped import lexicon as shipped
from nastavnik.procedures.logic.text import normalise

__all__ = [
    "MAX_CHARS", "Detection", "Label", "Lexicon", "Role", "Rule", "Source", "events_of", "normalise", "prevailing",
    "shipped",
]  # fmt: skip
