"""`nastavnik stop`: end everything of one home, whoever started it."""

import argparse
import os
import signal
import time
from pathlib import Path
from typing import Any

GROUP = "Every day"
SUPERVISOR_SECONDS = 30


def add_to(subparsers: Any) -> None:
    """The subcommand."""
    parser = subparsers.add_parser("stop", help="stop web server, worker and embedded database of this home")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Ask the supervisor first; then whatever a killed one left; then the database, orphaned or not."""
    from nastavnik.config import paths, processes
    from nastavnik.config.postgres import Cluster

    root = paths.home()
    said = []
    if _stop_supervisor(root):
        said.append("the running Nastavnik")
    if count := processes.end(lambda: processes.strays(root)):
        said.append(f"{count} processes left by a killed one")
    if Cluster(root).stop():
        said.append("the database")
    print(f"Stopped {', '.join(said)}." if said else f"Nothing was running for {root}.")
    return 0


def _stop_supervisor(root: Path) -> bool:
    from nastavnik.config import processes

    found = processes.supervisor(root)
    if found is None:
        return False
    deadline = time.monotonic() + SUPERVISOR_SECONDS
    asked = False
    while (found := processes.supervisor(root)) is not None:
        if "pid" in found and not asked:
            os.kill(found["pid"], signal.SIGTERM)
            asked = True
        if time.monotonic() > deadline and "pid" in found:
            os.kill(found["pid"], signal.SIGKILL)
            deadline += SUPERVISOR_SECONDS
        time.sleep(0.05)
    return True
