"""Exact integer sums behind a figure. Adding them is associative and commutative; division comes last."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Sums:
    """What a figure is made of: records that count, numerator, denominator and their second moments.

    For means and shares the denominator is `n` itself. `products` is the sum of numerator times denominator, known
    for ratios only (quality points earned and possible).
    """

    n: int = 0
    numerator: int = 0
    denominator: int = 0
    squares: int = 0
    denominator_squares: int = 0
    products: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n,
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.squares + other.squares,
            self.denominator_squares + other.denominator_squares,
            self.products + other.products,
        )

    @property
    def ratio(self) -> Fraction | None:
        """Numerator by denominator, or None over nothing."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def residuals(self) -> tuple[int, int]:
        """Sum of squared distances of the numerators from ratio times denominator, as an exact (over, under) pair.

        For a mean the distances are those from the mean: `sum_sq - sum^2 / n`. Integers, because fractions are slow.
        """
        x, y = self.numerator, self.denominator
        if not y:
            return 0, 1
        return self.squares * y * y - 2 * x * y * self.products + x * x * self.denominator_squares, y * y


def of_mean(n: int, total: int, squares: int) -> Sums:
    """Sums of a mean or a share: each record weighs one."""
    return Sums(n, total, n, squares, n, total)


def of_ratio(n: int, numerator: tuple[int, int], denominator: tuple[int, int], both_squares: int) -> Sums:
    """Sums of a ratio from (sum, sum of squares) of x and y, and the squares of x + y, which give sum(xy)."""
    (x, xx), (y, yy) = numerator, denominator
    return Sums(n, x, y, xx, yy, (both_squares - xx - yy) // 2)
