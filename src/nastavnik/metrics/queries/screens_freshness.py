"""What is loaded until when: a figure is only as new as its records."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Sum

from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.models import FactDay

LATE_AFTER_DAYS = 2


@dataclass(frozen=True)
class Freshness:
    """One stream: its last day with records, when the last file of it came, how many records there are."""

    stream: str
    title: str
    last_day: date | None
    written_at: datetime | None
    records: int
    days_behind: int

    @property
    def is_late(self) -> bool:
        return self.last_day is not None and self.days_behind > LATE_AFTER_DAYS


def freshness(today: date) -> list[Freshness]:
    """Every stream in the catalogue's order, in one query; those never loaded say so."""
    rows = FactDay.objects.values("stream").annotate(last=Max("day"), written=Max("written_at"), records=Sum("rows"))
    found: dict[str, Any] = {row["stream"]: row for row in rows}
    return [_of(name, found.get(name), today) for name in STREAMS]


def _of(name: str, row: dict[str, Any] | None, today: date) -> Freshness:
    title = str(STREAMS[name].title)
    if row is None:
        return Freshness(name, title, None, None, 0, 0)
    return Freshness(name, title, row["last"], row["written"], row["records"], max((today - row["last"]).days, 0))
