"""Double entry in values: legs that add up, reversals that mirror, the hash that tells a replay from a mistake. Pure.

Amounts are signed minor units: positive = value moved into the account. The database holds the same rules; here they
are checked first, so that people get a sentence and not a constraint's name.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nastavnik.kernel.errors import InvalidInput

BIGINT = 2**63 - 1


class TooFewLegs(InvalidInput):
    """An entry moves value from one account to another: it needs at least two legs."""


class NotBalanced(InvalidInput):
    """The legs of an entry must add up to nothing; these leave {rest} minor units."""


class EmptyLeg(InvalidInput):
    """A leg of an entry must move something, and not more than the database can count."""


class MixedCurrencies(InvalidInput):
    """An entry moves one currency; these accounts hold {currencies}. Exchange money outside and post two entries."""


@dataclass(frozen=True)
class Leg:
    """What one account gains (positive) or gives (negative)."""

    account_id: int
    amount: int


def check(legs: Sequence[Leg], currencies: Mapping[int, str]) -> str:
    """The currency of a sound set of legs. Raises TooFewLegs, EmptyLeg, NotBalanced, MixedCurrencies."""
    if len(legs) < 2:
        raise TooFewLegs
    if any(leg.amount == 0 or abs(leg.amount) > BIGINT for leg in legs):
        raise EmptyLeg
    if rest := sum(leg.amount for leg in legs):
        raise NotBalanced(rest=rest)
    found = sorted({currencies[leg.account_id] for leg in legs})
    if len(found) != 1:
        raise MixedCurrencies(currencies=", ".join(found))
    return found[0]


def mirrored(legs: Iterable[Leg]) -> list[Leg]:
    """The legs that undo these."""
    return [Leg(leg.account_id, -leg.amount) for leg in legs]


def is_mirror(legs: Iterable[Leg], of: Iterable[Leg]) -> bool:
    """Whether the two sets leave every account as it was."""
    left: defaultdict[int, int] = defaultdict(int)
    for leg in (*legs, *of):
        left[leg.account_id] += leg.amount
    return not any(left.values())


def payload_hash(*, kind: str, legs: Iterable[Leg], case_id: int | None, reverses_id: int | None) -> str:
    """What an idempotency key stands for: the same key with another hash is a mistake, not a replay.

    The order of the legs, the memo and who posts it do not matter.
    """
    ordered = sorted((leg.account_id, leg.amount) for leg in legs)
    text = json.dumps([kind, ordered, case_id, reverses_id], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
