"""The ledger beside the payment system's own list of one day: what differs, line by line. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Difference(StrEnum):
    ONLY_THEIRS = "only_theirs"  # the payment system knows it, the ledger does not
    ONLY_OURS = "only_ours"
    AMOUNT = "amount"
    TWICE = "twice"  # one reference, several lines in their file


@dataclass(frozen=True)
class Movement:
    """Money that moved: positive came in, negative went out; minor units."""

    ref: str
    amount: int
    currency: str


@dataclass(frozen=True)
class Finding:
    """One difference; None where that side has no such movement."""

    ref: str
    kind: Difference
    theirs: int | None
    ours: int | None
    currency: str


@dataclass(frozen=True)
class Outcome:
    """The day's sums by currency and what differs."""

    matched: int
    findings: tuple[Finding, ...]
    theirs: tuple[tuple[str, int], ...]
    ours: tuple[tuple[str, int], ...]

    @property
    def agrees(self) -> bool:
        return not self.findings


def compare(theirs: Iterable[Movement], ours: Iterable[Movement]) -> Outcome:
    """Match by reference. O(n); findings are in the order of the references."""
    their_list, our_list = list(theirs), list(ours)
    known: dict[str, Movement] = {}
    findings: list[Finding] = []
    for one in their_list:
        if one.ref in known:
            findings.append(Finding(one.ref, Difference.TWICE, one.amount, known[one.ref].amount, one.currency))
        known.setdefault(one.ref, one)
    posted = {one.ref: one for one in our_list}
    matched = 0
    for ref in known.keys() | posted.keys():
        there, here = known.get(ref), posted.get(ref)
        if there is None and here is not None:
            findings.append(Finding(ref, Difference.ONLY_OURS, None, here.amount, here.currency))
        elif here is None and there is not None:
            findings.append(Finding(ref, Difference.ONLY_THEIRS, there.amount, None, there.currency))
        elif there is not None and here is not None:
            if (there.amount, there.currency) == (here.amount, here.currency):
                matched += 1
            else:
                findings.append(Finding(ref, Difference.AMOUNT, there.amount, here.amount, there.currency))
    ordered = tuple(sorted(findings, key=lambda one: (one.ref, one.kind)))
    return Outcome(matched, ordered, _sums(their_list), _sums(our_list))


def _sums(movements: Iterable[Movement]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for one in movements:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
    return tuple(sorted(sums.items()))
