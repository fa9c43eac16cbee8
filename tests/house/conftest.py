"""Homes and clusters of their own for the tests of the house: these are killed, starved and damaged."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from nastavnik.config.postgres import Cluster, account, leftovers
from tests.support.homes import temporary_home

SITE_PACKAGES = Path(psycopg.__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parents[2] / "src"
STARTER = "import sys; from pathlib import Path; from nastavnik.config.postgres import Cluster; {}"


@pytest.fixture
def home() -> Iterator[Path]:
    """A new home that the database's OS user can reach."""
    with temporary_home() as folder:
        yield folder


@pytest.fixture
def cluster(home: Path) -> Cluster:
    """A running database with a table of three rows."""
    made = Cluster(home)
    made.ensure_running()
    with psycopg.connect(made.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 3) AS number")
    return made


@pytest.fixture
def closed_program() -> Iterator[Callable[[], int]]:
    """Starts a program that is not postgres as the database's OS user, and gives its pid."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> int:
        who = account.current()
        options = {"user": who.uid, "group": who.gid, "extra_groups": []} if who.switches else {}
        started.append(subprocess.Popen(["sleep", "300"], cwd="/", **options))
        return started[-1].pid

    yield start
    for process in started:
        process.kill()
        process.wait()


def rows(cluster: Cluster) -> list[int]:
    """What the table of the fixture holds."""
    with psycopg.connect(cluster.url()) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def kill_postmaster(cluster: Cluster) -> int:
    """kill -9 of the postmaster alone; its children notice and leave."""
    pid = leftovers.postmaster_pid(cluster.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def kill_everything(cluster: Cluster) -> None:
    """What a power cut or the end of a container does: every process gone at once, every file left."""
    who = account.current()
    while living := leftovers.servers_of(cluster.data, who):
        for pid in living:
            with _gone():
                os.kill(pid, signal.SIGKILL)


@contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except ProcessLookupError:
        return


def starter(home: Path, *, then: str = "", python: str = sys.executable) -> list[str]:
    """A command that starts the database of `home` from a process of its own."""
    return [python, "-c", STARTER.format(f"Cluster(Path(sys.argv[1])).ensure_running(); {then}"), str(home)]


def starter_environment(**more: str) -> dict[str, str]:
    """What `starter` needs to find the sources and the binaries, whatever its interpreter."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": f"{SOURCES}:{SITE_PACKAGES}", **more}
