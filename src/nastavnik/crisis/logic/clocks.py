"""Clocks: a term folded over the log of a case. Nothing is stored that the log does not say.

Semantics of reference/crisis-desk.md, section 3: pauses only while we wait for the customer, capped, never for terms
set by law; «first» clocks stay finished for ever, «total» ones go on after a reopening; a closing «thank you» starts no
clock; any answer stops the clock of the next one; a handover starts a pickup clock and ends those of the old team; a
merged case's clocks stop; an automatic answer counts for nothing, a note only where the term says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from nastavnik.crisis.logic.calendars import HOUR, BeyondTheTable
from nastavnik.crisis.logic.log import HUMAN, Entry

PAUSE_CAP = 72 * HOUR
Span = tuple[int, int | None]


class Counter(Protocol):
    """Working or calendar time."""

    def worked(self, at: int) -> int: ...
    def deadline(self, worked: int) -> int: ...


class Measure(StrEnum):
    FIRST_START = "first_start"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    PICKUP = "pickup"
    REFUND_START = "refund_start"
    REFUND_PAID = "refund_paid"
    RESOLUTION = "resolution"


class Phase(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True)
class Term:
    """What is promised: the measure, its length in ms, what it may do."""

    measure: Measure
    target: int
    can_pause: bool = True
    note_counts: bool = False
    pause_cap: int | None = PAUSE_CAP


@dataclass(frozen=True)
class Cycle:
    """One run of a clock: the stretches that count, and when it was stopped for good (None while it is not)."""

    spans: tuple[Span, ...]
    stopped_at: int | None = None

    @property
    def is_running(self) -> bool:
        return bool(self.spans) and self.spans[-1][1] is None


@dataclass(frozen=True)
class Reading:
    """What a clock shows. `due_at` is None when it was stopped before or has not begun; times in ms."""

    phase: Phase
    started_at: int | None = None
    due_at: int | None = None
    done_at: int | None = None
    elapsed: int = 0
    breached: bool = False
    spans: tuple[Span, ...] = ()


def read(
    term: Term, log: Sequence[Entry], counter: Counter, dues: Sequence[Span] = (), now: int | None = None
) -> Reading:
    """The clock over a log in order. `dues`: when the refund was due (by the policy). `now` counts an open run up to
    it and tells whether it is missed already; without it only what is over counts.
    """
    cycles = _cycles(term, log, dues)
    if not cycles:
        return Reading(Phase.WAITING)
    pauses = _pauses(log, term.pause_cap) if term.can_pause else []
    seen = log[-1].at if now is None and log else now
    readings = [_reading(term, _without(cycle, pauses), counter, now, seen) for cycle in cycles]
    last = readings[-1]
    return replace(last, breached=any(one.breached for one in readings))


def _reading(term: Term, cycle: Cycle, counter: Counter, now: int | None, seen: int | None) -> Reading:
    """`seen`: the moment whose phase is told, the last event where `now` is not given."""
    elapsed = sum(
        counter.worked(end) - counter.worked(start) for start, end in _known(cycle.spans, now)
    )  # fmt: skip
    due = _due(term.target, cycle.spans, counter)
    started = cycle.spans[0][0]
    if cycle.stopped_at is not None:
        late = due is not None and due < cycle.stopped_at
        return Reading(Phase.DONE, started, due, cycle.stopped_at, elapsed, late, cycle.spans)
    # After a capped pause the last run begins when the pause ends at the latest: until then the clock stands.
    begun = cycle.is_running and (seen is None or cycle.spans[-1][0] <= seen)
    phase = Phase.RUNNING if begun else Phase.PAUSED
    late = due is not None and now is not None and due < now
    return Reading(phase, started, due, None, elapsed, late, cycle.spans)


def _known(spans: Sequence[Span], now: int | None) -> list[tuple[int, int]]:
    """Stretches with an end: an open one ends now, one that is yet to come counts for nothing."""
    found = []
    for start, end in spans:
        stop = end if now is None else (now if end is None else min(end, now))
        if stop is not None and stop > start:
            found.append((start, stop))
    return found


def _due(target: int, spans: Sequence[Span], counter: Counter) -> int | None:
    """The moment the target is reached: the runs are walked until then. None if the clock stopped before."""
    left = target
    for start, end in spans:
        before = counter.worked(start)
        here = None if end is None else counter.worked(end) - before
        if here is None or here >= left:
            try:
                return counter.deadline(before + left)
            except BeyondTheTable:
                return None
        left -= here
    return None


# Runs -----------------------------------------------------------------------------------------------------------------


def _cycles(term: Term, log: Sequence[Entry], dues: Sequence[Span]) -> list[Cycle]:
    if term.measure is Measure.REFUND_START:
        return [Cycle(((start, end),), end) for start, end in dues]
    return _FOLDS[term.measure](term, log)


def _answers(term: Term, entry: Entry) -> bool:
    return entry.is_answer or (term.note_counts and entry.kind == "note")


def _ends_for_the_team(entry: Entry) -> bool:
    """The case leaves the team, is closed or goes into another: what the team promised is over."""
    return entry.kind in ("CLOSE", "merged") or (entry.kind == "TRANSFER" and bool(entry.payload.get("team_changed")))


def _once(stops: Callable[[Term, Entry], bool]) -> Callable[[Term, Sequence[Entry]], list[Cycle]]:
    """From the opening until the first stop; finished for ever."""

    def fold(term: Term, log: Sequence[Entry]) -> list[Cycle]:
        start = next((entry.at for entry in log if entry.kind == "opened"), None)
        if start is None:
            return []
        for entry in log:
            if stops(term, entry) or _ends_for_the_team(entry):
                return [Cycle(((start, entry.at),), entry.at)]
        return [Cycle(((start, None),))]

    return fold


def _repeated(
    starts: Callable[[Entry], bool], stops: Callable[[Term, Entry], bool]
) -> Callable[[Term, Sequence[Entry]], list[Cycle]]:
    """A cycle from each start until its stop; a start inside a cycle changes nothing."""

    def fold(term: Term, log: Sequence[Entry]) -> list[Cycle]:
        cycles: list[Cycle] = []
        since: int | None = None
        for entry in log:
            if since is not None and (stops(term, entry) or _ends_for_the_team(entry)):
                cycles.append(Cycle(((since, entry.at),), entry.at))
                since = None
            if since is None and starts(entry):
                since = entry.at
        return [*cycles, Cycle(((since, None),))] if since is not None else cycles

    return fold


def _total(term: Term, log: Sequence[Entry]) -> list[Cycle]:
    """From the opening to the end of the case; a reopening goes on where it stood."""
    spans: list[Span] = []
    stopped: int | None = None
    for entry in log:
        running = bool(spans) and spans[-1][1] is None
        if entry.kind in ("opened", "reopen") and not running:
            spans.append((entry.at, None))
            stopped = None
        elif entry.kind in ("CLOSE", "merged") and running:
            spans[-1] = (spans[-1][0], entry.at)
            stopped = entry.at
            if entry.kind == "merged":
                break
    return [Cycle(tuple(spans), stopped)] if spans else []


def _paid(term: Term, log: Sequence[Entry]) -> list[Cycle]:
    """From the first demand (at the latest the start of the refund) until the money is back or the customer stays."""
    since: int | None = None
    cycles: list[Cycle] = []
    for entry in log:
        if since is None and entry.kind in ("asked", "trigger", "insist", "interrupt+insist", "REFUND_START"):
            since = entry.at
        elif since is not None and entry.kind in ("REFUND_DONE", "accept", "merged"):
            cycles.append(Cycle(((since, entry.at),), entry.at))
            since = None
    return [*cycles, Cycle(((since, None),))] if since is not None else cycles


def _asks_for_an_answer(entry: Entry) -> bool:
    return entry.is_from_customer and not entry.payload.get("thanks") and entry.message is not None


_FOLDS: dict[Measure, Callable[[Term, Sequence[Entry]], list[Cycle]]] = {
    Measure.FIRST_START: _once(lambda _term, entry: entry.kind in HUMAN and entry.actor is not None),
    Measure.FIRST_RESPONSE: _once(_answers),
    Measure.NEXT_RESPONSE: _repeated(_asks_for_an_answer, _answers),
    Measure.PICKUP: _repeated(
        lambda entry: entry.kind == "TRANSFER",
        lambda _term, entry: entry.kind == "taken" or entry.is_answer,
    ),
    Measure.RESOLUTION: _total,
    Measure.REFUND_PAID: _paid,
}


# Pauses ---------------------------------------------------------------------------------------------------------------


def _pauses(log: Sequence[Entry], cap: int | None) -> list[Span]:
    """When we waited for the customer: until the customer wrote, somebody resumed, or the cap was reached."""
    found: list[Span] = []
    since: int | None = None
    for entry in log:
        if entry.kind == "paused" and since is None:
            since = entry.at
        elif since is not None and (entry.is_from_customer or entry.kind in ("resumed", "CLOSE", "reopen")):
            found.append((since, entry.at if cap is None else min(entry.at, since + cap)))
            since = None
    if since is not None:
        found.append((since, None if cap is None else since + cap))
    return [(start, end) for start, end in found if end is None or end > start]


def _without(cycle: Cycle, pauses: Sequence[Span]) -> Cycle:
    """The runs of a cycle with the pauses cut out."""
    spans: list[Span] = list(cycle.spans)
    for pause, until in pauses:
        cut: list[Span] = []
        for start, end in spans:
            cut += _cut(start, end, pause, until)
        spans = cut
    # A clock that began in a pause still began then.
    return replace(cycle, spans=tuple(spans) or ((cycle.spans[0][0], cycle.spans[0][0]),))


def _cut(start: int, end: int | None, pause: int, until: int | None) -> list[Span]:
    if (end is not None and end <= pause) or (until is not None and until <= start):
        return [(start, end)]
    parts: list[Span] = [(start, pause)] if start < pause else []
    if until is not None and (end is None or until < end):
        parts.append((until, end))
    return parts
