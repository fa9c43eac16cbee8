"""Run waiting jobs in the test's own transaction, as the worker would: by name, their arguments read from JSON."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """Names and arguments of the jobs in the queue, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [(name, _json(text)) for name, text in cursor.fetchall()]


def run_waiting() -> list[str]:
    """Run every waiting job, those they defer included; returns their names in order. Failures are raised."""
    ran: list[str] = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND id = "
                "(SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo') RETURNING task_name, args::text"
            )
            row = cursor.fetchone()
        if row is None:
            return ran
        name, arguments = row
        ran.append(name)
        app.tasks[name].func(**_json(arguments))


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found
