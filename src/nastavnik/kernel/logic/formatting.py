"""How figures, days and durations are written in the reader's language. Pure: the language is an argument.

Russian: 12 345,67 with narrow no-break spaces, a no-break space before units, 3 окт. 2023. English: 12,345.67,
3 Oct 2023. `lang` is a language code ("ru", "en", "en-gb"); what is not Russian is written the English way. None is
written as a dash.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_month_names
from babel.numbers import format_compact_decimal, get_currency_symbol

Figure = int | float | Decimal
NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
# Currencies whose minor unit is not a hundredth (ISO 4217), of those a centre here may meet.
_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3}


def is_russian(lang: str) -> bool:
    """Whether the Russian rules of writing apply."""
    return lang.split("-", maxsplit=1)[0] == "ru"


def _locale(lang: str) -> str:
    return "ru" if is_russian(lang) else "en"


def number(value: Figure | None, decimals: int = 0, lang: str = "ru") -> str:
    """`12 345,67` or `12,345.67`; halves of a Decimal go away from zero, floats round as Python prints them."""
    if value is None:
        return NOTHING
    if isinstance(value, Decimal):
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    if is_russian(lang):
        text = text.replace(",", NARROW).replace(".", ",")
    return MINUS + text if negative else text


def signed(value: Figure | None, decimals: int = 0, lang: str = "ru") -> str:
    """A change: always with its sign, except a plain zero."""
    text = number(value, decimals, lang)
    if value is None or text.startswith(MINUS) or not any(digit in text for digit in "123456789"):
        return text
    return "+" + text


def percent(share: Figure | None, decimals: int = 1, lang: str = "ru") -> str:
    """A share 0..1 as `82,9 %` or `82.9%`."""
    return NOTHING if share is None else percent_points(share * 100, decimals, lang)


def percent_points(value: Figure | None, decimals: int = 1, lang: str = "ru") -> str:
    """A value already in per cent, with the sign."""
    if value is None:
        return NOTHING
    return number(value, decimals, lang) + (NBSP + "%" if is_russian(lang) else "%")


def compact(value: Figure | None, lang: str = "ru") -> str:
    """`12,3 тыс.` or `12.3K`: for axes and badges where the exact figure stands elsewhere."""
    if value is None:
        return NOTHING
    return str(format_compact_decimal(value, locale=_locale(lang), fraction_digits=1)).replace("-", MINUS)


def money(minor: int | None, currency: str = "RUB", lang: str = "ru") -> str:
    """Integer minor units (kopecks, cents) as `1 234,50 ₽` or `₽1,234.50`."""
    if minor is None:
        return NOTHING
    digits = _MINOR_DIGITS.get(currency, 2)
    text = number(Decimal(minor).scaleb(-digits), digits, lang)
    symbol = get_currency_symbol(currency, locale=_locale(lang))
    if is_russian(lang):
        return f"{text}{NBSP}{symbol}"
    sign, bare = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}{symbol}{NBSP if symbol.isalpha() else ''}{bare}"


@lru_cache(maxsize=2048)
def _day(value: date, pattern: str, lang: str) -> str:
    return str(format_date(value, pattern, locale=_locale(lang)))


def day(value: date | None, lang: str = "ru") -> str:
    """`3 окт. 2023` or `3 Oct 2023`, held together by no-break spaces. A datetime counts by its own date."""
    if value is None:
        return NOTHING
    plain = value.date() if isinstance(value, datetime) else value
    return _day(plain, f"d{NBSP}MMM{NBSP}y", lang)


def clock(value: datetime | time | None) -> str:
    """`14:05`, the same in both languages."""
    return NOTHING if value is None else f"{value:%H:%M}"


def moment(value: datetime | None, lang: str = "ru", *, zone: bool = False) -> str:
    """`3 окт. 2023, 14:05`; with `zone` the name of its time zone is added."""
    if value is None:
        return NOTHING
    text = f"{day(value, lang)}, {clock(value)}"
    return f"{text}{NBSP}{value.tzname()}" if zone and value.tzinfo else text


def day_range(first: date, last: date | None, lang: str = "ru") -> str:
    """`3–9 окт. 2023`, repeating only what differs; an open range ends with a dash."""
    if last is None:
        return f"{day(first, lang)} –"
    if first == last:
        return day(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, lang)}"
    start = day(first, lang) if first.year != last.year else _day(first, f"d{NBSP}MMM", lang)
    return f"{start} – {day(last, lang)}"


def month(value: date, lang: str = "ru", *, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """`октябрь 2023` or `October 2023`; width "abbreviated" gives `окт. 2023`."""
    names = get_month_names(width, context="stand-alone", locale=_locale(lang))
    return f"{names[value.month]}{NBSP}{value.year}"


def duration(ms: int | None) -> str:
    """Milliseconds as `4:32`, from an hour on `1:04:32`; part seconds round to the nearest."""
    if ms is None:
        return NOTHING
    seconds = (abs(ms) + 500) // 1000
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return MINUS + text if ms < 0 and seconds else text


def duration_words(ms: int | None, lang: str = "ru") -> str:
    """Milliseconds as `4 мин 32 с` or `4 min 32 s`, at most two units, the smaller left out when it is zero."""
    if ms is None:
        return NOTHING
    names = ("д", "ч", "мин", "с") if is_russian(lang) else ("d", "h", "min", "s")
    seconds = (abs(ms) + 500) // 1000
    parts: list[str] = []
    for size, name in zip((86_400, 3_600, 60, 1), names, strict=True):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{NBSP}{name}")
        elif parts:
            break
        if len(parts) == 2:
            break
    text = " ".join(parts) or f"0{NBSP}{names[-1]}"
    return MINUS + text if ms < 0 and parts else text
