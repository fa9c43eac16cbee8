"""Background work: a thin wrapper on procrastinate, so that the back end can change.

A job takes primitives, fetches, calls an action, and is idempotent: it may run again after a crash.
Deferring inside a transaction stores the job in that transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import procrastinate
from procrastinate.contrib.django import app as _app

from nastavnik.kernel import clock

KEEP_FINISHED_HOURS = 24 * 7
STALLED_AFTER_S = 30


@dataclass(frozen=True)
class Periodic:
    """One line of the timetable."""

    name: str
    cron: str
    meaning: str


@dataclass(frozen=True)
class Job:
    """Something that runs in the worker; `defer` puts it in the queue, calling it runs it here and now."""

    name: str
    run: Callable[..., Any]
    task: Any

    def __call__(self, **kwargs: Any) -> Any:
        return self.run(**kwargs)

    def defer(self, *, lock: str | None = None, after: timedelta | None = None, **kwargs: Any) -> int:
        """Queue the job with JSON arguments; jobs of one `lock` run one at a time, in order."""
        configured = self.task.configure(
            **({"lock": lock} if lock else {}), **({"schedule_in": {"seconds": after.total_seconds()}} if after else {})
        )
        return int(configured.defer(**kwargs))


_timetable: dict[str, Periodic] = {}


def job(*, name: str, queue: str = "default", retries: int = 3) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job under its stored `name` (`app.verb_noun`); failures are retried with growing pauses."""

    def declare(function: Callable[..., Any]) -> Job:
        retry = procrastinate.RetryStrategy(max_attempts=retries, exponential_wait=5) if retries else False
        return Job(name=name, run=function, task=_app.task(name=name, queue=queue, retry=retry)(function))

    return declare


def periodic(*, name: str, cron: str, queue: str = "default") -> Callable[[Callable[[], Any]], Job]:
    """Declare a job that runs by the clock; two runs of one name never wait side by side."""

    def declare(function: Callable[[], Any]) -> Job:
        def tick(timestamp: int) -> None:
            function()

        tick.__name__ = function.__name__
        task = _app.periodic(cron=cron)(_app.task(name=name, queue=queue, queueing_lock=name)(tick))
        _timetable[name] = Periodic(name=name, cron=cron, meaning=(function.__doc__ or "").strip())
        return Job(name=name, run=function, task=task)

    return declare


def timetable() -> list[Periodic]:
    """Every periodic job, by name."""
    return [_timetable[name] for name in sorted(_timetable)]


@job(name="kernel.deliver_event", queue="events")
def deliver_event(event_id: int) -> None:
    """Run the reactions to one published event."""
    from nastavnik.kernel import events  # noqa: PLC0415 - events defer jobs, jobs run events

    events.deliver(event_id, clock.now())


@periodic(name="kernel.rescue_stalled_jobs", cron="* * * * *")
def rescue_stalled_jobs() -> int:
    """Put jobs of dead workers back into the queue."""
    from asgiref.sync import async_to_sync  # noqa: PLC0415 - heavy, and only the worker needs it

    manager = _app.job_manager

    async def rescue() -> int:
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S))
        for one in stalled:
            await manager.retry_job(one)
        return len(stalled)

    return async_to_sync(rescue)()


@periodic(name="kernel.delete_old_jobs", cron="17 3 * * *")
def delete_old_jobs() -> None:
    """Delete jobs that finished over a week ago."""
    from asgiref.sync import async_to_sync  # noqa: PLC0415 - heavy, and only the worker needs it

    async_to_sync(_app.job_manager.delete_old_jobs)(
        nb_hours=KEEP_FINISHED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
