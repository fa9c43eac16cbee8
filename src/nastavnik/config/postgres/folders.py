"""The folders of the embedded database: closed, owned by its OS user, reachable without opening anybody else's."""

import os
import shutil
import stat
import time
from pathlib import Path

from nastavnik.config.postgres import binaries
from nastavnik.config.postgres.account import Account, name_of
from nastavnik.config.postgres.errors import FolderClosed, ForeignFolder

DRAFT = "pg.new-"
# Prints the first of its arguments that this user cannot pass through or run.
_FIRST_CLOSED = 'for it; do [ -x "$it" ] || { printf %s "$it"; exit 1; }; done'
# pg_ctl puts paths between double quotes into a shell command; libpq splits hosts at commas.
_NOT_QUOTED = set('"$`\\\n,')


def make_home(root: Path, account: Account) -> None:
    """Make the home folder and whatever is missing above it. Existing folders keep their modes, ours or not.

    As root a new home is passable (0711) though not readable, because the database's user must get through it.
    """
    if bad := _NOT_QUOTED & set(str(root)):
        raise ForeignFolder(
            f"The path {root} contains {' '.join(sorted(bad))}, which PostgreSQL's tools do not bear: rename it."
        )
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            folder.chmod((0o711 if account.switches else 0o700) if folder == root else 0o755)
    except OSError as error:
        raise ForeignFolder(
            f"The home folder {root} cannot be made: {error.strerror}. Set NASTAVNIK_HOME to another one."
        ) from error
    if not os.access(root, os.W_OK | os.X_OK):
        raise ForeignFolder(
            f"{name_of(os.geteuid())} may not write into {root}. Set NASTAVNIK_HOME to a folder of your own."
        )


def own_folder(folder: Path, account: Account) -> None:
    """A folder of mode 0700 owned by the database's user. A link or a stranger's folder in its place is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
        raise ForeignFolder(
            f"{folder} belongs to {name_of(found.st_uid)} and should be ours: remove it and start again."
        )
    os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def check_owner(data: Path, account: Account) -> None:
    """The server insists on owning its data; say who does, and how to hand it over, instead of its riddle."""
    owner = data.stat().st_uid
    if owner == account.uid:
        return
    raise ForeignFolder(
        f"The database in {data} belongs to {name_of(owner)}, and here it would run as {account.name}. "
        f"Start Nastavnik as before, or stop it there and hand the data over: chown -R {account.name} {data}"
    )


def check_passable(account: Account, *targets: Path) -> None:
    """Every folder above the targets can be entered by the database's user. We never open one: we name it."""
    if not account.switches:
        return
    server = binaries.folder() / "postgres"
    above = {parent for target in (*targets, server) for parent in target.parents}
    ordered = [str(path) for path in (*sorted(above, key=lambda folder: len(folder.parts)), server)]
    found = binaries.run(["/bin/sh", "-c", _FIRST_CLOSED, "sh", *ordered], account=account)
    if found.returncode == 0:
        return
    raise FolderClosed(
        f"The folder {found.stdout} cannot be entered by the OS user {account.name}, "
        f"as whom PostgreSQL runs when you are root. "
        f"Put the program and NASTAVNIK_HOME elsewhere (for instance below /srv), or start as an ordinary user, "
        f"or open that folder yourself: chmod o+x {found.stdout}"
    )


def remove_drafts(root: Path) -> None:
    """Sweep what an interrupted first start left; only called under the start lock."""
    for draft in root.glob(f"{DRAFT}*"):
        for _try in range(50):  # an orphaned initdb may still be writing; without its folder it ends by itself
            shutil.rmtree(draft, ignore_errors=True)
            if not draft.exists():
                break
            time.sleep(0.1)


def open_log(path: Path, account: Account, *, keep_bytes: int = 10 * 1024 * 1024) -> None:
    """The server's log exists and is writable for its user; a long one is set aside as `.1`."""
    path.parent.mkdir(mode=0o755, exist_ok=True)
    if path.exists() and path.stat().st_size > keep_bytes:
        path.replace(path.with_suffix(".log.1"))
    path.touch(mode=0o600)
    if account.switches:
        os.chown(path, account.uid, account.gid)
