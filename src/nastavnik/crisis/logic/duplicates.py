"""Which payments were made twice by mistake (crisis-desk.md, 5.1). Pure; `queries.duplicates` is the same rule in SQL.

b duplicates an earlier a when payer, amount and currency are equal, 0 <= b.at - a.at <= 72 h (ties by id), their
references differ, neither is a known instalment, and both name the same invoice or one of them names none. An equal
reference is a replayed webhook: an intake bug, no money moved. The rule proposes; a person with the certificate
confirms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=72)
RULE = "72h-same-invoice-or-none"


@dataclass(frozen=True)
class Paid:
    """What the rule looks at. `amount` in minor units; `invoice` empty where the payment names none."""

    id: int
    provider: str
    ref: str
    payer: str
    amount: int
    currency: str
    at: datetime
    invoice: str = ""
    is_instalment: bool = False


def is_duplicate(a: Paid, b: Paid) -> bool:
    """Whether `b` is the later twin of `a`."""
    if a.id == b.id or not a.payer or a.is_instalment or b.is_instalment:
        return False
    if (a.payer, a.amount, a.currency) != (b.payer, b.amount, b.currency):
        return False
    if (a.provider, a.ref) == (b.provider, b.ref):
        return False
    earlier = (a.at, a.id) < (b.at, b.id)
    same_invoice = a.invoice == b.invoice or not a.invoice or not b.invoice
    return earlier and b.at - a.at <= WINDOW and same_invoice


def pairs(payments: Iterable[Paid]) -> Iterator[tuple[Paid, Paid]]:
    """Each duplicate with the nearest earlier payment it repeats. Sorts once, looks back within the window."""
    groups: dict[tuple[str, int, str], list[Paid]] = {}
    for one in sorted(payments, key=lambda paid: (paid.at, paid.id)):
        before = groups.setdefault((one.payer, one.amount, one.currency), [])
        twin = next((a for a in reversed(before) if is_duplicate(a, one)), None)
        before.append(one)
        if twin is not None:
            yield twin, one
