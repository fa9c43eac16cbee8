"""Long tasks: how far they are, how they ended, when they are forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from nastavnik.kernel import clock, jobs, progress
from nastavnik.kernel.errors import InvalidInput
from nastavnik.kernel.models import LongTask

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def task() -> LongTask:
    return progress.start("kernel.test", "Loading contacts", by=LongTask(pk=5), at=AT, total=200)


def test_a_task_waits_runs_and_is_done() -> None:
    one = task()
    assert (one.state, one.owner_id, one.percent, one.is_over) == ("queued", 5, 0, False)
    progress.advance(one.pk, done=50, note="January")
    one.refresh_from_db()
    assert (one.state, one.percent, one.note, one.is_over) == ("running", 25, "January", False)
    with clock.frozen(AT + timedelta(minutes=2)):
        progress.finish(one.pk, result_url="/metrics/", note="all read")
    one.refresh_from_db()
    assert (one.state, one.percent, one.result_url, one.finished_at, one.is_over) == (
        "done", 100, "/metrics/", AT + timedelta(minutes=2), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, None, None), (0, 0, None), (199, 200, 99), (500, 200, 99), (-1, 200, 0)]
)
def test_a_running_task_is_never_said_to_be_complete(done: int, total: int | None, percent: int | None) -> None:
    assert LongTask(state="running", done=done, total=total).percent == percent


def test_late_news_of_a_finished_task_change_nothing() -> None:
    one = task()
    progress.finish(one.pk)
    progress.advance(one.pk, done=3)
    one.refresh_from_db()
    assert (one.state, one.done) == ("done", 0)


def test_an_expected_failure_is_kept_as_a_sentence_with_its_parameters() -> None:
    one = task()
    progress.fail(one.pk, InvalidInput("Row {row} of {file} has no person.", row=7, file="may.csv"))
    one.refresh_from_db()
    assert (one.state, one.error, one.error_params) == (
        "failed", "Row {row} of {file} has no person.", {"row": 7, "file": "may.csv"},
    )  # fmt: skip


def test_a_fault_of_ours_tells_the_reader_nothing_of_the_inside() -> None:
    one = task()
    progress.fail(one.pk, KeyError("secret_column"))
    one.refresh_from_db()
    assert one.error == str(progress.OurFault())
    assert one.error_params == {}


def test_a_task_that_failed_and_is_tried_again_runs_again() -> None:
    one = task()
    progress.fail(one.pk, InvalidInput())
    progress.advance(one.pk, done=10, total=400)
    one.refresh_from_db()
    assert (one.state, one.error, one.finished_at, one.total) == ("running", "", None, 400)


def test_tasks_of_long_ago_are_forgotten_and_running_ones_are_not() -> None:
    old, recent, running = task(), task(), task()
    with clock.frozen(AT):
        progress.finish(old.pk)
    with clock.frozen(AT + timedelta(days=2)):
        progress.finish(recent.pk)
    with clock.frozen(AT + timedelta(days=91)):
        jobs.delete_old_traces()
    assert set(LongTask.objects.values_list("pk", flat=True)) == {recent.pk, running.pk}
