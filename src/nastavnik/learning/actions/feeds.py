"""The secret address of one's own calendar; a new one makes the old one worthless."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.learning.models import CalendarFeed
from nastavnik.people.models import Person

OPENED, CLOSED = "learning.feed_opened", "learning.feed_closed"


def hash_of(token: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_feed(*, person: Person, by: Person | None, at: datetime) -> str:
    """Make a new secret address; returns its token, which exists nowhere else."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarFeed.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
        feed = CalendarFeed.objects.create(person=person, token_hash=hash_of(token), created_at=at)
        journal.write(OPENED, by=by, at=at, subject=feed, person_id=person.pk)
    return token


def close_feed(*, person: Person, by: Person | None, at: datetime) -> None:
    """Make the address worthless; a second time changes nothing."""
    with transaction.atomic():
        feed = CalendarFeed.objects.filter(person=person, revoked_at=None).first()
        if feed is not None:
            CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=at)
            journal.write(CLOSED, by=by, at=at, subject=feed, person_id=person.pk)


def find(*, token: str, at: datetime) -> Person | None:
    """Whose address it is, if it still holds and its person may log in."""
    feed = (
        CalendarFeed.objects.select_related("person")
        .filter(token_hash=hash_of(token), revoked_at=None, person__is_active=True)
        .first()
    )
    if feed is None:
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)
    return feed.person
