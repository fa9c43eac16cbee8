"""Arithmetic of days that `datetime` leaves out."""

from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative); the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
