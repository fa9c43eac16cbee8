"""What passes between the desk and payment systems: the file-based port's lines, in values. Pure.

Incoming CSV (UTF-8, heading row, any order; `?` may be missing):
    ref, paid_at, payer, amount, currency, invoice?, instalment?, card?, customer?, contract?
`amount` is in major units with a point («1990.00»); `paid_at` is ISO 8601 with its zone; `instalment` is 1 or empty;
`card` is the payment system's fingerprint of the card, never its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from nastavnik.kernel.errors import InvalidInput

REQUIRED = ("ref", "paid_at", "payer", "amount", "currency")
OPTIONAL = ("invoice", "instalment", "card", "customer", "contract")
YES = frozenset({"1", "yes", "true", "да"})
MOST = 10**15


class BadPayment(InvalidInput):
    """Line {line}: {problem}."""


@dataclass(frozen=True)
class Incoming:
    """One payment as the payment system tells it; `amount` in minor units."""

    ref: str
    paid_at: datetime
    payer: str
    amount: int
    currency: str
    invoice: str = ""
    is_instalment: bool = False
    card: str = ""
    customer: str = ""
    contract: str = ""


def read(row: Mapping[str, str | None], line: int) -> Incoming:
    """A line of the file. Raises BadPayment, which names the line."""
    values = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    for name in REQUIRED:
        if not values[name]:
            raise BadPayment(line=line, problem=f"{name} is empty")
    currency = values["currency"].upper()
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise BadPayment(line=line, problem=f"{values['currency'][:10]} is no currency")
    return Incoming(
        ref=values["ref"][:120],
        paid_at=_moment(values["paid_at"], line),
        payer=values["payer"][:120],
        amount=minor_units(values["amount"], line),
        currency=currency,
        invoice=values["invoice"][:120],
        is_instalment=values["instalment"].lower() in YES,
        card=values["card"][:64],
        customer=values["customer"][:120],
        contract=values["contract"][:120],
    )


def minor_units(text: str, line: int) -> int:
    """«1 990.00» to 199000. Raises BadPayment for nothing, less than nothing, parts of a minor unit, too much."""
    try:
        value = Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", ".")) * 100
    except InvalidOperation:
        raise BadPayment(line=line, problem=f"{text[:20]} is no amount") from None
    if not value.is_finite() or value != value.to_integral_value() or not 0 < value <= MOST:
        raise BadPayment(line=line, problem=f"{text[:20]} is no amount that can be paid")
    return int(value)


def major_units(amount: int) -> str:
    """199000 to «1990.00», for files."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02}"


def _moment(text: str, line: int) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadPayment(line=line, problem=f"{text[:30]} is no moment") from None
    if moment.tzinfo is None:
        raise BadPayment(line=line, problem=f"{text[:30]} does not say its time zone")
    return moment
