"""What the journal's entries about certificates and permits mean."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models.organisation import localized


def _name(part: dict[str, Any]) -> str:
    return localized(part["name"], part.get("name_en", ""))


def _last_day(text: str | None) -> str:
    """The last day of something that ends, exclusively, on the given day."""
    if text is None:
        return ""
    return formatting.day(date.fromisoformat(text) - timedelta(days=1), get_language() or "ru")


@presents("learning.certificate_awarded")
def certificate_awarded(entry: JournalEntry) -> str:
    kind, end = _name(entry.data["kind"]), _last_day(entry.data["valid_to"])
    if end:
        return gettext("Certificate «{kind}» awarded, valid through {day}").format(kind=kind, day=end)
    return gettext("Certificate «{kind}» awarded").format(kind=kind)


@presents("learning.certificate_revoked")
def certificate_revoked(entry: JournalEntry) -> str:
    return gettext("Certificate «{kind}» revoked").format(kind=_name(entry.data["kind"]))


@presents("learning.permit_granted")
def permit_granted(entry: JournalEntry) -> str:
    what, end = _name(entry.data["contact_type"]), _last_day(entry.data["until"])
    if end:
        return gettext("May take contacts «{what}» through {day}").format(what=what, day=end)
    return gettext("May take contacts «{what}»").format(what=what)


@presents("learning.permit_withdrawn")
def permit_withdrawn(entry: JournalEntry) -> str:
    return gettext("May no longer take contacts «{what}»").format(what=_name(entry.data["contact_type"]))


@presents("learning.certificate_kind_saved")
def certificate_kind_saved(entry: JournalEntry) -> str:
    text = (
        gettext("New certificate kind: {name}") if entry.data["is_new"] else gettext("Certificate kind changed: {name}")
    )
    return text.format(name=_name(entry.data["name"]))


@presents("learning.contact_type_saved")
def contact_type_saved(entry: JournalEntry) -> str:
    text = gettext("New contact type: {name}") if entry.data["is_new"] else gettext("Contact type changed: {name}")
    return text.format(name=_name(entry.data["name"]))
