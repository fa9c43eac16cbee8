"""Jobs for tests that kill workers."""

import time
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from nastavnik.kernel import jobs
from nastavnik.kernel.models import LongTask


@jobs.job(name="tests.write_slowly")
def write_slowly(folder: str, seconds: float) -> None:
    """The first run says that it began and then takes its time; the second is quick."""
    began = Path(folder) / "began"
    if not began.exists():
        began.touch()
        time.sleep(seconds)
    LongTask.objects.create(kind="tests", title="written", created_at=datetime.now(UTC))


@jobs.job(name="tests.defer_and_fail", retries=0)
def defer_and_fail(folder: str) -> None:
    """Defers another job in a transaction that is rolled back."""
    with transaction.atomic():
        write_slowly.defer(folder=folder, seconds=0)
        raise RuntimeError("rolled back")


@jobs.job(name="tests.defer_in_transaction", retries=0)
def defer_in_transaction(folder: str) -> None:
    """Defers another job, and holds the transaction open for longer than a worker needs to take up a job."""
    with transaction.atomic():
        LongTask.objects.create(kind="tests", title="outer", created_at=datetime.now(UTC))
        write_slowly.defer(folder=folder, seconds=0)
        time.sleep(0.5)
        if LongTask.objects.filter(title="written").exists():
            raise AssertionError("the inner job ran before the outer transaction was committed")
        LongTask.objects.create(kind="tests", title="outer done", created_at=datetime.now(UTC))
