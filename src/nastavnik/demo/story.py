"""Loads the demo story: all of it in one transaction, so that an interrupted load leaves the database as it was.

Parquet files of a load that was rolled back are named by no row; the clean-up job of metrics removes them.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from nastavnik.demo import goals, records, truth
from nastavnik.demo.academy import branches, monthly
from nastavnik.demo.archive import Archive, archive
from nastavnik.demo.careers import Centre
from nastavnik.demo.desk import past, present
from nastavnik.demo.errors import FactsRefused, NotADemo
from nastavnik.demo.plan import DEFAULT_PEOPLE
from nastavnik.demo.roster import roster
from nastavnik.demo.settle import ZONE, settle
from nastavnik.kernel import clock, events
from nastavnik.metrics.actions import facts
from nastavnik.metrics.models import FactDay
from nastavnik.people.models import Organisation, Person

DEFAULT_SEED = 1
# Any fixed number will do; it names "the loading of the demo" among the advisory locks of a database.
LOAD_LOCK = 7_316_042_2026
Progress = Callable[[int, str], None]  # percent done, what is being done


@dataclass(frozen=True)
class Loaded:
    """What the load did; with `already` true it did nothing because the story is there."""

    already: bool
    people: int
    records: dict[str, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def silent(percent: int, what: str) -> None:
    """A progress callback that says nothing."""


def load(
    *, people: int | None = None, seed: int = DEFAULT_SEED, at: datetime | None = None, progress: Progress = silent
) -> Loaded:
    """Build the demo centre as of the local day of `at` (now). Raises NotADemo, TooFewPeople.

    The same people, seed and day give identical records. A second loader waits for the first, then finds the story.
    """
    moment = at or clock.now()
    begun, cpu = time.monotonic(), time.process_time()
    with _collecting_seldom(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        if _is_loaded():
            return Loaded(already=True, people=Person.objects.count())
        centre = roster(people or DEFAULT_PEOPLE, seed, clock.local_date(moment, ZONE))
        with events.unanswered():  # reactions follow people's moves in cells; there are none before the facts
            parts = settle(centre, lambda part: progress(int(part * 25), "people"))
            goals.set_all(goals.targets(centre.today), parts)
            monthly.build(centre, parts, seed, moment, lambda part: progress(25 + int(part * 5), "exams"))
            branches.build(centre, parts, seed, moment, lambda part: progress(28 + int(part * 2), "courses"))
            old = archive(centre, seed, truth.window(centre.today).first)
            progress(30, "cases")
            present.build(centre, parts, seed, moment)
            old.rows["retention"] = past.bring_in(old.rows["retention"], parts, seed, moment)
        counted = _load_facts(centre, seed, old, moment, progress)
    progress(100, "done")
    return Loaded(
        already=False,
        people=len(centre.careers),
        records=counted,
        first_day=truth.window(centre.today).first,
        last_day=centre.today,
        seconds=round(time.monotonic() - begun, 1),
        cpu_seconds=round(time.process_time() - cpu, 1),
    )


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """A load makes some hundred thousand rows that all live until its end: looking for cycles among them every 700
    objects is a fifth of its processor time.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _is_loaded() -> bool:
    """Whether the story is here already; raises NotADemo when something else is."""
    organisation = Organisation.objects.first()
    if organisation is not None and not organisation.is_demo:
        raise NotADemo(what=f"the organisation «{organisation.name}»")
    if organisation is not None and Person.objects.exists():
        return True
    if Person.objects.exists():
        raise NotADemo(what="people")
    if FactDay.objects.exists():
        raise NotADemo(what="records of work")
    return False


def _load_facts(centre: Centre, seed: int, old: Archive, at: datetime, progress: Progress) -> dict[str, int]:
    """Write the records and load them by the ordinary action; answers how many of each stream."""
    counted: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="nastavnik-demo-") as folder:
        files = records.write(centre, seed, old, Path(folder), lambda part: progress(36 + int(part * 6), "records"))
        begin = 42
        for stream, share in (("retention", 8), ("reviews", 8), ("cases", 6), ("contacts", 35)):
            result = facts.load(
                stream=stream, source=files[stream], spec=None, by=None, at=at,
                progress=_within(progress, begin, share, stream),
            )  # fmt: skip
            if result.rejected:
                raise FactsRefused(stream=stream, rejected=result.rejected, samples=str(result.samples[:3]))
            counted[stream] = result.accepted
            begin += share
    return counted


def _within(progress: Progress, begin: int, share: int, what: str) -> Callable[[int, int, str], None]:
    """The loader's own progress as a part of ours."""
    return lambda done, total, _note: progress(begin + share * done // max(total, 1), what)
