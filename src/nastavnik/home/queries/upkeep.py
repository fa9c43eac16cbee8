"""What keeps the installation going: imports, background work. For those who keep it."""

from dataclasses import dataclass

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from nastavnik.metrics.models import ImportRun

RECENT = 5


@dataclass(frozen=True)
class Upkeep:
    """The last imports and how many jobs wait, run and have failed."""

    imports: list[ImportRun]
    waiting: int
    running: int
    failed: int


def upkeep() -> Upkeep:
    """Two queries."""
    counts = dict(ProcrastinateJob.objects.values_list("status").annotate(n=Count("pk")))
    return Upkeep(
        imports=list(ImportRun.objects.select_related("started_by").order_by("-created_at", "-pk")[:RECENT]),
        waiting=counts.get("todo", 0),
        running=counts.get("doing", 0),
        failed=counts.get("failed", 0),
    )
