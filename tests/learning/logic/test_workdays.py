"""Working days, quiet hours, and the code on the screen."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.learning.logic import codes
from nastavnik.learning.logic.workdays import is_quiet, is_working, may_disturb, working_days_after

MOSCOW = ZoneInfo("Europe/Moscow")
QUIET = (time(19), time(9))
FRIDAY = date(2026, 11, 27)
MINUTES = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))


def test_the_calendar_overrules_the_week() -> None:
    changed = {FRIDAY: False, date(2026, 11, 28): True}
    assert [is_working(FRIDAY + timedelta(days=step), {}) for step in range(4)] == [True, False, False, True]
    assert [is_working(FRIDAY + timedelta(days=step), changed) for step in range(4)] == [False, True, False, True]


def test_working_days_are_counted_without_the_first() -> None:
    assert working_days_after(FRIDAY, FRIDAY, {}) == 0
    assert working_days_after(FRIDAY, date(2026, 11, 29), {}) == 0
    assert working_days_after(FRIDAY, date(2026, 12, 1), {}) == 2
    assert working_days_after(FRIDAY, date(2026, 12, 1), {date(2026, 11, 30): False}) == 1


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [(time(8, 59), True), (time(9), False), (time(18, 59), False), (time(19), True), (time(0), True)],
)
def test_quiet_hours_run_over_midnight(clock: time, quiet: bool) -> None:
    assert is_quiet(clock, *QUIET) is quiet


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    assert [is_quiet(time(hour), time(12), time(14)) for hour in (11, 12, 13, 14)] == [False, True, True, False]
    assert not is_quiet(time(3), time(0), time(0))


def test_nobody_is_disturbed_at_night_or_at_the_weekend_of_their_own_zone() -> None:
    friday_evening = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # 17:00 in Moscow, Saturday 00:00 in Vladivostok
    assert may_disturb(friday_evening, MOSCOW, QUIET, {})
    assert not may_disturb(friday_evening, ZoneInfo("Asia/Vladivostok"), QUIET, {})
    assert not may_disturb(friday_evening, MOSCOW, QUIET, {FRIDAY: False})


@given(
    moment=st.integers(1_767_225_600, 1_798_761_600).map(lambda second: datetime.fromtimestamp(second, UTC)),
    zone=st.sampled_from(["Europe/Moscow", "Asia/Kamchatka", "America/New_York", "UTC"]),
    quiet=st.tuples(MINUTES, MINUTES),
)
def test_whoever_may_be_disturbed_works_that_day_and_has_no_quiet_hour(
    moment: datetime, zone: str, quiet: tuple[time, time]
) -> None:
    local = moment.astimezone(ZoneInfo(zone))
    allowed = may_disturb(moment, ZoneInfo(zone), quiet, {})
    assert allowed == (local.weekday() < 5 and not is_quiet(local.time(), *quiet))


def test_the_code_stands_for_its_half_minute_and_the_next_one() -> None:
    secret, at = b"secret of a session", datetime(2026, 11, 26, 10, 0, 0, tzinfo=UTC)
    code = codes.code_for(secret, codes.step_of(at))
    assert len(code) == 6
    assert codes.seconds_left(at) == 30
    fits = [codes.fits(secret, code, at + timedelta(seconds=after)) for after in (-1, 0, 29, 30, 59, 60)]
    assert fits == [False, True, True, True, True, False]
    assert codes.fits(secret, f"{code[:3]} {code[3:]}", at)
    assert not codes.fits(b"another", code, at)
    assert not codes.fits(secret, "", at)


def test_the_code_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-256: 30 s steps, the last six of its eight figures."""
    secret = b"12345678901234567890123456789012"
    assert codes.code_for(secret, 59 // 30) == "119246"
    assert codes.code_for(secret, 1111111109 // 30) == "084774"
