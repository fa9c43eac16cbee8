"""Who gets a case: a plain rule everybody can check.

Whoever lacks the special assignment, the permit or is not at the desk does not fit, and why is said. Of those who fit,
the one with the smallest load; a severe case weighs more. Ties go to whoever has waited longest for a new case.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WEIGHT = {1: 4, 2: 3, 3: 2, 4: 1}


@dataclass(frozen=True)
class Candidate:
    """Somebody of the desk now. `load`: sum of the weights of open cases; `last_at`: when the last case came, ms."""

    person: int
    is_here: bool
    skills: frozenset[str] = frozenset()
    has_permit: bool = True
    load: int = 0
    last_at: int = 0


@dataclass(frozen=True)
class Choice:
    """The person chosen, or none, and how many failed for which reason."""

    person: int | None
    away: int = 0
    unskilled: int = 0
    unpermitted: int = 0


def choose(candidates: Iterable[Candidate], skill: str | None) -> Choice:
    """The one to take a case that asks for `skill` (None: any)."""
    away = unskilled = unpermitted = 0
    fit: list[Candidate] = []
    for one in candidates:
        if not one.is_here:
            away += 1
        elif skill is not None and skill not in one.skills:
            unskilled += 1
        elif not one.has_permit:
            unpermitted += 1
        else:
            fit.append(one)
    best = min(fit, key=lambda one: (one.load, one.last_at, one.person), default=None)
    return Choice(best.person if best else None, away, unskilled, unpermitted)
