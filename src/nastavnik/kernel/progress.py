"""Long tasks: start one, report how far it is, finish it. Jobs call these; pages poll the row."""

from datetime import datetime
from typing import Any

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.models import LongTask


def start(kind: str, title: str, *, by: Any, at: datetime, total: int | None = None) -> LongTask:
    """A queued task that its owner finds in the inbox."""
    owner_id = by.pk if by is not None else None
    return LongTask.objects.create(kind=kind, title=title, owner_id=owner_id, created_at=at, total=total)


def advance(task_id: int, *, done: int, total: int | None = None, note: str = "") -> None:
    """Say how far the work is (`done` of `total` units)."""
    values: dict[str, Any] = {"state": LongTask.State.RUNNING, "done": done, "note": note[:300]}
    if total is not None:
        values["total"] = total
    LongTask.objects.filter(pk=task_id).exclude(state=LongTask.State.DONE).update(**values)


def finish(task_id: int, *, result_url: str = "", note: str = "") -> None:
    """The work is done; the inbox links to `result_url`."""
    LongTask.objects.filter(pk=task_id).update(
        state=LongTask.State.DONE, finished_at=clock.now(), result_url=result_url, note=note[:300], error=""
    )


def fail(task_id: int, error: DomainError | Exception) -> None:
    """The work stopped; the sentence says what to do."""
    message = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
    LongTask.objects.filter(pk=task_id).update(
        state=LongTask.State.FAILED, finished_at=clock.now(), error=message[:2000]
    )
