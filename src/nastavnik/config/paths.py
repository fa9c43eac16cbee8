"""Where this installation keeps its data: everything lives under NASTAVNIK_HOME.

Pure look-ups, used by settings and by the runner alike, so that both always agree.
"""

import hashlib
import os
import tempfile
from pathlib import Path

# A socket's whole path may be 107 bytes long, `.s.PGSQL.5432` included; we stay well below.
LONGEST_SOCKET_FOLDER = 86


def home() -> Path:
    """The folder named by NASTAVNIK_HOME (default ./var), absolute; not created here."""
    return Path(os.environ.get("NASTAVNIK_HOME") or "var").expanduser().resolve()


def facts(root: Path | None = None) -> Path:
    """Parquet files of facts, `<stream>/<day>-<version>.parquet`."""
    return (root or home()) / "facts"


def uploads(root: Path | None = None) -> Path:
    """Files people uploaded, and the error files we wrote for them."""
    return (root or home()) / "uploads"


def payments(root: Path | None = None) -> Path:
    """Files exchanged with payment systems, a folder each (docs/reference/payments-port.md)."""
    return (root or home()) / "payments"


def cluster(root: Path | None = None) -> Path:
    """The data folder of the embedded PostgreSQL."""
    return (root or home()) / "pg"


def cluster_password(root: Path | None = None) -> Path:
    """The file (mode 0600) with the password of the embedded PostgreSQL's superuser."""
    return (root or home()) / "pg-password"


def secret_key(root: Path | None = None) -> Path:
    """The file (mode 0600) with Django's SECRET_KEY, made at the first start."""
    return (root or home()) / "secret-key"


def socket_folder(root: Path | None = None) -> Path:
    """Folder of the database's unix socket: inside home, or a short one when home's path is too long."""
    wanted = (root or home()) / "sock"
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_FOLDER:
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"nastavnik-{digest}"
