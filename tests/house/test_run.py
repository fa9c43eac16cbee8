"""`nastavnik run` as a person meets it: started, used, killed part by part, started again."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nastavnik.config import processes
from nastavnik.config.postgres import Cluster
from tests.house.conftest import kill_everything, kill_postmaster
from tests.support.processes import Site, nastavnik, running

pytestmark = pytest.mark.slow


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    """An empty centre, running."""
    with running(home, "--no-demo") as made:
        yield made


def count_of_processes(site: Site) -> int:
    return len(processes.strays(site.home))


def test_it_serves_stops_at_ctrl_c_within_seconds_and_leaves_nothing(site: Site) -> None:
    assert site.get("/healthz") == (200, '{"status": "ok"}')
    begun = time.monotonic()
    assert site.end(signal.SIGINT) == 0
    assert time.monotonic() - begun < 10
    assert count_of_processes(site) == 0
    assert not Cluster(site.home).is_running()
    assert "Stopped in" in site.said()


def test_a_second_run_of_the_same_home_says_where_the_first_one_is(site: Site) -> None:
    second = nastavnik(site.home, "run", "--port", str(site.port + 1))
    assert second.returncode == 2
    assert second.stderr == (
        f"nastavnik: Nastavnik already runs for {site.home} at {site.url}/ (process {site.process.pid}). "
        f"Stop it with `nastavnik stop`, or set another NASTAVNIK_HOME.\n"
    )
    assert site.get("/healthz")[0] == 200


def test_stop_ends_a_run_started_elsewhere(site: Site) -> None:
    said = nastavnik(site.home, "stop")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Stopped the running Nastavnik")
    assert site.process.wait(5) == 0
    assert not Cluster(site.home).is_running()


def test_after_kill_9_of_the_supervisor_nothing_serves_for_long_and_a_second_run_recovers(site: Site) -> None:
    write_a_row(site)
    site.process.kill()
    site.process.wait()
    with running(site.home, "--no-demo", port=site.port) as second:
        assert second.get("/healthz")[0] == 200
        assert rows(second) == [1]


def test_after_kill_9_of_every_process_at_once_a_second_run_recovers(site: Site) -> None:
    write_a_row(site)
    site.process.kill()
    for pid in processes.strays(site.home):
        os.kill(pid, signal.SIGKILL)
    kill_everything(Cluster(site.home))
    site.process.wait()
    with running(site.home, "--no-demo", port=site.port) as second:
        assert second.get("/healthz")[0] == 200
        assert rows(second) == [1]


def test_a_killed_web_server_worker_and_database_come_back_by_themselves(site: Site) -> None:
    before = count_of_processes(site)
    for pid in processes.strays(site.home):
        os.kill(pid, signal.SIGKILL)
    site.wait_until_answers()
    kill_postmaster(Cluster(site.home))
    time.sleep(0.5)
    site.wait_until_answers()
    deadline = time.monotonic() + 30
    while count_of_processes(site) < before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert count_of_processes(site) == before


def test_web_processes_that_a_killed_web_server_left_are_ended_before_the_next(site: Site) -> None:
    """A left one would share the port with the next in silence and serve old code."""
    left = [pid for pid in processes.strays(site.home) if parent(pid) != site.process.pid]
    leader = next(
        pid for pid in processes.strays(site.home) if parent(pid) == site.process.pid and b"granian" in line(pid)
    )
    os.kill(leader, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    site.wait_until_answers()
    assert not set(left) & set(processes.strays(site.home))


def test_a_busy_port_is_said_with_the_option_that_helps(site: Site, home: Path) -> None:
    other = home / "other"
    other.mkdir(mode=0o711)
    said = nastavnik(other, "run", "--port", str(site.port))
    assert said.returncode == 2
    assert said.stderr == (
        f"nastavnik: Port {site.port} on 127.0.0.1 cannot be used (Address already in use). Choose another: "
        f"nastavnik run --port {site.port + 1}, or make run PORT={site.port + 1}\n"
    )


def test_doctor_finds_nothing_wrong_with_a_running_centre(site: Site) -> None:
    said = nastavnik(site.home, "doctor", "--json")
    report = json.loads(said.stdout)
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert said.returncode == 0
    assert {name for name, state in states.items() if state != "ok"} <= {"chromium", "disk space", "worker"}
    assert {"python", "home folder", "disk space", "secret key", "database", "schema", "static files"} <= set(states)


def write_a_row(site: Site) -> None:
    with psycopg.connect(Cluster(site.home).url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")


def rows(site: Site) -> list[int]:
    with psycopg.connect(Cluster(site.home).url()) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept")]


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
