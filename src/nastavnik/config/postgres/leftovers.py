"""What a killed server or a rebooted machine leaves: lock files whose number may by now be somebody else's.

PostgreSQL refuses to start while the pid in `postmaster.pid` (or in the socket's lock file) is a live process of the
same user, whatever that process is: after a restart of a container small numbers are reused, so that would be for ever.
A zombie counts as live too. We remove such a file, and only when no server of this data folder lives: under a live
server that would destroy data.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

from nastavnik.config.postgres import binaries
from nastavnik.config.postgres.account import Account
from nastavnik.config.postgres.errors import ProcessesHidden

# A server's working folder is its data folder from before it takes the lock until it is gone, children included.
# Asked as the server's own user: without CAP_SYS_PTRACE (a plain container) not even root may look into its process.
_SERVERS = """for it in /proc/[0-9]*; do
    if [ "$it/cwd" -ef "$1" ]; then printf '%s %s\\n' "${it#/proc/}" "$(readlink "$it/exe")"; fi
done 2>/dev/null
echo end"""


def servers_of(data: Path, account: Account) -> list[int]:
    """Pids of live postgres processes (postmaster and children) that work in this data folder; zombies are not live.

    Raises ProcessesHidden when the question could not be put to its end: an empty answer decides about lock files.
    """
    found = binaries.run(["/bin/sh", "-c", _SERVERS, "sh", str(data)], account=account)
    *lines, last = found.stdout.splitlines() or [""]
    if last != "end" or not Path("/proc/self/cwd").exists():
        raise ProcessesHidden
    pairs = (line.split(" ", 1) for line in lines)
    return [int(pair[0]) for pair in pairs if len(pair) == 2 and Path(pair[1]).name.startswith("postgres")]


def end_orphans(data: Path, account: Account, *, seconds: float = 5) -> bool:
    """End children of a postmaster that is gone (they leave by themselves unless stuck); False when there were none."""
    orphans = servers_of(data, account)
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in servers_of(data, account):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while servers_of(data, account) and time.monotonic() < deadline:
            time.sleep(0.1)
    return bool(orphans)


def postmaster_pid(data: Path) -> int | None:
    """The number in `postmaster.pid`, or None when there is no such file or it is torn."""
    return _pid_in(data / "postmaster.pid")


def holder_of(socket_folder: Path) -> str | None:
    """The data folder of the server that made the socket, as its lock file says; None without such a file."""
    try:
        return (socket_folder / ".s.PGSQL.5432.lock").read_text(errors="replace").splitlines()[1]
    except (OSError, IndexError):
        return None


def remove_stale(data: Path, socket_folder: Path, account: Account) -> None:
    """Remove lock files that would stop the start for no reason; the caller knows that no server of `data` lives."""
    for path in (data / "postmaster.pid", socket_folder / ".s.PGSQL.5432.lock"):
        if path.exists() and _stands_in_the_way(_pid_in(path), account):
            path.unlink(missing_ok=True)


def _stands_in_the_way(pid: int | None, account: Account) -> bool:
    """A torn file does; else a live process of the server's user. Others PostgreSQL sees through itself."""
    if pid is None:
        return True
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    # The owner of the folder would not do: it is root for a process that forbids dumps.
    return any(line.split()[1] == str(account.uid) for line in status.splitlines() if line.startswith("Uid:"))


def _pid_in(path: Path) -> int | None:
    try:
        return abs(int(path.read_text(errors="replace").split("\n", 1)[0]))
    except (OSError, ValueError):
        return None
