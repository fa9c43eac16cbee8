"""What every subcommand that needs Django does first: `boot.django(home)`."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nastavnik.config import paths
from nastavnik.kernel.errors import DomainError

OLDEST_SERVER = 15
# Any fixed number will do; it names "the migrations of Nastavnik" among the advisory locks of a database.
MIGRATION_LOCK = 7_316_042_2025


class DatabaseUnreachable(DomainError):
    """The database cannot be reached."""


class SettingsUnreadable(DomainError):
    """An environment variable NASTAVNIK_* cannot be read."""


def quiet(_: str) -> None:
    """A progress callback that says nothing."""


def django(home: Path | None = None, *, migrate: bool = True, progress: Callable[[str], None] = quiet) -> None:
    """Make Django usable in this process: database running, messages compiled, set up, migrated.

    Several processes may do this at once. Raises DomainError with a sentence for whoever typed the command.
    """
    prepare(home, progress=progress)
    setup()
    if migrate:
        apply_migrations(progress=progress)


def prepare(home: Path | None = None, *, progress: Callable[[str], None] = quiet) -> None:
    """The part before Django: the home folder, the embedded database, compiled messages."""
    from nastavnik.config import translations
    from nastavnik.config.postgres import Cluster

    root = (home or paths.home()).expanduser().resolve()
    os.environ["NASTAVNIK_HOME"] = str(root)
    if not is_external():
        progress("database")
        Cluster(root).ensure_running()
    check_home(root)
    for private in (
        paths.facts(root),
        paths.uploads(root),
    ):  # customers' records: nobody else on the machine reads them
        private.mkdir(mode=0o700, exist_ok=True)
    translations.compile_stale()


def check_home(root: Path) -> None:
    """The home folder exists and is ours to write into, made when it is missing."""
    from nastavnik.config.postgres import account, folders

    folders.make_home(root, account.ourselves() if is_external() else account.current())


def setup() -> None:
    """django.setup(), with a sentence instead of a traceback for settings that cannot be read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings")
    scheme = os.environ.get("NASTAVNIK_DATABASE_URL", "postgresql:").split(":", 1)[0]
    if is_external() and scheme not in {"postgresql", "postgres"}:
        raise SettingsUnreadable(
            "NASTAVNIK_DATABASE_URL must begin with postgresql:// "
            "(postgresql://user:password@host:5432/database); no other database is supported."
        )
    import django as package
    from environs.exceptions import EnvError

    try:
        package.setup()
    except (EnvError, ValueError) as error:
        raise SettingsUnreadable(f"The settings cannot be read: {_without_password(str(error))}") from error
    from django.utils import translation

    translation.activate("en")  # the command line speaks English; pages and the worker's notes their reader's language


def is_external() -> bool:
    """True when NASTAVNIK_DATABASE_URL names a server that is not ours to start."""
    return bool(os.environ.get("NASTAVNIK_DATABASE_URL"))


def apply_migrations(*, progress: Callable[[str], None] = quiet) -> bool:
    """Bring the schema up to date; False when it was. The usual case costs one query."""
    from django.core.management import call_command

    with connection_errors():
        _check_server()
        if not pending_migrations():
            return False
        progress("migrations")
        with _alone_in_database():
            if pending_migrations():
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
                return True
    return False


def pending_migrations() -> list[str]:
    """Migrations on disk that the database has not recorded, found without importing any of them."""
    from django.apps import apps
    from django.db import connection

    on_disk = {
        f"{config.label}.{file.stem}"
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9a-z]*.py")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return sorted(on_disk)
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        return sorted(on_disk - {name for (name,) in cursor.fetchall()})


@contextmanager
def connection_errors() -> Iterator[None]:
    """Turn a refused or lost connection into one sentence without the password."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        raise DatabaseUnreachable(explain_connection(error) or str(error)) from error


def explain_connection(error: BaseException) -> str | None:
    """Which database did not answer and why; None when the error is not about a connection."""
    from django.conf import settings
    from django.db import OperationalError

    if not isinstance(error, OperationalError) or not settings.configured:
        return None
    where: dict[str, Any] = settings.DATABASES["default"]
    reason = _without_password(" ".join(str(error).split()))
    if is_external():
        place = f"{where.get('HOST') or 'localhost'}:{where.get('PORT') or 5432}/{where.get('NAME')}"
        return f"The database {place} (NASTAVNIK_DATABASE_URL) does not answer as it should: {reason}"
    return f"The embedded database does not answer as it should: {reason} Run `nastavnik doctor`."


def ask(statement: str, *values: Any) -> Any:
    """The single value a statement gives."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def server_version() -> str:
    """The server's version, after making sure that it is new enough and speaks UTF-8; raises DatabaseUnreachable."""
    with connection_errors():
        _check_server()
        return str(ask("SHOW server_version")).split()[0]


def _check_server() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    if version < OLDEST_SERVER * 10_000:
        raise DatabaseUnreachable(
            f"The database is PostgreSQL {version // 10_000}; Nastavnik needs {OLDEST_SERVER} or newer."
        )
    if encoding != "UTF8":
        raise DatabaseUnreachable(f"The database is encoded in {encoding}; create it anew with ENCODING 'UTF8'.")


@contextmanager
def _alone_in_database() -> Iterator[None]:
    """One process migrates, the others wait and then find nothing left to do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _without_password(text: str) -> str:
    """Messages of libraries may quote the address they were given."""
    text = re.sub(r"(://[^:/@\s]*):\S*@", r"\1:***@", text)
    return re.sub(r"(password=)\S+", r"\1***", text)


def show(text: str, *, stream: Any = None) -> None:
    """A line for the person at the terminal; kept off stdout, which may be read by a program."""
    print(text, file=stream or sys.stderr, flush=True)
