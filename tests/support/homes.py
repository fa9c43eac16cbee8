"""Temporary home folders for tests that run a real PostgreSQL.

pytest's own tmp_path will not do: as root it lies below a folder of mode 0700 that the database's OS user cannot pass.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nastavnik.config.postgres import Cluster

PREFIX = "nastavnik-test-"


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A home of mode 0711, stopped and removed afterwards; one left by a killed test run is swept by the next."""
    sweep()
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    home.chmod(0o711)
    with (home / "owner.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield home
        finally:
            remove(home)


def remove(home: Path) -> None:
    """Stop what runs there and delete the folder."""
    try:
        Cluster(home).stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Remove homes whose test run is dead: nobody holds their lock any more."""
    for home in Path("/tmp").glob(f"{PREFIX}*"):
        lock = home / "owner.lock"
        if not lock.exists() or lock.stat().st_uid != os.geteuid():
            continue
        with lock.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            remove(home)
