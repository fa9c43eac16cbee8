"""First starts, starts side by side, and starts that must be refused with a sentence."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from nastavnik.config import paths
from nastavnik.config.postgres import Cluster, EmbeddedDatabaseError, account, leftovers
from nastavnik.config.postgres.errors import AccountMissing, ForeignFolder, VersionMismatch
from tests.house.conftest import SITE_PACKAGES, SOURCES, kill_everything, rows, starter, starter_environment

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another OS user")


def test_two_starters_at_once_make_one_database(home: Path) -> None:
    starters = [subprocess.Popen(starter(home), env=starter_environment(), stderr=subprocess.PIPE) for _ in range(4)]
    assert [(one.communicate()[1], one.returncode) for one in starters] == [(b"", 0)] * 4
    cluster = Cluster(home)
    assert leftovers.postmaster_pid(cluster.data) in leftovers.servers_of(cluster.data, account.current())
    assert sorted(path.name for path in home.glob("pg*")) == ["pg", "pg-password"]


def test_two_starters_after_a_power_cut_recover_once(cluster: Cluster, home: Path) -> None:
    kill_everything(cluster)
    starters = [subprocess.Popen(starter(home), env=starter_environment(), stderr=subprocess.PIPE) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in starters] == [(b"", 0)] * 3
    assert rows(cluster) == [1, 2, 3]


def test_an_interrupted_initdb_leaves_nothing_that_looks_like_a_database(home: Path) -> None:
    interrupted = subprocess.Popen(starter(home), env=starter_environment(), start_new_session=True)
    while not list(home.glob("pg.new-*/data/global")):
        time.sleep(0.005)
    os.killpg(interrupted.pid, signal.SIGKILL)
    interrupted.wait()
    assert not (home / "pg").exists()
    Cluster(home).ensure_running()
    assert list(home.glob("pg.new-*")) == []
    with psycopg.connect(Cluster(home).url()) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("nastavnik",)


def test_a_home_with_a_long_path_gets_a_short_socket_folder(home: Path) -> None:
    deep = home / ("a" * 60) / ("ё" * 40)
    cluster = Cluster(deep)
    try:
        cluster.ensure_running()
        assert len(os.fsencode(cluster.socket_folder / ".s.PGSQL.5432")) < 100
        assert cluster.socket_folder != deep / "sock"
        assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.stop()
        shutil.rmtree(cluster.socket_folder, ignore_errors=True)


def test_a_home_whose_path_has_spaces_and_apostrophes_works(home: Path) -> None:
    cluster = Cluster(home / "it's a home")
    try:
        cluster.ensure_running()
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.stop()


@pytest.mark.parametrize("sign", ['"', "$", "`", ","])
def test_a_home_whose_path_the_shell_would_read_is_refused(home: Path, sign: str) -> None:
    with pytest.raises(ForeignFolder, match="rename it"):
        Cluster(home / f"a{sign}b").ensure_running()


def test_data_of_another_major_version_are_refused_with_the_upgrade_sentence(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(VersionMismatch, match=r"made by PostgreSQL 17, and Nastavnik brings 18\. Dump it"):
        cluster.ensure_running()


@AS_ROOT
def test_data_of_another_owner_are_refused_with_the_command_that_hands_them_over(cluster: Cluster) -> None:
    cluster.stop()
    os.chown(cluster.data, 1, 1)
    with pytest.raises(ForeignFolder, match=f"chown -R {account.current().name} {cluster.data}"):
        cluster.ensure_running()


def test_a_folder_that_is_no_database_is_not_touched(home: Path) -> None:
    (home / "pg").mkdir()
    (home / "pg" / "diary.txt").write_text("mine")
    with pytest.raises(ForeignFolder, match="is not empty and holds no database"):
        Cluster(home).ensure_running()
    assert (home / "pg" / "diary.txt").read_text() == "mine"


def test_a_link_in_place_of_the_socket_folder_is_refused(home: Path) -> None:
    (home / "sock").symlink_to("/tmp")
    with pytest.raises(ForeignFolder, match="should be ours"):
        Cluster(home).ensure_running()


def test_the_server_of_another_home_on_our_socket_is_refused(cluster: Cluster, home: Path) -> None:
    other_home = home / "other"
    other_home.mkdir(mode=0o711)
    other = Cluster(other_home)
    other.socket_folder = cluster.socket_folder
    with pytest.raises(ForeignFolder, match=f"keeps its data in {cluster.data}, not in {other.data}"):
        other.ensure_running()
    assert rows(cluster) == [1, 2, 3]


def test_a_lost_password_file_is_replaced_and_no_row_is_lost(cluster: Cluster) -> None:
    lost = cluster.password_file.read_text()
    cluster.password_file.unlink()
    cluster.ensure_running()
    assert cluster.password_file.read_text() != lost
    assert rows(cluster) == [1, 2, 3]


def test_a_wrong_password_file_is_explained_without_the_password(cluster: Cluster) -> None:
    cluster.password_file.write_text("wrong\n")
    with pytest.raises(EmbeddedDatabaseError, match="is not that of the database") as caught:
        cluster.ensure_running()
    assert "wrong" not in str(caught.value)


def test_stop_never_signals_a_stranger_with_the_number_of_a_dead_server(
    cluster: Cluster, closed_program: Callable[[], int]
) -> None:
    kill_everything(cluster)
    stranger = closed_program()
    (cluster.data / "postmaster.pid").write_text(f"{stranger}\n{cluster.data}\n")
    assert not cluster.stop()
    assert Path(f"/proc/{stranger}/stat").read_text().split()[2] == "S"


def test_stop_says_whether_something_ran(cluster: Cluster) -> None:
    assert [cluster.stop(), cluster.stop(), cluster.is_running()] == [True, False, False]


def test_stop_in_an_unused_home_makes_nothing(home: Path) -> None:
    assert not Cluster(home / "unused").stop()
    assert not (home / "unused").exists()


def test_what_was_committed_before_a_power_cut_is_there_after_it(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE many (number int)")
        for number in range(200):
            connection.execute("INSERT INTO many VALUES (%s)", [number])
        kill_everything(cluster)
    cluster.ensure_running()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT count(*) FROM many").fetchone() == (200,)


def test_no_network_address_is_listened_on(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_russian_letters_are_folded_and_sorted_by_code_point(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT lower('ПРИВЕТ'), 'Ёлка' ILIKE 'ё%', 'Ё' < 'Б'").fetchone() == (
            "привет",
            True,
            True,
        )


@AS_ROOT
def test_root_named_as_the_os_user_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASTAVNIK_OS_USER", "root")
    with pytest.raises(AccountMissing, match="name an ordinary user"):
        Cluster(home).ensure_running()


@AS_ROOT
def test_an_os_user_that_cannot_be_made_is_explained(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASTAVNIK_OS_USER", "not a login!")
    with pytest.raises(AccountMissing, match="or name an existing one in NASTAVNIK_OS_USER"):
        Cluster(home).ensure_running()


@AS_ROOT
def test_an_ordinary_user_runs_the_database_as_herself_even_below_a_closed_folder(home: Path) -> None:
    """Run with an interpreter and sources she can read, as root's own may lie below /root."""
    who = account.current()
    python = _readable_python(who)
    closed = home / "hers"
    closed.mkdir(mode=0o700)
    os.chown(closed, who.uid, who.gid)
    asked = subprocess.run(
        starter(closed / "home", then="print(Cluster(Path(sys.argv[1])).is_running())", python=python),
        env=starter_environment(HOME="/"),
        user=who.uid,
        group=who.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        assert (asked.stderr, asked.stdout) == ("", "True\n")
        assert (closed / "home" / "pg").stat().st_uid == who.uid
        assert stat.S_IMODE((closed / "home").stat().st_mode) == 0o700
    finally:
        with contextlib.suppress(EmbeddedDatabaseError):
            Cluster(closed / "home").stop()


def _readable_python(who: account.Account) -> str:
    for python in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        probe = [
            python,
            "-c",
            "import sys, pathlib; assert sys.version_info >= (3, 11); pathlib.Path(sys.argv[1]).stat()",
        ]
        with contextlib.suppress(PermissionError, FileNotFoundError):
            command = [*probe, str(SOURCES / "nastavnik" / "__init__.py")]
            seen = subprocess.run(
                command, user=who.uid, group=who.gid, extra_groups=[], cwd="/", check=False, capture_output=True
            )
            if seen.returncode == 0:
                return python
    pytest.skip(f"the OS user {who.name} can reach no Python 3.11, or not {SOURCES} and {SITE_PACKAGES}")


def test_the_socket_folder_is_the_one_the_settings_name(home: Path) -> None:
    assert Cluster(home).socket_folder == paths.socket_folder(home.resolve())
