"""Sentences of the journal about the bank."""

from django.utils.translation import gettext

from nastavnik.assessment.enums import AlarmKind, ItemKind, ItemState
from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry


def _state(value: str) -> str:
    return str(ItemState(value).label)


@presents("assessment.item_created")
def item_created(entry: JournalEntry) -> str:
    kind = ItemKind(entry.data["kind"]).label
    return gettext("New item ({kind}): {label}").format(kind=kind, label=entry.data["label"])


@presents("assessment.item_revised")
def item_revised(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Item changed, version {version}: {label}").format(version=data["version"], label=data["label"])
    return text if data["from"] == data["to"] else f"{text} ({_state(data['from'])} → {_state(data['to'])})"


@presents("assessment.item_described")
def item_described(entry: JournalEntry) -> str:
    return gettext("Topic, tags, owner or source of an item changed: {label}").format(label=entry.data["label"])


@presents("assessment.item_moved")
def item_moved(entry: JournalEntry) -> str:
    before, after = _state(entry.data["from"]), _state(entry.data["to"])
    return gettext("Item {before} → {after}: {label}").format(before=before, after=after, label=entry.data["label"])


@presents("assessment.topic_created")
def topic_created(entry: JournalEntry) -> str:
    return gettext("New topic: {topic}").format(topic=entry.data["topic"])


@presents("assessment.topic_changed")
def topic_changed(entry: JournalEntry) -> str:
    return gettext("Topic renamed or moved: {before} → {topic}").format(
        before=entry.data["from"], topic=entry.data["topic"]
    )


@presents("assessment.topic_removed")
def topic_removed(entry: JournalEntry) -> str:
    return gettext("Topic taken away: {topic}").format(topic=entry.data["topic"])


@presents("assessment.items_imported")
def items_imported(entry: JournalEntry) -> str:
    text = gettext("Items imported from {file}: {created} new, {revised} new versions, {known} known already")
    return text.format(**{key: entry.data[key] for key in ("file", "created", "revised", "known")})


@presents("assessment.form_calibrated")
def form_calibrated(entry: JournalEntry) -> str:
    text = gettext("Form calibrated by {takers} takers: {form}")
    return text.format(takers=entry.data["takers"], form=entry.data["form"])


@presents("assessment.form_equated")
def form_equated(entry: JournalEntry) -> str:
    data = entry.data
    if not data["is_equated"]:
        return gettext("The form cannot be compared with the base form: {form}").format(form=data["form"])
    text = gettext("Form equated, pass mark {cut} of {items}: {form}")
    return text.format(cut=data["cut"], items=data["items"], form=data["form"])


@presents("assessment.alarm_looked_at")
def alarm_looked_at(entry: JournalEntry) -> str:
    kind = AlarmKind(entry.data["kind"]).label
    return gettext("Alarm looked at ({kind}): {label}").format(kind=kind, label=entry.data["label"])
