"""Sessions in the database; a log-in is one INSERT instead of a look, an INSERT and an UPDATE."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils.crypto import get_random_string

from nastavnik.kernel import clock

_KEY_LETTERS = 32
_ROW = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's own table and rules. A new session gets its key at once and its row when the answer is ready."""

    _waits_for_row = False

    def load(self) -> dict[str, Any]:
        """What the row holds, unless it has expired. Every page asks: no query is composed for it."""
        with connection.cursor() as cursor:
            cursor.execute(_ROW, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found

    def create(self) -> None:
        """Take a new key. Whoever logs in fills the session right after, so the row is written once, then."""
        self._session_key = get_random_string(_KEY_LETTERS, VALID_KEY_CHARS)
        self._waits_for_row = True
        self.modified = True

    def get_expiry_date(self, **known: Any) -> datetime:
        """The end of the session by our clock, by which `load` reads it; Django's own would be the machine's."""
        return super().get_expiry_date(**{"modification": clock.now(), **known})

    def save(self, must_create: bool = False) -> None:
        """Write the row. A new key that is taken already (one in 10^49) raises CreateError and overwrites nobody's."""
        if self.session_key is None:
            self.create()
        super().save(must_create=must_create or self._waits_for_row)
        self._waits_for_row = False
