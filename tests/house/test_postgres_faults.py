"""The five faults of the wheel's own runner (reference: stack, section 3), each with real processes."""

import ctypes
import os
import select
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from nastavnik.config.postgres import Cluster, account, leftovers
from nastavnik.config.postgres.errors import FolderClosed, StartFailed
from tests.house.conftest import kill_everything, kill_postmaster, rows, starter, starter_environment

PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture
def unreaped() -> Iterator[None]:
    """Orphans become our children, and we do not reap them: like the first process of a plain container."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    yield
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0)
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def test_after_kill_9_of_the_postmaster_the_next_start_serves_every_row(cluster: Cluster) -> None:
    kill_postmaster(cluster)
    cluster.ensure_running()
    assert rows(cluster) == [1, 2, 3]


@pytest.mark.usefixtures("unreaped")
def test_a_zombie_postmaster_is_not_taken_for_a_running_server(home: Path) -> None:
    cluster = Cluster(home)
    cluster.ensure_running()
    killed = kill_postmaster(cluster)
    while leftovers.servers_of(cluster.data, account.current()):
        time.sleep(0.02)
    assert Path(f"/proc/{killed}/stat").read_text().split()[2] == "Z"
    cluster.ensure_running()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("file", ["postmaster.pid", "socket lock"])
def test_a_lock_file_whose_number_belongs_to_another_program_does_not_stop_the_start(
    cluster: Cluster, closed_program: Callable[[], int], file: str
) -> None:
    kill_everything(cluster)
    stranger = closed_program()
    path = cluster.data / file if file == "postmaster.pid" else cluster.socket_folder / ".s.PGSQL.5432.lock"
    lines = path.read_text().split("\n")
    path.write_text("\n".join([str(stranger), *lines[1:]]))
    cluster.ensure_running()
    assert rows(cluster) == [1, 2, 3]
    os.kill(stranger, 0)  # and the stranger was left alone


def test_a_lock_file_whose_number_belongs_to_the_postgres_of_another_home_does_not_stop_the_start(
    cluster: Cluster, home: Path
) -> None:
    other_home = home / "other"
    other_home.mkdir(mode=0o711)
    other = Cluster(other_home)
    other.ensure_running()
    kill_everything(cluster)
    path = cluster.data / "postmaster.pid"
    lines = path.read_text().split("\n")
    path.write_text("\n".join([str(leftovers.postmaster_pid(other.data)), *lines[1:]]))
    try:
        cluster.ensure_running()
        assert rows(cluster) == [1, 2, 3]
        assert other.is_running()
    finally:
        other.stop()


@pytest.mark.parametrize("content", ["", "\n", "torn"])
def test_a_torn_lock_file_does_not_stop_the_start(cluster: Cluster, content: str) -> None:
    kill_everything(cluster)
    (cluster.data / "postmaster.pid").write_text(content)
    cluster.ensure_running()
    assert rows(cluster) == [1, 2, 3]


def test_the_lock_file_of_a_live_server_that_does_not_answer_is_never_removed(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NASTAVNIK_DATABASE_START_SECONDS", "2")
    pid = leftovers.postmaster_pid(cluster.data)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(StartFailed, match=f"pid {pid}"):
            cluster.ensure_running()
        assert leftovers.postmaster_pid(cluster.data) == pid
    finally:
        os.kill(pid, signal.SIGCONT)
    cluster.ensure_running()
    assert leftovers.postmaster_pid(cluster.data) == pid
    assert rows(cluster) == [1, 2, 3]


def test_ctrl_c_in_the_middle_of_a_look_never_costs_a_live_server_its_lock_file(cluster: Cluster, home: Path) -> None:
    """Ctrl-C goes to the whole process group: a look cut short must not read as "no server lives"."""
    server = leftovers.postmaster_pid(cluster.data)
    loop = "import signal; signal.signal(signal.SIGINT, lambda *_: None); print('up', flush=True); "
    loop += "[Cluster(Path(sys.argv[1])).ensure_running() for _ in range(60)]; print('down', flush=True); input()"
    looking = subprocess.Popen(
        starter(home, then=loop),
        env=starter_environment(),
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert looking.stdout is not None
    assert looking.stdout.readline() == b"up\n"
    while not select.select([looking.stdout], [], [], 0.003)[0]:
        os.killpg(looking.pid, signal.SIGINT)
    assert looking.communicate(b"\n") == (b"down\n", None)
    assert looking.returncode == 0
    assert leftovers.postmaster_pid(cluster.data) == server
    assert server in leftovers.servers_of(cluster.data, account.current())


def test_a_server_whose_socket_was_deleted_is_started_anew(cluster: Cluster) -> None:
    (cluster.socket_folder / ".s.PGSQL.5432").unlink()
    cluster.ensure_running()
    assert rows(cluster) == [1, 2, 3]


def test_kill_9_of_the_owning_python_leaves_a_server_that_is_attached_to_at_once_and_can_be_stopped(home: Path) -> None:
    owner = subprocess.Popen(
        starter(home, then="print('up', flush=True); sys.stdin.read()"),
        env=starter_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    assert owner.stdin is not None
    assert owner.stdout.readline() == b"up\n"
    owner.kill()
    owner.communicate()
    cluster = Cluster(home)
    server = leftovers.postmaster_pid(cluster.data)
    begun = time.monotonic()
    cluster.ensure_running()
    assert time.monotonic() - begun < 1
    assert leftovers.postmaster_pid(cluster.data) == server
    assert cluster.stop()
    assert not cluster.is_running()
    assert leftovers.servers_of(cluster.data, account.current()) == []


def test_folders_above_the_home_keep_their_modes_and_the_inner_ones_are_closed(home: Path) -> None:
    above = [home, *home.parents]
    before = [folder.stat().st_mode for folder in above]
    cluster = Cluster(home)
    cluster.ensure_running()
    assert [folder.stat().st_mode for folder in above] == before
    assert [stat.S_IMODE(path.stat().st_mode) for path in (cluster.data, cluster.socket_folder)] == [0o700, 0o700]
    assert stat.S_IMODE(cluster.password_file.stat().st_mode) == 0o600


def test_the_database_asks_for_its_password(cluster: Cluster) -> None:
    wrong = cluster.url().replace(cluster.password_file.read_text().strip(), "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another OS user")
def test_a_closed_folder_above_the_home_is_named_and_stays_closed(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(FolderClosed, match=f"The folder {closed} cannot be entered"):
        Cluster(closed / "home").ensure_running()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.slow
def test_a_recovery_longer_than_the_given_time_is_said_and_goes_on(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore command that takes its time stands for the recovery of a large database."""
    cluster.stop()
    with (cluster.data / "postgresql.auto.conf").open("a") as file:
        file.write("restore_command = 'sleep 6; false'\n")
    signal_file = cluster.data / "recovery.signal"
    signal_file.touch()
    who = account.current()
    os.chown(signal_file, who.uid, who.gid)
    begun = time.monotonic()
    monkeypatch.setenv("NASTAVNIK_DATABASE_START_SECONDS", "2")
    with pytest.raises(StartFailed, match="still recovering after 2 s; it goes on by itself"):
        cluster.ensure_running()
    monkeypatch.setenv("NASTAVNIK_DATABASE_START_SECONDS", "60")
    cluster.ensure_running()
    assert time.monotonic() - begun > 10  # longer than the fixed limit of the wheel's runner
    assert rows(cluster) == [1, 2, 3]
