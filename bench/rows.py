"""Rows of the table, and how they are judged and printed."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured thing; `ratio` and `ok` are None where there is nothing to compare with or no aim."""

    name: str
    measured: str
    baseline: str = ""
    ratio: float | None = None
    aim: str = ""
    ok: bool | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        return {None: "", True: "ok", False: "over"}[self.ok]


def table(rows: Sequence[Row]) -> str:
    """The table as text."""
    heads = ("what", "measured", "beside", "ratio", "aim", "")
    lines = [
        (row.name, row.measured, row.baseline, "" if row.ratio is None else f"{row.ratio:.2f}", row.aim, row.verdict)
        for row in rows
    ]
    widths = [max(len(line[i]) for line in (heads, *lines)) for i in range(len(heads))]
    printed = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (heads, *lines)
    ]
    printed.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*printed, *(f"  {row.name}: {row.note}" for row in rows if row.note)])


def as_json(row: Row) -> dict[str, object]:
    """The row for a program."""
    return dataclasses.asdict(row) | {"verdict": row.verdict}
