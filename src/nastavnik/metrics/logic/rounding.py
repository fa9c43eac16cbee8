"""How many decimals a judged figure needs so that its rounding does not contradict its verdict."""

from nastavnik.metrics.enums import Direction, Verdict

MORE = 2


def telling_decimals(
    value: float | None, target: float | None, *, verdict: Verdict, direction: Direction, decimals: int
) -> int:
    """`decimals`, or up to two more while a missed figure, rounded, would look as if it met its target.

    4.848 against ≥ 4.85 is missed: written «4.85» the reader would doubt the verdict, written «4.848» not.
    """
    if value is None or target is None or verdict != Verdict.MISSED or direction == Direction.BAND:
        return decimals
    sign = -1 if direction == Direction.LOWER else 1
    for more in range(MORE):
        if sign * round(value, decimals + more) < sign * target:
            return decimals + more
    return decimals + MORE
