"""What `nastavnik doctor` looks at: each check gives a state and a sentence that says what to do.

An app adds checks of its own by a module `health.py` with `health() -> Iterable[tuple[name, state, sentence]]`, where
state is "ok", "warn" or "fail"; it runs only when the database answers and its schema is up to date.
"""

import importlib
import importlib.util
import os
import shutil
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, cast

from nastavnik.config import paths, processes
from nastavnik.config.cli import boot
from nastavnik.kernel.errors import DomainError

State = Literal["ok", "warn", "fail"]
FREE_WARN_BYTES = 2 * 1024**3
FREE_FAIL_BYTES = 200 * 1024**2
HEARTBEAT_S = 30
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    name: str
    state: State
    says: str


def examine(root: Path) -> Iterator[Check]:
    """All checks, in the order in which a fault of one explains those after it."""
    yield _python()
    yield from _guarded("home folder", lambda: _home(root))
    yield from _guarded("secret key", lambda: _secret_key(root))
    alive = yield from _database(root)
    if alive:
        yield from _guarded("static files", lambda: _static(root))
        yield from _guarded("worker", _worker)
        yield from _guarded("jobs", _jobs)
        yield from _apps()
    yield _web(root)
    yield _chromium()


def _guarded(name: str, look: Callable[[], Iterable[Check]]) -> list[Check]:
    """A check that breaks is itself a finding, and the others still run."""
    try:
        return list(look())
    except Exception as error:
        return [Check(name, "fail", f"The check itself failed: {error.__class__.__name__}: {error}")]


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check("python", "ok", f"Python {version} at {sys.executable}.")  # an older one could not have come so far


def _home(root: Path) -> Iterator[Check]:
    boot.check_home(root)
    yield Check("home folder", "ok", f"{root} can be written.")
    free = shutil.disk_usage(root).free
    says = f"{free / 1024**3:.1f} GiB free for {root}."
    if free < FREE_FAIL_BYTES:
        yield Check("disk space", "fail", f"{says} PostgreSQL stops when the disk is full: make room now.")
    elif free < FREE_WARN_BYTES:
        yield Check("disk space", "warn", f"{says} Make room before the next large import.")
    else:
        yield Check("disk space", "ok", says)


def _secret_key(root: Path) -> Iterator[Check]:
    path = paths.secret_key(root)
    if os.environ.get("NASTAVNIK_SECRET_KEY"):
        yield Check("secret key", "ok", "Taken from NASTAVNIK_SECRET_KEY.")
    elif not path.exists():
        yield Check("secret key", "ok", "Will be made at the first start.")
    elif mode := stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Check("secret key", "fail", f"Others may read {path} ({mode:03o} too much): chmod 600 {path}")
    else:
        yield Check("secret key", "ok", f"{path} is readable for its owner only.")


def _database(root: Path) -> Generator[Check, None, bool]:
    """Yields its checks and returns whether the rest of the questions can be asked."""
    try:
        boot.prepare(root)
        boot.setup()
        version = boot.server_version()
    except DomainError as error:
        yield Check("database", "fail", str(error))
        return False
    kind = "external (NASTAVNIK_DATABASE_URL)" if boot.is_external() else "embedded"
    yield Check("database", "ok", f"PostgreSQL {version}, {kind}, UTF8.")
    if pending := boot.pending_migrations():
        yield Check("schema", "fail", f"{len(pending)} changes are missing: run `nastavnik manage migrate`.")
        return False
    yield Check("schema", "ok", "Up to date.")
    return True


def _static(root: Path) -> Iterator[Check]:
    from nastavnik.config import static

    if static.is_current(root):
        yield Check("static files", "ok", "Collected and current.")
    else:
        yield Check("static files", "warn", "Not collected, or older than the program: `nastavnik run` collects them.")


def _worker() -> Iterator[Check]:
    count = boot.ask(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
        HEARTBEAT_S,
    )
    if count:
        yield Check("worker", "ok", f"{count} alive.")
    else:
        yield Check("worker", "warn", "None is alive, so imports and reports wait: start `nastavnik run`.")


def _jobs() -> Iterator[Check]:
    stalled = boot.ask(
        "SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id "
        "WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))",
        HEARTBEAT_S,
    )
    failed = boot.ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    waiting = boot.ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL")
    if stalled:
        yield Check("jobs", "warn", f"{stalled} belong to a dead worker; a living one takes them over within a minute.")
    elif failed:
        yield Check("jobs", "warn", f"{failed} failed for good within the last week: see log/worker.log for why.")
    else:
        yield Check("jobs", "ok", f"{waiting} waiting, none failed.")


def _apps() -> Iterator[Check]:
    from django.apps import apps

    for config in apps.get_app_configs():
        name = f"{config.name}.health"
        if config.name.startswith("nastavnik.") and importlib.util.find_spec(name) is not None:
            yield from _guarded(config.label, partial(_app, name))


def _app(name: str) -> list[Check]:
    return [_checked(*found) for found in importlib.import_module(name).health()]


def _checked(name: str, state: str, says: str) -> Check:
    return Check(name, cast(State, state if state in {"ok", "warn", "fail"} else "fail"), says)


def _web(root: Path) -> Check:
    found = processes.supervisor(root)
    if found is None:
        return Check("web server", "warn", "`nastavnik run` does not run for this home.")
    return Check("web server", "ok", f"Runs at {found.get('url', 'its address')}.")


def _chromium() -> Check:
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found:
        return Check("chromium", "ok", f"{found}, for the browser tests.")
    return Check("chromium", "warn", "Not installed; only `make test` wants it: apt-get install chromium")
