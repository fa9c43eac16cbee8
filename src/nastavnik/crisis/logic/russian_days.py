"""Days off and moved working days of Russia, 2024 to 2027, as data for a new calendar.

Non-working holidays of article 112 of the Labour Code with the yearly government decrees on transfers. Weekends are
not listed. Later years are entered by hand or imported once their decree is out.
"""

from datetime import date, timedelta

SOURCE = "ТК РФ, ст. 112; постановления Правительства РФ о переносе выходных 2024–2027"
_NAMES = {
    "new_year": "Новогодние каникулы",
    "defender": "День защитника Отечества",
    "women": "Международный женский день",
    "labour": "Праздник Весны и Труда",
    "victory": "День Победы",
    "russia": "День России",
    "unity": "День народного единства",
    "moved": "Перенесённый выходной",
    "working": "Рабочая суббота",
}
# Transfers of each year, beside the fixed holidays below.
_DAYS_OFF = {
    2024: ["04-29", "04-30", "05-10", "12-30", "12-31"],
    2025: ["05-02", "05-08", "06-13", "11-03", "12-31"],
    2026: ["01-09", "03-09", "05-11", "12-31"],
    2027: ["02-22", "03-08", "05-03", "05-10", "06-14", "11-05", "12-31"],
}
_WORKING = {2024: ["04-27", "11-02", "12-28"], 2025: ["11-01"], 2026: [], 2027: ["02-20"]}


def special_days(year: int) -> list[tuple[date, bool, str]]:
    """(day, working?, name) of a year, by day. Days that are a weekend anyway are included: they are holidays too."""
    found: dict[date, tuple[bool, str]] = {}
    for offset in range(8):
        found[date(year, 1, 1) + timedelta(days=offset)] = (False, _NAMES["new_year"])
    for month, day, key in (
        (2, 23, "defender"), (3, 8, "women"), (5, 1, "labour"), (5, 9, "victory"), (6, 12, "russia"), (11, 4, "unity")
    ):  # fmt: skip
        found[date(year, month, day)] = (False, _NAMES[key])
    for text in _DAYS_OFF.get(year, ()):
        found.setdefault(date.fromisoformat(f"{year}-{text}"), (False, _NAMES["moved"]))
    for text in _WORKING.get(year, ()):
        found[date.fromisoformat(f"{year}-{text}")] = (True, _NAMES["working"])
    return [(day, *found[day]) for day in sorted(found)]


YEARS = tuple(_DAYS_OFF)
