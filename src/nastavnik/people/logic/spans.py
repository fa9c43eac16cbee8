"""Values over time as spans of days, and what a change «as of a day» makes of them.

A set of spans is canonical: sorted, not overlapping, and no two adjacent spans with equal values. A change as of
a day holds until the next change that is already known, so a late note never wipes out what came after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True)
class Span(Generic[V]):
    """`value` holds from `start` until (not including) `end`; `row` is the stored row's key, None for a new one."""

    start: date
    end: date | None
    value: V
    row: int | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Rewrite(Generic[V]):
    """How to get from the stored rows to the new ones, in an order in which no two rows ever overlap."""

    delete: tuple[int, ...]
    update: tuple[Span[V], ...]
    insert: tuple[Span[V], ...]


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier end; None means never."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def value_on(spans: Sequence[Span[V]], day: date) -> V | None:
    """The value in force on a day."""
    return next((span.value for span in spans if span.covers(day)), None)


def next_change(spans: Sequence[Span[V]], since: date) -> date | None:
    """The first day after `since` on which the value changes; None if it never does."""
    covering = next((span for span in spans if span.covers(since)), None)
    if covering:
        return covering.end
    return min((span.start for span in spans if span.start > since), default=None)


def overwritten(spans: Sequence[Span[V]], value: V | None, start: date, end: date | None) -> list[Span[V]]:
    """The spans with `value` on [start, end), None for nothing; canonical again. Row keys stay where they can."""
    pieces: list[Span[V]] = []
    freed: int | None = None
    for span in spans:
        left_end = _earlier(span.end, start)
        left = span.start < start
        right = end is not None and (span.end is None or span.end > end)
        if left:
            pieces.append(Span(span.start, left_end, span.value, span.row))
        if right:
            pieces.append(Span(max(span.start, end or span.start), span.end, span.value, None if left else span.row))
        if not left and not right:
            freed = freed or span.row
    if value is not None:
        pieces.append(Span(start, end, value, freed))
    return _merged(sorted(pieces, key=lambda span: span.start))


def changed(spans: Sequence[Span[V]], value: V | None, since: date, until: date | None = None) -> list[Span[V]]:
    """The spans with `value` from `since` until the next known change, at most until `until`."""
    if value_on(spans, since) == value:
        return list(spans)
    return overwritten(spans, value, since, _earlier(next_change(spans, since), until))


def _merged(spans: Sequence[Span[V]]) -> list[Span[V]]:
    merged: list[Span[V]] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and last.end == span.start and last.value == span.value:
            merged[-1] = Span(last.start, span.end, last.value, last.row or span.row)
        else:
            merged.append(span)
    return merged


def rewrite(old: Sequence[Span[V]], new: Sequence[Span[V]]) -> Rewrite[V]:
    """The steps from the stored spans to the new ones: what goes, what shrinks, what grows, what comes."""
    before = {span.row: span for span in old}
    kept = {span.row for span in new if span.row is not None}
    altered = [span for span in new if span.row is not None and before[span.row] != span]

    def grows(span: Span[V]) -> bool:
        was = before[span.row]
        later = was.end is not None and (span.end is None or span.end > was.end)
        return later or span.start < was.start

    return Rewrite(
        delete=tuple(span.row for span in old if span.row is not None and span.row not in kept),
        update=tuple(sorted(altered, key=grows)),
        insert=tuple(span for span in new if span.row is None),
    )
