"""Sentences of the journal about marking, appeals, rescoring and analysis."""

from django.utils.translation import gettext, ngettext

from nastavnik.assessment.enums import AlarmKind, AppealState, SignalKind, Treatment
from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry


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


@presents("assessment.cut_applied")
def cut_applied(entry: JournalEntry) -> str:
    data = entry.data
    text = gettext("Pass mark of the form is now {cut} points, results changed: {changed} ({form})")
    return text.format(cut=data["cut"], changed=data["changed"], form=data["form"])


@presents("assessment.alarm_looked_at")
def alarm_looked_at(entry: JournalEntry) -> str:
    kind = AlarmKind(entry.data["kind"]).label
    return gettext("Alarm looked at ({kind}): {label}").format(kind=kind, label=entry.data["label"])


@presents("assessment.signal_looked_at")
def signal_looked_at(entry: JournalEntry) -> str:
    kind = SignalKind(entry.data["kind"]).label
    return gettext("Signal looked at ({kind}): {exam}").format(kind=kind, exam=entry.data["exam"])


@presents("assessment.answer_marked")
def answer_marked(entry: JournalEntry) -> str:
    """Without the points: the other marker may read the journal."""
    return gettext("Open answer marked: {label}").format(label=entry.data["label"])


@presents("assessment.item_appealed")
def item_appealed(entry: JournalEntry) -> str:
    return gettext("Appeal of an item: {label}").format(label=entry.data["label"])


@presents("assessment.appeal_decided")
def appeal_decided(entry: JournalEntry) -> str:
    state = AppealState(entry.data["state"]).label
    return gettext("Appeal {state}: {label}").format(state=state, label=entry.data["label"])


@presents("assessment.item_rescored")
def item_rescored(entry: JournalEntry) -> str:
    data = entry.data
    how = Treatment(data["treatment"]).label
    text = gettext("Item rescored ({how}): {label}").format(how=how, label=data["label"])
    changed = ngettext("{n} result changed", "{n} results changed", data["changed"]).format(n=data["changed"])
    return f"{text} · {changed}"
