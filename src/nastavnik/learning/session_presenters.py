"""What the journal's entries about live sessions mean."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.learning.enums import AttendanceMark, BookingState
from nastavnik.people.models.organisation import localized


def _name(part: dict[str, Any]) -> str:
    return localized(part["name"], part.get("name_en", ""))


def _session(entry: JournalEntry) -> dict[str, str]:
    """The session's name and start, in the reader's language and time zone."""
    begin = datetime.fromisoformat(entry.data["starts_at"]).astimezone(timezone.get_current_timezone())
    return {"session": _name(entry.data["session"]), "when": formatting.moment(begin, get_language() or "ru")}


@presents("learning.session_planned")
def session_planned(entry: JournalEntry) -> str:
    return gettext("Session planned: {session}, {when}").format(**_session(entry))


@presents("learning.session_changed")
def session_changed(entry: JournalEntry) -> str:
    return gettext("Session changed: {session}, {when}").format(**_session(entry))


@presents("learning.session_cancelled")
def session_cancelled(entry: JournalEntry) -> str:
    return gettext("Session cancelled: {session}, {when}").format(**_session(entry))


@presents("learning.session_finished")
def session_finished(entry: JournalEntry) -> str:
    text = gettext("Session held: {session}, {when}; attended: {count}")
    return text.format(count=entry.data["attended"], **_session(entry))


@presents("learning.seat_booked")
def seat_booked(entry: JournalEntry) -> str:
    texts = {
        BookingState.WAITING: gettext("On the wait-list: {session}, {when}"),
        BookingState.ASKED: gettext("Asked the lead for a seat: {session}, {when}"),
    }
    return texts.get(entry.data["state"], gettext("Registered: {session}, {when}")).format(**_session(entry))


@presents("learning.booking_decided")
def booking_decided(entry: JournalEntry) -> str:
    texts = {
        BookingState.WAITING: gettext("The lead agreed, on the wait-list: {session}, {when}"),
        BookingState.CANCELLED: gettext("The lead refused a seat: {session}, {when}"),
    }
    return texts.get(entry.data["state"], gettext("The lead agreed to a seat: {session}, {when}")).format(
        **_session(entry)
    )


@presents("learning.seat_freed_for")
def seat_freed_for(entry: JournalEntry) -> str:
    return gettext("Got a seat from the wait-list: {session}, {when}").format(**_session(entry))


@presents("learning.booking_cancelled")
def booking_cancelled(entry: JournalEntry) -> str:
    return gettext("Registration cancelled: {session}, {when}").format(**_session(entry))


@presents("learning.attendance_marked")
def attendance_marked(entry: JournalEntry) -> str:
    label = str(AttendanceMark(entry.data["mark"]).label)
    return gettext("Attendance: {mark}. {session}, {when}").format(mark=label, **_session(entry))


@presents("learning.session_kind_saved")
def session_kind_saved(entry: JournalEntry) -> str:
    text = gettext("New session kind: {name}") if entry.data["is_new"] else gettext("Session kind changed: {name}")
    return text.format(name=_name(entry.data["name"]))


@presents("learning.room_saved")
def room_saved(entry: JournalEntry) -> str:
    text = gettext("New room: {name}") if entry.data["is_new"] else gettext("Room changed: {name}")
    return text.format(name=_name(entry.data["name"]))


@presents("learning.feed_opened")
def feed_opened(entry: JournalEntry) -> str:
    return gettext("Calendar address created")


@presents("learning.feed_closed")
def feed_closed(entry: JournalEntry) -> str:
    return gettext("Calendar address switched off")


@presents("learning.notices_preferred")
def notices_preferred(entry: JournalEntry) -> str:
    return gettext("Notice preferences changed")
