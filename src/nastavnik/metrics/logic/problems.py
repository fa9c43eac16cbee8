"""Why a row is rejected: codes that SQL computes per column, and the English sentence of each."""

from enum import IntEnum


class Problem(IntEnum):
    """What is wrong with one value; a row may have one per column. 0 is nothing."""

    MISSING = 1
    UNREADABLE = 2
    TOO_LOW = 3
    TOO_HIGH = 4
    UNKNOWN = 5
    TOO_LONG = 6


BITS = 3  # a column's problem takes three bits of a row's number


def unpack(packed: int, columns: int) -> list[tuple[int, Problem]]:
    """Place of the column and its problem, for every column that has one."""
    codes = [(place, packed >> (BITS * place) & 7) for place in range(columns)]
    return [(place, Problem(code)) for place, code in codes if code]
