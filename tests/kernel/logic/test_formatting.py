"""Figures, days and durations as people read them, in both languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from nastavnik.kernel.logic import formatting as f

DAY = date(2023, 10, 3)
MOMENT = datetime(2023, 10, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "russian", "english"),
    [
        (12345.678, 2, "12\u202f345,68", "12,345.68"),
        (0, 0, "0", "0"),
        (-1234, 0, "\u22121\u202f234", "\u22121,234"),
        (-0.001, 2, "0,00", "0.00"),
        (Decimal("4.885"), 2, "4,89", "4.89"),
        (1_000_000, 0, "1\u202f000\u202f000", "1,000,000"),
        (None, 2, "–", "–"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(
    value: f.Figure | None, decimals: int, russian: str, english: str
) -> None:
    assert (f.number(value, decimals, "ru"), f.number(value, decimals, "en")) == (russian, english)


@pytest.mark.parametrize(
    ("value", "text"), [(0.04, "+0,04"), (-0.04, "\u22120,04"), (0.001, "0,00"), (0, "0,00"), (None, "–")]
)
def test_a_change_carries_its_sign_unless_it_is_nothing(value: float | None, text: str) -> None:
    assert f.signed(value, 2, "ru") == text


def test_a_share_and_a_value_in_per_cent_read_the_same() -> None:
    assert f.percent(0.8294, 1, "ru") == f.percent_points(82.94, 1, "ru") == "82,9\u00a0%"
    assert f.percent(0.8294, 1, "en") == f.percent_points(82.94, 1, "en") == "82.9%"
    assert (f.percent(None), f.percent_points(None)) == ("–", "–")


def test_money_is_minor_units_with_its_symbol() -> None:
    assert f.money(123450, "RUB", "ru") == "1\u202f234,50\u00a0₽"
    assert f.money(123450, "EUR", "en") == "€1,234.50"
    assert f.money(-50, "USD", "en") == "\u2212$0.50"
    assert f.money(123450, "RUB", "en") == "RUB\u00a01,234.50"
    assert f.money(500, "JPY", "en") == "¥500"
    assert f.money(None) == "–"


def test_large_figures_shorten() -> None:
    assert f.compact(12345, "ru") == "12,3\u00a0тыс."
    assert f.compact(-12345, "en") == "\u221212.3K"
    assert f.compact(None) == "–"


def test_a_day_names_its_month() -> None:
    assert f.day(DAY, "ru") == "3\u00a0окт.\u00a02023"
    assert f.day(DAY, "en") == "3\u00a0Oct\u00a02023"
    assert f.day(MOMENT, "en-gb") == "3\u00a0Oct\u00a02023"
    assert f.day(None) == "–"


def test_a_moment_has_a_clock_and_where_asked_its_zone() -> None:
    assert f.moment(MOMENT, "ru") == "3\u00a0окт.\u00a02023, 14:05"
    assert f.moment(MOMENT, "en", zone=True) == "3\u00a0Oct\u00a02023, 14:05\u00a0UTC"
    assert f.moment(MOMENT.replace(hour=9, minute=1, tzinfo=None), "en", zone=True) == "3\u00a0Oct\u00a02023, 09:01"
    assert f.clock(time(9, 5)) == "09:05"
    assert (f.moment(None), f.clock(None)) == ("–", "–")


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (date(2023, 10, 3), "3\u00a0окт.\u00a02023"),
        (date(2023, 10, 9), "3–9\u00a0окт.\u00a02023"),
        (date(2023, 11, 9), "3\u00a0окт. – 9\u00a0нояб.\u00a02023"),
        (date(2024, 1, 9), "3\u00a0окт.\u00a02023 – 9\u00a0янв.\u00a02024"),
        (None, "3\u00a0окт.\u00a02023 –"),
    ],
)
def test_a_range_of_days_repeats_only_what_differs(last: date | None, text: str) -> None:
    assert f.day_range(DAY, last, "ru") == text


def test_a_month_stands_in_the_nominative() -> None:
    assert f.month(DAY, "ru") == "октябрь\u00a02023"
    assert f.month(DAY, "ru", width="abbreviated") == "окт.\u00a02023"
    assert f.month(DAY, "en") == "October\u00a02023"


@pytest.mark.parametrize(
    ("ms", "short", "words"),
    [
        (0, "0:00", "0\u00a0с"),
        (499, "0:00", "0\u00a0с"),
        (500, "0:01", "1\u00a0с"),
        (272_000, "4:32", "4\u00a0мин 32\u00a0с"),
        (3_600_000, "1:00:00", "1\u00a0ч"),
        (3_605_000, "1:00:05", "1\u00a0ч"),
        (3_872_000, "1:04:32", "1\u00a0ч 4\u00a0мин"),
        (90_061_000, "25:01:01", "1\u00a0д 1\u00a0ч"),
        (-272_000, "\u22124:32", "\u22124\u00a0мин 32\u00a0с"),
        (None, "–", "–"),
    ],
)
def test_a_duration_is_read_from_milliseconds(ms: int | None, short: str, words: str) -> None:
    assert (f.duration(ms), f.duration_words(ms, "ru")) == (short, words)


def test_words_of_a_duration_follow_the_language() -> None:
    assert f.duration_words(272_000, "en") == "4\u00a0min 32\u00a0s"
