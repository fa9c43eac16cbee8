"""Stretches of days a reader may choose by name. Pure: today is an argument; ends are exclusive."""

from datetime import date, timedelta

from nastavnik.kernel.logic.days import add_months
from nastavnik.metrics.enums import Period
from nastavnik.metrics.logic.periods import ONE_DAY, start_of

Days = tuple[date, date]
ROLLING_DAYS = 30


def rolling(today: date, days: int = ROLLING_DAYS) -> Days:
    """The last `days` days, today among them."""
    tomorrow = today + ONE_DAY
    return tomorrow - timedelta(days=days), tomorrow


def presets(today: date) -> dict[str, Days]:
    """Days by name, as the pages offer them."""
    tomorrow = today + ONE_DAY
    month, quarter = start_of(Period.MONTH, today), start_of(Period.QUARTER, today)
    return {
        "30d": rolling(today),
        "90d": rolling(today, 90),
        "month": (month, tomorrow),
        "last-month": (add_months(month, -1), month),
        "quarter": (quarter, tomorrow),
        "last-quarter": (add_months(quarter, -3), quarter),
        "12m": (add_months(month, -11), tomorrow),
    }


def back(per: Period, day: date, periods: int) -> date:
    """The first day of the period `periods` before the one `day` lies in."""
    first = start_of(per, day)
    if per == Period.WEEK:
        return first - timedelta(weeks=periods)
    return add_months(first, -periods * {Period.QUARTER: 3, Period.YEAR: 12}.get(per, 1))
