"""When an attempt ends, and when one may begin. Pure: the server's moments in, moments out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from nastavnik.assessment.enums import EndedBy


@dataclass(frozen=True)
class Ending:
    """The moment an attempt ends at the latest, and which of the two rules says so."""

    at: datetime
    by: EndedBy


def ending(started_at: datetime, minutes: int, closes_at: datetime) -> Ending:
    """The person's own limit or the end of the window, whichever comes first; the limit when both come at once."""
    limit = started_at + timedelta(minutes=minutes)
    return Ending(limit, EndedBy.TIME_LIMIT) if limit <= closes_at else Ending(closes_at, EndedBy.WINDOW)


def gate_delay(key: str, spread_seconds: int) -> timedelta:
    """How long after the opening this person's start is let in: always the same for the same person and window."""
    if spread_seconds <= 0:
        return timedelta(0)
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")
    return timedelta(milliseconds=number % (spread_seconds * 1000))
