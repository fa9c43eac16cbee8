"""Watched intervals of a video: [from, to) in seconds, merged; completion by the length of their union. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

Interval = tuple[float, float]
# A player tells where it is a few times a second: gaps below this are its granularity, not skipping.
GAP_S = 0.75
FASTEST = 2.0
# Clocks of the two sides and the way between them.
SLACK_S = 5.0
MOST_IN_A_REPORT = 200
# A first report covers at most this long: the page reports every few seconds.
FIRST_REPORT_S = 30.0


def merged(intervals: Iterable[Interval], gap: float = 0.0) -> list[Interval]:
    """Sorted, without overlaps; neighbours at most `gap` apart become one."""
    found: list[Interval] = []
    for begin, end in sorted((a, b) for a, b in intervals if b > a):
        if found and begin <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def length(intervals: Iterable[Interval]) -> float:
    """Seconds covered: each counts once however often it was watched."""
    return sum(end - begin for begin, end in merged(intervals))


def clipped(intervals: Iterable[Interval], duration: float) -> list[Interval]:
    """Only what lies inside the video."""
    cut = ((max(0.0, begin), min(duration, end)) for begin, end in intervals)
    return [(begin, end) for begin, end in cut if end > begin]


def furthest(intervals: Iterable[Interval]) -> float:
    """How far one has come without skipping: the end of what is watched from the beginning on."""
    found = merged(intervals, GAP_S)
    return found[0][1] if found and found[0][0] <= GAP_S else 0.0


@dataclass(frozen=True)
class Taken:
    """What came of a report: the new union, and whether a part of the report was not believed."""

    watched: tuple[Interval, ...]
    is_cut: bool


def take(
    known: Iterable[Interval], reported: Iterable[Interval], *, duration: float, elapsed: float, no_skip: bool
) -> Taken:
    """Add a player's report to what is known.

    Nobody watches more than `elapsed` seconds (since the last report) at the fastest speed: what exceeds that is cut.
    With `no_skip` an interval that begins beyond what was watched without a gap is left out.
    """
    have = merged(clipped(known, duration))
    budget = max(0.0, elapsed) * FASTEST + SLACK_S
    is_cut = False
    for begin, end in merged(clipped(reported, duration)):
        if no_skip and begin > furthest(have) + GAP_S:
            is_cut = True
            continue
        if end - begin > budget:
            end, is_cut = begin + budget, True  # noqa: PLW2901 - cut to what can have been watched
        budget -= end - begin
        if end > begin:
            have = merged([*have, (begin, end)], GAP_S)
    return Taken(tuple(have), is_cut)
