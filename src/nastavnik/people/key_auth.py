"""How other systems show who they are, and how often they may ask: for every room's REST routes."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from nastavnik.kernel import clock
from nastavnik.people.actions.api_keys import hash_of
from nastavnik.people.models import ApiKey, Person


class KeyAuth(HttpBearer):
    """`Authorization: Bearer <key>`: acts in the name of the key's person."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        key = (
            ApiKey.objects.select_related("person")
            .filter(key_hash=hash_of(token), revoked_at=None, person__is_active=True)
            .first()
        )
        if key is None:
            return None
        request.user = key.person
        return key.person


def limit_rate(request: HttpRequest, most: int) -> None:
    """At most `most` requests a minute for a person; approximate where several processes count at once."""
    minute = int(clock.now().timestamp() // 60)
    key = f"api-rate:{getattr(request.user, 'pk', 0)}:{minute}"
    seen = int(cache.get(key, 0)) + 1
    if seen > most:
        raise HttpError(429, _("Too many requests: at most %(most)s a minute.") % {"most": most})
    cache.set(key, seen, timedelta(minutes=2).total_seconds())
