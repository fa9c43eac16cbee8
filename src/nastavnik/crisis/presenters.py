"""Sentences of the journal about the crisis desk."""

from django.utils.translation import gettext

from nastavnik.crisis.enums import EventKind
from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry


@presents("crisis.case_acted")
def case_acted(entry: JournalEntry) -> str:
    what = EventKind(entry.data["event"]).label
    return gettext("Case № {number}: {what}").format(number=entry.data["number"], what=what)


@presents("crisis.agent_came")
def agent_came(entry: JournalEntry) -> str:
    return gettext("Sat down at the crisis desk")


@presents("crisis.agent_went")
def agent_went(entry: JournalEntry) -> str:
    return gettext("Left the crisis desk")


@presents("crisis.history_brought")
def history_brought(entry: JournalEntry) -> str:
    return gettext("Closed cases brought in from an earlier system: {cases}").format(cases=entry.data["cases"])


@presents("crisis.case_seen")
def case_seen(entry: JournalEntry) -> str:
    return gettext("Looked at case № {number}").format(number=entry.data["number"])


@presents("crisis.customer_seen")
def customer_seen(entry: JournalEntry) -> str:
    return gettext("Looked at customer {ext_id}").format(ext_id=entry.data["ext_id"])


@presents("crisis.desk_changed")
def desk_changed(entry: JournalEntry) -> str:
    return gettext("Settings of the crisis desk changed: {what}").format(what=entry.data["what"])


@presents("crisis.cases_imported")
def cases_imported(entry: JournalEntry) -> str:
    text = gettext("Cases imported from {file}: {created} new, {known} known already")
    return text.format(**{key: entry.data[key] for key in ("file", "created", "known")})
