"""Notices in the reader's language: the English template is the message id, its parameters are days, moments, names."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, gettext

from nastavnik.kernel.logic import formatting
from nastavnik.learning.models import Notice
from nastavnik.people.models.organisation import localized


def _word(value: Any, zone: Any) -> str:
    """One parameter: a day, a moment in the zone, a record's name, or plain text."""
    language = get_language() or "ru"
    if not isinstance(value, dict):
        return str(value)
    if "moment" in value:
        return formatting.moment(datetime.fromisoformat(value["moment"]).astimezone(zone), language)
    if "day" in value:
        return formatting.day(date.fromisoformat(value["day"]), language)
    return localized(value.get("name", ""), value.get("name_en", ""))


def _said(template: str, params: dict[str, Any], zone: Any) -> str:
    if not template:
        return ""
    words = {key: _word(value, zone) for key, value in params.items()}
    text = gettext(template)
    return text.format(**words) if words else text


def title_of(notice: Notice, zone: ZoneInfo | None = None) -> str:
    """What the notice says; a lead's copy begins with whom it is about."""
    text = _said(notice.title, notice.params, zone or timezone.get_current_timezone())
    return f"{notice.about}: {text}" if notice.about else text


def body_of(notice: Notice, zone: ZoneInfo | None = None) -> str:
    """The sentence under it, if any."""
    return _said(notice.body, notice.params, zone or timezone.get_current_timezone())
