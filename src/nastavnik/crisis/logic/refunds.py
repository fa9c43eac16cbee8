"""What is due when a customer leaves: paid - used - proven fees - what was given back already. Pure.

Never below nothing, never above what was paid. A fee without proof is listed and not deducted (2300-1, article 32: the
costs actually incurred). The calculation is stored with the refund, line by line, as the customer may see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.crisis.logic.money_words import gettext_noop
from nastavnik.kernel.errors import InvalidInput

PAID = gettext_noop("Paid")
USED = gettext_noop("Used")
FEE = gettext_noop("Cost with proof")
FEE_UNPROVEN = gettext_noop("Cost without proof, not deducted")
RETURNED = gettext_noop("Given back earlier")
NOT_BELOW_ZERO = gettext_noop("Nothing is owed by the customer: the sum stops at zero")
DUE = gettext_noop("Due to the customer")


class NegativeSum(InvalidInput):
    """A sum of a refund cannot be negative: {name} is {amount}."""


class CurrenciesDiffer(InvalidInput):
    """A refund is counted in one currency; these sums are in {currencies}."""


class ReturnedTooMuch(InvalidInput):
    """More was given back than was paid. Ask accounting to correct the payments of this contract first."""


class AboveWhatWasPaid(InvalidInput):
    """At most {most} can still be given back under this contract; {asked} is more than was paid."""


class NothingAsked(InvalidInput):
    """Say how much to give back: more than nothing."""


@dataclass(frozen=True)
class Sum:
    """Minor units of a currency."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Fee:
    """A cost the organisation had; deducted only with `proof` (what document shows it)."""

    title: str
    sum: Sum
    proof: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the calculation: `amount` is signed, as it counts; `label` is translated where it is shown."""

    label: str
    amount: int
    note: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Calculation:
    """The result, with the way to it."""

    currency: str
    lines: tuple[Line, ...]
    due: int
    most: int  # what may be given back at most: paid - given back earlier

    def as_json(self) -> dict[str, Any]:
        """As stored with the refund."""
        return {
            "currency": self.currency, "due": self.due, "most": self.most,
            "lines": [
                {"label": one.label, "amount": one.amount, "note": one.note, "counts": one.counts}
                for one in self.lines
            ],
        }  # fmt: skip


def from_json(stored: Mapping[str, Any]) -> Calculation:
    """The stored calculation again."""
    lines = tuple(Line(one["label"], one["amount"], one["note"], one["counts"]) for one in stored["lines"])
    return Calculation(stored["currency"], lines, stored["due"], stored["most"])


def calculate(*, paid: Sum, used: Sum, fees: Sequence[Fee] = (), returned: Sum | None = None) -> Calculation:
    """What is due. Raises NegativeSum, CurrenciesDiffer, ReturnedTooMuch."""
    back = returned or Sum(0, paid.currency)
    _refuse_odd([("paid", paid), ("used", used), ("returned", back), *((fee.title, fee.sum) for fee in fees)])
    if back.amount > paid.amount:
        raise ReturnedTooMuch
    lines = [Line(PAID, paid.amount), Line(USED, -used.amount)]
    for fee in fees:
        proven = bool(fee.proof.strip())
        note = f"{fee.title} ({fee.proof.strip()})" if proven else fee.title
        lines.append(Line(FEE if proven else FEE_UNPROVEN, -fee.sum.amount, note, counts=proven))
    if back.amount:
        lines.append(Line(RETURNED, -back.amount))
    rest = sum(line.amount for line in lines if line.counts)
    if rest < 0:
        lines.append(Line(NOT_BELOW_ZERO, -rest))
    due = max(rest, 0)
    return Calculation(paid.currency, (*lines, Line(DUE, due, counts=False)), due, paid.amount - back.amount)


def used_part(*, price: int, lessons: int, taken: int) -> int:
    """The price of the lessons taken, rounded down: a fraction of a kopeck is the customer's.

    Raises NegativeSum for a negative argument; more lessons than there are count as all of them.
    """
    for name, value in (("price", price), ("lessons", lessons), ("taken", taken)):
        if value < 0:
            raise NegativeSum(name=name, amount=value)
    return price * min(taken, lessons) // lessons if lessons else 0


def check_amount(amount: int, calculation: Calculation) -> None:
    """Refuse a sum that cannot be given back. Raises NothingAsked, AboveWhatWasPaid."""
    if amount <= 0:
        raise NothingAsked
    if amount > calculation.most:
        raise AboveWhatWasPaid(most=calculation.most, asked=amount)


def is_below_entitlement(amount: int, *, due: int, has_calculation: bool) -> bool:
    """V9: less than is due, and no calculation that says why."""
    return amount < due and not has_calculation


def _refuse_odd(sums: Sequence[tuple[str, Sum]]) -> None:
    for name, one in sums:
        if one.amount < 0:
            raise NegativeSum(name=name, amount=one.amount)
    currencies = sorted({one.currency for _name, one in sums})
    if len(currencies) > 1:
        raise CurrenciesDiffer(currencies=", ".join(currencies))
