"""The processes of one home: which of them live, and how they are ended.

The supervisor holds a file lock for as long as it lives, and says in `run/supervisor.json` where it serves. Its
children carry the home in their environment, so that those of a killed supervisor are found by what they are, not by
a number that may by now belong to somebody else.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from nastavnik.kernel.errors import DomainError

MARK = "NASTAVNIK_SUPERVISED"
STOP_SECONDS = 10
LONGEST_PAUSE_S = 30.0
STEADY_AFTER_S = 60.0
GENTLE = 10
"""The niceness of background work."""


class AlreadyRunning(DomainError):
    """Nastavnik already runs for this home folder."""


class HomeLock:
    """Held by the one supervisor of a home; the system frees it when its holder dies, however it dies."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "run"
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Become the supervisor of this home; False when there is one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / "supervisor.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def describe(self, **facts: Any) -> None:
        """Say where we serve, for `stop`, `doctor` and a second `run`."""
        draft = self.folder / "supervisor.json.new"
        draft.write_text(json.dumps({"pid": os.getpid(), **facts}))
        draft.replace(self.folder / "supervisor.json")

    def release(self) -> None:
        """End of the supervisor's life: forget the description, give the home free."""
        (self.folder / "supervisor.json").unlink(missing_ok=True)
        self.free()

    def free(self) -> None:
        """Only give the home free."""
        if self._file is not None:
            self._file.close()
            self._file = None


def supervisor(root: Path) -> dict[str, Any] | None:
    """What the living supervisor of this home says of itself (`pid`, `url`); None when there is none."""
    lock = HomeLock(root)
    if not lock.folder.is_dir():
        return None
    if lock.take():
        lock.free()
        return None
    try:
        return dict(json.loads((lock.folder / "supervisor.json").read_text()))
    except (OSError, ValueError):
        return {}  # it has just begun, and has said nothing yet


def strays(root: Path) -> list[int]:
    """Pids of web servers and workers started for this home, this process apart."""
    wanted = f"{MARK}={root}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0") and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found


def end(pids: Callable[[], list[int]], *, seconds: float = STOP_SECONDS) -> int:
    """Ask the processes to leave, then make them; returns how many there were."""
    first = pids()
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, seconds)):
        for pid in pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not pids():
                return len(first)
            time.sleep(0.05)
    return len(first)


@dataclass
class Child:
    """One supervised process: restarted when it ends, with growing pauses."""

    name: str
    command: Sequence[str]
    log: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    log_start: int = 0
    pause: float = field(default=0.5)
    due: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own (the terminal's Ctrl-C is ours alone), tied to our life."""
        _set_aside(self.log)
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tethered(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                start_new_session=True,
            )
        self.begun = time.monotonic()

    def says(self, text: str) -> bool:
        """True when its log has this text since the last start."""
        with self.log.open("rb") as log:
            log.seek(self.log_start)
            return text.encode() in log.read()

    def ask_to_stop(self) -> None:
        """SIGTERM to the process; it ends its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Until it is gone; killed with all its children when the time is up."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """Kill what is left of its session: children of a killed parent would keep the port or the queue."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def look_after(self) -> str | None:
        """Restart it when it ended and the pause is over; a sentence when something happened."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            if now - self.begun > STEADY_AFTER_S:
                self.pause = 0.5
            return None
        if self.process is not None:
            code = self.process.returncode
            self.sweep()
            self.process = None
            self.due = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_S)
            return f"The {self.name} ended ({_how(code)}); starting it again. Its log: {self.log}"
        if now >= self.due:
            self.start()
        return None


def python(*arguments: str) -> list[str]:
    """A command of this very environment."""
    return [sys.executable, *arguments]


def gently(command: Sequence[str]) -> list[str]:
    """The same command giving way to others: an import may take longer, somebody's page may not."""
    nice = shutil.which("nice")
    return [nice, "-n", str(GENTLE), *command] if nice else list(command)


def tethered(command: Sequence[str]) -> list[str]:
    """The same command, tied to the life of this process."""
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("tether.py")), str(os.getpid()), *command]


def child_environment(root: Path) -> dict[str, str]:
    """Ours, marked with the home."""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings")
    return {**os.environ, MARK: str(root), "NASTAVNIK_HOME": str(root), "DJANGO_SETTINGS_MODULE": settings}


def _set_aside(log: Path, *, keep_bytes: int = 10 * 1024 * 1024) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > keep_bytes:
        log.replace(log.with_suffix(".log.1"))


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
