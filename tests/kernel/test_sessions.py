"""Sessions begin and end by the product's clock, whatever the machine's says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from nastavnik.kernel import clock
from nastavnik.kernel.sessions import SessionStore

pytestmark = pytest.mark.django_db
FAR = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_a_session_lives_its_time_by_our_clock_and_no_longer() -> None:
    with clock.frozen(FAR):
        session = SessionStore()
        session["who"] = "Анна"
        session.save()
    found = []
    for moment in (FAR, FAR + LIFE - timedelta(minutes=1), FAR + LIFE + timedelta(minutes=1)):
        with clock.frozen(moment):
            found.append(SessionStore(session.session_key).get("who"))
    assert found == ["Анна", "Анна", None]
