"""Django's `migrate`, which builds an empty database from the schema's snapshot first (kernel/schema.py)."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from nastavnik.kernel import schema


class Command(Migrate):
    """As Django's, with one option more."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's and `--from-migrations`."""
        super().add_arguments(parser)
        parser.add_argument(
            "--from-migrations",
            action="store_true",
            help="Build an empty database by its migrations one by one, not from the snapshot of the schema.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The snapshot where it may be used, then whatever migrations are left."""
        whole = options["database"] == DEFAULT_DB_ALIAS and not any(
            options.get(name) for name in ("app_label", "plan", "fake", "fake_initial", "check_unapplied", "prune")
        )
        if whole and not options["from_migrations"] and (snapshot := schema.read(settings.SCHEMA_SNAPSHOT)):
            schema.build(snapshot)
        super().handle(*args, **options)
