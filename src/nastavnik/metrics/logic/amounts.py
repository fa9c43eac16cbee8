"""Amounts of targets: what people write, as integers in the metric's unit times 10,000, and back."""

from decimal import Decimal, InvalidOperation

from nastavnik.metrics.logic.targets import SCALE

Amount = Decimal | int | float | str


def scaled(amount: Amount) -> int | None:
    """The exact integer for an amount; None for what is not a number with at most four decimals."""
    try:
        number = Decimal(str(amount).strip().replace(",", ".")) * SCALE
    except InvalidOperation:
        return None
    return int(number) if number.is_finite() and number == number.to_integral_value() else None


def shown(value: int) -> str:
    """The amount as people write it: 48500 is 4.85, 920000 is 92."""
    return f"{(Decimal(value) / SCALE).normalize():f}"
