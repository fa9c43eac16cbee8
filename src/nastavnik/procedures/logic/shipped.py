"""The lexicon this version ships with; the desk's head may publish a later one."""

import re
from functools import cache

from nastavnik.procedures.logic import rules_en, rules_ru, vocabulary
from nastavnik.procedures.logic.lexicon import Lexicon
from nastavnik.procedures.logic.text import normalise

VERSION = "2026.11"
RULES = (*rules_ru.TRIGGERS, *rules_en.TRIGGERS, *rules_ru.GUARDS, *rules_en.GUARDS)


@cache
def lexicon() -> Lexicon:
    """Compiled once a process. Words of the examples count as known, so that they are never «repaired» away."""
    examples = (text for rule in RULES for text in (*rule.must_match, *rule.must_not_match))
    words = [word for text in examples for word in re.findall(r"[a-zа-я']+", normalise(text))]
    return Lexicon(RULES, VERSION, [*vocabulary.RU, *vocabulary.EN, *words])
