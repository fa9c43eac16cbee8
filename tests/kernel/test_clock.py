"""The one clock: frozen where asked, and honest about local days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nastavnik.kernel import clock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def test_now_is_the_present_moment_in_utc() -> None:
    before = datetime.now(UTC)
    now = clock.now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_frozen_clock_stands_still_and_runs_on_afterwards() -> None:
    with clock.frozen(NOON):
        assert clock.now() == NOON
        with clock.frozen(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_a_moment_of_another_zone_is_frozen_as_utc() -> None:
    with clock.frozen(datetime(2026, 11, 23, 15, tzinfo=MOSCOW)):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.frozen(NOON.replace(tzinfo=None)):
        pass


def test_a_shifted_clock_stands_away_from_the_present() -> None:
    with clock.frozen(NOON), clock.shifted(timedelta(hours=-2)):
        assert clock.now() == NOON - timedelta(hours=2)


def test_a_contact_after_local_midnight_belongs_to_the_new_day() -> None:
    assert clock.local_date(datetime(2026, 11, 22, 20, 59, tzinfo=UTC), MOSCOW) == date(2026, 11, 22)
    assert clock.local_date(datetime(2026, 11, 22, 21, 0, tzinfo=UTC), MOSCOW) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        ("Europe/Moscow", date(2026, 11, 23), datetime(2026, 11, 22, 21, tzinfo=UTC)),
        ("Asia/Vladivostok", date(2026, 11, 23), datetime(2026, 11, 22, 14, tzinfo=UTC)),
        # Midnight did not exist: the day began at one o'clock of the summer.
        ("America/Sao_Paulo", date(2018, 11, 4), datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # Midnight came twice: the day began at the first.
        ("America/Havana", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_a_day_starts_at_its_first_moment(zone: str, day: date, start: datetime) -> None:
    assert clock.start_of(day, ZoneInfo(zone)) == start
    assert clock.local_date(start, ZoneInfo(zone)) == day
    assert clock.local_date(start - timedelta(microseconds=1), ZoneInfo(zone)) == day - timedelta(days=1)
