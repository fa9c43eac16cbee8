"""The OS user PostgreSQL runs as: ourselves, or a dedicated account when we are root (PostgreSQL refuses root)."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass

from nastavnik.config.postgres.errors import AccountMissing

DEFAULT_NAME = "nastavnik-pg"
_TRIES = 5


@dataclass(frozen=True)
class Account:
    """Who owns the data folder and runs the server."""

    name: str
    uid: int
    gid: int
    switches: bool  # True when we are root and must become this user for every binary


def current() -> Account:
    """Ourselves when we are an ordinary user, else the dedicated account, made on first use; raises AccountMissing."""
    if os.geteuid() != 0:
        return ourselves()
    name = os.environ.get("NASTAVNIK_OS_USER") or DEFAULT_NAME
    entry = _entry(name) or _create(name)
    if entry.pw_uid == 0:
        raise AccountMissing(
            f"NASTAVNIK_OS_USER is {name}, which is root; PostgreSQL refuses root: name an ordinary user."
        )
    return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, switches=True)


def ourselves() -> Account:
    """Whoever runs this program."""
    uid = os.geteuid()
    return Account(name=name_of(uid), uid=uid, gid=os.getegid(), switches=False)


def name_of(uid: int) -> str:
    """The login of a uid, or its number when the machine has no entry for it (usual in containers)."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create(name: str) -> pwd.struct_passwd:
    tool = shutil.which("useradd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    advice = (
        f"Make the OS user yourself (useradd --system {name}), or name an existing one in NASTAVNIK_OS_USER, "
        f"or start as an ordinary user."
    )
    if tool is None:
        raise AccountMissing(
            f"PostgreSQL refuses to run as root, and there is no useradd here to make the user {name}. {advice}"
        )
    command = [
        tool,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/",
        "--shell",
        "/usr/sbin/nologin",
        name,
    ]
    reason = ""
    for attempt in range(_TRIES):  # another starter may hold the lock of /etc/passwd, or be making the same user
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if entry := _entry(name):
            return entry
        reason = done.stderr.strip() or f"exit code {done.returncode}"
        time.sleep(0.2 * (attempt + 1))
    raise AccountMissing(
        f"PostgreSQL refuses to run as root, and the user {name} could not be made ({reason}). {advice}"
    )
