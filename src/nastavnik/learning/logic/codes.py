"""The code on the projector: six figures that change every half minute (RFC 6238, with HMAC-SHA-256)."""

import hashlib
import hmac
from datetime import datetime

STEP_S = 30
_DIGITS = 6


def step_of(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // STEP_S


def seconds_left(at: datetime) -> int:
    """How long the code of the moment still stands."""
    return STEP_S - int(at.timestamp()) % STEP_S


def code_for(secret: bytes, step: int) -> str:
    """The code of a half minute (RFC 4226, section 5.3: dynamic truncation)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def fits(secret: bytes, typed: str, at: datetime) -> bool:
    """Whether the typed code is that of this half minute or the one before: reading and typing take time."""
    given = "".join(letter for letter in typed if letter.isdigit())
    return any(
        hmac.compare_digest(given.encode(), code_for(secret, step).encode()) for step in (step_of(at), step_of(at) - 1)
    )
