"""Sentences of the journal about findings."""

from django.utils.translation import gettext

from nastavnik.crisis.models.compliance import FindingCode, Verdict
from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry


@presents("crisis.finding_contested")
def finding_contested(entry: JournalEntry) -> str:
    text = gettext("Finding contested, case № {number}: {what}")
    return text.format(number=entry.data["number"], what=FindingCode(entry.data["code"]).label)


@presents("crisis.finding_judged")
def finding_judged(entry: JournalEntry) -> str:
    text = gettext("Finding judged, case № {number}: {what} – {verdict}")
    what, verdict = FindingCode(entry.data["code"]).label, Verdict(entry.data["verdict"]).label
    return text.format(number=entry.data["number"], what=what, verdict=verdict)
