"""Keys with which other systems act in a person's name. The key itself is shown once and kept as a hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.people.models import ApiKey, Person

CREATED, REVOKED = "people.api_key_created", "people.api_key_revoked"
PREFIX = "nk_"


@dataclass(frozen=True)
class NewKey:
    """A key just made; `secret` exists nowhere else."""

    key: ApiKey
    secret: str


def hash_of(secret: str) -> str:
    """What is stored of a key: it has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create(*, person: Person, name: str, by: Person | None, at: datetime) -> NewKey:
    """Make a key for the person."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        key = ApiKey.objects.create(person=person, name=name, key_hash=hash_of(secret), created_at=at)
        journal.write(CREATED, by=by, at=at, subject=key, person_id=person.pk, data={"name": name})
    return NewKey(key, secret)


def revoke(*, key: ApiKey, by: Person | None, at: datetime) -> None:
    """Make the key worthless from now on; a second time changes nothing."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
            journal.write(REVOKED, by=by, at=at, subject=key, person_id=key.person_id, data={"name": key.name})
