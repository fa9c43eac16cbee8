"""One load of a stream at a time."""

from django.db import connection

from nastavnik.metrics.catalogue.streams import STREAMS

_SPACE = 0x4E41  # the first half of the advisory lock's name; the second is the stream's number


def lock(stream: str, *, wait: bool = True) -> bool:
    """Take the stream's lock until the end of the transaction; without `wait`, answer whether we got it."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_SPACE, list(STREAMS).index(stream)])
        row = cursor.fetchone()
    return wait or bool(row and row[0])
