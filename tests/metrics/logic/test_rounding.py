"""A figure's rounding never contradicts its verdict."""

import pytest

from nastavnik.metrics.enums import Direction, Verdict
from nastavnik.metrics.logic.rounding import telling_decimals


@pytest.mark.parametrize(
    ("value", "target", "verdict", "direction", "places"),
    [
        (4.848, 4.85, Verdict.MISSED, Direction.HIGHER, 3),
        (4.8496, 4.85, Verdict.MISSED, Direction.HIGHER, 4),
        (4.84999, 4.85, Verdict.MISSED, Direction.HIGHER, 4),
        (4.84, 4.85, Verdict.MISSED, Direction.HIGHER, 2),
        (4.852, 4.85, Verdict.MET, Direction.HIGHER, 2),
        (7.004, 7.0, Verdict.MISSED, Direction.LOWER, 3),
        (7.02, 7.0, Verdict.MISSED, Direction.LOWER, 2),
        (331.0, 330.0, Verdict.MISSED, Direction.BAND, 2),
        (4.848, None, Verdict.NO_TARGET, Direction.HIGHER, 2),
        (None, 4.85, Verdict.TOO_FEW, Direction.HIGHER, 2),
    ],
)
def test_a_missed_figure_is_written_with_the_decimals_that_show_it(
    value: float | None, target: float | None, verdict: Verdict, direction: Direction, places: int
) -> None:
    assert telling_decimals(value, target, verdict=verdict, direction=direction, decimals=2) == places
