"""A real worker process: it runs what was deferred, and what a killed one left unfinished is finished by the next."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from nastavnik.kernel import clock, jobs
from nastavnik.kernel.models import LongTask

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """Django empties its own tables between tests; the queue's are procrastinate's."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")


def environment() -> dict[str, str]:
    from urllib.parse import quote

    to = connection.settings_dict
    user, password = quote(to["USER"]), quote(to["PASSWORD"], safe="")
    url = f"postgres://{user}:{password}@{quote(str(to['HOST']), safe='')}:{to['PORT'] or 5432}/{to['NAME']}"
    return {
        **os.environ,
        "NASTAVNIK_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.support.worker_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }


@contextmanager
def worker(log: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "-m",
        "django",
        "procrastinate",
        "--skip-checks",
        "worker",
        "--concurrency",
        "2",
        *options,
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=environment(), cwd=ROOT, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(condition: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


def titles() -> list[str]:
    return sorted(LongTask.objects.filter(kind="tests").values_list("title", flat=True))


def defer(name: str, **arguments: object) -> int:
    from tests.support import worker_jobs

    found: jobs.Job = getattr(worker_jobs, name)
    return found.defer(**arguments)


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs WHERE task_name LIKE 'tests.%' ORDER BY id"
        )
        return [tuple(row) for row in cursor.fetchall()]


def test_a_job_cut_short_by_kill_9_is_rescued_and_finished(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    defer("write_slowly", folder=str(tmp_path), seconds=600)
    with worker(log) as process:
        until((tmp_path / "began").exists, log)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert (titles(), states()) == ([], [("tests.write_slowly", "doing")])
    with connection.cursor() as cursor:  # half a minute passes
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    assert jobs.rescue(clock.now()) >= 1
    with worker(log):
        until(lambda: titles() == ["written"], log)
        until(lambda: states() == [("tests.write_slowly", "succeeded")], log)


def test_what_a_job_defers_belongs_to_its_transaction(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    (tmp_path / "began").touch()
    defer("defer_and_fail", folder=str(tmp_path))
    defer("defer_in_transaction", folder=str(tmp_path))
    with worker(log):
        until(lambda: titles() == ["outer", "outer done", "written"], log)
        until(lambda: {state for _name, state in states()} == {"failed", "succeeded"}, log)
    assert states() == [
        ("tests.defer_and_fail", "failed"),
        ("tests.defer_in_transaction", "succeeded"),
        ("tests.write_slowly", "succeeded"),
    ]
