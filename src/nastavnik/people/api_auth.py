"""Who calls the REST API: a key acts in the name of its person."""

from django.http import HttpRequest
from ninja.security import HttpBearer

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
