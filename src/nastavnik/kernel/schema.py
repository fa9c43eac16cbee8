"""The schema as one SQL file, so that an empty database need not be led through every migration.

Django renders the state of all models again for each constraint and index of each migration: half a minute of processor
for what PostgreSQL builds in a second (docs/adr/0011). The file is made from the migrations by
`scripts/render_schema.py`; it is believed only while the migrations it names read as they did when it was made, and
migrations it does not name are applied after it in the ordinary way.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

_DIGEST = re.compile(r"^-- digest: ([0-9a-f]{64})$", re.MULTILINE)
# Of a dump's head: comments, psql's own commands, and settings of the session, some of which only newer servers know.
_NOT_KEPT = re.compile(
    r"--|\\|SELECT pg_catalog\.set_config|SET (\w+_timeout|client_\w+|standard_conforming_strings|check_function_bodies"
    r"|xmloption|row_security|default_\w+) = "
)
_MIGRATION = re.compile(r"^-- migration: (\w+)\.(\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Snapshot:
    """A schema as SQL and the migrations, in order of application, that would build the same."""

    migrations: list[tuple[str, str]]
    digest: str
    sql: str

    def is_current(self) -> bool:
        """Whether every migration it names is there and unchanged."""
        return digest_of(self.migrations) == self.digest

    def names_all(self) -> bool:
        """Whether no migration has come after it; one that has is applied on top, so False only costs time."""
        return set(self.migrations) == on_disk()


def read(file: Path) -> Snapshot | None:
    """The snapshot in `file`; None when there is none or its head cannot be read."""
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8")
    digest = _DIGEST.search(text)
    return Snapshot(_MIGRATION.findall(text), digest[1], text) if digest else None


def render(migrations: list[tuple[str, str]], dump: str) -> str:
    """The file's text from `pg_dump --schema-only`: without comments and without settings newer servers alone know."""
    kept = [line for line in dump.splitlines() if line.strip() and not _NOT_KEPT.match(line)]
    return "\n".join(
        [
            "-- Made from the migrations by scripts/render_schema.py; do not edit. See kernel/schema.py.",
            f"-- digest: {digest_of(migrations)}",
            *(f"-- migration: {app}.{name}" for app, name in migrations),
            "SET LOCAL check_function_bodies = false;",
            *kept,
            "",
        ]
    )


def on_disk() -> set[tuple[str, str]]:
    """(app, name) of every migration of every installed app."""
    return {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    }


def digest_of(migrations: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over names and sources; a migration whose file is gone changes it too."""
    whole = hashlib.sha256()
    for app, name in migrations:
        config = apps.app_configs.get(app)
        file = Path(config.path) / "migrations" / f"{name}.py" if config else None
        source = file.read_bytes() if file and file.is_file() else b"gone"
        whole.update(f"{app}.{name}\n".encode() + source + b"\0")
    return whole.hexdigest()


def build(snapshot: Snapshot) -> bool:
    """Build the schema in the default database and record its migrations; False, with nothing done, unless it is empty.

    All or nothing. Only in the schema `public`, whose name stands in the dump.
    """
    if not _is_empty() or not snapshot.is_current():
        return False
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(snapshot.sql)
        recorder = MigrationRecorder(connection)
        rows = [recorder.Migration(app=app, name=name) for app, name in snapshot.migrations]
        recorder.migration_qs.bulk_create(rows)
    return True


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_schema() = 'public'"
            " AND NOT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
        )
        return bool(cursor.fetchone()[0])
