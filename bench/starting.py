"""(e) Cold and warm start of `nastavnik run`: from the command to the first page."""

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
from pathlib import Path

import psutil

from bench.homes import postgres, temporary_home
from bench.rows import Row
from bench.timing import cpu_of

PATIENCE_S = 300


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(home: Path, port: int, *options: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]", float]]:
    """`nastavnik run` until its first page answers (port, process, seconds); ended as Ctrl-C ends it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NASTAVNIK_")}
    env |= {"NASTAVNIK_HOME": str(home)}
    command = [sys.executable, "-m", "nastavnik.config.cli", "run", "--port", str(port), *options]
    log = home.with_name(f"{home.name}.log")
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=output, start_new_session=True)
        try:
            while not _answers(port):
                if process.poll() is not None or time.monotonic() - begun > PATIENCE_S:
                    raise RuntimeError(f"nastavnik run did not answer:\n{log.read_text()[-2000:]}")
                time.sleep(0.02)
            yield port, process, time.monotonic() - begun
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
            log.unlink(missing_ok=True)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(quick: bool) -> Iterator[Row]:
    """An empty folder with and without the demo story, then the same home again. The environment itself is built before
    (by `make setup`) and not part of it.
    """
    with temporary_home() as home:
        for name, options, aim in (
            ("cold start, demo story included", (), 60.0),
            ("warm start", (), 5.0),
        ):
            if quick and not aim:
                continue
            with started(home, free_port(), *options) as (_, process, seconds):
                cpu = cpu_of([psutil.Process(process.pid), *postgres(home)])
                yield Row(
                    name, f"{seconds:.1f} s ({cpu:.1f} CPU s)", "", seconds / aim, f"< {aim:.0f} s", seconds < aim
                )
    with temporary_home() as home, started(home, free_port(), "--no-demo") as (_, process, seconds):
        cpu = cpu_of([psutil.Process(process.pid), *postgres(home)])
        yield Row("cold start, empty centre", f"{seconds:.1f} s ({cpu:.1f} CPU s)")
