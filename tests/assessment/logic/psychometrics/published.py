"""Data sets small enough to keep here, with what was published of them.

LSAT6: Bock and Lieberman (1970); figures and errors as R's `ltm` prints them (Rizopoulos 2006, JSS 17(5)).
LSAT7: Bock and Lieberman (1970); figures as R's `mirt` prints them (Chalmers 2012, JSS 48(6)).
Abortion: British Social Attitudes 1986, four questions; figures as `ltm` prints them.
"""

import csv
import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[5] / "shared/data"

_LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip
_LSAT7 = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136,
          32, 308]  # fmt: skip
_ABORTION = {
    "0000": 103, "0001": 13, "0010": 10, "0011": 21, "0100": 9, "0101": 6, "0110": 7, "0111": 44, "1000": 1,
    "1011": 6, "1100": 3, "1101": 3, "1110": 12, "1111": 141,
}  # fmt: skip

Table = tuple[list[list[int]], list[int]]
"""Distinct answer rows and how many takers gave each."""


def _table(counts: dict[str, int]) -> Table:
    return [[int(answer) for answer in pattern] for pattern in counts], list(counts.values())


LSAT6 = _table(_LSAT6)
LSAT7 = _table({format(number, "05b"): count for number, count in enumerate(_LSAT7)})
ABORTION = _table(_ABORTION)


def spelt_out(table: Table) -> list[list[int]]:
    """One row per taker."""
    return [row for row, count in zip(*table, strict=True) for _taker in range(count)]


def known_answer(name: str) -> dict[str, Any]:
    """The entry of `known_answers_effects.json` of that name."""
    entries = json.loads((SHARED / "known_answers_effects.json").read_text(encoding="utf-8"))
    return next(entry for entry in entries if entry["name"] == name)


def shared_lsat6() -> Table:
    """LSAT6 as the shared file has it."""
    with (SHARED / "lsat6.csv").open(encoding="utf-8", newline="") as source:
        rows = [[int(value) for value in row] for row in list(csv.reader(source))[1:]]
    return [row[:-1] for row in rows], [row[-1] for row in rows]
