"""Sessions: one row, written once; none after its time; a taken key overwrites nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.models import Session

from nastavnik.kernel import clock
from nastavnik.kernel.sessions import SessionStore

pytestmark = pytest.mark.django_db


def a_session(**values: str) -> SessionStore:
    session = SessionStore()
    session.update(values)
    session.save()
    return session


def test_a_new_session_is_one_statement_and_reads_back(django_assert_num_queries: Callable[..., Any]) -> None:
    session = SessionStore()
    session["who"] = "anna"
    session.cycle_key()
    with django_assert_num_queries(3):  # the INSERT between a savepoint and its release
        session.save()
    assert dict(SessionStore(session.session_key).items()) == {"who": "anna"}


def test_a_changed_session_stays_one_row() -> None:
    session = a_session(who="anna")
    session["page"] = "plan"
    session.save()
    assert Session.objects.count() == 1
    assert dict(SessionStore(session.session_key).items()) == {"who": "anna", "page": "plan"}


def test_a_new_key_takes_the_old_one_out_of_use() -> None:
    session = a_session(who="anna")
    old = session.session_key
    session.cycle_key()
    session.save()
    assert dict(SessionStore(old).items()) == {}
    assert dict(SessionStore(session.session_key).items()) == {"who": "anna"}


def test_a_session_ends_with_its_time() -> None:
    session = a_session(who="anna")
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert dict(SessionStore(session.session_key).items()) == {}


def test_a_taken_key_overwrites_nobody() -> None:
    taken = a_session(who="anna")
    thief = SessionStore()
    thief["who"] = "boris"
    thief.create()
    thief._session_key = taken.session_key
    with pytest.raises(CreateError):
        thief.save()
    assert dict(SessionStore(taken.session_key).items()) == {"who": "anna"}


def test_a_session_lives_its_time_by_our_clock_whatever_the_machines_says() -> None:
    far, life = datetime(2031, 3, 3, 9, 0, tzinfo=UTC), timedelta(seconds=settings.SESSION_COOKIE_AGE)
    minute, found = timedelta(minutes=1), []
    with clock.frozen(far):
        session = a_session(who="anna")
    for moment in (far, far + life - minute, far + life + minute):
        with clock.frozen(moment):
            found.append(SessionStore(session.session_key).get("who"))
    assert found == ["anna", "anna", None]
