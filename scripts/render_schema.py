"""Render the migrations to src/nastavnik/config/schema.sql, from which an empty database is built in a second.

Usage: python scripts/render_schema.py [--check | --verify]. `--check` compares names and sources of the migrations
(a moment); `--verify` builds the schema from the migrations and compares every line (half a minute).
"""

import os
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import conninfo

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the file, or say whether it is that of the migrations."""
    os.environ.pop("NASTAVNIK_DATABASE_URL", None)  # the embedded server's pg_dump reads the embedded server
    with tempfile.TemporaryDirectory(prefix="nastavnik-schema-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # the database may run as an account of its own
        os.environ["NASTAVNIK_HOME"] = folder
        from nastavnik.config.cli import boot

        if "--check" in sys.argv:
            boot.setup()
            return _checked()
        boot.prepare(home)
        boot.setup()
        return _rendered(home, write="--verify" not in sys.argv)


def _checked() -> int:
    from django.conf import settings

    from nastavnik.kernel import schema

    snapshot = schema.read(settings.SCHEMA_SNAPSHOT)
    fresh = snapshot is not None and snapshot.is_current() and snapshot.names_all()
    return _verdict(fresh, settings.SCHEMA_SNAPSHOT)


def _rendered(home: Path, *, write: bool) -> int:
    from django.conf import settings

    from nastavnik.config.postgres import Cluster

    file: Path = settings.SCHEMA_SNAPSHOT
    try:
        text = _built_by_migrations(Cluster(home).url())
    finally:
        Cluster(home).stop()
    if not write:
        return _verdict(file.is_file() and file.read_text(encoding="utf-8") == text, file)
    file.write_text(text, encoding="utf-8")
    return 0


def _verdict(fresh: bool, file: Path) -> int:
    name = file.relative_to(ROOT)
    print(f"{name} is that of the migrations" if fresh else f"{name} is stale: run python scripts/render_schema.py")
    return 0 if fresh else 1


def _built_by_migrations(url: str) -> str:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from nastavnik.kernel import schema

    call_command("migrate", from_migrations=True, interactive=False, verbosity=0)
    names = list(MigrationRecorder(connection).migration_qs.order_by("id").values_list("app", "name"))
    first = schema.render(names, dumped(url))
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE again TEMPLATE template0")
    connection.close()
    # PostgreSQL words some conditions otherwise once it has read them again; the second dump is the one that stays.
    second = conninfo.make_conninfo(url, dbname="again")
    with psycopg.connect(second) as there:
        there.execute(first.encode())
    return schema.render(names, dumped(second))


def dumped(address: str) -> str:
    """`pg_dump` of a database of the embedded server: the schema alone, whoever owns it."""
    from nastavnik.config.postgres import binaries

    dump = binaries.call("pg_dump", "--schema-only", "--no-owner", "--no-privileges", address)
    if dump.returncode != 0:
        sys.exit(dump.stderr)
    return dump.stdout


if __name__ == "__main__":
    sys.exit(main())
