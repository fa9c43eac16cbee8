"""Long tasks: start one, report how far it is, finish it. Jobs call these; pages poll the row."""

from datetime import datetime, timedelta
from typing import Any

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.models import LongTask

KEEP_FINISHED = timedelta(days=90)


class OurFault(DomainError):
    """Something went wrong on our side; your data are as they were. Try again, or show this to an administrator."""


class StillRunning(DomainError):
    """«{title}» is not finished yet. Wait until it is done, then take it out of the inbox."""


def start(kind: str, title: str, *, by: Any, at: datetime, total: int | None = None) -> LongTask:
    """A queued task that its owner finds in the inbox."""
    owner_id = by.pk if by is not None else None
    return LongTask.objects.create(kind=kind, title=title, owner_id=owner_id, created_at=at, total=total)


def advance(task_id: int, *, done: int, total: int | None = None, note: str = "") -> None:
    """Say how far the work is (`done` of `total` units). A task that failed and is tried again runs again."""
    values: dict[str, Any] = {
        "state": LongTask.State.RUNNING, "done": done, "note": note[:300], "error": "", "finished_at": None,
    }  # fmt: skip
    if total is not None:
        values["total"] = total
    LongTask.objects.filter(pk=task_id).exclude(state=LongTask.State.DONE).update(**values)


def finish(task_id: int, *, result_url: str = "", note: str = "") -> None:
    """The work is done; the inbox links to `result_url`."""
    LongTask.objects.filter(pk=task_id).update(
        state=LongTask.State.DONE, finished_at=clock.now(), result_url=result_url, note=note[:300], error=""
    )


def fail(task_id: int, error: Exception) -> None:
    """The work stopped; the sentence says what to do.

    The sentence is stored untranslated with its parameters: the inbox says it in its reader's language. Of a fault of
    ours the reader learns only that it is one; what it was belongs into the log.
    """
    known = error if isinstance(error, DomainError) else OurFault()
    LongTask.objects.filter(pk=task_id).update(
        state=LongTask.State.FAILED,
        finished_at=clock.now(),
        error=known.template[:2000],
        error_params={name: _plain(value) for name, value in known.params.items()},
    )


def mark_seen(owner_id: int, *, at: datetime) -> None:
    """Its owner has seen what came of every finished task."""
    over = (LongTask.State.DONE, LongTask.State.FAILED)
    LongTask.objects.filter(owner_id=owner_id, seen_at=None, state__in=over).update(seen_at=at)


def dismiss(task: LongTask) -> None:
    """Forget a finished task. Raises StillRunning."""
    if not task.is_over:
        raise StillRunning(title=task.title)
    task.delete()


def delete_finished(at: datetime) -> int:
    """Delete tasks that were over 90 days ago; returns how many."""
    deleted, _by_model = LongTask.objects.filter(finished_at__lt=at - KEEP_FINISHED).delete()
    return deleted


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) else str(value)
