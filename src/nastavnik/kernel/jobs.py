"""Background work: a thin wrapper on procrastinate, so that the back end can change.

A job takes primitives, fetches, calls an action, and is idempotent: it may run again after a crash.
Deferring inside a transaction stores the job in that transaction, in the web process and in the worker alike: we always
write through Django's connection. (procrastinate's own `defer` would, inside a worker, use the worker's connection: the
job would then be taken up before the row it speaks of is committed, and survive its rollback.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import procrastinate
from django.db import transaction
from procrastinate import exceptions, sql
from procrastinate.contrib.django import app as _app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from nastavnik.kernel import clock

KEEP_FINISHED_HOURS = 24 * 7
STALLED_AFTER_S = 30
# A job that took its worker down this often is not innocent.
MOST_ATTEMPTS = 8
# Pauses of 5, 25, 125 s, 10 and 52 minutes, 4 and 22 hours: a fault mended within a day loses no event.
EVENT_RETRIES = 7

_connector = DjangoConnector()
_manager = JobManager(_connector)


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
        """Queue the job with JSON arguments; jobs of one `lock` run one at a time, in order. Returns its number."""
        configured = self.task.configure(
            **({"lock": lock} if lock else {}), **({"schedule_in": {"seconds": after.total_seconds()}} if after else {})
        )
        return int(_manager.defer_job(configured.make_new_job(**kwargs)).id or 0)

    def defer_all(self, arguments: Sequence[dict[str, Any]]) -> None:
        """Queue the job once for each set of arguments, in one statement."""
        if arguments:
            configured = self.task.configure()
            _manager.batch_defer_jobs([configured.make_new_job(**one) for one in arguments])


_timetable: dict[str, Periodic] = {}


def job(*, name: str, queue: str = "default", retries: int = 3) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job under its stored `name` (`app.verb_noun`); failures are retried with growing pauses."""

    def declare(function: Callable[..., Any]) -> Job:
        retry = procrastinate.RetryStrategy(max_attempts=retries, exponential_wait=5) if retries else False
        return Job(name=name, run=function, task=_app.task(name=name, queue=queue, retry=retry)(function))

    return declare


def periodic(*, name: str, cron: str, queue: str = "default") -> Callable[[Callable[[], Any]], Job]:
    """Declare a job that runs by the clock (UTC); two runs of one name never wait side by side."""

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


@job(name="kernel.deliver_event", queue="events", retries=EVENT_RETRIES)
def deliver_event(event_id: int) -> None:
    """Run the reactions to one published event."""
    from nastavnik.kernel import events  # noqa: PLC0415 - events defer jobs, jobs run events

    events.deliver(event_id, clock.now())


def rescue(at: datetime) -> int:
    """Put the jobs of dead workers back into the queue; returns how many.

    A job that has been tried too often is failed instead; one whose successor already waits (periodic jobs) is dropped.
    """
    stalled = _connector.execute_query_all(
        sql.queries["select_stalled_jobs_by_heartbeat"],
        queue=None,
        task_name=None,
        seconds_since_heartbeat=STALLED_AFTER_S,
    )
    rescued = 0
    for one in stalled:
        if one["attempts"] + 1 >= MOST_ATTEMPTS:
            _end(one["id"], "failed")
            continue
        try:
            with transaction.atomic():
                _manager.retry_job_by_id(one["id"], retry_at=at)
        except exceptions.UniqueViolation:
            _end(one["id"], "aborted")
        except exceptions.ConnectorException:
            continue  # it ended between our look and our hand
        else:
            rescued += 1
    return rescued


def _end(job_id: int, status: str) -> None:
    try:
        with transaction.atomic():
            _connector.execute_query(sql.queries["finish_job"], job_id=job_id, status=status, delete_job=False)
    except exceptions.ConnectorException:
        pass  # another rescuer was first


@periodic(name="kernel.rescue_stalled_jobs", cron="* * * * *")
def rescue_stalled_jobs() -> None:
    """Put jobs of dead workers back into the queue."""
    rescue(clock.now())


@periodic(name="kernel.delete_old_jobs", cron="17 3 * * *")
def delete_old_jobs() -> None:
    """Delete jobs that finished over a week ago."""
    _connector.execute_query(
        sql.queries["delete_old_jobs"],
        nb_hours=KEEP_FINISHED_HOURS,
        queue=None,
        statuses=["succeeded", "failed", "cancelled", "aborted"],
    )


@periodic(name="kernel.redeliver_events", cron="41 * * * *")
def redeliver_events() -> None:
    """Try events again whose delivery was given up: after a day of retries, or with a job lost."""
    from nastavnik.kernel import events  # noqa: PLC0415 - events defer jobs, jobs run events

    deliver_event.defer_all([{"event_id": event_id} for event_id in events.given_up(clock.now())])


@periodic(name="kernel.delete_old_traces", cron="27 3 * * *")
def delete_old_traces() -> None:
    """Delete events delivered over 30 days ago and long tasks finished over 90 days ago."""
    from nastavnik.kernel import events, progress  # noqa: PLC0415 - events defer jobs, jobs run events

    events.delete_delivered(clock.now())
    progress.delete_finished(clock.now())
