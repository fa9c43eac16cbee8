"""Start and stop the embedded PostgreSQL of one home folder.

Alive means that the server answers on its socket; a pid proves nothing. All starts and stops of a home are serialised
by a file lock, so any number of commands may ask for the database at once. The server is nobody's child: it outlives
the command that started it, and is stopped by `nastavnik stop` or by the end of `nastavnik run`.
"""

import fcntl
import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from nastavnik.config import paths
from nastavnik.config.postgres import account as accounts
from nastavnik.config.postgres import binaries, birth, folders, leftovers
from nastavnik.config.postgres.account import Account
from nastavnik.config.postgres.errors import (
    EmbeddedDatabaseError,
    ForeignFolder,
    StartFailed,
    StopFailed,
    VersionMismatch,
)

DATABASE = "nastavnik"
PORT = "5432"  # only names the socket file: the server listens on no network address
START_SECONDS = 60
STOP_SECONDS = 30
_ACCEPTING, _REJECTING = 0, 1


class Cluster:
    """The embedded PostgreSQL of the home folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        self.data = paths.cluster(self.root)
        self.socket_folder = paths.socket_folder(self.root)
        self.password_file = paths.cluster_password(self.root)
        self.log = self.root / "log" / "postgres.log"

    def ensure_running(self) -> None:
        """Return when this home's database `nastavnik` accepts connections; starts and creates what is missing."""
        if self._answer() == _ACCEPTING and self.password_file.exists():
            self._check_ours()
            return
        account = accounts.current()
        folders.make_home(self.root, account)
        with self._lock():
            if not (self._answer() == _ACCEPTING and self.password_file.exists()):
                self._prepare(account)
                self._start(account)
            self._check_ours()

    def stop(self) -> bool:
        """Stop the server if one of this data folder lives, answering or not; False when there was none."""
        if not (self.data / "PG_VERSION").exists():
            return False
        account = accounts.current()
        with self._lock():
            return self._stop(account)

    def is_running(self) -> bool:
        """True when the server answers and accepts connections."""
        return self._answer() == _ACCEPTING

    def url(self) -> str:
        """The address for psycopg and dj-database-url, password included."""
        password = quote(self.password_file.read_text().strip(), safe="")
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{birth.SUPERUSER}:{password}@{host}:{PORT}/{DATABASE}"

    def _answer(self) -> int:
        """pg_isready: 0 accepts, 1 is there but starting or stopping, more: nobody answers."""
        if not self.socket_folder.is_dir():
            return 2
        while True:
            asked = binaries.call("pg_isready", "-q", "-h", str(self.socket_folder), "-p", PORT, "-t", "3")
            if asked.returncode >= 0:  # a negative one: somebody killed the asker, which is no answer
                return asked.returncode

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One starter or stopper at a time; the system frees the lock when its holder dies."""
        path = self.root / "run" / "database.lock"
        path.parent.mkdir(mode=0o755, exist_ok=True)
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _prepare(self, account: Account) -> None:
        """A complete data folder of the right owner and version, and a password we know."""
        folders.own_folder(self.socket_folder, account)
        folders.open_log(self.log, account)
        folders.check_passable(account, self.data, self.socket_folder / "x", self.log)
        folders.remove_drafts(self.root)
        if (self.data / "PG_VERSION").exists():
            folders.check_owner(self.data, account)
            self._check_version()
            if not self.password_file.exists():
                self._stop(account)
                leftovers.remove_stale(self.data, self.socket_folder, account)
                birth.replace_password(self.data, self.password_file, account)
        else:
            birth.create(self.data, self.password_file, account)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(binaries.MAJOR):
            raise VersionMismatch(
                f"The database in {self.data} was made by PostgreSQL {made_by}, and Nastavnik brings {binaries.MAJOR}. "
                f"Dump it with the old version (pg_dump), move the folder away, start, and restore the dump."
            )

    def _start(self, account: Account) -> None:
        deadline = time.monotonic() + start_seconds()
        if self._answer() == _REJECTING:  # it lives and recovers, or is just stopping
            self._wait(deadline)
        if self._answer() == _ACCEPTING:
            return
        self._clear_the_way(account, deadline)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_folder}"',  # quoted: a comma would make it two folders
            "unix_socket_permissions": "0700",
            "port": PORT,
        }
        given = " ".join(shlex.quote(part) for name, value in options.items() for part in ("-c", f"{name}={value}"))
        seconds = str(max(1, round(deadline - time.monotonic())))
        said = binaries.call(
            "pg_ctl",
            "-D",
            str(self.data),
            "-w",
            "-t",
            seconds,
            "-l",
            str(self.log),
            "-o",
            given,
            "start",
            account=account,
        )
        self._wait(deadline, gave_up=said.returncode != 0)

    def _clear_the_way(self, account: Account, deadline: float) -> None:
        """Make sure that no server of this folder lives, then remove lock files that would still stop the start."""
        if not (self.data / "postmaster.pid").exists() and not any(self.socket_folder.glob(".s.PGSQL.*")):
            return
        while living := leftovers.servers_of(self.data, account):
            if leftovers.postmaster_pid(self.data) in living and not any(self.socket_folder.glob(f".s.PGSQL.{PORT}")):
                time.sleep(1)  # just starting? then the socket appears at once
                if self._answer() <= _REJECTING:
                    return
                self._stop(account)  # its socket was deleted under it: nobody can reach it any more
            if time.monotonic() > deadline:
                raise StartFailed(
                    f"A PostgreSQL of {self.data} (pid {living[0]}) lives and does not answer on {self.socket_folder}. "
                    f"Run `nastavnik stop`, then start again."
                )
            time.sleep(0.1)
        leftovers.remove_stale(self.data, self.socket_folder, account)

    def _wait(self, deadline: float, *, gave_up: bool = False) -> None:
        """Until the server accepts; raises StartFailed when it is gone or the time is up."""
        while (answer := self._answer()) != _ACCEPTING:
            if gave_up and answer != _REJECTING:
                raise StartFailed(f"The database did not start: {self._complaint()} (whole log: {self.log})")
            if time.monotonic() > deadline:
                raise StartFailed(
                    f"The database is still recovering after {start_seconds()} s; it goes on by itself. "
                    f"Try again in a while, or raise NASTAVNIK_DATABASE_START_SECONDS."
                )
            time.sleep(0.05)

    def _stop(self, account: Account) -> bool:
        living = leftovers.servers_of(self.data, account)
        # pg_ctl trusts the number in the file; a signal must not hit whoever has that number now.
        if leftovers.postmaster_pid(self.data) not in living:
            return leftovers.end_orphans(self.data, account)
        for mode in ("fast", "immediate"):
            done = binaries.call(
                "pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", str(STOP_SECONDS), "stop", account=account
            )
            if done.returncode == 0:
                return True
        raise StopFailed(f"The database in {self.data} did not stop: {binaries.last_line(done.stderr or done.stdout)}")

    def _check_ours(self) -> None:
        """The answering server has our data folder, and our database exists."""
        if (holder := leftovers.holder_of(self.socket_folder)) is not None:
            self._compare(holder)
        folder, exists = self._ask(
            f"SELECT current_setting('data_directory'), count(*) FROM pg_database WHERE datname = '{DATABASE}'"
        ).split("|")
        self._compare(folder)
        if exists == "0":
            self._ask(f"CREATE DATABASE {DATABASE}", tolerate="already exists")

    def _compare(self, folder: str) -> None:
        if Path(folder).resolve() != self.data.resolve():
            raise ForeignFolder(
                f"The PostgreSQL that answers on {self.socket_folder} keeps its data in {folder}, "
                f"not in {self.data}: stop it."
            )

    def _ask(self, statement: str, *, tolerate: str = "") -> str:
        password = self.password_file.read_text().strip()
        where = ["-h", str(self.socket_folder), "-p", PORT, "-U", birth.SUPERUSER, "-d", "postgres"]
        done = binaries.call("psql", "-XAtqw", *where, "-c", statement, env=binaries.environment(PGPASSWORD=password))
        if done.returncode == 0 or (tolerate and tolerate in done.stderr):
            return done.stdout.strip()
        if "password authentication failed" in done.stderr:
            raise EmbeddedDatabaseError(
                f"The password in {self.password_file} is not that of the database. Put the right file back, "
                f"or run `nastavnik stop`, remove the file and start again: a new password will be set."
            )
        raise EmbeddedDatabaseError(f"The database answered: {binaries.last_line(done.stderr)}")

    def _complaint(self) -> str:
        """The last thing the server said that matters."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-40:]
        except OSError:
            return "it left no log"
        serious = [line for line in lines if " FATAL:" in line or " PANIC:" in line or "could not" in line]
        return (serious or lines or ["its log is empty"])[-1]


def start_seconds() -> int:
    """How long a start may take: recovery of a large database may need minutes (NASTAVNIK_DATABASE_START_SECONDS)."""
    try:
        return max(1, int(os.environ.get("NASTAVNIK_DATABASE_START_SECONDS", START_SECONDS)))
    except ValueError:
        return START_SECONDS
