"""Sentences of the journal about programmes, enrolments, plans and triggers."""

from datetime import date

from django.utils.translation import get_language, gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.learning.enums import EventKind, PauseKind


@presents("learning.programme_created")
def programme_created(entry: JournalEntry) -> str:
    return gettext("New programme: {programme}").format(programme=entry.data["programme"])


@presents("learning.programme_changed")
def programme_changed(entry: JournalEntry) -> str:
    return gettext("Programme changed: {programme}").format(programme=entry.data["programme"])


@presents("learning.programme_drafted")
def programme_drafted(entry: JournalEntry) -> str:
    text = gettext("Version {version} of the programme “{programme}” begun")
    return text.format(version=entry.data["version"], programme=entry.data["programme"])


@presents("learning.programme_published")
def programme_published(entry: JournalEntry) -> str:
    text = gettext("Version {version} of the programme “{programme}” published")
    return text.format(version=entry.data["version"], programme=entry.data["programme"])


def happening(kind: str, data: dict[str, object]) -> str:
    """«Gate passed: Distance part»: one event of an enrolment."""
    label = str(EventKind(kind).label)
    label = label[:1].upper() + label[1:]
    more = data.get("stage") or data.get("intake")
    if kind == EventKind.PAUSED and data.get("pause"):
        more = PauseKind(str(data["pause"])).label
    return f"{label}: {more}" if more else label


@presents("learning.enrolment_happened")
def enrolment_happened(entry: JournalEntry) -> str:
    return f"{entry.data['programme']} — {happening(entry.data['what'], entry.data)}"


@presents("learning.sign_off_given")
def sign_off_given(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Signed off: {stage}") if data["approved"] else gettext("Not signed off: {stage}")
    return text.format(stage=data["stage"])


@presents("learning.item_accepted")
def item_accepted(entry: JournalEntry) -> str:
    return gettext("Accepted: {title}").format(title=entry.data["title"])


@presents("learning.item_assigned")
def item_assigned(entry: JournalEntry) -> str:
    return gettext("Put into the plan: {title}").format(title=entry.data["title"])


@presents("learning.proof_decided")
def proof_decided(entry: JournalEntry) -> str:
    text = gettext("Proof accepted: {title}") if entry.data["accepted"] else gettext("Proof refused: {title}")
    return text.format(title=entry.data["title"])


@presents("learning.defence_marked")
def defence_marked(entry: JournalEntry) -> str:
    return gettext("Defence marked: {title}").format(title=entry.data["title"])


@presents("learning.plan_frozen")
def plan_frozen(entry: JournalEntry) -> str:
    month = formatting.month(date.fromisoformat(entry.data["month"]), get_language() or "ru")
    return gettext("Plan of {month} frozen: {count} items").format(month=month, count=entry.data["count"])


@presents("learning.trigger_saved")
def trigger_saved(entry: JournalEntry) -> str:
    return gettext("Trigger saved: {title}").format(title=entry.data["title"])


@presents("learning.trigger_ran")
def trigger_ran(entry: JournalEntry) -> str:
    text = gettext("Trigger ran: {title}. Enrolled: {enrolled}, left out: {left_out}")
    return text.format(**{name: entry.data[name] for name in ("title", "enrolled", "left_out")})
