"""The product as it really runs: `nastavnik` commands in processes of their own, with a clean environment."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

START_SECONDS = 120
_PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "NASTAVNIK_OS_USER")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of this test run's own settings reaches the process."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "NASTAVNIK_HOME": str(home), "PYTHONWARNINGS": "ignore", **more}


def nastavnik(
    home: Path, *arguments: str, seconds: float = START_SECONDS, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        command(*arguments), env=environment(home, **env), capture_output=True, text=True, timeout=seconds, check=False
    )


def command(*arguments: str) -> list[str]:
    """The command line of a subcommand."""
    return [sys.executable, "-m", "nastavnik.config.cli", *arguments]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running `nastavnik run`."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """Everything it printed so far."""
        return self.output.read_text()

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page, redirects followed."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=20) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(errors="replace")

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Until it says so; fails with what it printed when it ends before."""
        deadline = time.monotonic() + seconds
        while "is ready after" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def wait_until_answers(self, seconds: float = 60) -> None:
        """Until /healthz answers 200 again, after something was killed."""
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError):
                if self.get("/healthz")[0] == 200:
                    return
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def end(self, number: int = signal.SIGINT, seconds: float = 30) -> int:
        """Signal it and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)


@contextmanager
def running(home: Path, *options: str, port: int | None = None, ready: bool = True, **env: str) -> Iterator[Site]:
    """`nastavnik run` on a port of its own; stopped at the end, whatever was done to it."""
    port = port or free_port()
    output = home / f"run-{port}.txt"
    with output.open("w") as file:
        site = Site(home, port, _start(home, port, options, env, file), output)
    try:
        if ready:
            site.wait_until_ready()
        yield site
    finally:
        if site.process.poll() is None:
            site.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                site.process.wait(30)
            site.process.kill()
            site.process.wait()
        nastavnik(home, "stop", **env)


def _start(
    home: Path, port: int, options: tuple[str, ...], env: dict[str, str], output: IO[str]
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("run", "--port", str(port), *options),
        env=environment(home, **env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
