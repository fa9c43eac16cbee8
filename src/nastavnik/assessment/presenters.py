"""Sentences of the journal about the bank."""

from django.utils.translation import gettext

from nastavnik.assessment.enums import ExamState, ItemKind, ItemState, Outcome
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


@presents("assessment.exam_created")
def exam_created(entry: JournalEntry) -> str:
    return gettext("New exam: {exam}").format(exam=entry.data["title"])


@presents("assessment.exam_changed")
def exam_changed(entry: JournalEntry) -> str:
    return gettext("Rules or blueprint of the exam changed: {exam}").format(exam=entry.data["title"])


@presents("assessment.exam_moved")
def exam_moved(entry: JournalEntry) -> str:
    before, after = (ExamState(entry.data[key]).label for key in ("from", "to"))
    return gettext("Exam {before} → {after}: {exam}").format(before=before, after=after, exam=entry.data["title"])


@presents("assessment.form_assembled")
def form_assembled(entry: JournalEntry) -> str:
    return gettext("Form {number} assembled: {exam}").format(**_form(entry))


@presents("assessment.form_published")
def form_published(entry: JournalEntry) -> str:
    return gettext("Form {number} published: {exam}").format(**_form(entry))


@presents("assessment.form_withdrawn")
def form_withdrawn(entry: JournalEntry) -> str:
    return gettext("Form {number} withdrawn: {exam}").format(**_form(entry))


def _form(entry: JournalEntry) -> dict[str, object]:
    return {key: entry.data[key] for key in ("number", "exam")}


@presents("assessment.sitting_offered")
def sitting_offered(entry: JournalEntry) -> str:
    text = gettext("Exam window offered to {people}: {exam}")
    return text.format(people=entry.data["people"], exam=entry.data["exam"])


@presents("assessment.sitting_widened")
def sitting_widened(entry: JournalEntry) -> str:
    text = gettext("Exam window offered to {people} more: {exam}")
    return text.format(people=entry.data["people"], exam=entry.data["exam"])


@presents("assessment.sitting_cancelled")
def sitting_cancelled(entry: JournalEntry) -> str:
    return gettext("Exam window cancelled: {exam}").format(exam=entry.data["exam"])


@presents("assessment.attempt_closed")
def attempt_closed(entry: JournalEntry) -> str:
    outcome = Outcome(entry.data["outcome"]).label
    text = gettext("Exam {outcome}, {percent}%: {exam}")
    return text.format(outcome=outcome, percent=round(entry.data["percent"], 1), exam=entry.data["exam"])


@presents("assessment.attempt_voided")
def attempt_voided(entry: JournalEntry) -> str:
    return gettext("Attempt made void: {exam}").format(exam=entry.data["exam"])


@presents("assessment.monthly_failed")
def monthly_failed(entry: JournalEntry) -> str:
    text = gettext("The monthly test could not be assembled: {exam}. {problem}")
    return text.format(exam=entry.data["exam"], problem=entry.data["problem"])
