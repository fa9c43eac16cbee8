"""`nastavnik manage ...`: Django's own commands."""

import argparse
import sys
from typing import Any

GROUP = "Care"
# Commands that must work before the schema is up to date, or that do not need a database at all.
_WITHOUT_MIGRATIONS = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "check", "makemessages", "help"}


def add_to(subparsers: Any) -> None:
    """Everything after `manage` belongs to Django, options included."""
    parser = subparsers.add_parser(
        "manage", help="Django's own commands (manage shell, manage check, ...)", add_help=False
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Pass through to Django, after making sure that the database runs."""
    from nastavnik.config.cli import boot

    boot.django(migrate=not args.arguments or args.arguments[0] not in _WITHOUT_MIGRATIONS)
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]} manage", *args.arguments])
    return 0
