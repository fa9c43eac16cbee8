"""Codes for people who come without one, from their names."""

import re
from collections.abc import Collection

from nastavnik.people.logic.names import latin

CODE_LIMIT = 40
_NOT_CODE = re.compile(r"[^a-z0-9]+")


def free_code(name: str, taken: Collection[str]) -> str:
    """A code of Latin letters and digits like the name, numbered where somebody has it already.

    `taken` holds codes in small letters.
    """
    plain = _NOT_CODE.sub("-", latin(name)).strip("-")[: CODE_LIMIT - 6].strip("-") or "agent"
    code, number = plain, 1
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    return code
