"""Keeping cells true: tally days anew, follow people's moves, compare with the facts.

`retally` and `reattribute` belong inside the caller's transaction (they open one if there is none): facts, cells and
what people see of them change together or not at all.
"""

import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from django.db import transaction

from nastavnik.metrics.actions import _cells, _checking, _moving
from nastavnik.metrics.actions._checking import Difference
from nastavnik.metrics.actions._counting import Counter
from nastavnik.metrics.catalogue.tallies import TALLY_SETS, TallySet
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.models import FactDay, TalliedDay
from nastavnik.metrics.queries import attribution

# Whole months are counted together while they have no more records than this: bounded memory, and progress to show.
RECORDS_AT_ONCE = 5_000_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class TallyResult:
    """Days counted, days whose cells changed, cells written, seconds taken; over all tally sets of the stream."""

    days: int = 0
    changed_days: int = 0
    cells: int = 0
    seconds: float = 0.0


def retally(
    *, stream: str, days: Collection[date] | None, at: datetime, progress: Progress | None = None
) -> TallyResult:
    """Count the facts of these days (None: all) and write the cells of those that changed, with their months.

    A day whose facts and definitions give the same sums as before is not written at all, so that tallying everything
    again costs little more than reading the facts.
    """
    begun = time.monotonic()
    sets = [one for one in TALLY_SETS.values() if one.stream == stream]
    counted = changed = written = 0
    with transaction.atomic():
        _cells.lock()
        plan = [(one, _affected(one, days)) for one in sets]
        total = sum(len(affected) for _one, affected in plan)
        for one, affected in plan:
            for chunk in _chunks(one.stream, affected):
                days_changed, cells = _count_chunk(one, chunk, at)
                counted, changed, written = counted + len(chunk), changed + days_changed, written + cells
                if progress:
                    progress(counted, total)
        if changed:
            _cells.count_edition()
        _cells.refresh_statistics(written)
    return TallyResult(counted, changed, written, time.monotonic() - begun)


def reattribute(*, person_ids: Collection[int], since: date, at: datetime) -> int:
    """Charge the cells of these people from `since` on to the teams, grades and partner centres they now have.

    Answers how many day cells moved. The facts are not read: only whose they are has changed.
    """
    if not person_ids:
        return 0
    with transaction.atomic():
        _cells.lock()
        moved = _moving.move(person_ids, since)
        if moved:
            _cells.count_edition()
        return moved


def check(*, stream: str | None = None, limit: int = 1000) -> list[Difference]:
    """Recount everything from the facts and compare every cell, sum over persons and month; changes nothing."""
    found: list[Difference] = []
    with transaction.atomic():
        _cells.lock()
        for one in TALLY_SETS.values():
            if stream in (None, one.stream):
                for chunk in _chunks(one.stream, _affected(one, None)):
                    found += _checking.differences(one, chunk, limit)
    return found[:limit]


def _affected(tally_set: TallySet, days: Collection[date] | None) -> list[date]:
    """Days to count: those touched, the days before whose values look ahead to them, all that have facts or cells."""
    known = set(FactDay.objects.filter(stream=tally_set.stream).values_list("day", flat=True))
    known |= set(TalliedDay.objects.filter(tally_set=tally_set.name).values_list("day", flat=True))
    if days is None:
        return sorted(known)
    touched = {day - timedelta(days=back) for day in days for back in range(tally_set.lookback_days + 1)}
    return sorted(known & touched)


def _chunks(stream: str, days: list[date]) -> Iterator[list[date]]:
    """Days in order, whole months together, as many months as RECORDS_AT_ONCE allows."""
    records = dict(FactDay.objects.filter(stream=stream, day__in=days).values_list("day", "rows"))
    chunk: list[date] = []
    held = 0
    for _month, group in groupby(days, key=lambda day: (day.year, day.month)):
        month = list(group)
        more = sum(records.get(day, 0) for day in month)
        if chunk and held + more > RECORDS_AT_ONCE:
            yield chunk
            chunk, held = [], 0
        chunk, held = chunk + month, held + more
    if chunk:
        yield chunk


def _count_chunk(tally_set: TallySet, days: list[date], at: datetime) -> tuple[int, int]:
    """Count some days and replace the cells of those that changed; answers (days changed, cells written)."""
    rows = TalliedDay.objects.filter(tally_set=tally_set.name, day__in=days)
    before = dict(rows.values_list("day", "fingerprint"))
    with Counter(tally_set) as counter:
        now = counter.count(days)
        changed = sorted(day for day in days if before.get(day) != now.get(day))
        if not changed:
            return 0, 0
        _cells.delete_days(tally_set.name, [day for day in changed if day in before])
        written = _replace(counter, [day for day in changed if day in now])
    _cells.sum_months(tally_set, sorted({day.replace(day=1) for day in changed}))
    rows.filter(day__in=[day for day in changed if day not in now]).delete()
    TalliedDay.objects.bulk_create(
        [TalliedDay(tally_set=tally_set.name, day=d, fingerprint=now[d], tallied_at=at) for d in changed if d in now],
        update_conflicts=True,
        unique_fields=["tally_set", "day"],
        update_fields=["fingerprint", "tallied_at"],
    )
    return len(changed), written


def _replace(counter: Counter, days: list[date]) -> int:
    if not days:
        return 0
    counter.attribute(attribution.spans(days[0], days[-1] + ONE_DAY))
    with tempfile.TemporaryDirectory(prefix="nastavnik-tally-") as folder:
        cells, units = Path(folder) / "cells", Path(folder) / "units"
        written = counter.write(days, cells, units)
        for table, source in ((_cells.CELLS, cells), (_cells.UNITS, units)):
            _cells.copy_in(table, source, _cells.KEYS[table])
    return written
