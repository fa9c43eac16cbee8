"""The files of facts on the disk: those nobody needs any more are cleared away."""

import shutil
from datetime import datetime

from django.db import transaction

from nastavnik.metrics import store
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.loading.locking import lock
from nastavnik.metrics.models import FactDay

GRACE_S = 60 * 60
SCRATCH_S = 24 * 60 * 60


def sweep(*, at: datetime) -> int:
    """Remove Parquet files that no row names and nothing has touched for an hour, and scratch older than a day.

    A stream that is being loaded is left for the next time. Answers how many files went.
    """
    removed = 0
    for stream in STREAMS:
        with transaction.atomic():
            if not lock(stream, wait=False):
                continue
            named = set(FactDay.objects.filter(stream=stream).values_list("file_name", flat=True))
            for path in (store.facts_dir() / stream).glob("*.parquet"):
                if path.name not in named and at.timestamp() - path.stat().st_mtime > GRACE_S:
                    path.unlink(missing_ok=True)
                    removed += 1
    for folder in (store.facts_dir() / store.SCRATCH).glob("*"):
        if at.timestamp() - folder.stat().st_mtime > SCRATCH_S:
            shutil.rmtree(folder, ignore_errors=True)
    return removed
