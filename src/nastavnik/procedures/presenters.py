"""Sentences of the journal about policies, the lexicon, messages and guides."""

from datetime import date

from django.utils.translation import get_language, gettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic.formatting import day
from nastavnik.kernel.models import JournalEntry
from nastavnik.procedures.enums import Language, MessageLabel


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


def _label(value: str) -> str:
    return str(MessageLabel(value).label)


@presents("procedures.draft_begun")
def draft_begun(entry: JournalEntry) -> str:
    return gettext("Draft of the lexicon begun: {language}").format(language=_language(entry))


@presents("procedures.draft_discarded")
def draft_discarded(entry: JournalEntry) -> str:
    return gettext("Draft of the lexicon thrown away: {language}").format(language=_language(entry))


@presents("procedures.draft_words")
def draft_words(entry: JournalEntry) -> str:
    text = gettext("Words to repair towards changed ({language}): {number}")
    return text.format(language=_language(entry), number=entry.data["words"])


@presents("procedures.rule_saved")
def rule_saved(entry: JournalEntry) -> str:
    return gettext("Lexicon rule written: {rule}").format(rule=entry.data["rule"])


@presents("procedures.rule_removed")
def rule_removed(entry: JournalEntry) -> str:
    return gettext("Lexicon rule taken away: {rule}").format(rule=entry.data["rule"])


@presents("procedures.message_added")
def message_added(entry: JournalEntry) -> str:
    return gettext("Message labelled: {label}").format(label=_label(entry.data["label"]))


@presents("procedures.messages_loaded")
def messages_loaded(entry: JournalEntry) -> str:
    text = gettext("Labelled messages from {source}: {new} new, {relabelled} relabelled, {known} known already")
    return text.format(**{key: entry.data[key] for key in ("source", "new", "relabelled", "known")})


@presents("procedures.message_relabelled")
def message_relabelled(entry: JournalEntry) -> str:
    text = gettext("Message relabelled: {before} → {label}")
    return text.format(before=_label(entry.data["from"]), label=_label(entry.data["label"]))


@presents("procedures.message_removed")
def message_removed(entry: JournalEntry) -> str:
    return gettext("Labelled message taken away ({label})").format(label=_label(entry.data["label"]))


@presents("procedures.phrase_decided")
def phrase_decided(entry: JournalEntry) -> str:
    return gettext("Missed phrase looked at: {label}").format(label=_label(entry.data["label"]))


@presents("procedures.guide_published")
def guide_published(entry: JournalEntry) -> str:
    text = gettext("Guide published: {title}, version {number}")
    return text.format(title=entry.data["title"], number=entry.data["number"])


@presents("procedures.guide_retired")
def guide_retired(entry: JournalEntry) -> str:
    return gettext("Guide retired: {title}").format(title=entry.data["title"])


@presents("procedures.guide_brought_back")
def guide_brought_back(entry: JournalEntry) -> str:
    return gettext("Guide brought back: {title}").format(title=entry.data["title"])
