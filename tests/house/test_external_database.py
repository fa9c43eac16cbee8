"""The same code on a PostgreSQL that is not ours: Debian's, on a port of its own, several processes at once."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from nastavnik.config import processes
from nastavnik.config.postgres import account, binaries
from tests.support.processes import Site, command, environment, free_port, nastavnik, running

PASSWORD = "a long one"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not BINARIES, reason="Debian's package postgresql is not installed (apt-get install postgresql)"
    ),
]


@dataclass
class Server:
    """A throw-away server of Debian's, on TCP, with a password."""

    data: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://nastavnik:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/nastavnik"


def debian(tool: str, *arguments: str) -> None:
    done = binaries.run([str(BINARIES[-1] / tool), *arguments], account=account.current())
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    who = account.current()
    folder = home / "debian"
    folder.mkdir(mode=0o700)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    for path in (folder, secret):
        os.chown(path, who.uid, who.gid)
    made = Server(folder / "data", free_port())
    options = ["-U", "nastavnik", f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"]
    debian("initdb", "-D", str(made.data), *options)
    given = f"-p {made.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    debian("pg_ctl", "-D", str(made.data), "-w", "-l", str(folder / "log"), "-o", given, "start")
    try:
        with psycopg.connect(made.url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE nastavnik")
        yield made
    finally:
        debian("pg_ctl", "-D", str(made.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def homes(home: Path, count: int) -> list[Path]:
    """As many machines, each with a home of its own."""
    made = [home / f"machine-{number}" for number in range(count)]
    for folder in made:
        folder.mkdir(mode=0o711)
    return made


def value(server: Server, statement: str) -> object:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def test_several_first_starts_at_once_migrate_once_and_all_succeed(server: Server, home: Path) -> None:
    started = [
        subprocess.Popen(
            command("manage", "shell", "--verbosity", "0", "-c", "print('up')"),
            env=environment(folder, NASTAVNIK_DATABASE_URL=server.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in homes(home, 3)
    ]
    ended = [(*one.communicate(timeout=180), one.returncode) for one in started]
    assert ended == [("up\n", "", 0)] * 3
    assert value(server, "SELECT count(*) = count(DISTINCT (app, name)) FROM django_migrations") is True
    assert not (home / "machine-0" / "pg").exists()


def test_two_machines_with_web_servers_and_workers_share_one_database(server: Server, home: Path) -> None:
    first, second = homes(home, 2)
    env = {"NASTAVNIK_DATABASE_URL": server.url, "NASTAVNIK_SECRET_KEY": "shared by the machines"}
    with running(first, "--no-demo", **env) as one, running(second, "--no-demo", **env) as other:
        for site in (one, other):
            assert site.get("/healthz") == (200, '{"status": "ok"}')
            assert_login_page(site)
        wait_for(server, "SELECT count(*) = 2 FROM procrastinate_workers")  # the web answers before the workers
        defer = "from nastavnik.kernel import jobs; [jobs.rescue_stalled_jobs.task.configure(queueing_lock=str(n))"
        defer += ".defer(timestamp=n) for n in range(20)]"
        said = nastavnik(first, "manage", "shell", "--verbosity", "0", "-c", defer, **env)
        assert (said.returncode, said.stderr) == (0, "")
        wait_for(server, "SELECT count(*) >= 20 FROM procrastinate_jobs WHERE status = 'succeeded'")
        assert value(server, "SELECT count(*) FROM procrastinate_jobs WHERE attempts > 1") == 0
        report = nastavnik(second, "doctor", **env)
        assert re.search(r"ok +worker +2 alive\.", report.stdout), report.stdout
        assert PASSWORD not in report.stdout
    assert [processes.strays(first), processes.strays(second)] == [[], []]
    assert value(server, "SELECT 1") == 1  # somebody else's server is not stopped


def assert_login_page(site: Site) -> None:
    status, text = site.get("/")
    assert (status, 'type="password"' in text) == (200, True)


def wait_for(server: Server, statement: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while value(server, statement) is not True:
        assert time.monotonic() < deadline, statement
        time.sleep(0.2)
