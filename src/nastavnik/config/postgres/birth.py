"""The first start: a data folder that is complete or absent, and the password that opens it."""

import os
import secrets
import shutil
from pathlib import Path

from nastavnik.config.postgres import binaries, folders
from nastavnik.config.postgres.account import Account
from nastavnik.config.postgres.errors import ForeignFolder, StartFailed

SUPERUSER = "postgres"

# For a small machine that also runs Python and DuckDB. Kept in postgresql.conf: an operator may change it.
TUNING = {
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "max_wal_size": "1GB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # two cores serve many pages; also spares /dev/shm, 64 MB in containers
    "synchronous_commit": "on",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}


def create(data: Path, password_file: Path, account: Account) -> None:
    """initdb into a draft, renamed when complete: an interrupted one leaves nothing that looks like a database."""
    if data.exists() and any(data.iterdir()):
        raise ForeignFolder(f"{data} is not empty and holds no database: move it away and start again.")
    if not password_file.exists():
        _write_password(password_file, secrets.token_urlsafe(24))
    draft = data.parent / f"{folders.DRAFT}{secrets.token_hex(4)}"
    folders.own_folder(draft, account)
    password = draft / "password"  # a copy its user may read; even a pipe of ours would be closed to it
    password.touch(mode=0o600)
    password.write_text(password_file.read_text())
    os.chown(password, account.uid, account.gid)
    made = binaries.call("initdb", *_options(draft), account=account)
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise StartFailed(f"The database could not be made in {data}: {binaries.last_line(made.stderr)}")
    (draft / "data").rename(data)
    _sync_folder(data.parent)
    shutil.rmtree(draft)


def replace_password(data: Path, password_file: Path, account: Account) -> None:
    """The password file was lost (a partial restore): who owns a stopped data folder may set a new one."""
    password = secrets.token_urlsafe(24)
    statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'\n"
    done = binaries.call("postgres", "--single", "-D", str(data), "template1", account=account, stdin=statement)
    if done.returncode != 0 or "ERROR" in done.stderr:
        reason = binaries.last_line(done.stderr)
        raise StartFailed(f"{password_file} is lost and a new password could not be set: {reason}")
    _write_password(password_file, password)


def _options(draft: Path) -> list[str]:
    options = ["-D", str(draft / "data"), "-U", SUPERUSER, f"--pwfile={draft / 'password'}", "--auth=scram-sha-256"]
    options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*options, "--no-instructions", *(f"--set={name}={value}" for name, value in TUNING.items())]


def _write_password(path: Path, password: str) -> None:
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    with draft.open("w") as file:
        file.write(f"{password}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
