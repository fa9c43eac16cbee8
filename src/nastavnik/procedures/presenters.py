"""Sentences of the journal about policies, the lexicon, messages and guides."""

from datetime import date

from django.utils.translation import get_language, gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic.formatting import day
from nastavnik.kernel.models import JournalEntry
from nastavnik.procedures.enums import Language


def _language(entry: JournalEntry) -> str:
    return str(Language(entry.data["lang"]).label)


def _scope(entry: JournalEntry) -> str:
    return entry.data["scope"] or gettext("everybody")


@presents("procedures.policy_added")
def policy_added(entry: JournalEntry) -> str:
    text = gettext("Refusal policy, version {number}, from {day}, for: {scope}")
    begins = date.fromisoformat(entry.data["from"])
    return text.format(number=entry.data["number"], day=day(begins, get_language() or "ru"), scope=_scope(entry))


@presents("procedures.policy_taken_back")
def policy_taken_back(entry: JournalEntry) -> str:
    text = gettext("Planned refusal policy, version {number}, taken back; it was for: {scope}")
    return text.format(number=entry.data["number"], scope=_scope(entry))


@presents("procedures.lexicon_published")
def lexicon_published(entry: JournalEntry) -> str:
    text = gettext("Lexicon published: {language}, version {number}, rules: {rules}")
    return text.format(language=_language(entry), number=entry.data["number"], rules=entry.data["rules"])
