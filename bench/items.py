"""Statistics of the items of a test: 2,000 people, 30 items, on one core."""

import math
import random
from collections.abc import Iterator

from bench.rows import Row
from bench.timing import took
from nastavnik.assessment.logic.psychometrics import classical
from nastavnik.assessment.logic.psychometrics.calibration import Model, calibrate

PEOPLE, ITEMS = 2000, 30
LIMIT_S = 1.0


def run(quick: bool) -> Iterator[Row]:
    """The whole page of an exam's author: classical statistics and a two-parameter calibration."""
    rows = _answers(PEOPLE // (10 if quick else 1))
    with took() as counted:
        classical.analyse(rows, [1] * ITEMS)
        found = calibrate(rows, Model.TWO_PL)
    yield Row(
        f"item statistics and 2PL, {len(rows):,} x {ITEMS}", str(counted), f"limit {LIMIT_S:.0f} s",
        counted.cpu / LIMIT_S, "<= 1", counted.cpu <= LIMIT_S, "" if found.converged else "did not converge",
    )  # fmt: skip


def _answers(people: int) -> list[list[int]]:
    draw = random.Random(1)
    items = [(draw.uniform(0.6, 2), draw.gauss(-1.2, 1)) for _ in range(ITEMS)]
    rows = []
    for _ in range(people):
        ability = draw.gauss(0, 1)
        rows.append([int(draw.random() < 1 / (1 + math.exp(-slope * (ability - at)))) for slope, at in items])
    return rows
