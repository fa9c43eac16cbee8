"""The queue as our wrapper uses it: in the caller's transaction, rescued, cleaned."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from nastavnik.kernel import clock, jobs
from tests.support.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_queue")]


def sql(text: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, arguments)
        return cursor.fetchall() if cursor.description else []


def taken_by_a_dead_worker(job_id: int, *, attempts: int = 0) -> None:
    [(worker,)] = sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
    )
    sql(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
        worker, attempts, job_id,
    )  # fmt: skip


def state(job_id: int) -> tuple[str, int]:
    [found] = sql("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", job_id)
    return found[0], found[1]


def test_a_job_lives_and_dies_with_the_transaction_that_deferred_it() -> None:
    with transaction.atomic():
        jobs.deliver_event.defer(event_id=1)
        assert waiting() == [("kernel.deliver_event", {"event_id": 1})]
        transaction.set_rollback(True)
    assert waiting() == []


def test_it_does_so_inside_the_worker_too_where_procrastinate_has_a_connection_of_its_own() -> None:
    with app.replace_connector(InMemoryConnector()):
        jobs.deliver_event.defer(event_id=2)
        jobs.deliver_event.defer_all([{"event_id": 3}, {"event_id": 4}])
    assert [arguments for _name, arguments in waiting()] == [{"event_id": number} for number in (2, 3, 4)]


def test_a_job_may_wait_and_may_share_a_lock() -> None:
    number = jobs.deliver_event.defer(lock="facts", after=timedelta(minutes=5), event_id=1)
    [(lock, waits)] = sql(
        "SELECT lock, scheduled_at - clock_timestamp() BETWEEN interval '4 min' AND interval '5 min'"
        " FROM procrastinate_jobs WHERE id = %s",
        number,
    )
    assert (lock, waits) == ("facts", True)


def test_calling_a_job_runs_it_here_and_now() -> None:
    assert jobs.deliver_event(event_id=0) is None  # there is no such event: nothing to do


def test_the_job_of_a_dead_worker_goes_back_into_the_queue() -> None:
    lost, alive = jobs.deliver_event.defer(event_id=1), jobs.deliver_event.defer(event_id=2)
    taken_by_a_dead_worker(lost)
    [(worker,)] = sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker, alive)
    assert jobs.rescue(clock.now()) == 1
    assert (state(lost), state(alive)) == (("todo", 1), ("doing", 0))


def test_the_job_of_a_worker_whose_row_was_pruned_goes_back_too() -> None:
    lost = jobs.deliver_event.defer(event_id=1)
    taken_by_a_dead_worker(lost)
    sql("DELETE FROM procrastinate_workers")
    assert jobs.rescue(clock.now()) == 1
    assert state(lost) == ("todo", 1)


def test_a_job_that_keeps_killing_its_worker_is_failed_for_good() -> None:
    lost = jobs.deliver_event.defer(event_id=1)
    taken_by_a_dead_worker(lost, attempts=jobs.MOST_ATTEMPTS - 1)
    assert jobs.rescue(clock.now()) == 0
    assert state(lost)[0] == "failed"


def test_a_lost_periodic_job_whose_successor_waits_is_dropped_and_the_others_are_rescued() -> None:
    task = jobs.rescue_stalled_jobs.task
    queue = [jobs._manager.defer_job(task.configure().make_new_job(timestamp=0)).id or 0]
    taken_by_a_dead_worker(queue[0])
    queue.append(jobs._manager.defer_job(task.configure().make_new_job(timestamp=60)).id or 0)
    other = jobs.deliver_event.defer(event_id=1)
    taken_by_a_dead_worker(other)
    jobs.rescue_stalled_jobs()
    assert [state(number) for number in (*queue, other)] == [("aborted", 1), ("todo", 0), ("todo", 1)]


def test_jobs_that_ended_a_week_ago_are_deleted() -> None:
    old, recent, still_waiting = (jobs.deliver_event.defer(event_id=number) for number in (1, 2, 3))
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE id IN (%s, %s)", old, recent)
    sql("UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id IN (%s, %s)", old, still_waiting)
    jobs.delete_old_jobs()
    assert sql("SELECT id FROM procrastinate_jobs ORDER BY id") == [(recent,), (still_waiting,)]


def test_the_timetable_lists_the_periodic_jobs_of_the_kernel() -> None:
    assert [(one.name, one.cron) for one in jobs.timetable() if one.name.startswith("kernel.")] == [
        ("kernel.delete_old_jobs", "17 3 * * *"),
        ("kernel.delete_old_traces", "27 3 * * *"),
        ("kernel.redeliver_events", "41 * * * *"),
        ("kernel.rescue_stalled_jobs", "* * * * *"),
    ]


def test_the_periodic_jobs_run_by_their_task_as_the_worker_calls_it() -> None:
    with clock.frozen(datetime(2026, 11, 23, tzinfo=UTC)):
        for one in jobs.timetable():
            if one.name.startswith("kernel."):
                app.tasks[one.name].func(timestamp=0)
    assert waiting() == []
