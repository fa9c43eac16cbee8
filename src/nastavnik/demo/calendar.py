"""Public holidays of Russia for the working calendar: the fixed days of the Labour Code, article 112.

Transfers of days off, which the government decides year by year, are not in here: an invented centre has none.
"""

from datetime import date

FIXED = (
    (1, 1, "Новогодние каникулы"), (1, 2, "Новогодние каникулы"), (1, 3, "Новогодние каникулы"),
    (1, 4, "Новогодние каникулы"), (1, 5, "Новогодние каникулы"), (1, 6, "Новогодние каникулы"),
    (1, 7, "Рождество Христово"), (1, 8, "Новогодние каникулы"), (2, 23, "День защитника Отечества"),
    (3, 8, "Международный женский день"), (5, 1, "Праздник Весны и Труда"), (5, 9, "День Победы"),
    (6, 12, "День России"), (11, 4, "День народного единства"),
)  # fmt: skip


def holidays(first: date, end: date) -> dict[date, str]:
    """Holidays in [first, end) with their names."""
    found = {date(year, month, day): name for year in range(first.year, end.year + 1) for month, day, name in FIXED}
    return {day: name for day, name in found.items() if first <= day < end}
